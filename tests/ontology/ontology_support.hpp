// Short Turtle texts as graphs, ontologies and findings.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "ontology/describe.hpp"
#include "ontology/loader.hpp"
#include "ontology/validation.hpp"

namespace dossier::test {

// Prefixes that every text may use: : (http://example.org/), ex:, own: and the well-known ones.
Graph turtle(std::string_view text);
// Such texts under the names of files, read into one graph.
struct NamedText {
  std::string name;
  std::string text;
};
Graph turtle_texts(std::span<const NamedText> texts);
// The files, read into one graph.
Graph turtle_files(std::initializer_list<std::string> paths);
std::string source_path(std::string_view relative);  // in the source tree

// Fails the test on errors.
Ontology ontology_of(std::string_view text);
Ontology domain_ontology();
ShapeSet shapes_of(const Graph& graph);

// "unknown_property http://example.org/nmae" -> count, for the rules that found something.
std::map<std::string, std::uint64_t> rule_counts(const Findings& findings);
// One line a kept finding: code, focus, path, value; details indented.
std::string listing(const Findings& findings);

}  // namespace dossier::test
