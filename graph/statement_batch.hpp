// Statements on their way into a Shard: their terms are hashed, so that a thread can make a batch
// ready while another one fills the shard with the batch before it. One thread at a time.
#pragma once

#include <cstdint>
#include <deque>
#include <string_view>
#include <vector>

#include "graph/literal_types.hpp"
#include "graph/statement.hpp"

namespace dossier {

class StatementBatch {
 public:
  // What the terms view must stay valid until the batch is cleared.
  void add(const StatementView& view);
  void clear();
  std::size_t size() const { return rows_.size(); }

 private:
  friend class Shard;

  // `type` is a number of types_; the data of a triple term is a TermView in triples_.
  struct Term {
    const char* data = nullptr;
    std::uint32_t size = 0;
    std::uint32_t hash = 0;
    std::uint32_t type = 0;
    TermKind kind = TermKind::iri;
    std::string_view text() const { return {data, size}; }
  };
  // Its terms stand behind those of the row before: subject (unless it is that of the row before),
  // predicate, object, graph (where it has one).
  struct Row {
    std::uint64_t offset = 0;
    bool same_subject = false;
    bool has_graph = false;
    std::size_t terms() const {
      return std::size_t{3} - (same_subject ? 1 : 0) + (has_graph ? 1 : 0);
    }
  };

  void add(const TermView& term);

  std::vector<Row> rows_;
  std::vector<Term> terms_;
  std::deque<TermView> triples_;
  LiteralTypes types_;
  TermView last_subject_;
};

}  // namespace dossier
