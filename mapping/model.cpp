#include "mapping/model.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace dossier {

std::string_view to_string(TermType type) {
  static constexpr std::array<std::string_view, 6> kNames = {"IRI",       "URI",       "UnsafeIRI",
                                                             "UnsafeURI", "BlankNode", "Literal"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string_view to_string(Formulation formulation) {
  static constexpr std::array<std::string_view, 12> kNames = {
      "CSV",         "JSONPath",   "XPath",      "SQL table", "SQL query",   "SPARQL XML",
      "SPARQL JSON", "SPARQL CSV", "SPARQL TSV", "RDF",       "spreadsheet", "other"};
  return kNames[static_cast<std::size_t>(formulation)];
}

std::string_view to_string(AnnotationKind kind) {
  static constexpr std::array<std::string_view, 6> kNames = {"IriSafe", "PrimaryKey", "Unique",
                                                             "NotNull", "ForeignKey", "Inclusion"};
  return kNames[static_cast<std::size_t>(kind)];
}

bool same_source(const LogicalSource& a, const LogicalSource& b) {
  const auto key = [](const LogicalSource& s) {
    return std::tie(s.path, s.more_paths, s.root, s.root_path, s.formulation, s.iterator, s.query,
                    s.kind, s.user, s.namespaces, s.dialect, s.nulls, s.empty_is_null, s.encoding,
                    s.view);
  };
  return key(a) == key(b);
}

const TriplesMap* MappingModel::find(std::string_view name) const {
  const auto found = std::ranges::find(triples_maps, name, &TriplesMap::name);
  return found == triples_maps.end() ? nullptr : &*found;
}

}  // namespace dossier
