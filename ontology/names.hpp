// The closed list of terms that the room knows (names.def), and their ids in one Graph, so that
// code asks for `Name::sh_path` and compares ids. Finding all takes a binary search a name; the
// table is immutable afterwards.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "graph/graph.hpp"

namespace dossier {

enum class Name : std::uint16_t {
#define DOSSIER_TERM(name, space, local) name,
#include "ontology/names.def"
#undef DOSSIER_TERM
  count_
};
inline constexpr std::size_t kNameCount = static_cast<std::size_t>(Name::count_);

std::string_view iri_of(Name name);

class Names {
 public:
  explicit Names(const Graph& graph);

  // No id when the graph does not hold the term.
  TermId operator[](Name name) const { return ids_[static_cast<std::size_t>(name)]; }
  std::optional<Name> find(TermId id) const;

 private:
  std::array<TermId, kNameCount> ids_;
  std::unordered_map<TermId, Name> by_id_;
};

inline constexpr std::string_view kShNamespace = "http://www.w3.org/ns/shacl#";
inline constexpr std::string_view kMetaNamespace = "https://w3id.org/dossier/meta#";

// The part of an IRI after the last '#', '/' or ':' that has something after it: for people.
std::string_view local_part(std::string_view iri);
// What stands before local_part: the namespace as people cut it.
std::string_view namespace_of(std::string_view iri);

}  // namespace dossier
