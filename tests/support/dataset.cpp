#include "tests/support/dataset.hpp"

#include <algorithm>
#include <cstring>

#include <gtest/gtest.h>

#include "tests/support/statement_views.hpp"

namespace dossier::test {

bool Dataset::statement(const StatementView& view) {
  Statement statement;
  statement.subject = terms_.intern(*view.subject);
  statement.predicate = terms_.intern(*view.predicate);
  statement.object = terms_.intern(*view.object);
  if (view.graph != nullptr) statement.graph = terms_.intern(*view.graph);
  statements_.insert(statement);
  return true;
}

// Recursion is bounded by Limits::max_triple_depth.
TermView Dataset::term(TermId id) const {
  const TermRecord& record = terms_.record(id);
  if (id.is_triple()) {
    TermId parts[3];
    std::memcpy(parts, record.data, sizeof parts);
    triples_.push_back(
        std::make_unique<TripleView>(TripleView{term(parts[0]), term(parts[1]), term(parts[2])}));
    return {.kind = TermKind::triple, .triple = triples_.back().get()};
  }
  if (!id.is_literal()) return {.kind = id.kind(), .text = record.text()};
  const LiteralType& type = terms_.literal_types()[record.type];
  return {.kind = TermKind::literal,
          .direction = type.direction,
          .text = record.text(),
          .datatype = type.datatype,
          .language = type.language};
}

std::vector<std::string> Dataset::lines() const {
  std::vector<std::string> lines;
  for (const Statement& each : statements_) {
    std::string line = to_string(term(each.subject)) + " " + to_string(term(each.predicate)) + " " +
                       to_string(term(each.object));
    if (each.graph != kDefaultGraph) line += " " + to_string(term(each.graph));
    lines.push_back(line + " .");
  }
  std::ranges::sort(lines);
  return lines;
}

std::string Dataset::text() const {
  std::string text;
  for (const std::string& line : lines()) text += line + "\n";
  return text;
}

Dataset dataset_of(const Graph& graph) {
  Dataset dataset;
  each_statement(graph, [&](const StatementView& view) { dataset.statement(view); });
  return dataset;
}

Expected<Dataset> read_dataset(std::string_view text, Format format,
                               const RdfReadOptions& options) {
  const auto source = memory_input(text, "test");
  Dataset dataset;
  DiagnosticCollector diagnostics;
  const auto counts = read_rdf(*source, format, options, dataset, diagnostics);
  if (!counts) return std::unexpected(counts.error());
  return dataset;
}

Expected<Dataset> read_dataset_file(const std::filesystem::path& path, Format format,
                                    const RdfReadOptions& options) {
  const auto source = open_input(path);
  if (!source) return std::unexpected(source.error());
  Dataset dataset;
  DiagnosticCollector diagnostics;
  const auto counts = read_rdf(**source, format, options, dataset, diagnostics);
  if (!counts) return std::unexpected(counts.error());
  return dataset;
}

Dataset must_read(std::string_view text, Format format, const RdfReadOptions& options) {
  Expected<Dataset> dataset = read_dataset(text, format, options);
  if (!dataset) {
    ADD_FAILURE() << render(dataset.error());
    return {};
  }
  return std::move(*dataset);
}

}  // namespace dossier::test
