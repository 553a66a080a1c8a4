// The nodes that a path reaches. One walker a thread; buffers are kept from call to call. Recursion
// goes along the nesting of the path. Every look at the statements of a node with a predicate and
// every node it gives is a step; steps are counted by all walkers together, and past the limit they
// go no further.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "ontology/node_set.hpp"
#include "ontology/paths.hpp"
#include "ontology/term_space.hpp"

namespace dossier {

class PathWalker {
 public:
  PathWalker(const PathSet& paths, const TermSpace& terms, std::atomic<std::uint64_t>& steps,
             std::uint64_t most)
      : paths_(paths), terms_(terms), steps_(steps), most_(most) {}
  // The last steps are counted here.
  ~PathWalker() { steps_.fetch_add(pending_, std::memory_order_relaxed); }
  PathWalker(const PathWalker&) = delete;
  PathWalker& operator=(const PathWalker&) = delete;

  // Appends the distinct value nodes of `path` from `focus`, in a fixed order.
  void walk(PathId path, TermId focus, std::vector<TermId>& out);

  // Of paths that repeat (`*`, `+`):
  // How many value nodes there are; stops at `enough`.
  std::size_t count(PathId path, TermId focus, std::size_t enough);
  // Appends the value nodes that are not `known`, and goes no further where one is. The steps are
  // not counted: the caller sees to it that a node is not looked at again and again.
  void walk_to_unknown(PathId path, TermId focus, const NodeSet& known, std::vector<TermId>& out);

 private:
  static constexpr std::size_t kAll = ~std::size_t{0};

  void step(PathId path, TermId from, bool backwards, std::vector<TermId>& out);
  void step_sequence(const PathNode& node, TermId from, bool backwards, std::vector<TermId>& out);
  void step_repeated(const PathNode& node, TermId from, bool backwards, std::vector<TermId>& out,
                     const NodeSet* known = nullptr, std::size_t enough = kAll);
  void remove_repeats(std::vector<TermId>& nodes, std::size_t from);
  void add_steps(std::size_t count);
  bool may_go_on() const { return steps_.load(std::memory_order_relaxed) <= most_; }

  // An empty set, given back when it is let go. `*` within `*` takes two.
  class Borrowed;

  const PathSet& paths_;
  const TermSpace& terms_;
  std::atomic<std::uint64_t>& steps_;
  std::uint64_t most_;
  std::uint64_t pending_ = 0;
  bool counts_ = true;
  std::vector<std::unique_ptr<NodeSet>> sets_;
  std::size_t sets_in_use_ = 0;
};

// Whether one step along the path costs no more than the statements of the node: predicates,
// backwards too, and alternatives of them.
bool is_plain(const PathSet& paths, PathId path);

}  // namespace dossier
