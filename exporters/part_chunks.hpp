// Cuts the graphs of a dataset into jobs of about kChunkStatements statements of one graph, at
// subjects. One thread at a time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "exporters/chunks.hpp"
#include "exporters/graph_parts.hpp"
#include "graph/graph.hpp"

namespace dossier {

// Positions [first, last) of a part.
struct PartRange {
  GraphParts::Part part;
  std::size_t first = 0;
  std::size_t last = 0;
  bool begins = true;       // no subject of the part is written before it
  bool begins_file = true;  // nothing is written before it
  bool opens() const { return first == 0; }
  bool closes() const { return last == part.statements.size(); }
};

class PartChunks {
 public:
  // `is_nested` as for SubjectChunks; parts whose names `leave_out` accepts are left out.
  using Asks = std::function<bool(TermId)>;
  PartChunks(const Graph& graph, const GraphParts& parts, Asks is_nested, Asks leave_out = {})
      : graph_(graph),
        parts_(parts),
        is_nested_(std::move(is_nested)),
        leave_out_(std::move(leave_out)) {}

  std::optional<PartRange> operator()() {
    while (leave_out_ && part_ < parts_.size() && leave_out_(parts_.part(part_).name)) ++part_;
    if (part_ == parts_.size()) return std::nullopt;
    PartRange range{parts_.part(part_), at_, at_, begins_, begins_file_};
    const std::size_t size = range.part.statements.size();
    range.last = std::min(at_ + kChunkStatements, size);
    while (range.last < size && subject(range, range.last) == subject(range, range.last - 1))
      ++range.last;
    for (std::size_t i = range.first; begins_ && i < range.last; ++i)
      begins_ = is_nested_(subject(range, i));
    begins_file_ = begins_file_ && begins_ && !range.part.name;
    at_ = range.last;
    if (at_ == size) {
      at_ = 0;
      begins_ = true;
      ++part_;
    }
    return range;
  }

  double share() const {
    if (part_ == parts_.size()) return 1;
    const auto size = std::max<std::size_t>(parts_.part(part_).statements.size(), 1);
    const double in_part = static_cast<double>(at_) / static_cast<double>(size);
    return (static_cast<double>(part_) + in_part) / static_cast<double>(parts_.size());
  }

 private:
  TermId subject(const PartRange& range, std::size_t at) const {
    return graph_.statements()[range.part.statements[at]].subject;
  }

  const Graph& graph_;
  const GraphParts& parts_;
  Asks is_nested_;
  Asks leave_out_;
  std::size_t part_ = 0;
  std::size_t at_ = 0;
  bool begins_ = true;
  bool begins_file_ = true;
};

// The statements of a part from `at` on that share their subject, copied to `out`; moves `at`
// behind them.
inline void take_subject(const Graph& graph, const PartRange& range, std::size_t& at,
                         std::vector<Statement>& out) {
  const auto statement = [&](std::size_t i) -> const Statement& {
    return graph.statements()[range.part.statements[i]];
  };
  out.clear();
  const TermId subject = statement(at).subject;
  for (; at < range.last && statement(at).subject == subject; ++at) out.push_back(statement(at));
}

}  // namespace dossier
