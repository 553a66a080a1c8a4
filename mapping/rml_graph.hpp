// A mapping in RDF, seen through the vocabulary of RML: properties by enumerator, whichever of the
// vocabularies (the new one, the older rml.io, R2RML) spelt them, with places. Cold path.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.hpp"
#include "graph/graph.hpp"

namespace dossier {

enum class Rml : std::uint8_t {
#define DOSSIER_RML(name, local, kinds) name,
#include "mapping/rml_terms.def"
#undef DOSSIER_RML
};

// Kinds of node; a bit each.
enum RmlKind : std::uint32_t {
  kT = 1u << 0,
  kS = 1u << 1,
  kM = 1u << 2,
  kP = 1u << 3,
  kR = 1u << 4,
  kJ = 1u << 5,
  kF = 1u << 6,
  kI = 1u << 7,
  kX = 1u << 8,
  kG = 1u << 9,
  kV = 1u << 10,
  kL = 1u << 11,
  kD = 1u << 12,
  kW = 1u << 13,
  kA = 1u << 14,
};

std::string_view rml_name(Rml property);  // "rml:template"

// An RML term without its namespace, whichever vocabulary it is of: "CSV" of ql:CSV; nothing for
// other IRIs.
std::optional<std::string_view> rml_local(std::string_view iri);

using EvidencePlace = std::function<Place(const EvidenceRow&)>;

class RmlGraph {
 public:
  RmlGraph(const Graph& graph, EvidencePlace place_of, DiagnosticSink& diagnostics);

  struct Value {
    TermId term;
    std::size_t position = 0;  // of the statement
  };

  const Graph& graph() const { return graph_; }
  // Objects in the order of the file.
  std::vector<Value> values(TermId node, Rml property) const;
  std::vector<Value> values(TermId node, std::string_view predicate_iri) const;
  bool has(TermId node, Rml property) const { return !values(node, property).empty(); }
  // The only value; reports when there are several.
  std::optional<Value> value(TermId node, Rml property);
  // Its text, a literal or an IRI.
  std::optional<std::string> text(TermId node, Rml property);
  std::optional<std::string> text(TermId node, std::string_view predicate_iri) const;
  bool has_type(TermId node, std::string_view local) const;  // in any of the vocabularies
  std::optional<std::string_view> foreign_type(TermId node) const;

  Place place(const Value& value) const { return place_at(value.position); }
  Place place(TermId node) const;  // of the first statement about it
  std::uint64_t offset(TermId node) const;
  // Subjects that have one of the properties, in the order of the file.
  std::vector<TermId> subjects_with(std::initializer_list<Rml> properties) const;

  // Whether R2RML or the older vocabulary describes the node.
  bool is_legacy(TermId node) const;

  // Reports properties that RML does not know, or not on this kind of node. Once a node.
  void check(TermId node, std::uint32_t kinds, std::string_view what);
  void report(DiagnosticCode code, const Place& place, std::string message, std::string hint = {});

 private:
  struct Spelling {
    std::optional<Rml> property;
    bool in_rml = false;  // in one of the vocabularies
    bool legacy = false;
  };
  const Spelling& spelling(TermId predicate) const;
  Place place_at(std::size_t position) const;
  void sort_by_place(std::vector<Value>& values) const;

  const Graph& graph_;
  EvidencePlace place_of_;
  DiagnosticSink& diagnostics_;
  std::unordered_map<TermId, Spelling> spellings_;
  std::unordered_map<TermId, std::uint32_t> checked_;
};

}  // namespace dossier
