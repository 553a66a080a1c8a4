#include "ontology/shape_joins.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/ontology.hpp"
#include "base/text.hpp"
#include "graph/datatypes.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/lists.hpp"

namespace dossier {
namespace {

bool is_qualified(const Constraint& constraint) {
  return constraint.component == Component::qualified_min_count ||
         constraint.component == Component::qualified_max_count;
}

// Shapes in the order of their terms, so that nothing depends on the order of discovery.
void sort_by_term(std::vector<Shape>& shapes) {
  std::vector<std::uint32_t> order(shapes.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return shapes[i].term; });
  std::vector<ShapeId> place(order.size());
  std::vector<Shape> sorted;
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    place[order[i]] = ShapeId(i);
    sorted.push_back(std::move(shapes[order[i]]));
  }
  for (Shape& shape : sorted) {
    if (shape.parent) shape.parent = place[shape.parent.index()];
    for (Constraint& constraint : shape.constraints) {
      for (ShapeId& id : constraint.shapes) id = place[id.index()];
    }
  }
  shapes = std::move(sorted);
}

// For each property shape the qualified shapes of all property shapes beside it, and its own.
std::vector<std::vector<ShapeId>> find_siblings(const std::vector<Shape>& shapes) {
  std::vector<std::vector<ShapeId>> siblings(shapes.size());
  for (const Shape& parent : shapes) {
    std::vector<ShapeId> properties;
    std::vector<ShapeId> qualified;
    for (const Constraint& each : parent.constraints) {
      if (each.component == Component::property) properties.push_back(each.shapes[0]);
    }
    for (const ShapeId property : properties) {
      for (const Constraint& each : shapes[property.index()].constraints) {
        if (is_qualified(each)) qualified.push_back(each.shapes[0]);
      }
    }
    for (const ShapeId property : properties) {
      auto& into = siblings[property.index()];
      into.insert(into.end(), qualified.begin(), qualified.end());
    }
  }
  for (std::vector<ShapeId>& each : siblings) {
    std::ranges::sort(each);
    const auto repeats = std::ranges::unique(each);
    each.erase(repeats.begin(), repeats.end());
  }
  return siblings;
}

// The sibling shapes of 4.7.3, where sh:qualifiedValueShapesDisjoint asks for them.
void add_siblings(const ShapeSource& source, std::vector<Shape>& shapes) {
  const std::vector<std::vector<ShapeId>> siblings = find_siblings(shapes);
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    bool disjoint = false;
    for (const Statement& each :
         source.about(shapes[i].term, Name::sh_qualified_value_shapes_disjoint)) {
      if (!source.is_boolean(each.object)) source.malformed(each, "is true or false");
      disjoint = disjoint || source.is_true(each.object);
    }
    if (!disjoint) continue;
    for (Constraint& each : shapes[i].constraints) {
      if (!is_qualified(each)) continue;
      each.siblings = siblings[i];
      std::erase(each.siblings, each.shapes[0]);
    }
  }
}

std::vector<TermId> ignored_properties(const ShapeSource& source, TermId shape) {
  std::vector<TermId> out;
  const auto lists = source.about(shape, Name::sh_ignored_properties);
  if (lists.size() > 1) source.malformed(lists[1], "has one value");
  for (const Statement& each : lists) {
    const auto members = read_list(source.graph, source.names, each.object);
    if (!members) source.malformed(each, "is a list");
    for (const TermId member : members.value_or(std::vector<TermId>())) {
      if (member.is_iri()) {
        out.push_back(member);
      } else {
        source.malformed(each, "is a list of IRIs");
      }
    }
  }
  return out;
}

// What a closed shape allows (4.8.1): the paths of its property shapes and what it ignores.
void add_allowed_properties(const ShapeSource& source, std::vector<Shape>& shapes,
                            const PathSet& paths) {
  for (Shape& shape : shapes) {
    std::vector<TermId> allowed = ignored_properties(source, shape.term);
    for (const Constraint& each : shape.constraints) {
      if (each.component != Component::property) continue;
      const PathId path = shapes[each.shapes[0].index()].path;
      if (path && paths[path].kind == PathKind::predicate) {
        allowed.push_back(paths[path].predicate);
      }
    }
    std::ranges::sort(allowed);
    for (Constraint& each : shape.constraints) {
      if (each.component == Component::closed) each.terms = allowed;  // also beside sh:ByTypes
    }
  }
}

// Walks the references between shapes. An explicit stack: the nesting is the user's.
class NestingCheck {
 public:
  NestingCheck(const ShapeSource& source, const std::vector<Shape>& shapes)
      : source_(source),
        shapes_(shapes),
        states_(shapes.size(), State::fresh),
        depths_(shapes.size(), 0),
        within_(shapes.size(), 0) {}

  void run() {
    for (std::uint32_t i = 0; i < shapes_.size() && !circular_; ++i) {
      if (states_[i] == State::fresh) walk_from(i);
    }
    if (circular_) return;
    check_within();
    const auto deepest = std::ranges::max_element(depths_);
    if (deepest == depths_.end() || *deepest <= source_.limits.max_shape_depth) return;
    source_.trouble.report(
        code::limit_exceeded, shapes_[static_cast<std::size_t>(deepest - depths_.begin())].position,
        fmt::format("shapes within shapes are nested {} deep; the limit max-shape-depth is {}",
                    *deepest, source_.limits.max_shape_depth));
  }

 private:
  enum class State : std::uint8_t { fresh, open, done };
  struct Frame {
    std::uint32_t shape;
    std::vector<ShapeId> next;
  };

  void walk_from(std::uint32_t root) {
    open(root);
    while (!stack_.empty() && !circular_) {
      Frame& top = stack_.back();
      if (top.next.empty()) {
        close(top.shape);
        continue;
      }
      const std::uint32_t next = top.next.back().value();
      top.next.pop_back();
      if (states_[next] == State::open) {
        report_circle(next);
      } else if (states_[next] == State::fresh) {
        open(next);
      }
    }
  }

  void open(std::uint32_t shape) {
    states_[shape] = State::open;
    stack_.push_back({shape, references(shape)});
  }

  void close(std::uint32_t shape) {
    states_[shape] = State::done;
    within_[shape] = 1;
    for (const ShapeId each : references(shape)) {
      depths_[shape] = std::max(depths_[shape], depths_[each.index()] + 1);
      within_[shape] = std::min(within_[shape] + within_[each.index()], most_within() + 1);
    }
    stack_.pop_back();
  }

  // Shapes that refer to two others each, and so on, would be looked at more often than time
  // allows.
  std::uint64_t most_within() const { return source_.limits.max_shapes_within; }
  bool holds_too_many(std::uint32_t shape) const { return within_[shape] > most_within(); }

  // Once, at a shape where it begins.
  void check_within() {
    for (std::uint32_t i = 0; i < shapes_.size(); ++i) {
      if (!holds_too_many(i)) continue;
      const auto within = references(i);
      if (std::ranges::any_of(within, [&](ShapeId s) { return holds_too_many(s.value()); })) {
        continue;
      }
      source_.trouble.report(
          code::limit_exceeded, shapes_[i].position,
          fmt::format("{} refers to more than {} shapes (max-shapes-within), those within others "
                      "counted each time",
                      shapes_[i].term.is_iri() ? source_.trouble.shown(shapes_[i].term)
                                               : std::string("a shape without a name"),
                      with_separators(most_within())),
          "a check of one node may look at all of them; name each shape once");
      return;
    }
  }

  std::vector<ShapeId> references(std::uint32_t shape) const {
    std::vector<ShapeId> out;
    for (const Constraint& each : shapes_[shape].constraints) {
      out.insert(out.end(), each.shapes.begin(), each.shapes.end());
      out.insert(out.end(), each.siblings.begin(), each.siblings.end());
    }
    return out;
  }

  // Names the shapes of the circle that have a name.
  void report_circle(std::uint32_t back_to) {
    circular_ = true;
    const auto first = std::ranges::find(stack_, back_to, &Frame::shape);
    std::string names;
    std::string head;
    for (auto at = first; at != stack_.end(); ++at) {
      const TermId term = shapes_[at->shape].term;
      if (!term.is_iri()) continue;
      const std::string name = source_.trouble.shown(term);
      if (head.empty()) head = name;
      names += name + " -> ";
    }
    source_.trouble.report(code::shape_recursive, shapes_[back_to].position,
                           head.empty()
                               ? "shapes without a name refer to each other in a circle"
                               : "shapes refer to each other in a circle: " + names + head);
  }

  const ShapeSource& source_;
  const std::vector<Shape>& shapes_;
  std::vector<State> states_;
  std::vector<std::size_t> depths_;
  std::vector<std::uint64_t> within_;  // itself, and the shapes within it
  std::vector<Frame> stack_;
  bool circular_ = false;
};

}  // namespace

void ShapeSource::malformed(const Statement& statement, std::string_view wanted) const {
  trouble.report(
      code::shape_malformed, graph.position(statement),
      fmt::format("{} of {} {}, not {}", trouble.shown(statement.predicate),
                  trouble.shown(statement.subject), wanted, trouble.shown(statement.object)));
}

bool ShapeSource::is_boolean(TermId id) const {
  if (!id.is_literal()) return false;
  const TermView term = graph.term(id);
  return term.datatype == xsd::kBoolean && is_valid_lexical(Datatype::boolean, term.text);
}

void join_shapes(const ShapeSource& source, std::vector<Shape>& shapes, const PathSet& paths) {
  sort_by_term(shapes);
  add_siblings(source, shapes);
  add_allowed_properties(source, shapes, paths);
  NestingCheck(source, shapes).run();
}

}  // namespace dossier
