// Graph or statements -> RDF files. Two ways out: `write_rdf` writes a whole Graph, grouped and
// sorted; `LineWriter` is a StatementSink that writes N-Triples or N-Quads line by line and never
// builds a graph.
#pragma once

#include <optional>
#include <string>

#include "base/diagnostic.hpp"
#include "base/output.hpp"
#include "graph/format.hpp"
#include "graph/graph.hpp"
#include "graph/prefixes.hpp"
#include "graph/statement.hpp"

namespace dossier {

struct RdfWriteOptions {
  Prefixes prefixes;        // those that are used are declared
  std::string base;         // written as a base and used to shorten IRIs; empty: none
  bool nest = true;         // blank nodes and lists written in place where that is lossless
  std::size_t threads = 1;  // the bytes are the same for any number
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
// unless the format is N-Quads.
class LineWriter {
 public:
  LineWriter(Format format, ByteSink& out) : out_(out), quads_(format == Format::nquads) {}
  bool statement(const StatementView& statement);
  void prefix(std::string_view, std::string_view) {}
  std::uint64_t count() const { return count_; }
  const std::optional<Error>& error() const { return error_; }

 private:
  ByteSink& out_;
  bool quads_;
  std::uint64_t count_ = 0;
  std::optional<Error> error_;
};

}  // namespace dossier
