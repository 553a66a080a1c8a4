// A first look at a source, of the columns that subjects are made of and nothing else: which
// subjects are made of several records.
#pragma once

#include <memory>

#include "mapping/duplicate_plan.hpp"
#include "mapping/subject_filter.hpp"

namespace dossier {

// What a term of the subject number `number` is known by; `term` as in a line.
std::uint64_t subject_hash(std::string_view term, std::uint32_t number);

// Null when a look does not pay: the source is smaller than `from_bytes`, cannot be read twice, is
// dear to read (trees, databases), few statements would gain, or most subjects repeat. Faults of
// the source are left to the pass that maps it. `max_bytes`: what the filter may take.
std::unique_ptr<SubjectFilter> scan_subjects(const Plan& plan, const SourcePlan& source,
                                             const SourceChecks& checks, std::size_t threads,
                                             std::uint64_t from_bytes, std::uint64_t max_bytes,
                                             const Limits& limits);

}  // namespace dossier
