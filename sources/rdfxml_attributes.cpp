#include "sources/rdfxml_attributes.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

using Field = std::optional<std::string_view> RdfXmlAttributes::*;

struct Known {
  std::string_view local;
  Field field;
  bool bare = false;  // stands without a namespace in documents from before 2004
};
constexpr Known kRdfAttributes[] = {
    {"ID", &RdfXmlAttributes::id, true},
    {"about", &RdfXmlAttributes::about, true},
    {"nodeID", &RdfXmlAttributes::node_id},
    {"resource", &RdfXmlAttributes::resource, true},
    {"datatype", &RdfXmlAttributes::datatype},
    {"parseType", &RdfXmlAttributes::parse_type, true},
    {"annotation", &RdfXmlAttributes::annotation},
    {"annotationNodeID", &RdfXmlAttributes::annotation_node_id},
    {"version", &RdfXmlAttributes::version},
};

// coreSyntaxTerms and oldTerms: what no element and no property attribute is called.
constexpr std::array<std::string_view, 13> kNeverNames = {
    "RDF",       "ID",    "about",   "parseType",       "resource",   "nodeID",          "datatype",
    "aboutEach", "bagID", "version", "aboutEachPrefix", "annotation", "annotationNodeID"};

}  // namespace

bool may_be(RdfName role, const XmlName& name) {
  if (name.space != rdf::kNamespace) return true;
  if (std::ranges::find(kNeverNames, name.local) != kNeverNames.end()) return false;
  const bool description = name.local == "Description";
  const bool li = name.local == "li";
  switch (role) {
    case RdfName::node_element:
      return !li;
    case RdfName::property_element:
      return !description;
    case RdfName::property_attribute:
      return !description && !li;
  }
  return false;
}

std::string RdfXmlAttributes::read(std::span<const XmlAttribute> attributes) {
  for (const XmlAttribute& each : attributes) {
    const auto& [space, local, prefix] = each.name;
    if (space == kXmlNamespace) {
      if (local == "base") base = each.value;
      if (local == "lang") language = each.value;
      continue;  // other xml: attributes say nothing about RDF
    }
    if (space == kItsNamespace) {
      if (local == "dir") direction = each.value;
      continue;
    }
    if (space.empty() && equals_ignoring_case(local.substr(0, 3), "xml")) continue;
    const auto known = std::ranges::find(kRdfAttributes, local, &Known::local);
    const bool found = known != std::end(kRdfAttributes);
    if (found && (space == rdf::kNamespace || (space.empty() && known->bare))) {
      this->*(known->field) = each.value;
    } else if (space.empty() && local != "type") {
      return fmt::format("the attribute '{}' has no namespace", printable(local, 60));
    } else if (!may_be(RdfName::property_attribute, each.name)) {
      return fmt::format("'rdf:{}' is no name for a property attribute", printable(local, 60));
    } else {
      properties.push_back(&each);
    }
  }
  return {};
}

}  // namespace dossier
