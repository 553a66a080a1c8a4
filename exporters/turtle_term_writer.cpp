#include "exporters/turtle_term_writer.hpp"

#include "exporters/line_terms.hpp"

namespace dossier {

TurtleTermWriter::TurtleTermWriter(const Graph& graph, const WriteOrder& order,
                                   const Namespaces& namespaces, std::string_view base)
    : graph_(graph),
      order_(order),
      namespaces_(namespaces),
      relative_(base),
      rdf_type_(graph.find_iri(rdf::kType)),
      predicate_index_(graph.predicates()) {
  TextBuffer text;
  for (const TermId predicate : graph.predicates()) {
    text.clear();
    bool good = true;
    if (predicate == rdf_type_) {
      text.append("a");
    } else {
      good = write_iri(text, predicate);
    }
    text.append(' ');
    verbs_.emplace_back(good ? text.text() : std::string_view());
  }
  for (const LiteralType& type : graph.literal_types()) types_.push_back(make_type(type));
}

TurtleTermWriter::Type TurtleTermWriter::make_type(const LiteralType& type) const {
  TextBuffer text;
  text.append("");
  Type out{.suffix = {}, .shorthand = shorthand_of(type.datatype), .good = true};
  if (!type.language.empty() || type.datatype == xsd::kString) {
    out.good = write_literal_type(text, type.datatype, type.language, type.direction);
  } else {
    text.append("^^");
    out.good = write_iri_text(text, namespaces_.find_text(type.datatype), type.datatype);
  }
  out.suffix = text.text();
  return out;
}

bool TurtleTermWriter::write_iri_text(TextBuffer& out, Namespaces::Number number,
                                      std::string_view iri) const {
  if (number != Namespaces::kNone) {
    char* const to = out.room(namespaces_.room_for(number, iri));
    if (char* const end = namespaces_.write(to, number, iri)) {
      out.commit(end);
      return true;
    }
  }
  if (const auto reference = relative_.shorten(iri)) return dossier::write_iri(out, *reference);
  return dossier::write_iri(out, iri);
}

bool TurtleTermWriter::write_iri(TextBuffer& out, TermId iri) const {
  return write_iri_text(out, namespaces_.find(iri), graph_.text(iri));
}

bool TurtleTermWriter::write_resource(TextBuffer& out, TermId resource) const {
  if (resource.is_iri()) return write_iri(out, resource);
  if (!resource.is_blank()) return false;
  write_blank(out, order_.label(resource));
  return true;
}

bool TurtleTermWriter::write_verb(TextBuffer& out, TermId predicate) const {
  const std::string& verb = verbs_[predicate_index_[predicate]];
  out.append(verb);
  return !verb.empty();
}

// Most texts have nothing to escape, so whether one has several lines is asked only when the short
// form had to change it.
Written TurtleTermWriter::write_literal(TextBuffer& out, TermId literal, bool one_line) const {
  const std::string_view text = graph_.text(literal);
  const Type& type = types_[graph_.literal_type_index(literal)];
  if (type.shorthand != Shorthand::none && dossier::is_shorthand(type.shorthand, text)) {
    out.append(text);
    return Written::one_line;
  }
  const std::size_t start = out.size();
  const bool looked = one_line || text.size() > kPiece;
  bool several_lines = looked && !one_line && is_multi_line(text);
  if (!several_lines) write_quoted(out, text);
  if (!looked && out.size() - start != text.size() + 2 && is_multi_line(text)) {
    out.truncate(start);
    several_lines = true;
  }
  if (several_lines) write_long_quoted(out, text);
  out.append(type.suffix);
  if (!type.good) return Written::refused;
  return several_lines ? Written::several_lines : Written::one_line;
}

// [32] tripleTerm; they nest in the object only. Some readers know no long strings in them.
Written TurtleTermWriter::write_triple_term(TextBuffer& out, TermId triple) const {
  std::size_t open = 0;
  TermId at = triple;
  for (; at.is_triple(); ++open) {
    const Statement parts = graph_.triple(at);
    out.append("<<( ");
    if (!write_resource(out, parts.subject)) return Written::refused;
    out.append(' ');
    if (parts.predicate == rdf_type_) {
      out.append("a");
    } else if (!write_iri(out, parts.predicate)) {
      return Written::refused;
    }
    out.append(' ');
    at = parts.object;
  }
  const Written written = at.is_literal() ? write_literal(out, at, true) : write_term(out, at);
  for (; open > 0; --open) out.append(" )>>");
  return written;
}

}  // namespace dossier
