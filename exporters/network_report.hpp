// What the network writers tell about losses: one report a file or column, with counts.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/diagnostic.hpp"
#include "exporters/network_plan.hpp"

namespace dossier {

void report_joined_values(const NetworkPlan& plan, DiagnosticSink& diagnostics);
// `first` is the term of the first thing (in the order of the file) that was touched.
void report_replaced_characters(const NetworkPlan& plan, std::uint64_t count, TermId first,
                                DiagnosticSink& diagnostics);

// The first term that something happened to, in the order of the file, and how often it happened.
// Each thread keeps one; they are merged at the end, so threads leave no trace.
struct Mishaps {
  std::uint64_t count = 0;
  std::uint64_t first_at = UINT64_MAX;  // nodes first, then edges
  TermId first;

  void add(std::uint64_t times, std::uint64_t at, TermId term) {
    if (times == 0) return;
    count += times;
    if (at < first_at) {
      first_at = at;
      first = term;
    }
  }
  void merge(const Mishaps& other) { add(other.count, other.first_at, other.first); }
};

}  // namespace dossier
