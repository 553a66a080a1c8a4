// Names of attribute columns: NMTOKENs that no reader takes for something else. Cold path.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "exporters/attributes.hpp"
#include "graph/prefixes.hpp"

namespace dossier {

// `text` with what no NMTOKEN of XML Schema holds turned to "_"; never empty. Letters of other
// scripts stay where the second and the fifth edition of XML 1.0 agree that they are name
// characters.
std::string nmtoken(std::string_view text);

// Names that must be unique whatever the letter case, as Gephi's columns must.
class NameSet {
 public:
  void reserve(std::string_view name);
  // `wanted` when it is free, else `fallback`, else the first free of fallback_2, fallback_3 ...;
  // taken from then on.
  std::string claim(std::string_view wanted, std::string_view fallback);

 private:
  bool take(std::string_view name);
  std::unordered_map<std::string, std::size_t> taken_;  // -> the next number to try behind it
};

// Fills name, key and description of the columns that are used. A column is called after the local
// name of its predicate; where that is taken or means something to a reader, after prefix and local
// name.
void name_attributes(const Graph& graph, const Slots& slots, const Prefixes& prefixes,
                     AttributeTables& tables);

}  // namespace dossier
