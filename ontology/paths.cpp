#include "ontology/paths.hpp"

#include <algorithm>
#include <optional>

namespace dossier {
namespace {

struct PathParameter {
  Name name;
  PathKind kind;
};

constexpr PathParameter kPathParameters[] = {
    {Name::sh_inverse_path, PathKind::inverse},
    {Name::sh_alternative_path, PathKind::alternative},
    {Name::sh_zero_or_more_path, PathKind::zero_or_more},
    {Name::sh_one_or_more_path, PathKind::one_or_more},
    {Name::sh_zero_or_one_path, PathKind::zero_or_one},
};

class PathReader {
 public:
  PathReader(const Graph& graph, const Names& names, const Limits& limits, PathSet& into,
             std::string& why)
      : graph_(graph), names_(names), limits_(limits), into_(into), why_(why) {}

  // Depth is bounded by Limits::max_shape_depth.
  PathId read(TermId term, std::size_t depth) {
    if (depth > limits_.max_shape_depth)
      return fail("paths are nested too deeply (max-shape-depth)");
    // Blank nodes that are used again and again would let a path grow without bound.
    if (++size_ > limits_.max_path_length)
      return fail("the path has too many steps (max-path-length)");
    if (term.is_iri()) return into_.add({.predicate = term});
    if (!term.is_blank()) return fail("a path is an IRI or a blank node");
    if (names_[Name::rdf_first] && !graph_.about(term, names_[Name::rdf_first]).empty()) {
      return read_members(term, PathKind::sequence, depth);
    }
    const PathParameter* found = nullptr;
    TermId object;
    for (const PathParameter& each : kPathParameters) {
      if (!names_[each.name]) continue;
      for (const Statement& statement : graph_.about(term, names_[each.name])) {
        if (found != nullptr) return fail("a path has exactly one of the path properties");
        found = &each;
        object = statement.object;
      }
    }
    if (found == nullptr) return fail("the blank node is neither a list nor a path expression");
    if (found->kind == PathKind::alternative) {
      return read_members(object, PathKind::alternative, depth);
    }
    const PathId child = read(object, depth + 1);
    if (!child) return child;
    return into_.add({.kind = found->kind}, {&child, 1});
  }

 private:
  PathId read_members(TermId head, PathKind kind, std::size_t depth) {
    const std::optional<std::vector<TermId>> members = read_list(graph_, names_, head);
    if (!members) return fail("the list of a path is not well-formed");
    if (members->size() < 2) return fail("a sequence or alternative has two members or more");
    std::vector<PathId> children;
    for (const TermId member : *members) {
      const PathId child = read(member, depth + 1);
      if (!child) return child;
      children.push_back(child);
    }
    return into_.add({.kind = kind}, children);
  }

  PathId fail(std::string_view why) {
    why_ = why;
    return {};
  }

  const Graph& graph_;
  const Names& names_;
  const Limits& limits_;
  PathSet& into_;
  std::string& why_;
  std::size_t size_ = 0;
};

void append_text(const PathSet& paths, PathId path, const TermSpace& terms,
                 const Prefixes& prefixes, bool inside, std::string& out) {
  const PathNode& node = paths[path];
  const std::span<const PathId> children = paths.children(node);
  const auto append_child = [&](PathId child) {
    append_text(paths, child, terms, prefixes, true, out);
  };
  switch (node.kind) {
    case PathKind::predicate:
      out += prefixes.shorten(terms.text(node.predicate));
      return;
    case PathKind::inverse:
      out += '^';
      append_child(children[0]);
      return;
    case PathKind::zero_or_more:
    case PathKind::one_or_more:
    case PathKind::zero_or_one:
      append_child(children[0]);
      out += node.kind == PathKind::zero_or_more  ? '*'
             : node.kind == PathKind::one_or_more ? '+'
                                                  : '?';
      return;
    case PathKind::sequence:
    case PathKind::alternative:
      break;
  }
  if (inside) out += '(';
  for (std::size_t i = 0; i < children.size(); ++i) {
    if (i > 0) out += node.kind == PathKind::sequence ? '/' : '|';
    append_child(children[i]);
  }
  if (inside) out += ')';
}

}  // namespace

PathId PathSet::add(PathNode node, std::span<const PathId> children) {
  node.first = static_cast<std::uint32_t>(children_.size());
  node.count = static_cast<std::uint32_t>(children.size());
  children_.insert(children_.end(), children.begin(), children.end());
  nodes_.push_back(node);
  return PathId(static_cast<std::uint32_t>(nodes_.size() - 1));
}

PathId read_path(const Graph& graph, const Names& names, TermId term, const Limits& limits,
                 PathSet& into, std::string& why) {
  return PathReader(graph, names, limits, into, why).read(term, 0);
}

std::string to_string(const PathSet& paths, PathId path, const TermSpace& terms,
                      const Prefixes& prefixes) {
  std::string out;
  append_text(paths, path, terms, prefixes, false, out);
  return out;
}

}  // namespace dossier
