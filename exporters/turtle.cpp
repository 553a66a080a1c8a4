#include "exporters/turtle.hpp"

#include "exporters/graph_parts.hpp"
#include "exporters/line_terms.hpp"
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
        terms_(graph, order, namespaces_, options.base) {}

  std::optional<Error> run() {
    mark_used_namespaces(graph_, nesting_, terms_, namespaces_);
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
        return make_diagnostic(DiagnosticCode::rdf_bad_iri, {},
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

  std::optional<Error> write_default() {
    return write_chunks(options_.threads, out_, SubjectChunks(graph_, order_),
                        [&](SubjectRange range, std::size_t, TextBuffer& text) {
                          return format_subjects(range, text);
                        });
  }

  std::optional<Error> format_subjects(SubjectRange range, TextBuffer& text) const {
    TurtleBlocks blocks(graph_, order_, terms_, nesting_, text);
    std::vector<Statement> scratch;
    bool gap = has_header_ || range.first > 0;
    for (std::size_t at = range.first; at < range.last; ++at) {
      const TermId subject = order_.resource(at);
      const std::span<const Statement> statements = graph_.about(subject);
      if (statements.empty() || nesting_.is_nested(subject)) continue;
      if (gap) text.append('\n');
      gap = true;
      if (!blocks.write(subject, order_.sorted(statements, scratch), 0))
        return term_refusal(graph_, blocks.refused());
    }
    return std::nullopt;
  }

  // Some statements of one graph: [first, last) of its positions.
  struct PartRange {
    GraphParts::Part part;
    std::size_t first = 0;
    std::size_t last = 0;
    bool first_part = false;
  };

  std::optional<Error> write_parts(const GraphParts& parts) {
    std::size_t part = 0;
    std::size_t at = 0;
    const auto next = [&]() -> std::optional<PartRange> {
      if (part == parts.size()) return std::nullopt;
      PartRange range{parts.part(part), at, at, part == 0};
      const std::size_t size = range.part.statements.size();
      range.last = std::min(at + kChunkStatements, size);
      while (range.last < size &&
             subject_at(range.part, range.last) == subject_at(range.part, range.last - 1)) {
        ++range.last;
      }
      at = range.last == size ? 0 : range.last;
      if (at == 0) ++part;
      return range;
    };
    return write_chunks(options_.threads, out_, next,
                        [&](const PartRange& range, std::size_t, TextBuffer& text) {
                          return format_part(range, text);
                        });
  }

  TermId subject_at(const GraphParts::Part& part, std::size_t at) const {
    return graph_.statements()[part.statements[at]].subject;
  }

  // [2g] block and wrappedGraph
  std::optional<Error> format_part(const PartRange& range, TextBuffer& text) const {
    const GraphParts::Part& part = range.part;
    bool gap = has_header_ || !range.first_part || range.first > 0;
    if (part.name && range.first == 0) {
      if (gap) text.append('\n');
      gap = false;
      if (!terms_.write_resource(text, part.name))
        return term_refusal(graph_, graph_.statements()[part.statements[0]]);
      text.append(" {\n");
    }
    TurtleBlocks blocks(graph_, order_, terms_, nesting_, text);
    std::vector<Statement> statements;
    for (std::size_t at = range.first; at < range.last;) {
      const TermId subject = subject_at(part, at);
      statements.clear();
      for (; at < range.last && subject_at(part, at) == subject; ++at)
        statements.push_back(graph_.statements()[part.statements[at]]);
      if (nesting_.is_nested(subject)) continue;
      if (gap) text.append('\n');
      gap = true;
      if (!blocks.write(subject, statements, part.name ? 1 : 0))
        return term_refusal(graph_, blocks.refused());
    }
    if (part.name && range.last == part.statements.size()) text.append("}\n");
    return std::nullopt;
  }

  const Graph& graph_;
  const WriteOrder& order_;
  const RdfWriteOptions& options_;
  ByteSink& out_;
  Namespaces namespaces_;
  Nesting nesting_;
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
