#include "exporters/pieces.hpp"

#include <utility>

#include "exporters/line_writer.hpp"

namespace dossier {
namespace {

bool is_lines(Format format) {
  return format == Format::ntriples || format == Format::nquads;
}

}  // namespace

bool can_write_pieces(Format format) {
  return is_lines(format) || format == Format::turtle || format == Format::trig;
}

PieceFormatter::PieceFormatter(Format format, const Prefixes& prefixes)
    : lines_(is_lines(format)),
      quads_(format == Format::nquads),
      turtle_(format, lines_ ? Prefixes() : prefixes) {}

bool PieceFormatter::statement(const StatementView& statement) {
  if (piece_.error) return false;
  if (lines_) {
    const std::size_t before = piece_.text.size();
    piece_.error = write_line(piece_.text, statement, quads_, false);
    if (piece_.error) piece_.text.truncate(before);
  } else if (!turtle_.statement(statement)) {
    piece_.error = turtle_.error();
  }
  if (piece_.error) {
    piece_.error_offset = statement.offset;
    return false;
  }
  ++piece_.statements;
  return true;
}

void PieceFormatter::take(FormattedPiece& piece) {
  if (!lines_) {
    turtle_.finish();
    turtle_.take(piece_.text, piece_.prefixes);
  }
  std::swap(piece, piece_);
  piece_.text.clear();
  piece_.prefixes.clear();
  piece_.statements = 0;
  piece_.error.reset();
}

PieceJoiner::PieceJoiner(Format format, ByteSink& out) : out_(out), lines_(is_lines(format)) {}

void PieceJoiner::join(const FormattedPiece& piece) {
  if (piece.text.size() == 0) return;
  if (!lines_) {
    bool first = true;
    for (const auto& [name, iri] : piece.prefixes) {
      if (!declared_.insert(name).second) continue;
      if (first && started_) out_.append('\n');
      first = false;
      out_.append("@prefix ");
      out_.append(name);
      out_.append(" <");
      out_.append(iri);
      out_.append("> .\n");
      started_ = true;
    }
    if (started_) out_.append('\n');
    started_ = true;
  }
  out_.append(piece.text.text());
}

}  // namespace dossier
