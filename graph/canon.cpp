#include "graph/canon.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/text.hpp"
#include "graph/canon_search.hpp"

namespace dossier {
namespace {

// Blank nodes that are linked through statements with each other, `canonical` ones left out: one
// number each.
std::vector<std::uint32_t> components(const CanonHashes& hashes,
                                      const std::vector<std::uint32_t>& canonical) {
  std::vector<std::uint32_t> component(hashes.blank_count(), kNotIssued);
  std::vector<std::uint32_t> open;
  for (std::uint32_t seed = 0; seed < hashes.blank_count(); ++seed) {
    if (component[seed] != kNotIssued || canonical[seed] != kNotIssued) continue;
    component[seed] = seed;
    open.push_back(seed);
    while (!open.empty()) {
      const std::uint32_t blank = open.back();
      open.pop_back();
      hashes.for_each_related(blank, [&](const BlankUse& use) {
        if (component[use.blank] != kNotIssued || canonical[use.blank] != kNotIssued) return;
        component[use.blank] = seed;
        open.push_back(use.blank);
      });
    }
  }
  return component;
}

// 4.4.3, steps 3 to 5.
class Canonicalization {
 public:
  Canonicalization(const Graph& graph, const CanonOptions& options)
      : hashes_(graph, options.hash),
        numbers_(hashes_.blank_count(), kNotIssued),
        search_(hashes_, numbers_, options.max_steps) {}

  // False when the steps are used up.
  bool run() {
    std::map<std::string_view, std::vector<std::uint32_t>> groups;
    for (std::uint32_t i = 0; i < hashes_.blank_count(); ++i) {
      groups[hashes_.first_degree(i)].push_back(i);
    }
    for (const auto& [hash, blanks] : groups) {
      if (blanks.size() == 1) issue(blanks.front());
    }
    const std::vector<std::uint32_t> component = components(hashes_, numbers_);
    for (const auto& [hash, blanks] : groups) {
      if (blanks.size() > 1 && !name_group(blanks, component)) return false;
    }
    return true;
  }

  CanonicalNumbers take() { return std::move(numbers_); }

 private:
  void issue(std::uint32_t blank) {
    if (numbers_[blank] == kNotIssued) numbers_[blank] = next_++;
  }

  // Step 5. A result names all the nodes that it reached, which is the whole component, so of each
  // component only the smallest is kept.
  bool name_group(const std::vector<std::uint32_t>& blanks,
                  const std::vector<std::uint32_t>& component) {
    std::map<std::uint32_t, CanonSearch::Result> best;
    for (const std::uint32_t blank : blanks) {
      if (numbers_[blank] != kNotIssued) continue;
      CanonSearch::Result result;
      if (!search_.run(blank, result)) return false;
      const auto [found, added] = best.try_emplace(component[blank]);
      if (added || result.hash < found->second.hash) found->second = std::move(result);
    }
    std::vector<const CanonSearch::Result*> results;
    for (const auto& [number, result] : best) results.push_back(&result);
    std::ranges::stable_sort(results, {}, &CanonSearch::Result::hash);
    for (const CanonSearch::Result* result : results) {
      for (const std::uint32_t blank : result->order) issue(blank);
    }
    return true;
  }

  CanonHashes hashes_;
  CanonicalNumbers numbers_;
  CanonSearch search_;
  std::uint32_t next_ = 0;
};

}  // namespace

Expected<CanonicalNumbers> canonical_numbers(const Graph& graph, const CanonOptions& options) {
  Canonicalization canonicalization(graph, options);
  if (!canonicalization.run()) {
    return fail(code::limit_exceeded, {},
                fmt::format("blank nodes are so alike that naming them takes more than {} steps "
                            "(max-canon-steps)",
                            with_separators(options.max_steps)),
                "raise it with --limit max-canon-steps=N if the graph is not made to be hard");
  }
  return canonicalization.take();
}

std::vector<std::string> canonical_lines(const Graph& graph, const CanonicalNumbers& numbers) {
  std::vector<std::string> lines;
  lines.reserve(graph.size());
  for (const Statement& each : graph.statements()) {
    lines.push_back(canonical_line(graph, each, [&numbers](std::uint32_t blank) {
      return fmt::format("c14n{}", numbers[blank]);
    }));
  }
  std::ranges::sort(lines);
  return lines;
}

Expected<std::string> canonical_hash(const Graph& graph, const CanonOptions& options) {
  const Expected<CanonicalNumbers> numbers = canonical_numbers(graph, options);
  if (!numbers) return std::unexpected(numbers.error());
  Digester digester(options.hash);
  for (const std::string& line : canonical_lines(graph, *numbers)) digester.add(line);
  return digester.finish();
}

}  // namespace dossier
