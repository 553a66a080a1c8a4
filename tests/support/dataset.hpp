// A small RDF dataset for tests: statements as a set, with their terms.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "graph/dictionary.hpp"
#include "graph/format.hpp"
#include "graph/graph.hpp"
#include "graph/statement.hpp"
#include "sources/rdf.hpp"

namespace dossier::test {

// A StatementSink.
class Dataset {
 public:
  bool statement(const StatementView& view);
  void prefix(std::string_view, std::string_view) {}

  const Dictionary& terms() const { return terms_; }
  const std::set<Statement>& statements() const { return statements_; }
  TermView term(TermId id) const;  // valid until the next statement
  // One line a statement, as N-Quads, in the order of the lines.
  std::vector<std::string> lines() const;
  std::string text() const;

 private:
  Dictionary terms_;
  std::set<Statement> statements_;
  mutable std::vector<std::unique_ptr<TripleView>> triples_;
};

// All statements of the graph.
Dataset dataset_of(const Graph& graph);

// The dataset that `text` holds, or the error.
Expected<Dataset> read_dataset(std::string_view text, Format format,
                               const RdfReadOptions& options = {});
Expected<Dataset> read_dataset_file(const std::filesystem::path& path, Format format,
                                    const RdfReadOptions& options = {});

// Fails the test, with the error, when the text is no such document.
Dataset must_read(std::string_view text, Format format, const RdfReadOptions& options = {});

}  // namespace dossier::test
