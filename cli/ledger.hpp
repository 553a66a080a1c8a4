// The ledger: what became of every record and every statement of a run. It must balance; if it does
// not, that is a bug of ours (exit code 70) and never passed over.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"

namespace dossier {

class JsonWriter;

struct Ledger {
  // Records of tables and trees, by source as named in the mapping. A source that is read by
  // several maps or as the parent of a join counts once.
  struct Source {
    std::string path;
    std::uint64_t read = 0;
    std::uint64_t mapped = 0;
    std::uint64_t rejected = 0;
    friend bool operator==(const Source&, const Source&) = default;
  };
  std::vector<Source> sources;
  std::map<std::string, std::uint64_t> rejected_by;  // diagnostic name -> records

  std::uint64_t records_read() const;
  std::uint64_t records_mapped() const;
  std::uint64_t records_rejected() const;

  // Statements.
  std::uint64_t from_mappings = 0;
  std::uint64_t from_files = 0;  // RDF files, and statements of a graph that was read
  std::map<std::string, std::uint64_t> statements_rejected_by;  // not made, by diagnostic name
  std::uint64_t duplicates = 0;                                 // fell together with an equal one
  std::uint64_t inferred = 0;
  std::uint64_t in_graph = 0;
  std::uint64_t terms_merged = 0;  // IRIs rewritten by identity judgements

  // What an export did with each statement of the graph. `parts` add up to in_graph; a file that is
  // not written of the graph has none.
  struct Part {
    std::string name;
    std::uint64_t count = 0;
    friend bool operator==(const Part&, const Part&) = default;
  };
  struct Export {
    std::string path;
    std::string format;
    std::uint64_t bytes = 0;
    std::vector<Part> parts;     // where the statements went
    std::vector<Part> contents;  // what the file holds: statements, nodes, edges
    friend bool operator==(const Export&, const Export&) = default;
  };
  std::vector<Export> exports;

  friend bool operator==(const Ledger&, const Ledger&) = default;
};

// Each equation that does not hold, with its numbers. Empty: the ledger balances.
std::vector<std::string> imbalances(const Ledger& ledger);

// For people: a small aligned table.
std::string to_text(const Ledger& ledger);
// As the members of a JSON object that is open.
void write_json(const Ledger& ledger, JsonWriter& json);

}  // namespace dossier
