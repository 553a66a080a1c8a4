// Network exports: the graph of entities and the writers, on companies that own one another.
//   network_bench [companies] [threads]
// Per company a class, a name, a number, a date and a country; per ownership (two a company) a
// class, both ends, a share, two dates and a note. Prints seconds, rates, bytes and memory.
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "base/output.hpp"
#include "bench/figures.hpp"
#include "exporters/gexf.hpp"
#include "exporters/graphml.hpp"
#include "graph/room.hpp"

namespace {

using namespace dossier;

struct Clock {
  double wall;
  double cpu;
};

Clock now() {
  return {wall_seconds(), cpu_seconds()};
}

constexpr const char* kNs = "https://w3id.org/dossier/ns#";

Graph make_graph(std::uint64_t companies) {
  Builder builder;
  Shard& shard = builder.shard();
  Dictionary& terms = shard.terms();
  const SourceId source = builder.add_source({.path = "companies.csv"});
  const auto word = [&](const char* name) { return terms.iri(std::string(kNs) + name); };
  const TermId type = terms.iri(rdf::kType);
  const TermId company = word("Company");
  const TermId ownership = word("Ownership");
  const TermId name = word("name");
  const TermId employees = word("employees");
  const TermId founded = word("foundedDate");
  const TermId country = word("country");
  const TermId owner = word("owner");
  const TermId asset = word("asset");
  const TermId share = word("share");
  const TermId start = word("startDate");
  const TermId end = word("endDate");
  const TermId note = word("note");
  const std::uint32_t integer = terms.literal_type(xsd::kInteger);
  const std::uint32_t decimal = terms.literal_type(xsd::kDecimal);
  const std::uint32_t date = terms.literal_type(xsd::kDate);
  const std::uint32_t plain = terms.string_type();
  const auto thing = [&](const char* kind, std::uint64_t i) {
    return terms.iri(fmt::format("https://example.org/domain/{}/{}", kind, i));
  };
  const auto day = [&](std::uint64_t r) {
    return terms.literal(
        fmt::format("{:04}-{:02}-{:02}", 1990 + r % 35, 1 + r / 64 % 12, 1 + r / 1024 % 28), date);
  };
  for (std::uint64_t i = 0; i < companies; ++i) {
    const std::uint64_t r = mix(i);
    const EvidenceId evidence = shard.add_evidence({source, {}, i});
    const TermId c = thing("company", i);
    shard.add({c, type, company}, evidence);
    shard.add({c, name, terms.literal(fmt::format("Name {:x} & Sons Ltd", r), plain)}, evidence);
    shard.add({c, employees, terms.literal(fmt::format("{}", r % 100'000), integer)}, evidence);
    shard.add({c, founded, day(r)}, evidence);
    shard.add({c, country, thing("country", r % 200)}, evidence);
    for (std::uint64_t k = 0; k < 2; ++k) {
      const std::uint64_t q = mix(r + k + 1);
      const TermId o = thing("ownership", i * 2 + k);
      shard.add({o, type, ownership}, evidence);
      shard.add({o, owner, thing("company", q % companies)}, evidence);
      shard.add({o, asset, c}, evidence);
      shard.add({o, share, terms.literal(fmt::format("{}.{:02}", q % 100, q / 128 % 100), decimal)},
                evidence);
      shard.add({o, start, day(q)}, evidence);
      shard.add({o, end, day(q + 36)}, evidence);
      shard.add({o, note, terms.literal("as told by the register <of companies>", plain)},
                evidence);
    }
  }
  return freeze(std::move(builder));
}

LinkSchema make_schema(const Graph& graph) {
  const auto word = [&](const char* name) { return graph.find_iri(std::string(kNs) + name); };
  LinkSchema schema;
  schema.links.push_back({.cls = word("Ownership"),
                          .source_end = word("owner"),
                          .target_end = word("asset"),
                          .direct_predicate = word("owns"),
                          .direct_iri = std::string(kNs) + "owns",
                          .start = word("startDate"),
                          .end = word("endDate"),
                          .label = "owns"});
  schema.label_properties = {word("name")};
  return schema;
}

void print(const char* step, Clock since, std::uint64_t statements, std::uint64_t bytes) {
  const Clock at = now();
  const double cpu = at.cpu - since.cpu;
  fmt::print("{:<14} {:6.3f} s wall {:6.3f} s cpu {:7.1f} M statements/s", step,
             at.wall - since.wall, cpu, static_cast<double>(statements) / cpu / 1e6);
  if (bytes > 0) {
    fmt::print(" {:8.1f} MB {:5.2f} GB/cpu-s", static_cast<double>(bytes) / 1e6,
               static_cast<double>(bytes) / cpu / 1e9);
  }
  fmt::print(" peak {:.0f} MB\n", peak_mb());
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t companies = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 260'000;
  NetworkOptions options;
  options.threads = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  Clock at = now();
  const Graph graph = make_graph(companies);
  print("build", at, graph.size(), 0);
  at = now();
  const EntityGraph entities(graph, make_schema(graph));
  print("entity graph", at, graph.size(), 0);
  fmt::print("{} nodes, {} edges\n", entities.node_count(), entities.edge_count());
  for (const bool gexf : {false, true}) {
    NullSink out;
    at = now();
    const NetworkCounts counts =
        gexf ? write_gexf(entities, options, out) : write_graphml(entities, options, out);
    print(gexf ? "gexf" : "graphml", at, graph.size(), counts.bytes);
  }
  return 0;
}
