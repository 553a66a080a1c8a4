// Inference by itself: RDFS over instances, and the closures that are hard for others. Everything
// is made here, by a seed; nothing is read.
//   inference_bench [statements] [nodes]
#include <cstdlib>
#include <functional>
#include <random>
#include <string>

#include <fmt/format.h>

#include "bench/figures.hpp"
#include "graph/freeze.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/inference.hpp"
#include "ontology/loader.hpp"
#include "sources/rdf.hpp"

namespace {

using namespace dossier;

const std::string kSpace = "http://example.org/";

Graph parsed(const std::string& body) {
  const std::string text =
      "@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
      "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . " +
      body;
  const auto source = memory_input(text, "ontology");
  Builder builder;
  DiagnosticCollector diagnostics;
  if (!read_rdf(*source, Format::turtle, {}, builder.shard(), diagnostics)) std::abort();
  return freeze(std::move(builder));
}

Ontology ontology_of(const std::string& body) {
  DiagnosticCollector diagnostics;
  auto ontology = load_ontology(parsed(body), diagnostics);
  if (!ontology) std::abort();
  return std::move(*ontology);
}

void add_terms(Builder& builder, const Ontology& ontology) {
  for (const std::string& iri : inference_terms(ontology)) builder.shard().terms().iri(iri);
}

// A domain of 40 classes, five deep, and 20 properties under four with domain and range.
std::string domain_text() {
  std::string out;
  for (int i = 0; i < 40; ++i) {
    out += fmt::format(":C{} a owl:Class . ", i);
    if (i > 0) out += fmt::format(":C{} rdfs:subClassOf :C{} . ", i, i / 2);
  }
  for (int i = 0; i < 20; ++i) {
    out += fmt::format(":p{} a owl:ObjectProperty ; rdfs:domain :C{} ; rdfs:range :C{} . ", i,
                       i % 13, (i * 7) % 13);
    if (i >= 4) out += fmt::format(":p{} rdfs:subPropertyOf :p{} . ", i, i % 4);
  }
  return out;
}

Graph domain_data(const Ontology& ontology, std::size_t statements) {
  Builder builder;
  add_terms(builder, ontology);
  Shard& shard = builder.shard();
  Dictionary& terms = shard.terms();
  std::mt19937 random(1);
  const auto things = static_cast<unsigned>(statements / 5);
  const auto thing = [&](unsigned n) { return terms.iri(kSpace + "x" + std::to_string(n)); };
  const TermId type = terms.iri(rdf::kType);
  for (unsigned i = 0; i < things; ++i) {
    const TermId cls = terms.iri(kSpace + "C" + std::to_string(random() % 40));
    shard.add({thing(i), type, cls, kDefaultGraph});
    for (int j = 0; j < 4; ++j) {
      const TermId p = terms.iri(kSpace + "p" + std::to_string(random() % 20));
      shard.add({thing(i), p, thing(random() % things), kDefaultGraph});
    }
  }
  return freeze(std::move(builder));
}

using Link = std::function<void(unsigned from, unsigned to)>;

Graph relation(const Ontology& ontology, const std::function<void(const Link&)>& make) {
  Builder builder;
  add_terms(builder, ontology);
  Shard& shard = builder.shard();
  Dictionary& terms = shard.terms();
  const TermId in = terms.iri(kSpace + "in");
  const auto node = [&](unsigned n) { return terms.iri(kSpace + "n" + std::to_string(n)); };
  make([&](unsigned a, unsigned b) { shard.add({node(a), in, node(b), kDefaultGraph}); });
  return freeze(std::move(builder));
}

void time(const char* what, const Graph& graph, const Ontology& ontology, int repeats) {
  double best = 1e9;
  std::size_t found = 0;
  std::size_t open = 0;
  for (int i = 0; i < repeats; ++i) {
    const double start = cpu_seconds();
    const auto inference = infer(graph, ontology);
    best = std::min(best, cpu_seconds() - start);
    if (!inference) {
      fmt::print("{}: {}\n", what, render(inference.error()));
      return;
    }
    found = inference->statements().size();
    open = inference->open_closures().size();
  }
  fmt::print("{:<24} {:>9} statements {:8.3f} s  {:>9} inferred{}  peak {:.0f} MB\n", what,
             graph.size(), best, found, open == 0 ? "" : ", closure left open", peak_mb());
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t statements = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100'000;
  const auto nodes =
      static_cast<unsigned>(argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1'000'000);
  const Ontology domain = ontology_of(domain_text());
  time("RDFS", domain_data(domain, statements), domain, 5);

  const Ontology transitive = ontology_of(":in a owl:TransitiveProperty .");
  time("chain",
       relation(transitive,
                [&](const Link& link) {
                  for (unsigned i = 0; i < nodes; ++i) link(i, i + 1);
                }),
       transitive, 1);
  time("cycle",
       relation(transitive,
                [&](const Link& link) {
                  for (unsigned i = 0; i < nodes; ++i) link(i, (i + 1) % nodes);
                }),
       transitive, 1);
  time("diamonds",
       relation(transitive,
                [&](const Link& link) {
                  for (unsigned i = 0; i + 3 < nodes; i += 3) {
                    link(i, i + 1);
                    link(i, i + 2);
                    link(i + 1, i + 3);
                    link(i + 2, i + 3);
                  }
                }),
       transitive, 1);
  time("short chains",
       relation(transitive,
                [&](const Link& link) {
                  for (unsigned i = 0; i < nodes; ++i) {
                    if (i % 5 != 4) link(i, i + 1);
                  }
                }),
       transitive, 1);
  return 0;
}
