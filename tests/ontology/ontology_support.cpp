#include "tests/ontology/ontology_support.hpp"

#include <gtest/gtest.h>

#include "graph/freeze.hpp"
#include "sources/rdf.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kPrefixes = R"(
@prefix : <http://example.org/> .
@prefix ex: <http://example.org/> .
@prefix own: <http://example.org/own/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dm: <https://w3id.org/dossier/meta#> .
@prefix dos: <https://w3id.org/dossier/ns#> .
)";

void read_into(ByteSource& source, Shard& shard, std::string scope) {
  DiagnosticCollector diagnostics;
  RdfReadOptions options;
  options.base = "http://example.org/";
  options.blank_scope = std::move(scope);
  const auto counts = read_rdf(source, Format::turtle, options, shard, diagnostics);
  if (!counts) ADD_FAILURE() << render(counts.error());
}

}  // namespace

Graph turtle(std::string_view text) {
  const std::string whole = std::string(kPrefixes) + std::string(text);
  Builder builder;
  const SourceId source = builder.add_source({.path = "text.ttl"});
  builder.shard().begin_source(source);
  read_into(*memory_input(whole, "text.ttl"), builder.shard(), "");
  return freeze(std::move(builder));
}

Graph turtle_texts(std::span<const NamedText> texts) {
  Builder builder;
  for (const NamedText& each : texts) {
    const std::string whole = std::string(kPrefixes) + each.text;
    builder.shard().begin_source(builder.add_source({.path = each.name}));
    read_into(*memory_input(whole, each.name), builder.shard(), each.name);
  }
  return freeze(std::move(builder));
}

Graph turtle_files(std::initializer_list<std::string> paths) {
  Builder builder;
  for (const std::string& path : paths) {
    auto input = open_input(path);
    if (!input) {
      ADD_FAILURE() << render(input.error());
      continue;
    }
    builder.shard().begin_source(builder.add_source({.path = path}));
    read_into(**input, builder.shard(), path);
  }
  return freeze(std::move(builder));
}

std::string source_path(std::string_view relative) {
  return std::string(DOSSIER_SOURCE_DIR) + "/" + std::string(relative);
}

Ontology ontology_of(std::string_view text) {
  const Graph graph = turtle(text);
  DiagnosticCollector diagnostics;
  Expected<Ontology> loaded = load_ontology(graph, diagnostics);
  if (!loaded) ADD_FAILURE() << render(loaded.error());
  return loaded ? std::move(*loaded) : Ontology();
}

Ontology domain_ontology() {
  const Graph graph = turtle_files({source_path("ontology/vocabulary/dossier.ttl"),
                                    source_path("ontology/vocabulary/meta.ttl")});
  DiagnosticCollector diagnostics;
  Expected<Ontology> loaded = load_ontology(graph, diagnostics);
  if (!loaded) ADD_FAILURE() << render(loaded.error());
  for (const Diagnostic& each : diagnostics.sorted()) {
    if (each.severity != Severity::info) ADD_FAILURE() << render(each);
  }
  return loaded ? std::move(*loaded) : Ontology();
}

ShapeSet shapes_of(const Graph& graph) {
  DiagnosticCollector diagnostics;
  Expected<ShapeSet> loaded = load_shapes(graph, {}, diagnostics);
  for (const Diagnostic& each : diagnostics.sorted()) {
    if (each.severity != Severity::info) ADD_FAILURE() << render(each);
  }
  return loaded ? std::move(*loaded) : ShapeSet();
}

std::map<std::string, std::uint64_t> rule_counts(const Findings& findings) {
  std::map<std::string, std::uint64_t> counts;
  const Describer describer(findings, Prefixes::well_known());
  for (const FindingGroup& each : findings.groups()) {
    const CheckRule& rule = findings.rules()[each.rule];
    std::string name(info(rule.code).name);
    if (!rule.subject.empty()) name += " " + std::string(local_part(rule.subject));
    if (rule.shape) name += " " + describer.rule_origin(rule);
    counts[name] += each.count;
  }
  return counts;
}

std::string listing(const Findings& findings) {
  std::string out;
  const Describer describer(findings, Prefixes::well_known());
  for (const Finding& each : findings.kept()) {
    if (each.parent != kNoParent) out += "  ";
    out += std::string(info(findings.rule(each).code).name) + " " + describer.term(each.focus);
    const std::string path = describer.path(each);
    if (!path.empty()) out += " " + path;
    if (each.value) out += " " + describer.term(each.value);
    out += ": " + describer.describe(each).message + "\n";
  }
  return out;
}

}  // namespace dossier::test
