// RDF files -> statements. One entry for all syntaxes; each reader streams and tells places.
#pragma once

#include <memory>
#include <string>

#include "base/diagnostic.hpp"
#include "base/input.hpp"
#include "graph/format.hpp"
#include "graph/jsonld_documents.hpp"
#include "graph/statement.hpp"

namespace dossier {

struct RdfReadOptions {
  std::string
      base;  // IRI against which relative ones are resolved; empty: relative IRIs are errors
  std::string
      blank_scope;  // put before every blank node label, so that labels of two files stay apart
  bool recover = false;  // report errors and go on with the next statement; else stop at the first
  std::size_t threads = 1;  // for syntaxes that can be split; the result is the same
  std::size_t block_bytes = std::size_t{256} << 10;  // read at a time; the result is the same
  LoadDocument load_context;  // contexts that JSON-LD names by address; empty: there are none
  Limits limits;
};

// What was read; statements are counted as delivered, before duplicates are removed.
struct RdfReadCounts {
  std::uint64_t statements = 0;
  std::uint64_t errors = 0;
};

// Reads all of `source` into `sink`. The failure is the first syntax error (with place) when not
// recovering, or an I/O error. With `recover`, syntax errors go to `diagnostics` and the count
// tells. Statements before an error have been delivered.
Expected<RdfReadCounts> read_rdf(ByteSource& source, Format format, const RdfReadOptions& options,
                                 StatementSinkRef sink, DiagnosticSink& diagnostics);

bool can_read_rdf(Format format);

// ---- reading in pieces, for those who can take the statements of several threads at once

// The statements of one piece of a document, in order. Used by one thread at a time.
class RdfPiece {
 public:
  virtual ~RdfPiece() = default;
  // As StatementSink; but the views stay valid until the piece is closed.
  virtual bool statement(const StatementView& statement) = 0;
  // The last statement has come.
  virtual void end() {}

  // What only one reader at a time gives, when all pieces before this one are closed: a statement
  // whose views are valid during the call only, and declarations.
  virtual bool passing(const StatementView& view) { return statement(view); }
  virtual void prefix(std::string_view /*name*/, std::string_view /*iri*/) {}

  // Whether it wants lines that stand in canonical form already as they are: then whole runs of
  // them, with their line ends, come to `lines` and not to `statement`. Only from line syntaxes,
  // and not where blank node labels get a scope.
  virtual bool takes_lines() const { return false; }
  virtual void lines(std::string_view /*text*/, std::uint64_t /*statements*/) {}
};

class RdfPieceSink {
 public:
  virtual ~RdfPieceSink() = default;
  // From any thread. `worker` is below RdfReadOptions::threads (0 when that is less than 2); of the
  // pieces of one worker only the newest is being filled.
  virtual std::unique_ptr<RdfPiece> open(std::size_t worker) = 0;
  // One at a time, in the order of the document; false stops the reader.
  virtual bool close(std::unique_ptr<RdfPiece> piece) = 0;
  // Whether `statement` is so much better than `passing` that Turtle is split for one thread too.
  virtual bool wants_lasting_views() const { return false; }
};

// As read_rdf, but pieces of the document are filled side by side where can_split_rdf; what cannot
// be split comes in pieces too, one after the other. A piece that is opened and never closed counts
// for nothing: its statements come again in another one, or never, after an error.
Expected<RdfReadCounts> read_rdf_pieces(ByteSource& source, Format format,
                                        const RdfReadOptions& options, RdfPieceSink& sink,
                                        DiagnosticSink& diagnostics);

// True for the line syntaxes and Turtle.
bool can_split_rdf(Format format);

// A piece as a StatementSink.
class PieceSink {
 public:
  explicit PieceSink(RdfPiece& piece) : piece_(piece) {}
  bool statement(const StatementView& statement) { return piece_.statement(statement); }
  void prefix(std::string_view, std::string_view) {}

 private:
  RdfPiece& piece_;
};

}  // namespace dossier
