// The statements about one subject, a predicate at a time: rdf:type first, then in the order given.
// Borrows the statements.
#pragma once

#include <algorithm>
#include <span>

#include "graph/statement.hpp"

namespace dossier {

class PredicateGroups {
 public:
  PredicateGroups() = default;  // none
  PredicateGroups(std::span<const Statement> statements, TermId rdf_type)
      : at_(statements.data()), end_(at_ + statements.size()), types_(end_), types_end_(end_) {
    if (!rdf_type) return;
    const auto types = std::ranges::equal_range(at_, end_, rdf_type, {}, &Statement::predicate);
    types_ = types.begin();
    types_end_ = types.end();
    types_first_ = types_ != types_end_;
  }

  bool done() const { return !types_first_ && (at_ == types_ ? types_end_ : at_) == end_; }

  std::span<const Statement> next() {
    if (types_first_) {
      types_first_ = false;
      return {types_, types_end_};
    }
    if (at_ == types_) at_ = types_end_;
    const Statement* const first = at_;
    while (at_ != end_ && at_->predicate == first->predicate) ++at_;
    return {first, at_};
  }

 private:
  const Statement* at_ = nullptr;
  const Statement* end_ = nullptr;
  const Statement* types_ = nullptr;
  const Statement* types_end_ = nullptr;
  bool types_first_ = false;
};

}  // namespace dossier
