// One pass over a source: read in order, parsed and mapped side by side, consumed in order.
#pragma once

#include <atomic>
#include <mutex>

#include "base/thread_pool.hpp"
#include "mapping/found_references.hpp"
#include "mapping/open_source.hpp"
#include "mapping/term_maker.hpp"

namespace dossier {

struct PassSetup {
  const Plan& plan;
  const SourcePlan& source;
  std::span<const std::string> slots;
  std::size_t threads = 1;
  const Limits& limits;
  DiagnosticSink& diagnostics;
  const std::atomic<bool>* enough = nullptr;  // when true, no further block is read
  FoundReferences* found = nullptr;           // whoever gives it reports it; else the pass does
};

// map(batch, worker) -> Result, side by side; consume(Result&&) in the order of the source.
// `counts(result)` gives the BlockCounts of a result, to be filled with the records.
template <class Map, class Counts, class Consume>
Expected<void> run_pass(const PassSetup& setup, Map&& map, Counts&& counts, Consume&& consume) {
  auto reader = open_source(setup.plan, setup.source, setup.slots, setup.limits);
  if (!reader) return std::unexpected(std::move(reader.error()));
  std::vector<RecordBatch> batches(std::max<std::size_t>(setup.threads, 1));
  FoundReferences own_found(setup.plan, setup.source, setup.slots);
  FoundReferences& found = setup.found == nullptr ? own_found : *setup.found;
  std::mutex mutex;
  std::optional<Error> failure;
  const auto failed = [&](Error error) {
    const std::scoped_lock lock(mutex);
    if (!failure) failure = std::move(error);
  };
  const auto stopped = [&] {
    const std::scoped_lock lock(mutex);
    return failure.has_value();
  };
  using Result = std::invoke_result_t<Map&, const RecordBatch&, std::size_t>;
  ordered_pipeline(
      setup.threads,
      [&]() -> std::optional<RecordBlock> {
        if (stopped() || (setup.enough != nullptr && *setup.enough)) return std::nullopt;
        auto block = (*reader)->next();
        if (block) return std::move(*block);
        failed(std::move(block.error()));
        return std::nullopt;
      },
      [&](RecordBlock&& block, std::size_t worker) -> Result {
        RecordBatch& batch = batches[worker];
        const std::uint64_t read_to = block.offset + block.bytes.size();
        const auto parsed = (*reader)->parse(std::move(block), batch, setup.diagnostics);
        if (!parsed) {
          failed(parsed.error());
          batch.offsets.clear();
        }
        found.note(batch);
        Result result = map(batch, worker);
        counts(result).read_to = read_to;
        if (parsed) {
          counts(result).read = parsed->read;
          counts(result).rejected_records = parsed->rejected_by;
        }
        return result;
      },
      [&](Result&& result) { consume(std::move(result)); });
  if (failure) return std::unexpected(std::move(*failure));
  const bool whole = setup.enough == nullptr || !*setup.enough;
  if (setup.found == nullptr && whole) found.report(setup.diagnostics);
  return {};
}

}  // namespace dossier
