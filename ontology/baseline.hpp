// Baselines: findings that are known and accepted, so that only new ones fail a run. A baseline is
// a text file, one finding a line, sorted, made to be kept under version control: code, rule, focus
// node, path and value, as in N-Triples and separated by tabs. Places are left out, so that adding
// a row above changes nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/output.hpp"
#include "ontology/finding.hpp"

namespace dossier {

class Baseline {
 public:
  // Lines that begin with '#' and empty ones are skipped.
  explicit Baseline(std::string_view text);

  bool contains(std::string_view line) const;
  std::size_t size() const { return lines_.size(); }

 private:
  std::vector<std::string> lines_;  // sorted
};

struct BaselineResult {
  std::uint64_t accepted = 0;  // findings that the baseline holds; they are gone from the findings
  std::uint64_t vanished = 0;  // lines of the baseline that no finding has any more
};

// Takes the accepted findings, with their details, out. Only findings that were kept are compared.
BaselineResult apply_baseline(Findings& findings, const Baseline& baseline);

void write_baseline(const Findings& findings, ByteSink& out);

}  // namespace dossier
