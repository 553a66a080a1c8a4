#include "exporters/turtle.hpp"

#include "base/codes/rdf.hpp"
#include "exporters/graph_parts.hpp"
#include "exporters/line_terms.hpp"
#include "exporters/part_chunks.hpp"
#include "exporters/refusal.hpp"
#include "exporters/subject_chunks.hpp"
#include "exporters/turtle_blocks.hpp"
#include "exporters/turtle_usage.hpp"

namespace dossier {
namespace {

class TurtleWriter {
 public:
  TurtleWriter(const Graph& graph, const WriteOrder& order, const RdfWriteOptions& options,
               ByteSink& out)
      : graph_(graph),
        order_(order),
        options_(options),
        out_(out),
        namespaces_(graph, options.prefixes),
        nesting_(graph, order, options.nest),
        annotations_(options.nest ? Annotations(graph, order, nesting_) : Annotations()),
        terms_(graph, order, namespaces_, options.base) {}

  std::optional<Error> run() {
    mark_used_namespaces(graph_, nesting_, annotations_, terms_, namespaces_);
    const GraphParts parts(graph_, order_);
    if (auto error = write_header()) return error;
    return parts.only_default() ? write_default() : write_parts(parts);
  }

 private:
  // [4] prefixID and [5] base
  std::optional<Error> write_header() {
    TextBuffer text;
    if (!options_.base.empty()) {
      text.append("@base ");
      if (!write_iri(text, options_.base)) {
        return make_diagnostic(code::rdf_bad_iri, {},
                               "the base \"" + options_.base + "\" is no IRI");
      }
      text.append(" .\n");
    }
    for (const Namespaces::Entry& each : namespaces_.entries()) {
      if (!each.used) continue;
      text.append("@prefix ");
      text.append(each.name);
      text.append(' ');
      write_iri(text, each.iri);
      text.append(" .\n");
    }
    has_header_ = text.size() > 0;
    if (has_header_) out_.append(text.text());
    return std::nullopt;
  }

  std::function<bool(TermId)> is_nested() const {
    return [this](TermId term) {
      return nesting_.is_nested(term) || annotations_.hides(term, graph_.about(term));
    };
  }

  std::optional<Error> write_default() {
    return write_chunks(options_.threads, out_,
                        telling(SubjectChunks(graph_, order_, is_nested()), options_.on_share),
                        [&](SubjectRange range, std::size_t, TextBuffer& text) {
                          return format_subjects(range, text);
                        });
  }

  std::optional<Error> format_subjects(SubjectRange range, TextBuffer& text) const {
    TurtleBlocks blocks(graph_, order_, terms_, nesting_, annotations_, text);
    bool gap = has_header_ || !range.begins;
    for (std::size_t at = range.first; at < range.last; ++at) {
      const TermId subject = order_.resource(at);
      const std::span<const Statement> statements = graph_.about(subject);
      if (statements.empty() || nesting_.is_nested(subject) ||
          annotations_.hides(subject, statements)) {
        continue;
      }
      if (gap) text.append('\n');
      gap = true;
      if (!blocks.write(subject, statements, 0)) return term_refusal(graph_, blocks.refused());
    }
    return std::nullopt;
  }

  std::optional<Error> write_parts(const GraphParts& parts) {
    return write_chunks(options_.threads, out_,
                        telling(PartChunks(graph_, parts, is_nested()), options_.on_share),
                        [&](const PartRange& range, std::size_t, TextBuffer& text) {
                          return format_part(range, text);
                        });
  }

  // [2g] block and wrappedGraph
  std::optional<Error> format_part(const PartRange& range, TextBuffer& text) const {
    const TermId name = range.part.name;
    bool gap = has_header_ || !range.begins_file;
    if (name && range.opens()) {
      if (gap) text.append('\n');
      if (!terms_.write_resource(text, name))
        return term_refusal(graph_, graph_.statements()[range.part.statements[0]]);
      text.append(" {\n");
    }
    if (name) gap = !range.begins;
    TurtleBlocks blocks(graph_, order_, terms_, nesting_, annotations_, text);
    std::vector<Statement> statements;
    for (std::size_t at = range.first; at < range.last;) {
      take_subject(graph_, range, at, statements);
      const TermId subject = statements.front().subject;
      if (nesting_.is_nested(subject) || annotations_.hides(subject, statements)) continue;
      if (gap) text.append('\n');
      gap = true;
      if (!blocks.write(subject, statements, name ? 1 : 0))
        return term_refusal(graph_, blocks.refused());
    }
    if (name && range.closes()) text.append("}\n");
    return std::nullopt;
  }

  const Graph& graph_;
  const WriteOrder& order_;
  const RdfWriteOptions& options_;
  ByteSink& out_;
  Namespaces namespaces_;
  Nesting nesting_;
  Annotations annotations_;
  TurtleTermWriter terms_;
  bool has_header_ = false;
};

}  // namespace

Expected<std::uint64_t> write_turtle(const Graph& graph, const WriteOrder& order,
                                     const RdfWriteOptions& options, ByteSink& out) {
  if (auto error = TurtleWriter(graph, order, options, out).run())
    return std::unexpected(std::move(*error));
  return graph.size();
}

}  // namespace dossier
