#include "exporters/jsonld.hpp"

#include <algorithm>
#include <functional>
#include <memory>

#include <fmt/format.h>

#include "base/codes/exports.hpp"
#include "exporters/graph_parts.hpp"
#include "exporters/jsonld_compaction.hpp"
#include "exporters/jsonld_layout.hpp"
#include "exporters/jsonld_nodes.hpp"
#include "exporters/jsonld_terms.hpp"
#include "exporters/line_terms.hpp"
#include "exporters/part_chunks.hpp"
#include "exporters/refusal.hpp"
#include "exporters/subject_chunks.hpp"
#include "graph/iri.hpp"

namespace dossier {
namespace {

// Marks the namespaces that will be used: like TurtleUsage, by what JSON-LD leaves unsaid.
class JsonLdUsage {
 public:
  JsonLdUsage(const Graph& graph, const Nesting& nesting, const JsonLdTerms& terms)
      : graph_(graph),
        nesting_(nesting),
        terms_(terms),
        iris_(graph.term_count(TermKind::iri)),
        types_(graph.literal_types().size()) {}

  void run(Namespaces& namespaces) {
    for (const Statement& s : graph_.statements()) {
      use(s.subject);
      use(s.graph);
      const bool as_type = s.predicate == graph_.rdf_type() && s.object.is_resource();
      if (!as_type && !nesting_.is_list(s.subject)) use(s.predicate);
      if (as_type || !nesting_.is_empty_list(s.object)) use(s.object);
    }
    namespaces.use(graph_, iris_, JsonLdTerms::can_write_local);
    for (std::size_t i = 0; i < types_.size(); ++i) {
      if (types_[i])
        namespaces.use(graph_.literal_types()[i].datatype, JsonLdTerms::can_write_local);
    }
  }

 private:
  void use(TermId term) {
    if (!term) return;
    if (term.is_iri()) iris_[term.index()] = true;
    if (!term.is_literal()) return;
    const std::uint32_t type = graph_.literal_type_index(term);
    if (!types_[type] && !terms_.hides_datatype(term)) types_[type] = true;
  }

  const Graph& graph_;
  const Nesting& nesting_;
  const JsonLdTerms& terms_;
  std::vector<bool> iris_;
  std::vector<bool> types_;
};

Error jsonld_refusal(const Graph& graph, const Statement& s) {
  for (const TermId term : {s.subject, s.predicate, s.object, s.graph}) {
    if (term && term.is_iri() && find_iri_fault(graph.text(term)) != kIriValid) {
      return refusal(graph, s, code::export_term,
                     "an IRI breaks RFC 3987, and readers of JSON-LD leave out what names it");
    }
  }
  return term_refusal(graph, s);
}

class JsonLdWriter {
 public:
  // `compaction` may be null; it wants the form `nested`.
  JsonLdWriter(const Graph& graph, const WriteOrder& order, const RdfWriteOptions& options,
               const JsonLdWriteOptions& jsonld, const JsonLdCompaction* compaction, ByteSink& out)
      : graph_(graph),
        order_(order),
        jsonld_(jsonld),
        compaction_(compaction),
        threads_(compaction == nullptr ? options.threads : 1),
        on_share_(options.on_share),
        out_(out),
        namespaces_(graph, jsonld.form != JsonLdForm::compacted
                               ? Prefixes()
                               : jsonld_prefixes(graph, options.prefixes)),
        nesting_(graph, order, options.nest, jsonld.typed_lists),
        terms_(graph, order, namespaces_, jsonld),
        parts_(graph, order) {}

  std::optional<Error> run() {
    if (auto error = refuse_triple_terms()) return error;
    JsonLdUsage(graph_, nesting_, terms_).run(namespaces_);
    write_head();
    const std::uint64_t before = out_.bytes_written();
    if (auto error = parts_.only_default() ? write_default() : write_parts()) return error;
    const bool empty = out_.bytes_written() == before;
    if (!empty) out_.append('\n');
    out_.append(has_context_ ? empty ? "]\n}\n" : "  ]\n}\n" : "]\n");
    return std::nullopt;
  }

 private:
  std::optional<Error> refuse_triple_terms() const {
    if (graph_.term_count(TermKind::triple) == 0) return std::nullopt;
    for (const Statement& s : graph_.statements()) {
      if (s.object.is_triple())
        return refusal(graph_, s, code::export_term, "JSON-LD 1.1 has no triple terms");
    }
    return std::nullopt;
  }

  void write_head() {
    TextBuffer text;
    if (compaction_ != nullptr) {
      has_context_ = true;
      text.append("{\n  \"@context\": ");
      write_laid_out(text, compaction_->context(), 1, false);
      text.append(",\n  ");
      write_quoted(text, compaction_->keyword("@graph"));
      text.append(": [");
      out_.append(text.text());
      return;
    }
    for (const Namespaces::Entry& each : namespaces_.entries()) {
      if (!each.used) continue;
      text.append(has_context_ ? ",\n    " : "{\n  \"@context\": {\n    ");
      has_context_ = true;
      write_quoted(text, std::string_view(each.name).substr(0, each.name.size() - 1));
      text.append(": ");
      write_quoted(text, each.iri);
    }
    text.append(has_context_ ? "\n  },\n  \"@graph\": [" : "[");
    out_.append(text.text());
  }

  std::size_t level() const { return has_context_ ? 2 : 1; }
  void begin_node(TextBuffer& text, std::size_t level, bool first) const {
    text.append(first ? "\n" : ",\n");
    text.fill(level * 2, ' ');
  }

  JsonLdNodes nodes(TextBuffer& text) const {
    return {graph_, order_, terms_, nesting_, jsonld_, text};
  }

  std::function<bool(TermId)> is_nested() {
    return [nodes = nodes(scratch_)](TermId term) { return nodes.is_nested(term); };
  }

  std::optional<Error> write_default() {
    return write_chunks(threads_, out_,
                        telling(SubjectChunks(graph_, order_, is_nested()), on_share_),
                        [&](SubjectRange range, std::size_t, TextBuffer& text) {
                          return format_subjects(range, text);
                        });
  }

  std::optional<Error> format_subjects(SubjectRange range, TextBuffer& text) const {
    JsonLdNodes nodes = this->nodes(text);
    for (std::size_t at = range.first; at < range.last; ++at) {
      const TermId subject = order_.resource(at);
      const std::span<const Statement> statements = graph_.about(subject);
      if (statements.empty() || nodes.is_nested(subject)) continue;
      const std::size_t start = text.size();
      begin_node(text, level(), range.begins);
      range.begins = false;
      if (!nodes.write(subject, statements, level()))
        return jsonld_refusal(graph_, nodes.refused());
      if (auto error = compact(text, start, level(), statements.front())) return error;
    }
    return std::nullopt;
  }

  // A graph whose name is subject in the default graph stands in that subject's node object.
  bool is_inside(TermId name) const {
    return name && !parts_.part(0).name && has_default_statement(name);
  }
  bool has_default_statement(TermId subject) const {
    return std::ranges::any_of(graph_.about(subject), [](const Statement& s) { return !s.graph; });
  }

  std::optional<Error> write_parts() {
    const auto inside = [this](TermId name) { return is_inside(name); };
    return write_chunks(
        threads_, out_, telling(PartChunks(graph_, parts_, is_nested(), inside), on_share_),
        [&](const PartRange& range, std::size_t, TextBuffer& text) {
          return range.part.name ? format_named(range, text) : format_unnamed(range, text);
        });
  }

  std::optional<Error> format_unnamed(const PartRange& range, TextBuffer& text) const {
    JsonLdNodes nodes = this->nodes(text);
    std::vector<Statement> statements;
    bool first = range.begins;
    for (std::size_t at = range.first; at < range.last;) {
      take_subject(graph_, range, at, statements);
      const TermId subject = statements.front().subject;
      if (nodes.is_nested(subject)) continue;
      const std::size_t start = text.size();
      begin_node(text, level(), first);
      first = false;
      if (!nodes.open_node(subject, statements, level()))
        return jsonld_refusal(graph_, nodes.refused());
      if (const std::size_t inner = parts_.find(subject); inner < parts_.size()) {
        nodes.open_graph();
        const GraphParts::Part part = parts_.part(inner);
        if (auto error = format_nodes({part, 0, part.statements.size()}, text, Compact::later))
          return error;
        nodes.close_graph(level());
      }
      nodes.close_node(level());
      if (!nodes.write_later(level())) return jsonld_refusal(graph_, nodes.refused());
      if (auto error = compact(text, start, level(), statements.front())) return error;
    }
    return std::nullopt;
  }

  std::optional<Error> format_named(const PartRange& range, TextBuffer& text) const {
    JsonLdNodes outer = nodes(text);
    if (range.opens()) {
      begin_node(text, level(), range.begins_file);
      const Statement& first = graph_.statements()[range.part.statements[0]];
      if (compaction_ != nullptr) {
        if (auto error = open_compacted_graph(first, text)) return error;
      } else {
        if (!outer.open_node(range.part.name, {}, level())) return jsonld_refusal(graph_, first);
        outer.open_graph();
      }
    }
    if (auto error = format_nodes(range, text, Compact::now)) return error;
    if (range.closes()) {
      outer.close_graph(level());
      outer.close_node(level());
    }
    return std::nullopt;
  }

  // Inside of @graph. Nodes of a graph that stands in another node are compacted with that.
  enum class Compact : unsigned char { now, later };
  std::optional<Error> format_nodes(const PartRange& range, TextBuffer& text,
                                    Compact compact_when) const {
    JsonLdNodes nodes = this->nodes(text);
    std::vector<Statement> statements;
    bool first = range.begins;
    for (std::size_t at = range.first; at < range.last;) {
      take_subject(graph_, range, at, statements);
      const TermId subject = statements.front().subject;
      if (nodes.is_nested(subject)) continue;
      const std::size_t start = text.size();
      begin_node(text, level() + 2, first);
      first = false;
      if (!nodes.write(subject, statements, level() + 2))
        return jsonld_refusal(graph_, nodes.refused());
      if (compact_when == Compact::later) continue;
      if (auto error = compact(text, start, level() + 2, statements.front())) return error;
    }
    return std::nullopt;
  }

  // {"@id": NAME, "@graph": [ as the context says it.
  std::optional<Error> open_compacted_graph(const Statement& first, TextBuffer& text) const {
    const bool blank = first.graph.is_blank();
    const std::string id = blank ? fmt::format("_:{}", order_.label(first.graph))
                                 : std::string(graph_.text(first.graph));
    const JsonLd<std::string> name = blank ? id : compaction_->reference(id);
    if (!name) return context_refusal(first, name.error().code);
    text.append('{');
    for (const auto& [keyword, value] :
         {std::pair("@id", *name), std::pair("@graph", std::string())}) {
      text.append(value.empty() ? ",\n" : "\n");
      text.fill((level() + 1) * 2, ' ');
      write_quoted(text, compaction_->keyword(keyword));
      text.append(": ");
      if (!value.empty()) write_quoted(text, value);
    }
    text.append('[');
    return std::nullopt;
  }

  // The nodes in `text` from `start` on; `first` is a statement of theirs.
  std::optional<Error> compact(TextBuffer& text, std::size_t start, std::size_t level,
                               const Statement& first) const {
    if (compaction_ == nullptr) return std::nullopt;
    const auto why = compaction_->compact(text, start, level);
    return why ? std::optional(context_refusal(first, *why)) : std::nullopt;
  }
  Error context_refusal(const Statement& first, std::string_view why) const {
    return refusal(graph_, first, code::export_context,
                   fmt::format("the context cannot say what is said of its subject ({})", why));
  }

  const Graph& graph_;
  const WriteOrder& order_;
  const JsonLdWriteOptions& jsonld_;
  const JsonLdCompaction* compaction_;
  std::size_t threads_;
  ShareDone on_share_;
  ByteSink& out_;
  Namespaces namespaces_;
  Nesting nesting_;
  JsonLdTerms terms_;
  GraphParts parts_;
  TextBuffer scratch_;
  bool has_context_ = false;
};

}  // namespace

Expected<std::uint64_t> write_jsonld(const Graph& graph, const WriteOrder& order,
                                     const RdfWriteOptions& options, ByteSink& out) {
  return write_jsonld(graph, order, options, {}, out);
}

Expected<std::uint64_t> write_jsonld(const Graph& graph, const WriteOrder& order,
                                     const RdfWriteOptions& options,
                                     const JsonLdWriteOptions& jsonld, ByteSink& out) {
  std::unique_ptr<JsonLdCompaction> compaction;
  JsonLdWriteOptions form = jsonld;
  if (options.context && jsonld.form == JsonLdForm::compacted) {
    auto made = JsonLdCompaction::make(*options.context);
    if (!made) return std::unexpected(std::move(made.error()));
    compaction = std::move(*made);
    form.form = JsonLdForm::nested;
    form.natives = JsonLdNatives::none;  // a term's datatype is then never lost
  }
  if (auto error = JsonLdWriter(graph, order, options, form, compaction.get(), out).run())
    return std::unexpected(std::move(*error));
  return graph.size();
}

}  // namespace dossier
