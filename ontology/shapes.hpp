// SHACL shapes as read from a shapes graph: what SHACL 1.0 calls the shapes, their targets and the
// constraints that they declare. Ids are those of the shapes graph, which is borrowed. Immutable
// once loaded; `ShapePlan` (shape_plan.hpp) turns it into ids of one data graph.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/limits.hpp"
#include "ontology/paths.hpp"
#include "ontology/place.hpp"

namespace dossier {

using ShapeId = Id<struct ShapeTag>;

enum class Component : std::uint8_t {
#define DOSSIER_COMPONENT(name, local, parameter, diagnostic) name,
#include "ontology/components.def"
#undef DOSSIER_COMPONENT
};

struct ComponentInfo {
  std::string_view iri;
  Name parameter;
  DiagnosticCode code;
};
const ComponentInfo& info(Component component);

struct LanguageText {
  std::string text;
  std::string language;  // may be empty
};

// One constraint; which members are used depends on the component.
struct Constraint {
  Component component{};
  std::uint64_t number = 0;        // counts, lengths
  TermId term;                     // class, datatype, kind of node, bound, property, wanted value
  std::vector<TermId> terms;       // sh:in; allowed properties of a closed shape; parts of a key;
                                   // of class, datatype, kind of node: any of them will do
  PathId path;                     // what values are compared with, where it is no single property
  std::vector<ShapeId> shapes;     // and, or, xone, not, node, property, the qualified shape
  std::vector<ShapeId> siblings;   // shapes that a qualified value must not have
  std::vector<std::string> texts;  // pattern and flags; languages
  bool required = false;           // sh:reificationRequired
  bool by_types = false;           // sh:closed sh:ByTypes
  bool deactivated = false;        // by an annotation of the statement
  // Of its results: those of the shape, or of an annotation of the statement.
  Severity severity = Severity::violation;
  std::string severity_iri;
  std::vector<LanguageText> messages;
  TermId parameter_value;  // the object of the parameter, for reports
};

enum class TargetKind : std::uint8_t { node, cls, subjects_of, objects_of, where };

struct Target {
  TargetKind kind{};
  TermId term;
  ShapeId shape;  // where: what the nodes have
};

struct Shape {
  TermId term;
  PathId path;  // none: a node shape
  bool deactivated = false;
  Severity severity = Severity::violation;
  std::string severity_iri;
  std::vector<LanguageText> messages;
  std::vector<Target> targets;
  std::vector<Constraint> constraints;
  ShapeId parent;  // the first shape that refers to it; none for those that nothing refers to
  std::size_t position = 0;  // of a statement about it, for places

  bool is_property_shape() const { return static_cast<bool>(path); }
};

class ShapeSet {
 public:
  ShapeSet() = default;
  ShapeSet(const Graph* graph, std::vector<Shape> shapes, PathSet paths)
      : graph_(graph), shapes_(std::move(shapes)), paths_(std::move(paths)) {}

  const Graph* graph() const { return graph_; }  // null when there are no shapes
  std::span<const Shape> shapes() const { return shapes_; }
  const Shape& operator[](ShapeId id) const { return shapes_[id.index()]; }
  const PathSet& paths() const { return paths_; }

  // Severities (IRIs) of which no result may be for a graph to conform: what the shapes graph says
  // by sh:conformanceDisallows (SHACL 1.2). Empty: all but sh:Debug and sh:Trace.
  std::span<const std::string> disallowed() const { return disallowed_; }
  void disallow(std::vector<std::string> severities) { disallowed_ = std::move(severities); }
  // Whether results of the constraint keep a graph from conforming.
  bool disallows(const Constraint& constraint) const;

 private:
  const Graph* graph_ = nullptr;
  std::vector<Shape> shapes_;  // in the order of their terms
  PathSet paths_;
  std::vector<std::string> disallowed_;  // sorted
};

struct ShapeOptions {
  bool skip_sparql = false;  // leave out what needs SPARQL, with a warning, instead of failing
  Limits limits;
};

// All shapes of `graph`. What is not well-formed is reported, each with its place, and makes the
// load fail as SHACL wants it ("a processor signals a failure"); the error is a summary.
Expected<ShapeSet> load_shapes(const Graph& graph, const ShapeOptions& options,
                               DiagnosticSink& diagnostics, const PlaceOf& place_of = source_of,
                               const Prefixes& prefixes = Prefixes::well_known());

// For people: "dsh:Ban", "dos:name of dsh:Entity", "a part of dsh:Entity".
std::string shape_name(const ShapeSet& shapes, ShapeId id, const Prefixes& prefixes);

}  // namespace dossier
