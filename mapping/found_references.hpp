// Which references of a JSON or XML source ever gave a value. A tree has no header that could be
// asked beforehand, so a misspelt key would only make its statements vanish: after the pass each
// reference that gave nothing in any record is told. Workers note batches side by side; once every
// slot has been seen a batch costs one load.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "mapping/plan.hpp"
#include "sources/records.hpp"

namespace dossier {

class FoundReferences {
 public:
  FoundReferences(const Plan& plan, const SourcePlan& source, std::span<const std::string> slots);

  void note(const RecordBatch& batch);
  // Warnings; violations when the plan is strict. Nothing when there was no record.
  void report(DiagnosticSink& diagnostics) const;

 private:
  const Plan& plan_;
  const SourcePlan& source_;
  std::span<const std::string> slots_;
  std::vector<std::atomic<bool>> found_;
  std::atomic<bool> all_found_;
  std::atomic<std::uint64_t> records_ = 0;
};

}  // namespace dossier
