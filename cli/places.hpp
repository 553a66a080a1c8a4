// Where statements stand in the sources, for messages: files of RDF by the byte offset in their
// evidence, and records of tables by reading them again (mapping/explain.hpp). Files are read when
// a place in them is first asked for, and kept. One thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/line_index.hpp"
#include "graph/graph.hpp"
#include "mapping/explain.hpp"
#include "ontology/finding.hpp"
#include "ontology/place.hpp"

namespace dossier {

class Places {
 public:
  explicit Places(const Limits& limits = {}) : limits_(limits) {}
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;

  // A text that is no file of its own: part of the program. Borrowed.
  void add_text(std::string name, std::string_view text);
  // Places of these statements of a graph that a plan made: looked up together, since one look
  // costs as much as many.
  void add_mapped(const Plan& plan, const Graph& graph, std::span<const std::size_t> positions);
  // The statements that the kept findings are about.
  void add_findings(const Plan& plan, const Graph& graph, const Findings& findings);

  Place place_of(const Graph& graph, std::size_t position);
  // Both functions borrow this object.
  PlaceOf function();
  // The line of the file that a place is in, for an excerpt; nothing when it cannot be read.
  std::optional<std::string> line_of(const Place& place);

 private:
  struct Text {
    std::string owned;
    std::string_view text;
    std::unique_ptr<LineIndex> lines;
  };
  Text* text_of(const std::string& name);

  Limits limits_;
  std::map<std::string, Text> texts_;
  std::map<std::string, std::string> paths_;  // name of a mapped source -> where it is
  const Graph* mapped_ = nullptr;
  std::unordered_map<std::size_t, Place> mapped_places_;
};

}  // namespace dossier
