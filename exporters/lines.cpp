#include "exporters/lines.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "exporters/line_terms.hpp"
#include "exporters/lookahead.hpp"
#include "exporters/refusal.hpp"

namespace dossier {

LineFormatter::LineFormatter(const Graph& graph, const WriteOrder& order, bool lower_case_languages)
    : graph_(graph), order_(order) {
  TextBuffer text;
  for (const LiteralType& type : graph.literal_types()) {
    text.clear();
    const std::string language =
        lower_case_languages ? to_lower_ascii(type.language) : type.language;
    bad_types_.push_back(!write_literal_type(text, type.datatype, language, type.direction));
    types_.emplace_back(text.size() > 0 ? text.text() : std::string_view());
  }
  for (const TermId predicate : graph.predicates()) {
    text.clear();
    const bool good = write_iri(text, graph.text(predicate));
    text.append(" ");
    predicates_.emplace_back(good ? text.text() : std::string_view());
  }
}

bool LineFormatter::write_resource(TextBuffer& out, TermId term) const {
  if (term.is_iri()) return write_iri(out, graph_.text(term));
  if (!term.is_blank()) return false;
  write_blank(out, order_.label(term));
  return true;
}

bool LineFormatter::write_predicate(TextBuffer& out, TermId predicate) const {
  const std::span<const TermId> all = graph_.predicates();
  const auto found = std::ranges::lower_bound(all, predicate);
  const std::string& text = predicates_[static_cast<std::size_t>(found - all.begin())];
  out.append(text);
  return !text.empty();
}

bool LineFormatter::write_simple_object(TextBuffer& out, TermId object) const {
  if (!object.is_literal()) return write_resource(out, object);
  write_quoted(out, graph_.text(object));
  const std::uint32_t type = graph_.literal_type_index(object);
  out.append(types_[type]);
  return !bad_types_[type];
}

bool LineFormatter::write_object(TextBuffer& out, TermId object) const {
  std::size_t open = 0;
  for (; object.is_triple(); ++open) {
    const Statement parts = graph_.triple(object);
    out.append("<<( ");
    if (!write_resource(out, parts.subject)) return false;
    out.append(" ");
    if (!write_resource(out, parts.predicate)) return false;
    out.append(" ");
    object = parts.object;
  }
  if (!write_simple_object(out, object)) return false;
  for (; open > 0; --open) out.append(" )>>");
  return true;
}

std::optional<Error> LineFormatter::format(SubjectRange range, TextBuffer& out) const {
  std::vector<Statement> scratch;
  std::string subject_text;
  Lookahead lookahead(graph_);
  for (std::size_t at = range.first; at < range.last; ++at) {
    const TermId subject = order_.resource(at);
    const std::span<const Statement> statements = order_.sorted(graph_.about(subject), scratch);
    if (statements.empty()) continue;
    const std::size_t start = out.size();
    bool good = write_resource(out, subject);
    out.append(' ');
    subject_text.assign(out.text().substr(start));
    out.truncate(start);
    for (const Statement& s : statements) {
      lookahead.at(&s);
      out.append(subject_text);
      good = good && write_predicate(out, s.predicate) && write_object(out, s.object);
      if (good && s.graph) {
        out.append(' ');
        good = write_resource(out, s.graph);
      }
      if (!good) return term_refusal(graph_, s);
      out.append(" .\n");
    }
  }
  return std::nullopt;
}

namespace {

// The lines of `text` in the order of their bytes.
void append_sorted_lines(std::string_view text, ByteSink& out) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at) + 1;
    lines.push_back(text.substr(at, end - at));
    at = end;
  }
  std::ranges::sort(lines);
  for (const std::string_view line : lines) out.append(line);
}

std::optional<Error> write_canonical(const LineFormatter& formatter, const WriteOrder& order,
                                     ByteSink& out) {
  TextBuffer all;
  if (auto error = formatter.format({0, order.resource_count()}, all)) return error;
  if (all.size() > 0) append_sorted_lines(all.text(), out);
  return std::nullopt;
}

}  // namespace

Expected<std::uint64_t> write_lines(const Graph& graph, const WriteOrder& order,
                                    const RdfWriteOptions& options, ByteSink& out) {
  const bool canonical = options.mode == RdfWriteMode::canonical;
  const LineFormatter formatter(graph, order, canonical);
  std::optional<Error> error;
  if (canonical) {
    error = write_canonical(formatter, order, out);
  } else {
    error =
        write_chunks(options.threads, out, telling(SubjectChunks(graph, order), options.on_share),
                     [&](SubjectRange range, std::size_t, TextBuffer& text) {
                       return formatter.format(range, text);
                     });
  }
  if (error) return std::unexpected(std::move(*error));
  return graph.size();
}

}  // namespace dossier
