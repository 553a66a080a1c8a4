// W3C test manifests (mf:Manifest), read with our own Turtle reader.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "graph/format.hpp"
#include "graph/graph.hpp"

namespace dossier::test {

struct ManifestEntry {
  std::string name;
  std::string type;                               // local name: TestTurtleEval
  std::filesystem::path action;                   // may be empty
  std::filesystem::path result;                   // may be empty
  std::string base;                               // the base IRI for the action
  std::map<std::string, std::string> properties;  // local name -> text of an object, of all
};

// The graph of a file, whose base is the file's own address. Fails the test when it is bad.
Graph read_graph(const std::filesystem::path& path, Format format = Format::turtle);
// A file: IRI as a path.
std::filesystem::path path_of(std::string_view file_iri);
std::string file_iri(const std::filesystem::path& path);
// The items of the RDF list `head`.
std::vector<TermId> list_items(const Graph& graph, TermId head);

// The entries of a manifest in their order; included manifests are not followed.
std::vector<ManifestEntry> read_manifest(const std::filesystem::path& manifest);

}  // namespace dossier::test
