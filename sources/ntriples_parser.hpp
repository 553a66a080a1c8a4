// Lines of N-Triples and N-Quads (RDF 1.1 and 1.2) -> statements, a chunk of whole lines at a time.
// The hot path of all readers: terms are views into the chunk, bytes are looked at once by wide
// loads, and only an escape, a blank scope or a triple term allocates (in the arena). One parser a
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "graph/statement.hpp"
#include "sources/rdf.hpp"
#include "sources/stack_arena.hpp"
#include "sources/turtle_token.hpp"

namespace dossier {

class NTriplesParser {
 public:
  // With `keep`, what is made in the arena stays until `clear`, so that views outlive the call.
  NTriplesParser(bool quads, const RdfReadOptions& options, StackArena& arena, bool keep);

  // A chunk: whole lines of valid UTF-8. A line end must stand at its last byte or the one behind
  // it, and kScanPadding readable bytes after that. `offset` is that of the first byte in the
  // source.
  void begin(std::string_view chunk, std::uint64_t offset);

  // Goes on until the end of the chunk, the sink's stop (both true) or a fault (false). With
  // `canonical`, runs of lines in canonical form go there and not to the sink, in order.
  bool run(StatementSinkRef sink, RdfPiece* canonical = nullptr);
  const SyntaxFault& fault() const { return fault_; }
  // After a fault: to the next line.
  void skip_line();

  bool stopped() const { return stopped_; }
  std::uint64_t statements() const { return statements_; }  // of this chunk
  std::uint64_t lines() const { return lines_; }            // ends of lines passed in this chunk
  const char* line_start() const { return line_start_; }

 private:
  bool line(StatementSinkRef sink);
  bool statement(StatementSinkRef sink);
  bool stands_canonical() const;
  void end_canonical_run();
  const char* string_end(const char* begin, bool& escaped);
  bool version();
  bool end_of_statement();
  void pass_line_end();
  void skip_to_line_end();
  void skip_blanks() {
    while (*at_ == ' ' || *at_ == '\t') ++at_;
  }
  // Between two terms; canonical form has one blank there.
  void gap() {
    if (at_[0] == ' ' && at_[1] > ' ') {
      ++at_;
      return;
    }
    canonical_ = false;
    skip_blanks();
  }

  bool subject(TermView& out);
  bool predicate(TermView& out);
  bool object(TermView& out);
  bool graph(TermView& out);
  bool iri(std::string_view& out);
  bool escaped_iri(std::string_view raw, std::string_view& out);
  bool blank(TermView& out);
  bool literal(TermView& out);
  bool literal_suffix(TermView& out);
  bool language(TermView& out);
  bool triple_term(TermView& out);

  bool fail(const char* at, DiagnosticCode code, std::string message, std::string hint = {});
  bool unexpected(std::string_view wanted);

  bool quads_;
  bool keep_;
  std::string scope_;
  std::size_t max_literal_bytes_;
  std::size_t max_triple_depth_;
  StackArena& arena_;
  std::string_view last_tag_;  // the last language tag that was found good; in last_tag_bytes_
  char last_tag_bytes_[32] = {};

  const char* at_ = nullptr;
  const char* begin_ = nullptr;
  const char* end_ = nullptr;
  const char* line_start_ = nullptr;
  std::uint64_t offset_ = 0;
  std::uint64_t lines_ = 0;
  std::uint64_t statements_ = 0;
  bool stopped_ = false;
  bool canonical_ = false;  // the line at hand, up to here
  RdfPiece* takes_lines_ = nullptr;
  const char* run_start_ = nullptr;  // of the lines that takes_lines_ gets next
  std::uint64_t run_statements_ = 0;
  std::vector<TripleView> open_triples_;
  SyntaxFault fault_;
};

}  // namespace dossier
