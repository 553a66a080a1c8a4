#include "tests/support/manifest.hpp"

#include <gtest/gtest.h>

#include "graph/freeze.hpp"
#include "graph/vocabulary.hpp"
#include "sources/rdf.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kMf = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
constexpr std::string_view kScheme = "file://";

TermId mf(const Graph& graph, std::string_view name) {
  return graph.find_iri(std::string(kMf).append(name));
}

std::string_view text_of(const Graph& graph, TermId subject, TermId predicate) {
  const TermId object = predicate ? graph.object(subject, predicate) : TermId{};
  return object ? graph.text(object) : std::string_view{};
}

std::string local_name(std::string_view iri) {
  return std::string(iri.substr(iri.find_last_of("#/") + 1));
}

}  // namespace

std::string file_iri(const std::filesystem::path& path) {
  return std::string(kScheme) + std::filesystem::absolute(path).lexically_normal().string();
}

std::filesystem::path path_of(std::string_view iri) {
  return iri.starts_with(kScheme) ? iri.substr(kScheme.size()) : std::string_view{};
}

Graph read_graph(const std::filesystem::path& path, Format format) {
  Builder builder;
  DiagnosticCollector diagnostics;
  RdfReadOptions options;
  options.base = file_iri(path);
  const auto source = open_input(path);
  if (!source) {
    ADD_FAILURE() << render(source.error());
    return {};
  }
  const auto counts = read_rdf(**source, format, options, builder.shard(), diagnostics);
  if (!counts) ADD_FAILURE() << render(counts.error());
  return freeze(std::move(builder));
}

std::vector<TermId> list_items(const Graph& graph, TermId head) {
  std::vector<TermId> items;
  const TermId first = graph.find_iri(rdf::kFirst);
  const TermId rest = graph.find_iri(rdf::kRest);
  while (head && graph.text(head) != rdf::kNil && items.size() <= graph.size()) {
    items.push_back(graph.object(head, first));
    head = graph.object(head, rest);
  }
  return items;
}

std::vector<ManifestEntry> read_manifest(const std::filesystem::path& manifest) {
  const Graph graph = read_graph(manifest);
  std::vector<ManifestEntry> entries;
  const TermId entries_property = mf(graph, "entries");
  if (!entries_property) return entries;
  for (const Statement& of_manifest : graph.with_predicate(entries_property)) {
    const std::string_view base = text_of(graph, of_manifest.subject, mf(graph, "assumedTestBase"));
    for (const TermId item : list_items(graph, of_manifest.object)) {
      ManifestEntry entry;
      entry.name = text_of(graph, item, mf(graph, "name"));
      entry.type = local_name(text_of(graph, item, graph.rdf_type()));
      const std::string_view action = text_of(graph, item, mf(graph, "action"));
      entry.action = path_of(action);
      entry.result = path_of(text_of(graph, item, mf(graph, "result")));
      const std::string folder = file_iri(manifest.parent_path()) + "/";
      entry.base = action;
      if (!base.empty() && action.starts_with(folder)) {
        entry.base = std::string(base).append(action.substr(folder.size()));
      }
      for (const Statement& each : graph.about(item)) {
        entry.properties.try_emplace(local_name(graph.text(each.predicate)),
                                     graph.text(each.object));
      }
      entries.push_back(std::move(entry));
    }
  }
  return entries;
}

}  // namespace dossier::test
