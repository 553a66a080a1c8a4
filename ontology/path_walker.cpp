#include "ontology/path_walker.hpp"

#include <algorithm>
#include <span>

namespace dossier {

class PathWalker::Borrowed {
 public:
  explicit Borrowed(PathWalker& walker) : walker_(walker) {
    if (walker.sets_in_use_ == walker.sets_.size()) {
      walker.sets_.push_back(std::make_unique<NodeSet>());
    }
    set_ = walker.sets_[walker.sets_in_use_++].get();
  }
  ~Borrowed() { --walker_.sets_in_use_; }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;

  NodeSet& operator*() { return *set_; }
  NodeSet* operator->() { return set_; }

 private:
  PathWalker& walker_;
  NodeSet* set_;
};

void PathWalker::walk(PathId path, TermId focus, std::vector<TermId>& out) {
  const std::size_t from = out.size();
  step(path, focus, false, out);
  remove_repeats(out, from);
}

std::size_t PathWalker::count(PathId path, TermId focus, std::size_t enough) {
  std::vector<TermId> found;
  step_repeated(paths_[path], focus, false, found, nullptr, enough);
  return found.size();
}

void PathWalker::walk_to_unknown(PathId path, TermId focus, const NodeSet& known,
                                 std::vector<TermId>& out) {
  counts_ = false;
  step_repeated(paths_[path], focus, false, out, &known);
  counts_ = true;
}

// Keeps the first of equal nodes. Few are compared one by one, many by a set.
void PathWalker::remove_repeats(std::vector<TermId>& nodes, std::size_t from) {
  constexpr std::size_t kFew = 12;
  const auto begin = nodes.begin() + static_cast<std::ptrdiff_t>(from);
  if (nodes.size() - from < 2) return;
  auto end = begin;
  if (nodes.size() - from <= kFew) {
    for (auto at = begin; at != nodes.end(); ++at) {
      if (std::find(begin, end, *at) == end) *end++ = *at;
    }
  } else {
    Borrowed seen(*this);
    for (auto at = begin; at != nodes.end(); ++at) {
      if (seen->insert(*at)) *end++ = *at;
    }
    seen->remove(std::span(begin, end));
  }
  nodes.erase(end, nodes.end());
}

// Adds to the common count in lumps, so that threads do not fight for it.
void PathWalker::add_steps(std::size_t count) {
  constexpr std::uint64_t kLump = 1024;
  if (!counts_) return;
  pending_ += count;
  if (pending_ < kLump) return;
  steps_.fetch_add(pending_, std::memory_order_relaxed);
  pending_ = 0;
}

void PathWalker::step(PathId path, TermId from, bool backwards, std::vector<TermId>& out) {
  const PathNode& node = paths_[path];
  switch (node.kind) {
    case PathKind::predicate: {
      const std::size_t before = out.size();
      if (!backwards) {
        for (const Statement& each : terms_.about(from, node.predicate)) {
          out.push_back(each.object);
        }
      } else if (!terms_.is_added(from)) {
        for (const Statement& each : terms_.graph().with_object(node.predicate, from)) {
          out.push_back(each.subject);
        }
      }
      add_steps(1 + out.size() - before);
      return;
    }
    case PathKind::inverse:
      step(paths_.children(node)[0], from, !backwards, out);
      return;
    case PathKind::sequence:
      step_sequence(node, from, backwards, out);
      return;
    case PathKind::alternative:
      for (const PathId child : paths_.children(node)) step(child, from, backwards, out);
      return;
    case PathKind::zero_or_one:
      out.push_back(from);
      step(paths_.children(node)[0], from, backwards, out);
      return;
    case PathKind::zero_or_more:
    case PathKind::one_or_more:
      step_repeated(node, from, backwards, out);
      return;
  }
}

void PathWalker::step_sequence(const PathNode& node, TermId from, bool backwards,
                               std::vector<TermId>& out) {
  const std::span<const PathId> children = paths_.children(node);
  std::vector<TermId> here{from};
  std::vector<TermId> next;
  for (std::size_t i = 0; i < children.size() && !here.empty(); ++i) {
    const PathId child = backwards ? children[children.size() - 1 - i] : children[i];
    next.clear();
    for (const TermId each : here) {
      if (!may_go_on()) return;
      step(child, each, backwards, next);
    }
    remove_repeats(next, 0);
    std::swap(here, next);
  }
  out.insert(out.end(), here.begin(), here.end());
}

// Breadth first; each node is expanded once. The queue is the end of `out`.
void PathWalker::step_repeated(const PathNode& node, TermId from, bool backwards,
                               std::vector<TermId>& out, const NodeSet* known, std::size_t enough) {
  const PathId child = paths_.children(node)[0];
  const std::size_t first = out.size();
  Borrowed seen(*this);
  std::vector<TermId> found;
  const auto reach = [&](TermId at) {
    if (known != nullptr && known->contains(at)) return;
    if (seen->insert(at)) out.push_back(at);
  };
  const auto expand = [&](TermId at) {
    found.clear();
    step(child, at, backwards, found);
    for (const TermId each : found) reach(each);
  };
  if (node.kind == PathKind::zero_or_more) {
    reach(from);
  } else {
    expand(from);
  }
  for (std::size_t i = first; i < out.size() && out.size() - first < enough; ++i) {
    if (!may_go_on()) break;
    expand(out[i]);
  }
  seen->remove(std::span(out).subspan(first));
}

bool is_plain(const PathSet& paths, PathId path) {
  const PathNode& node = paths[path];
  switch (node.kind) {
    case PathKind::predicate:
      return true;
    case PathKind::inverse:
    case PathKind::zero_or_one:
    case PathKind::alternative:
      return std::ranges::all_of(paths.children(node),
                                 [&](PathId child) { return is_plain(paths, child); });
    case PathKind::sequence:
    case PathKind::zero_or_more:
    case PathKind::one_or_more:
      return false;
  }
  return false;
}

}  // namespace dossier
