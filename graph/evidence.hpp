// Evidence: rows beside the statements, never inside them. A row says which record of which source
// made statements by which rule; all the statements that a record and a rule make share it, so a
// statement carries one 32-bit reference. Line and column are worked out from the byte offset only
// when a message or `explain` asks.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "base/id.hpp"

namespace dossier {

using SourceId = Id<struct SourceTag>;      // a file, a table, a query
using RuleId = Id<struct RuleTag>;          // a triples map, an inference rule; none for RDF files
using EvidenceId = Id<struct EvidenceTag>;  // a row

struct EvidenceRow {
  SourceId source;
  RuleId rule;
  std::uint64_t offset =
      0;  // of the record in the decompressed source; of the object for RDF files

  // Source, then offset, then rule: the order of rows in a Graph.
  friend constexpr auto operator<=>(const EvidenceRow& a, const EvidenceRow& b) {
    if (const auto c = a.source <=> b.source; c != 0) return c;
    if (const auto c = a.offset <=> b.offset; c != 0) return c;
    return a.rule <=> b.rule;
  }
  friend constexpr bool operator==(const EvidenceRow&, const EvidenceRow&) = default;
};
static_assert(sizeof(EvidenceRow) == 16);

// What is known of a source as a whole; texts that are not known are empty.
struct SourceInfo {
  std::string path;  // as named in the project or mapping, not made absolute
  std::string title;
  std::string url;           // where it was retrieved
  std::string asserted_by;   // an IRI or a name
  std::string retrieved_at;  // xsd:date or xsd:dateTime
  std::string licence;
};

struct RuleInfo {
  std::string name;          // IRI or label of the triples map; name of the inference rule
  std::string file;          // the mapping it stands in
  std::uint64_t offset = 0;  // in that file
  bool inferred = false;
};

}  // namespace dossier
