#include "ontology/literal_facts.hpp"

#include <algorithm>
#include <atomic>

#include "base/thread_pool.hpp"

namespace dossier {

LiteralFacts::LiteralFacts(const Graph& graph, std::size_t threads)
    : ill_formed_(graph.term_count(TermKind::literal), 0) {
  for (const LiteralType& each : graph.literal_types()) {
    datatypes_.push_back(find_datatype(each.datatype));
  }
  constexpr std::size_t kChunk = 1 << 15;
  const std::size_t chunks = (ill_formed_.size() + kChunk - 1) / kChunk;
  std::atomic<std::uint64_t> count = 0;
  parallel_for(threads, chunks, [&](std::size_t chunk) {
    const std::size_t end = std::min(ill_formed_.size(), (chunk + 1) * kChunk);
    std::uint64_t found = 0;
    for (std::size_t i = chunk * kChunk; i < end; ++i) {
      const TermId id(TermKind::literal, static_cast<std::uint32_t>(i));
      const Datatype datatype = datatypes_[graph.literal_type_index(id)];
      if (is_valid_lexical(datatype, graph.text(id))) continue;
      ill_formed_[i] = 1;
      ++found;
    }
    count += found;
  });
  count_ = count;
}

}  // namespace dossier
