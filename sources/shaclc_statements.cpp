#include "sources/shaclc_statements.hpp"

#include "graph/vocabulary.hpp"

namespace dossier {

OwnedTerm ShaclcStatements::list(const std::vector<OwnedTerm>& members, std::uint64_t offset,
                                 const std::function<OwnedTerm()>& fresh_blank) {
  OwnedTerm rest = OwnedTerm::iri(rdf::kNil);
  for (std::size_t i = members.size(); i-- > 0;) {
    OwnedTerm cell = fresh_blank();
    add(cell, rdf::kFirst, members[i], offset);
    add(cell, rdf::kRest, rest, offset);
    rest = std::move(cell);
  }
  return rest;
}

void ShaclcStatements::rename(std::size_t first, const OwnedTerm& from, const OwnedTerm& to) {
  for (std::size_t i = first; i < made_.size(); ++i) {
    if (made_[i].subject.text == from.text) made_[i].subject = to;
  }
}

std::uint64_t ShaclcStatements::deliver(StatementSinkRef sink) const {
  std::uint64_t count = 0;
  for (const Made& each : made_) {
    const TermView subject = each.subject.view();
    const TermView predicate = iri_view(each.predicate);
    const TermView object = each.object.view();
    ++count;
    if (!sink.statement({&subject, &predicate, &object, nullptr, each.offset})) break;
  }
  return count;
}

}  // namespace dossier
