#include "graph/statement_batch.hpp"

#include "graph/dictionary.hpp"

namespace dossier {
namespace {

constexpr std::size_t kTypesKept = 256;  // by `clear`; more would cost each batch too much

}  // namespace

void StatementBatch::add(const StatementView& view) {
  const TermView& subject = *view.subject;
  const bool same = !rows_.empty() && subject.kind != TermKind::triple &&
                    subject.kind == last_subject_.kind && subject.text == last_subject_.text;
  rows_.push_back({view.offset, same, view.graph != nullptr});
  if (!same) {
    add(subject);
    last_subject_ = subject;
  }
  add(*view.predicate);
  add(*view.object);
  if (view.graph != nullptr) add(*view.graph);
}

void StatementBatch::add(const TermView& term) {
  if (term.kind == TermKind::triple) {
    const TermView& kept = triples_.emplace_back(term);
    terms_.push_back({.data = reinterpret_cast<const char*>(&kept), .kind = term.kind});
    return;
  }
  terms_.push_back({term.text.data(), static_cast<std::uint32_t>(term.text.size()),
                    Dictionary::text_hash(term.kind, term.text),
                    term.kind == TermKind::literal ? types_.number(term) : 0, term.kind});
}

void StatementBatch::clear() {
  rows_.clear();
  terms_.clear();
  triples_.clear();
  if (types_.size() > kTypesKept) types_ = LiteralTypes();
}

}  // namespace dossier
