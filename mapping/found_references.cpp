#include "mapping/found_references.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "mapping/open_source.hpp"

namespace dossier {
namespace {

// Sources without a header.
bool is_tree(const LogicalSource& source) {
  static constexpr Formulation kTrees[] = {Formulation::jsonpath, Formulation::xpath,
                                           Formulation::sparql_xml, Formulation::sparql_json,
                                           Formulation::rdf};
  return std::ranges::find(kTrees, source.formulation) != std::end(kTrees);
}

bool has_value(const Value& value) {
  if (value.type == ValueType::absent) return false;
  return value.type != ValueType::list || !value.list().empty();
}

}  // namespace

FoundReferences::FoundReferences(const Plan& plan, const SourcePlan& source,
                                 std::span<const std::string> slots)
    : plan_(plan),
      source_(source),
      slots_(slots),
      found_(slots.size()),
      all_found_(!is_tree(plan.model.sources[source.model_index])) {}

void FoundReferences::note(const RecordBatch& batch) {
  if (all_found_.load(std::memory_order_relaxed)) return;
  records_.fetch_add(batch.size(), std::memory_order_relaxed);
  bool all = true;
  for (std::size_t slot = 0; slot < found_.size(); ++slot) {
    if (found_[slot].load(std::memory_order_relaxed)) continue;
    bool here = false;
    for (std::size_t i = 0; i < batch.size() && !here; ++i) here = has_value(batch.row(i)[slot]);
    if (here) found_[slot].store(true, std::memory_order_relaxed);
    all = all && here;
  }
  if (all) all_found_.store(true, std::memory_order_relaxed);
}

void FoundReferences::report(DiagnosticSink& diagnostics) const {
  const LogicalSource& described = plan_.model.sources[source_.model_index];
  const std::string& name = source_.files > 1 ? described.path : source_.shown_path;
  const std::uint64_t records = records_.load();
  if (all_found_.load() || records == 0) return;
  for (std::size_t slot = 0; slot < found_.size(); ++slot) {
    if (found_[slot].load()) continue;
    Diagnostic diagnostic = make_diagnostic(
        code::reference_without_value, place_of_reference(plan_, source_, slots_[slot]),
        fmt::format("the reference {} gave no value in any of {} of {}", printable(slots_[slot]),
                    counted(records, "record"), printable(name)),
        "is it spelt as in the data, letter case and namespace included?");
    if (plan_.options.strict) diagnostic.severity = Severity::violation;
    diagnostics.report(std::move(diagnostic));
  }
}

}  // namespace dossier
