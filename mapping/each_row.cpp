#include "mapping/each_row.hpp"

#include "mapping/open_source.hpp"

namespace dossier {

Expected<void> for_each_row(const Plan& plan, const SourcePlan& source,
                            std::span<const std::string> references, const Limits& limits,
                            DiagnosticSink& diagnostics, const TakeRow& take) {
  const auto reader = open_source(plan, source, references, limits);
  if (!reader) return std::unexpected(reader.error());
  RecordBatch batch;
  for (;;) {
    auto block = (*reader)->next();
    if (!block) return std::unexpected(std::move(block.error()));
    if (!*block) return {};
    auto counts = (*reader)->parse(std::move(**block), batch, diagnostics);
    if (!counts) return std::unexpected(std::move(counts.error()));
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (!take(batch.row(i), batch.offsets[i])) return {};
    }
  }
}

Expected<std::vector<std::string>> all_references(const Plan& plan, const SourcePlan& source,
                                                  const Limits& limits) {
  if (plan.model.sources[source.model_index].formulation != Formulation::csv) return source.slots;
  const auto reader = open_source(plan, source, source.slots, limits);
  if (!reader) return std::unexpected(reader.error());
  const auto columns = (*reader)->columns();
  if (columns.empty()) return source.slots;
  return std::vector<std::string>(columns.begin(), columns.end());
}

}  // namespace dossier
