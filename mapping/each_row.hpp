// The records of a source one after the other, for looks at it: one thread, block by block.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "mapping/plan.hpp"
#include "sources/records.hpp"

namespace dossier {

// Valid until the next row: the values of the references, and the byte offset of the record.
using TakeRow = std::function<bool(std::span<const Value> row, std::uint64_t offset)>;

// Until `take` says false.
Expected<void> for_each_row(const Plan& plan, const SourcePlan& source,
                            std::span<const std::string> references, const Limits& limits,
                            DiagnosticSink& diagnostics, const TakeRow& take);

// The columns of a source that knows them, else what the mapping refers to.
Expected<std::vector<std::string>> all_references(const Plan& plan, const SourcePlan& source,
                                                  const Limits& limits);

}  // namespace dossier
