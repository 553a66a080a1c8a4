// Statements as text in pieces that are made side by side and joined in order: N-Triples, N-Quads,
// and Turtle and TriG as TurtleStreamWriter writes them. The bytes depend on where the pieces begin
// and not on who made them when. A PieceFormatter belongs to one thread and is used again and
// again; a PieceJoiner is called by one thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "base/output.hpp"
#include "exporters/text_buffer.hpp"
#include "exporters/turtle_stream.hpp"
#include "graph/format.hpp"
#include "graph/prefixes.hpp"
#include "graph/statement.hpp"

namespace dossier {

// What a piece gives.
struct FormattedPiece {
  TextBuffer text;
  TurtleStreamWriter::Used prefixes;  // that it uses
  std::uint64_t statements = 0;
  std::optional<Error> error;      // the text in front of it is good
  std::uint64_t error_offset = 0;  // of the statement, as its StatementView tells it
};

class PieceFormatter {
 public:
  PieceFormatter(Format format, const Prefixes& prefixes);

  // False after an error.
  bool statement(const StatementView& statement);
  // Lines of the same format in canonical form.
  void lines(std::string_view text, std::uint64_t statements) {
    piece_.text.append(text);
    piece_.statements += statements;
  }
  // Ends the piece; swaps it for `piece`, which should be empty.
  void take(FormattedPiece& piece);

 private:
  bool lines_;
  bool quads_;
  TurtleStreamWriter turtle_;
  FormattedPiece piece_;
};

class PieceJoiner {
 public:
  PieceJoiner(Format format, ByteSink& out);

  void join(const FormattedPiece& piece);

 private:
  ByteSink& out_;
  bool lines_;
  bool started_ = false;
  std::set<std::string, std::less<>> declared_;  // names
};

// The formats that can be written in pieces.
bool can_write_pieces(Format format);

}  // namespace dossier
