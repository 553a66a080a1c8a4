// The attributes of an element of RDF/XML, sorted by what they mean (RDF 1.2 XML Syntax, 5.3 and
// 6.1.4), and the names that may stand where. Views borrow the event.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sources/xml_events.hpp"

namespace dossier {

inline constexpr std::string_view kItsNamespace = "http://www.w3.org/2005/11/its";

// What the grammar allows a name of the rdf: namespace to be.
enum class RdfName : unsigned char { node_element, property_element, property_attribute };
bool may_be(RdfName role, const XmlName& name);

struct RdfXmlAttributes {
  std::optional<std::string_view> id;
  std::optional<std::string_view> about;
  std::optional<std::string_view> node_id;
  std::optional<std::string_view> resource;
  std::optional<std::string_view> datatype;
  std::optional<std::string_view> parse_type;
  std::optional<std::string_view> annotation;
  std::optional<std::string_view> annotation_node_id;
  std::optional<std::string_view> version;    // rdf:version
  std::optional<std::string_view> base;       // xml:base
  std::optional<std::string_view> language;   // xml:lang
  std::optional<std::string_view> direction;  // its:dir
  std::vector<const XmlAttribute*> properties;

  // "" or what is wrong with the attributes themselves.
  std::string read(std::span<const XmlAttribute> attributes);
  bool changes_scope() const { return version || base || language || direction; }
};

}  // namespace dossier
