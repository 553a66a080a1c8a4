// What the XML reader must know of an XPath before it runs: whether records can be streamed by an
// iterator, and whether a reference can be answered from a record and the start tags around it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// A step of names along the child axis; "*" for any element.
struct XmlStep {
  std::string prefix;
  std::string name;
};

// The steps of `/a/p:b/c`; nothing for any other path. Such an iterator is streamed.
std::optional<std::vector<XmlStep>> simple_xml_path(std::string_view xpath);

// References that need no XPath engine: `a/b`, `a/@x`, `@x`, `a/text()`, `.`, `../../@x`.
struct SimpleXmlReference {
  enum class Last { element, attribute, text };
  std::size_t up = 0;  // .. in front; then `last` is an attribute and there are no steps
  std::vector<std::string> steps;  // names as written, with their prefix
  Last last = Last::element;
  std::string attribute;  // as written
};
std::optional<SimpleXmlReference> simple_xml_reference(std::string_view xpath);

// Whether `xpath` looks at nothing but the record and, in the form `../@x`, at the attributes of
// the elements around it.
bool stays_in_record(std::string_view xpath);

// The deepest nesting of ( and [ outside of quotes.
std::size_t xpath_depth(std::string_view xpath);

}  // namespace dossier
