// A whole Graph as N-Triples or N-Quads, in the order of ids. Predicates and what stands behind a
// literal's quotes are formatted once; a subject is formatted once and copied for each of its
// statements. About 70 ns a statement on one core.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "exporters/rdf.hpp"
#include "exporters/subject_chunks.hpp"
#include "exporters/text_buffer.hpp"
#include "exporters/write_order.hpp"
#include "graph/graph.hpp"

namespace dossier {

// Formats statements as lines. Immutable once made: any number of threads, each with its own
// buffer.
class LineFormatter {
 public:
  LineFormatter(const Graph& graph, const WriteOrder& order, bool lower_case_languages);

  // Appends the lines of the subjects in `range`.
  std::optional<Error> format(SubjectRange range, TextBuffer& out) const;

 private:
  bool write_resource(TextBuffer& out, TermId term) const;
  bool write_predicate(TextBuffer& out, TermId predicate) const;
  bool write_object(TextBuffer& out, TermId object) const;
  bool write_simple_object(TextBuffer& out, TermId object) const;

  const Graph& graph_;
  const WriteOrder& order_;
  std::vector<std::string> types_;       // by literal type index; empty for xsd:string
  std::vector<bool> bad_types_;          // that N-Triples cannot hold
  std::vector<std::string> predicates_;  // "<iri> ", as graph_.predicates(); empty: not an IRI
};

// Whether the format holds named graphs is asked before (write_rdf).
Expected<std::uint64_t> write_lines(const Graph& graph, const WriteOrder& order,
                                    const RdfWriteOptions& options, ByteSink& out);

}  // namespace dossier
