// The part of the parser that makes terms and hands statements on.
#include <fmt/format.h>

#include "base/codes/rdf.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "graph/characters.hpp"
#include "graph/vocabulary.hpp"
#include "sources/rdfxml_parser.hpp"

namespace dossier {
namespace {

// NCName of Namespaces in XML; its characters are those of PN_CHARS and the dot.
bool is_nc_name(std::string_view text) {
  const char* at = text.data();
  const char* end = at + text.size();
  std::size_t size = text.starts_with('_') ? 1 : pn_chars_base_size(at, end);
  while (size != 0 && (at += size) != end) {
    size = *at == '.' ? 1 : pn_chars_size(at, end);
  }
  return size != 0;
}

// An NCName may end with a dot, a label may not: "a." becomes "a._dot", and a name that ends with a
// dot, underscores and "dot" gets one underscore more, so that names stay apart.
std::string label_of(std::string_view name) {
  if (name.ends_with('.')) return std::string(name).append("_dot");
  if (name.ends_with("_dot")) {
    const std::size_t dot = name.find_last_not_of('_', name.size() - 4);
    if (dot != std::string_view::npos && name[dot] == '.') {
      return std::string(name.substr(0, name.size() - 3)).append("_dot");
    }
  }
  return std::string(name);
}

}  // namespace

bool RdfXmlParser::checked_iri(std::string_view iri) {
  if (find_iriref_fault(iri) == kIriValid && is_absolute_reference(iri)) return true;
  return problem(code::rdf_bad_iri, fmt::format("<{}> is no IRI", printable(iri, kShownBytes)));
}

bool RdfXmlParser::iri(std::string_view reference, std::string_view& out) {
  if (is_absolute_reference(reference)) {
    if (!checked_iri(reference)) return false;
    out = arena_.copy(reference);
    return true;
  }
  const IriBase& base = scopes_.back().base;
  if (base.empty()) {
    return problem(
        code::rdf_bad_iri,
        fmt::format("<{}> is relative and there is no base", printable(reference, kShownBytes)),
        "give --base, or declare xml:base");
  }
  std::string resolved;
  base.resolve(reference, resolved);
  if (!checked_iri(resolved)) return false;
  out = arena_.copy(resolved);
  return true;
}

// rdf:ID: a name that no other element of the document has under the same base.
bool RdfXmlParser::fragment_iri(std::string_view id, std::string_view& out) {
  if (!is_nc_name(id)) {
    return syntax(fmt::format("rdf:ID '{}' is no XML name", printable(id, kShownBytes)));
  }
  if (!iri(std::string("#").append(id), out)) return false;
  if (ids_.emplace(out).second) return true;
  return syntax(fmt::format("rdf:ID '{}' occurs twice", printable(id, kShownBytes)));
}

bool RdfXmlParser::blank(std::string_view node_id, Resource& out) {
  if (!is_nc_name(node_id)) {
    return syntax(fmt::format("rdf:nodeID '{}' is no XML name", printable(node_id, kShownBytes)));
  }
  const std::string label = label_of(node_id);
  char* made = arena_.allocate(labels_.room(label));
  const std::size_t size = labels_.write(label, made);
  arena_.shrink(made, size);
  out = {{made, size}, TermKind::blank};
  return true;
}

RdfXmlParser::Resource RdfXmlParser::fresh() {
  return anonymous(++anonymous_);
}

RdfXmlParser::Resource RdfXmlParser::anonymous(std::uint64_t number) {
  char* made = arena_.allocate(labels_.room());
  const std::size_t size = labels_.write(number, made);
  arena_.shrink(made, size);
  return {{made, size}, TermKind::blank};
}

TermView RdfXmlParser::literal(std::string_view text) const {
  const Scope& scope = scopes_.back();
  if (scope.language.empty()) return literal_view(text);
  return language_view(text, scope.language, scope.direction);
}

void RdfXmlParser::emit(const TermView& subject, std::string_view predicate,
                        const TermView& object) {
  if (failure_) return;
  const TermView verb = iri_view(predicate);
  if (!captures_.empty()) {
    capture(subject, verb, object);
    return;
  }
  ++counts_.statements;
  if (!sink_.statement({&subject, &verb, &object, nullptr, offset_})) events_.stop();
}

// The statement of a property element, and what its rdf:ID and rdf:annotation say of it.
void RdfXmlParser::emit_property(const Frame& frame, const TermView& object) {
  offset_ = frame.offset;
  const TermView subject = frame.subject.view();
  emit(subject, frame.predicate, object);
  if (!frame.statement_id.empty()) {
    const TermView statement = iri_view(frame.statement_id);
    emit(statement, rdf::kType, iri_view(rdf::kStatement));
    emit(statement, rdf::kSubject, subject);
    emit(statement, rdf::kPredicate, iri_view(frame.predicate));
    emit(statement, rdf::kObject, object);
  }
  if (frame.annotation) {
    const TripleView triple{subject, iri_view(frame.predicate), object};
    emit(frame.annotation.view(), rdf::kReifies, {.kind = TermKind::triple, .triple = &triple});
  }
}

// The innermost parseType="Triple" takes the statement.
void RdfXmlParser::capture(const TermView& subject, const TermView& predicate,
                           const TermView& object) {
  Capture& into = captures_.back();
  if (++into.statements > 1) return;
  into.first = own(TripleView{subject, predicate, object});
}

// Recursion is bounded by Limits::max_triple_depth.
std::unique_ptr<RdfXmlParser::OwnedTriple> RdfXmlParser::own(const TripleView& triple) {
  auto owned = std::make_unique<OwnedTriple>();
  owned->view.subject = own(triple.subject, owned->parts[0]);
  owned->view.predicate = own(triple.predicate, owned->parts[1]);
  owned->view.object = own(triple.object, owned->parts[2]);
  return owned;
}

TermView RdfXmlParser::own(const TermView& term, OwnedTerm& owner) {
  owner.text = term.text;
  owner.datatype = term.datatype;
  owner.language = term.language;
  TermView view = term;
  view.text = owner.text;
  view.datatype = owner.datatype;
  view.language = owner.language;
  if (term.triple != nullptr) {
    owner.triple = own(*term.triple);
    view.triple = &owner.triple->view;
  }
  return view;
}

}  // namespace dossier
