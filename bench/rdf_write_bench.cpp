// The RDF writers on a synthetic graph like that of docs/bench: about 11 statements a subject,
// prefixes, dates, numbers, texts with escapes and language tags. Writes to nowhere
// and prints CPU seconds, the rate per CPU second, and wall seconds.
//   rdf_write_bench [subjects] [threads]
#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <string>

#include <fmt/format.h>

#include "base/thread_pool.hpp"
#include "exporters/rdf.hpp"
#include "graph/room.hpp"

namespace {

using namespace dossier;

double seconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

constexpr std::string_view kNs = "https://w3id.org/dossier/ns#";
constexpr std::string_view kData = "https://example.org/id/";

// A company, its address (a blank node) and now and then a list.
void fill(Shard& shard, std::uint64_t subjects) {
  Dictionary& terms = shard.terms();
  const auto term = [&](std::string_view local) {
    return terms.iri(fmt::format("{}{}", kNs, local));
  };
  const std::uint32_t date = terms.literal_type(xsd::kDate);
  const std::uint32_t integer = terms.literal_type(xsd::kInteger);
  const std::uint32_t english = terms.literal_type(rdf::kLangString, "en");
  const TermId type = terms.iri(rdf::kType);
  const TermId company = term("Company");
  const TermId owns = term("owns");
  const TermId founded = term("founded");
  const TermId name = term("name");
  const TermId note = term("note");
  const TermId staff = term("staff");
  const TermId address = term("address");
  const TermId city = term("city");
  const TermId source = term("source");
  for (std::uint64_t i = 0; i < subjects; ++i) {
    const std::uint64_t r = mix(i);
    const TermId s = terms.iri(fmt::format("{}company/c{}", kData, i));
    const auto link = [&](std::uint64_t to) {
      return terms.iri(fmt::format("{}company/c{}", kData, to % subjects));
    };
    shard.add({s, type, company});
    shard.add({s, owns, link(r)});
    shard.add({s, owns, link(r >> 20)});
    shard.add({s, founded,
               terms.literal(fmt::format("{}-{:02}-{:02}", 1950 + r % 75, 1 + r % 12, 1 + r % 28),
                             date)});
    shard.add({s, staff, terms.literal(fmt::format("{}", r % 100'000), integer)});
    shard.add(
        {s, name, terms.literal(fmt::format("Name {:x} Ltd", r % 5'000'000), terms.string_type())});
    shard.add(
        {s, name, terms.literal(fmt::format("Soci\u00e9t\u00e9 \"{:x}\"", r >> 40), english)});
    shard.add(
        {s, note,
         terms.literal(fmt::format("a longer text about {:x} and {:x}", r, r >> 7), english)});
    shard.add({s, source, terms.iri(fmt::format("{}source/s{}", kData, r % 1000))});
    const TermId b = terms.blank(fmt::format("a{}", i));
    shard.add({s, address, b});
    shard.add({b, city, terms.literal(fmt::format("City {}", r % 5000), terms.string_type())});
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t subjects = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 450'000;
  const std::size_t threads = thread_count(argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1);
  Builder builder;
  fill(builder.shard(), subjects);
  const Graph graph = freeze(std::move(builder));
  RdfWriteOptions options{.prefixes = Prefixes::well_known(), .threads = threads};
  options.prefixes.set("c", fmt::format("{}company/", kData));
  options.prefixes.set("s", fmt::format("{}source/", kData));
  fmt::print("{} statements, {} terms, {} threads\n", graph.size(), graph.term_count(), threads);
  for (const RdfWriteMode mode : {RdfWriteMode::pretty, RdfWriteMode::diff_stable}) {
    options.mode = mode;
    for (const FormatInfo& each : all_formats()) {
      if (!can_write_rdf(each.format)) continue;
      double cpu = 1e9;
      double wall = 1e9;
      std::uint64_t bytes = 0;
      for (int run = 0; run < 3; ++run) {
        NullSink sink;
        const double cpu_start = seconds(CLOCK_PROCESS_CPUTIME_ID);
        const double wall_start = seconds(CLOCK_MONOTONIC);
        if (const auto counts = write_rdf(graph, each.format, options, sink)) bytes = counts->bytes;
        cpu = std::min(cpu, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu_start);
        wall = std::min(wall, seconds(CLOCK_MONOTONIC) - wall_start);
      }
      fmt::print("{:12} {:10} {:6.3f} CPU s  {:5.2f} M statements/s  {:5.0f} MB  {:6.3f} s\n",
                 mode == RdfWriteMode::pretty ? "pretty" : "diff-stable", each.name, cpu,
                 static_cast<double>(graph.size()) / cpu / 1e6, static_cast<double>(bytes) / 1e6,
                 wall);
    }
  }
}
