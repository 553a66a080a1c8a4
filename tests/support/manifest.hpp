// W3C test manifests (mf:Manifest), read with our own Turtle reader.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.hpp"

namespace dossier::test {

struct ManifestEntry {
  std::string name;
  std::string type;              // local name: TestTurtleEval
  std::filesystem::path action;  // may be empty
  std::filesystem::path result;  // may be empty
  std::string base;              // the base IRI for the action
};

// The graph of a Turtle file, whose base is the file's own address. Fails the test when it is bad.
Graph read_graph(const std::filesystem::path& turtle);
// A file: IRI as a path.
std::filesystem::path path_of(std::string_view file_iri);
std::string file_iri(const std::filesystem::path& path);
// The items of the RDF list `head`.
std::vector<TermId> list_items(const Graph& graph, TermId head);

// The entries of a manifest in their order; included manifests are not followed.
std::vector<ManifestEntry> read_manifest(const std::filesystem::path& manifest);

}  // namespace dossier::test
