#include "ontology/shapes.hpp"

#include <algorithm>

#include "base/codes/ontology.hpp"
#include "ontology/term_space.hpp"

namespace dossier {

const ComponentInfo& info(Component component) {
  static constexpr ComponentInfo kInfos[] = {
#define DOSSIER_COMPONENT(name, local, parameter, diagnostic) \
  {"http://www.w3.org/ns/shacl#" local, Name::parameter, code::diagnostic},
#include "ontology/components.def"
#undef DOSSIER_COMPONENT
  };
  return kInfos[static_cast<std::size_t>(component)];
}

bool ShapeSet::disallows(const Constraint& constraint) const {
  if (disallowed_.empty()) {
    return constraint.severity_iri != iri_of(Name::sh_debug) &&
           constraint.severity_iri != iri_of(Name::sh_trace);
  }
  return std::ranges::binary_search(disallowed_, constraint.severity_iri);
}

std::string shape_name(const ShapeSet& shapes, ShapeId id, const Prefixes& prefixes) {
  const Graph& graph = *shapes.graph();
  const Shape* shape = &shapes[id];
  if (shape->term.is_iri()) return prefixes.shorten(graph.text(shape->term));
  std::string name;
  if (shape->path) {
    name = to_string(shapes.paths(), shape->path, TermSpace(graph), prefixes) + " of ";
  }
  // A circle of blank nodes is left after as many steps as there are shapes.
  for (std::size_t steps = 0; steps < shapes.shapes().size() && shape->parent; ++steps) {
    shape = &shapes[shape->parent];
    if (shape->term.is_iri()) {
      return (name.empty() ? "a part of " : name) + prefixes.shorten(graph.text(shape->term));
    }
  }
  return name + "a shape without a name";
}

}  // namespace dossier
