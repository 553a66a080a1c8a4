// XML -> records. The iterator is an XPath that gives the record elements, the references are
// XPaths from a record; several values are a list, and a value is the string-value of a node.
//
// expat reads everything first, so that what is not well-formed, not UTF-8 after conversion, an
// entity bomb or an external entity never reaches pugixml, which is lenient and evaluates the
// XPaths. An iterator of names along the child axis (`/a/b/p:c`) is streamed when the references
// stay in the record (`../@id` may look at the attributes of the elements around it): memory holds
// a block, and blocks are parsed side by side. Anything else reads the whole document into one
// block, up to Limits::max_document_bytes, and needs about four times its size.
//
// Namespaces: names are compared by namespace. A prefix in an XPath means what `namespaces` says;
// one that is not listed is compared as it is written in the document. A name without a prefix is
// in no namespace (XPath 1.0): where that gives no record at all, a warning names the namespace.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/input.hpp"
#include "base/limits.hpp"
#include "sources/encoding.hpp"
#include "sources/records.hpp"

namespace dossier {

struct XmlOptions {
  std::string iterator = "/*";
  std::map<std::string, std::string> namespaces;  // prefix -> IRI
  // Over the encoding that the XML declaration names; a byte order mark decides over both.
  std::optional<TextEncoding> encoding;
  std::vector<std::string> nulls;  // values that mean absent
  bool empty_is_null = false;      // so does the empty one
};

// As a reference: the record itself as XML, to be taken apart further (XmlItems). No XPath.
inline constexpr std::string_view kXmlMarkup = "<record>";

inline constexpr std::size_t kXmlBlockBytes = std::size_t{1} << 18;

// Slot i of the records is the reference `wanted[i]`.
Expected<std::unique_ptr<RecordReader>> open_xml(std::unique_ptr<ByteSource> source,
                                                 const XmlOptions& options,
                                                 std::span<const std::string> wanted,
                                                 const Limits& limits = {},
                                                 std::size_t block_bytes = kXmlBlockBytes);

}  // namespace dossier
