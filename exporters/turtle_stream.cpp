#include "exporters/turtle_stream.hpp"

#include "base/codes/exports.hpp"
#include "base/codes/rdf.hpp"
#include "exporters/line_terms.hpp"
#include "exporters/refusal.hpp"

namespace dossier {

TurtleStreamWriter::TurtleStreamWriter(Format format, ByteSink& out, const Prefixes& prefixes,
                                       std::string_view base)
    : out_(&out), graphs_(info(format).holds_graphs), relative_(base) {
  for (const Prefixes::Entry& each : prefixes.entries()) namespaces_.set(each.name, each.iri);
  if (base.empty()) return;
  held_.append("@base ");
  if (!dossier::write_iri(held_, base)) {
    error_ =
        make_diagnostic(code::rdf_bad_iri, {}, "the base \"" + std::string(base) + "\" is no IRI");
    return;
  }
  held_.append(" .\n");
  out_->append(held_.text());
  held_.clear();
  started_ = true;
}

TurtleStreamWriter::TurtleStreamWriter(Format format, const Prefixes& prefixes)
    : graphs_(info(format).holds_graphs), relative_({}) {
  for (const Prefixes::Entry& each : prefixes.entries()) namespaces_.set(each.name, each.iri);
}

void TurtleStreamWriter::take(TextBuffer& text, Used& used) {
  for (StreamNamespaces::Entry* const each : to_declare_) {
    used.emplace_back(each->name, each->iri);
    each->declared = false;
  }
  to_declare_.clear();
  std::swap(text, held_);
  held_.clear();
  count_ = 0;
}

void TurtleStreamWriter::prefix(std::string_view name, std::string_view iri) {
  if (namespaces_.redeclares(name, iri)) {
    end_block();
    end_graph();
  }
  namespaces_.set(name, iri);
}

bool TurtleStreamWriter::statement(const StatementView& statement) {
  if (error_) return false;
  if (statement.graph != nullptr && !graphs_) {
    error_ = refusal(statement, code::export_named_graph, "the statement stands in a named graph");
    return false;
  }
  if (spilled_ && (needs_prefix(*statement.subject) || needs_prefix(*statement.predicate) ||
                   needs_prefix(*statement.object))) {
    end_block();
    end_graph();
  }
  const bool same_graph =
      statement.graph != nullptr ? in_graph_ && graph_ == *statement.graph : !in_graph_;
  if (!same_graph) {
    end_block();
    end_graph();
    if (statement.graph != nullptr) {
      begin_unit();
      in_graph_ = true;
      gap_ = false;
      graph_.set(*statement.graph);
      if (!write_resource(*statement.graph)) return refuse(statement);
      held_.append(" {\n");
    }
  }
  const bool same_block = in_block_ && subject_ == *statement.subject;
  if (!same_block && !begin_block(statement)) return refuse(statement);
  if (!write_predicate_and_object(statement)) return refuse(statement);
  ++count_;
  if (held_.size() > kHeldBytes) write_out();
  return true;
}

void TurtleStreamWriter::finish() {
  end_block();
  end_graph();
}

bool TurtleStreamWriter::refuse(const StatementView& statement) {
  error_ = term_refusal(statement);
  return false;
}

bool TurtleStreamWriter::begin_block(const StatementView& statement) {
  end_block();
  if (in_graph_) {
    held_.append(gap_ ? "\n    " : "    ");
  } else {
    begin_unit();
  }
  gap_ = true;
  in_block_ = true;
  subject_.set(*statement.subject);
  predicate_ = {};
  return write_resource(*statement.subject);
}

bool TurtleStreamWriter::write_predicate_and_object(const StatementView& statement) {
  if (predicate_ == *statement.predicate) {
    held_.append(in_graph_ ? ",\n            " : ",\n        ");
  } else {
    const bool first = predicate_.kind != TermKind::iri;
    held_.append(first ? " " : in_graph_ ? " ;\n        " : " ;\n    ");
    if (!write_verb(statement.predicate->text)) return false;
    held_.append(' ');
    predicate_.set(*statement.predicate);
  }
  return write_object(*statement.object);
}

void TurtleStreamWriter::end_block() {
  if (!in_block_) return;
  in_block_ = false;
  held_.append(" .\n");
  if (!in_graph_) end_unit();
}

void TurtleStreamWriter::end_graph() {
  if (!in_graph_) return;
  in_graph_ = false;
  held_.append("}\n");
  end_unit();
}

// In a piece, where nobody writes units out one by one.
void TurtleStreamWriter::begin_unit() {
  if (out_ == nullptr && held_.size() > 0) held_.append('\n');
}

void TurtleStreamWriter::end_unit() {
  write_out();
  spilled_ = false;
}

void TurtleStreamWriter::write_out() {
  if (out_ == nullptr) return;
  if (!spilled_) {
    if (!to_declare_.empty() && started_) out_->append('\n');
    for (const StreamNamespaces::Entry* each : to_declare_) {
      out_->append("@prefix ");
      out_->append(each->name);
      out_->append(" <");
      out_->append(each->iri);
      out_->append("> .\n");
      started_ = true;
    }
    to_declare_.clear();
    if (started_) out_->append('\n');
  }
  if (held_.size() > 0) out_->append(held_.text());
  held_.clear();
  started_ = true;
  spilled_ = true;
}

bool TurtleStreamWriter::is_undeclared(std::string_view iri) {
  const StreamNamespaces::Entry* entry = namespaces_.find(iri);
  return entry != nullptr && !entry->declared;
}

bool TurtleStreamWriter::needs_prefix(const TermView& term) {
  const TermView* at = &term;
  for (; at->kind == TermKind::triple; at = &at->triple->object) {
    if (needs_prefix(at->triple->subject) || is_undeclared(at->triple->predicate.text)) return true;
  }
  if (at->kind == TermKind::iri) return is_undeclared(at->text);
  return at->kind == TermKind::literal && is_undeclared(at->datatype);
}

bool TurtleStreamWriter::write_iri(std::string_view iri) {
  if (StreamNamespaces::Entry* const entry = namespaces_.find(iri)) {
    char* to = held_.room(entry->name.size() + 2 * iri.size());
    to = write_local_name(copy_text(to, entry->name), iri.substr(entry->iri.size()));
    if (to != nullptr) {
      held_.commit(to);
      if (!entry->declared) to_declare_.push_back(entry);
      entry->declared = true;
      return true;
    }
  }
  if (const auto reference = relative_.shorten(iri)) return dossier::write_iri(held_, *reference);
  return dossier::write_iri(held_, iri);
}

bool TurtleStreamWriter::write_verb(std::string_view predicate) {
  if (predicate != rdf::kType) return write_iri(predicate);
  held_.append('a');
  return true;
}

bool TurtleStreamWriter::write_resource(const TermView& term) {
  if (term.kind == TermKind::iri) return write_iri(term.text);
  if (term.kind != TermKind::blank) return false;
  write_blank(held_, term.text);
  return true;
}

template <class Target>
void TurtleStreamWriter::write_text(Target& out, std::string_view text, bool one_line) {
  if (!one_line && is_multi_line(text)) {
    write_long_quoted(out, text);
  } else {
    write_quoted(out, text);
  }
}

bool TurtleStreamWriter::write_literal(const TermView& literal, bool one_line) {
  const bool has_datatype = literal.language.empty() && literal.datatype != xsd::kString;
  if (has_datatype && is_shorthand(shorthand_of(literal.datatype), literal.text)) {
    held_.append(literal.text);
    return true;
  }
  if (out_ != nullptr && literal.text.size() > kHeldBytes) {  // held by nobody
    write_out();
    SinkTarget out(*out_);
    write_text(out, literal.text, one_line);
  } else {
    write_text(held_, literal.text, one_line);
  }
  if (!has_datatype)
    return write_literal_type(held_, literal.datatype, literal.language, literal.direction);
  held_.append("^^");
  return write_iri(literal.datatype);
}

bool TurtleStreamWriter::write_object(const TermView& object) {
  std::size_t open = 0;
  const TermView* at = &object;
  for (; at->kind == TermKind::triple; at = &at->triple->object, ++open) {
    held_.append("<<( ");
    if (!write_resource(at->triple->subject)) return false;
    held_.append(' ');
    if (!write_verb(at->triple->predicate.text)) return false;
    held_.append(' ');
  }
  if (!(at->kind == TermKind::literal ? write_literal(*at, open > 0) : write_resource(*at)))
    return false;
  for (; open > 0; --open) held_.append(" )>>");
  return true;
}

}  // namespace dossier
