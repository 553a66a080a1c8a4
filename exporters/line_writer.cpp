#include "exporters/line_writer.hpp"

#include "exporters/rdf.hpp"

namespace dossier {

bool LineWriter::statement(const StatementView& statement) {
  if (error_) return false;
  SinkTarget out(out_);
  error_ = write_line(out, statement, quads_, canonical_);
  if (error_) return false;
  ++count_;
  return true;
}

}  // namespace dossier
