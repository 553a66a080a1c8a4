#include "base/codes/exports.hpp"
#include "exporters/line_terms.hpp"
#include "exporters/rdf.hpp"
#include "exporters/refusal.hpp"

namespace dossier {
bool LineWriter::statement(const StatementView& statement) {
  if (error_) return false;
  if (statement.graph != nullptr && !quads_) {
    error_ = refusal(statement, code::export_named_graph, "the statement stands in a named graph");
    return false;
  }
  SinkTarget out(out_);
  bool good = write_plain_term(out, *statement.subject);
  out_.append(' ');
  good = good && write_plain_term(out, *statement.predicate);
  out_.append(' ');
  good = good && write_term(out, *statement.object, canonical_);
  if (good && statement.graph != nullptr) {
    out_.append(' ');
    good = write_plain_term(out, *statement.graph);
  }
  if (!good) {
    error_ = term_refusal(statement);
    return false;
  }
  out_.append(" .\n");
  ++count_;
  return true;
}

}  // namespace dossier
