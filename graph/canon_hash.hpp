// The parts of RDFC-1.0 that the search asks: which statements a blank node stands in, what they
// are with blank nodes replaced, and the hashes of 4.6 and 4.7. Private to graph/canon.cpp and
// graph/canon_search.cpp. One thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/digest.hpp"
#include "graph/graph.hpp"

namespace dossier {

inline constexpr std::uint32_t kNotIssued = 0xFFFF'FFFF;

// A blank node in a statement.
struct BlankUse {
  std::uint32_t statement = 0;
  std::uint32_t blank = 0;
  std::string position;  // "s", "o", "g"; in a triple term "os", "oos" ...
};

class CanonHashes {
 public:
  CanonHashes(const Graph& graph, DigestKind hash);

  const Graph& graph() const { return graph_; }
  std::uint32_t blank_count() const { return static_cast<std::uint32_t>(first_degree_.size()); }
  // The uses of all blank nodes in the statements that `blank` stands in.
  template <class Function>
  void for_each_related(std::uint32_t blank, Function&& function) const {
    std::uint32_t last = kNotIssued;
    for (const std::uint32_t use :
         std::span(by_blank_).subspan(starts_[blank], starts_[blank + 1] - starts_[blank])) {
      const std::uint32_t statement = uses_[use].statement;
      if (statement == last) continue;
      last = statement;
      for (std::uint32_t i = use_starts_[statement]; i < use_starts_[statement + 1]; ++i) {
        if (uses_[i].blank != blank) function(uses_[i]);
      }
    }
  }

  // 4.6 Hash First Degree Quads.
  const std::string& first_degree(std::uint32_t blank) const { return first_degree_[blank]; }
  // 4.7 Hash Related Blank Node; `name` is the identifier issued to it, or its first degree hash.
  std::string related(const BlankUse& use, std::string_view name);

  Digester& digester() { return digester_; }

 private:
  void collect(std::uint32_t statement, TermId term, const std::string& position);
  std::string hash_first_degree(std::uint32_t blank);

  const Graph& graph_;
  Digester digester_;
  std::vector<BlankUse> uses_;             // in the order of statements
  std::vector<std::uint32_t> use_starts_;  // by statement; one more at the end
  std::vector<std::uint32_t> by_blank_;    // indices of uses_, by blank node, then statement
  std::vector<std::uint32_t> starts_;      // into by_blank_, by blank node; one more at the end
  std::vector<std::string> first_degree_;
};

// The statement as a line of canonical N-Quads; `label` gives the text of a blank node's index.
template <class Label>
std::string canonical_line(const Graph& graph, const Statement& statement, Label&& label);

}  // namespace dossier

// ---- implementation of the template

namespace dossier {
namespace detail {

// Triple terms nest in their object: the open ones are closed at the end.
template <class Label>
void append_canonical(const Graph& graph, TermId term, Label&& label, std::string& out) {
  const auto simple = [&](TermId each) {
    if (each.is_blank()) {
      out.append("_:").append(label(each.index()));
    } else {
      out.append(to_string(graph.term(each)));
    }
  };
  std::size_t open = 0;
  for (; term.is_triple(); ++open) {
    const Statement parts = graph.triple(term);
    out.append("<<( ");
    simple(parts.subject);
    out.push_back(' ');
    simple(parts.predicate);
    out.push_back(' ');
    term = parts.object;
  }
  simple(term);
  for (; open > 0; --open) out.append(" )>>");
}

}  // namespace detail

template <class Label>
std::string canonical_line(const Graph& graph, const Statement& statement, Label&& label) {
  std::string line;
  for (const TermId term : {statement.subject, statement.predicate, statement.object}) {
    detail::append_canonical(graph, term, label, line);
    line.push_back(' ');
  }
  if (statement.graph != kDefaultGraph) {
    detail::append_canonical(graph, statement.graph, label, line);
    line.push_back(' ');
  }
  return line.append(".\n");
}

}  // namespace dossier
