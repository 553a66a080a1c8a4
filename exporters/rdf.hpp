// Graph or statements -> RDF files. Two ways out: `write_rdf` writes a whole Graph, grouped and
// sorted; `LineWriter` and `TurtleStreamWriter` (turtle_stream.hpp) are StatementSinks that write
// as statements come and never build a graph. A syntax that cannot hold a statement gives an error
// that names the statement and where it came from; nothing is changed silently.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/diagnostic.hpp"
#include "base/output.hpp"
#include "exporters/share_done.hpp"
#include "graph/format.hpp"
#include "graph/graph.hpp"
#include "graph/jsonld_documents.hpp"
#include "graph/prefixes.hpp"
#include "graph/statement.hpp"

namespace dossier {

enum class RdfWriteMode : unsigned char {
  pretty,       // blank nodes keep their labels (where they are not nested away) and order
  diff_stable,  // labels and order of blank nodes come from what is said of them: one changed fact
                // changes few lines, and labels in the input leave no trace
  canonical,  // N-Triples and N-Quads: the canonical form of RDF 1.2 (language tags in lower case,
              // lines in the order of their bytes; labels are kept, RDFC-1.0 gives them before).
              // Lines are held in memory. Other formats take it as diff_stable.
};

// A context that JSON-LD is compacted by, instead of one made of the prefixes.
struct JsonLdContext {
  std::string name;     // for messages: its file
  std::string text;     // a document with @context, or what stands there
  std::string address;  // written as @context; empty: the context itself is
  LoadDocument load;    // contexts that it names by address; empty: there are none
};

struct RdfWriteOptions {
  Prefixes prefixes;        // those that are used are declared
  std::string base;         // written as a base and used to shorten IRIs; empty: none
  bool nest = true;         // blank nodes and lists written in place where that is lossless
  std::size_t threads = 1;  // the bytes are the same for any number
  RdfWriteMode mode = RdfWriteMode::pretty;
  std::shared_ptr<const JsonLdContext> context;  // of JSON-LD; null: made of the prefixes
  ShareDone on_share;
};

struct RdfWriteCounts {
  std::uint64_t statements = 0;
  std::uint64_t bytes = 0;
};

// Does not finish the sink. A statement that the syntax cannot hold is an error that names it.
Expected<RdfWriteCounts> write_rdf(const Graph& graph, Format format,
                                   const RdfWriteOptions& options, ByteSink& out);
bool can_write_rdf(Format format);

// StatementSink. N-Triples drops nothing: a statement in a named graph stops it with an error
// unless the format is N-Quads. Terms are in canonical form; in mode `canonical` so are language
// tags (lower case). Lines come in the order of the statements.
class LineWriter {
 public:
  LineWriter(Format format, ByteSink& out, RdfWriteMode mode = RdfWriteMode::pretty)
      : out_(out), quads_(format == Format::nquads), canonical_(mode == RdfWriteMode::canonical) {}
  bool statement(const StatementView& statement);
  void prefix(std::string_view, std::string_view) {}
  std::uint64_t count() const { return count_; }
  const std::optional<Error>& error() const { return error_; }

 private:
  ByteSink& out_;
  bool quads_;
  bool canonical_;
  std::uint64_t count_ = 0;
  std::optional<Error> error_;
};

}  // namespace dossier
