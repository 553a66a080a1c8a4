// The graph room alone: interning, freezing and look-ups of a synthetic graph. Prints rates and
// bytes.
//   freeze_bench [subjects] [threads]
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "base/thread_pool.hpp"
#include "bench/figures.hpp"
#include "graph/room.hpp"

namespace {

using namespace dossier;

// About 8 statements a subject: a class, two links, a date, a number, a name, a text, a source.
void fill(Shard& shard, std::uint64_t first, std::uint64_t last, std::uint64_t total) {
  Dictionary& terms = shard.terms();
  const std::uint32_t date = terms.literal_type(xsd::kDate);
  const std::uint32_t english = terms.literal_type(rdf::kLangString, "en");
  TermId p[8];
  for (int i = 0; i < 8; ++i)
    p[i] = terms.iri(fmt::format("https://w3id.org/dossier/ns#property{}", i));
  const TermId type = terms.iri(rdf::kType);
  const TermId cls = terms.iri("https://w3id.org/dossier/ns#Company");
  fmt::memory_buffer buffer;
  const auto text = [&buffer](auto format, auto... values) {
    buffer.clear();
    fmt::format_to(std::back_inserter(buffer), format, values...);
    return std::string_view(buffer.data(), buffer.size());
  };
  for (std::uint64_t i = first; i < last; ++i) {
    const std::uint64_t r = mix(i);
    const TermId s = terms.iri(text(FMT_STRING("https://example.org/domain/company/c{}"), i));
    const EvidenceId evidence = shard.add_evidence({SourceId(0), RuleId(0), i * 80});
    shard.add({s, type, cls}, evidence);
    const auto link = [&](std::uint64_t to) {
      return terms.iri(text(FMT_STRING("https://example.org/domain/company/c{}"), to % total));
    };
    shard.add({s, p[0], link(r)}, evidence);
    shard.add({s, p[1], link(r >> 20)}, evidence);
    shard.add(
        {s, p[2],
         terms.literal(text(FMT_STRING("{:04}-{:02}-{:02}"), 1950 + r % 75, 1 + r % 12, 1 + r % 28),
                       date)},
        evidence);
    shard.add(
        {s, p[3], terms.literal(text(FMT_STRING("{:09}"), r % 1'000'000'000), terms.string_type())},
        evidence);
    shard.add(
        {s, p[4],
         terms.literal(text(FMT_STRING("Name {:x} Ltd"), r % 5'000'000), terms.string_type())},
        evidence);
    shard.add(
        {s, p[5],
         terms.literal(text(FMT_STRING("a longer text about {:x} and {:x}"), r, r >> 7), english)},
        evidence);
    shard.add(
        {s, p[6], terms.iri(text(FMT_STRING("https://example.org/domain/source/s{}"), r % 1000))},
        evidence);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t subjects = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 625'000;
  const std::size_t threads = thread_count(argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 0);
  Builder builder(threads);
  builder.add_source({.path = "synthetic"});
  builder.add_rule({.name = "synthetic"});
  const double start = wall_seconds();
  parallel_for(threads, threads, [&](std::size_t t) {
    fill(builder.shard(t), subjects * t / threads, subjects * (t + 1) / threads, subjects);
  });
  const double built = wall_seconds();
  const double built_mb = peak_mb();
  FreezeCounts counts;
  const Graph graph = freeze(std::move(builder), {.threads = threads}, &counts);
  const double frozen = wall_seconds();
  const auto n = static_cast<double>(counts.statements_in);
  fmt::print("{} threads, {} statements, {} terms\n", threads, counts.statements_in,
             graph.term_count());
  fmt::print("intern  {:6.2f} s  {:5.1f} M statements/s  {:6.0f} MB peak\n", built - start,
             n / (built - start) / 1e6, built_mb);
  fmt::print("freeze  {:6.2f} s  {:5.1f} M statements/s  {:6.0f} MB peak\n", frozen - built,
             n / (frozen - built) / 1e6, peak_mb());
  fmt::print("graph   {:6.1f} bytes a statement, terms included\n",
             static_cast<double>(graph.bytes()) / static_cast<double>(graph.size()));
}
