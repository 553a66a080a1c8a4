#include "cli/mapping_look.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "cli/places.hpp"
#include "cli/term_text.hpp"
#include "graph/freeze.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/each_row.hpp"

namespace dossier {
namespace {

constexpr std::size_t kShownBytes = 200;  // of a term
constexpr std::size_t kCellBytes = 40;
constexpr std::size_t kMaxCells = 60;  // of a record

using Lines = std::vector<std::string>;

// What stands in a record, by reference: the left side.
Lines cell_lines(std::span<const std::string> references, std::span<const Value> row) {
  Lines out;
  std::size_t width = 0;
  const std::size_t shown = std::min(row.size(), kMaxCells);
  for (std::size_t i = 0; i < shown; ++i) {
    width = std::max(width, count_code_points(printable(references[i], kCellBytes)));
  }
  const auto text = [](const Value& value) -> std::string {
    if (value.type == ValueType::absent) return "";
    if (value.type != ValueType::list) return "\"" + printable(value.text(), kCellBytes) + "\"";
    return counted(value.size, "value");
  };
  for (std::size_t i = 0; i < shown; ++i) {
    std::string name = printable(references[i], kCellBytes);
    name.resize(name.size() + width - count_code_points(name), ' ');
    out.push_back(name + "  " + text(row[i]));
  }
  if (shown < row.size()) out.push_back(fmt::format("and {} more", row.size() - shown));
  return out;
}

std::string statement_line(const Graph& graph, const Statement& s, const Prefixes& prefixes) {
  std::string out = fmt::format(
      "  {}  {}  {}", term_text(graph, s.subject, prefixes, kShownBytes),
      s.predicate == graph.rdf_type() ? "a" : term_text(graph, s.predicate, prefixes, kShownBytes),
      term_text(graph, s.object, prefixes, kShownBytes));
  if (s.graph) out += fmt::format("  in {}", term_text(graph, s.graph, prefixes, kShownBytes));
  return out;
}

std::string side_by_side(const Lines& left, const Lines& right) {
  std::size_t width = 0;
  for (const std::string& each : left) width = std::max(width, count_code_points(each));
  std::string out;
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const std::string before = i < left.size() ? left[i] : "";
    out += "  " + before + std::string(width - count_code_points(before), ' ') + " |";
    if (i < right.size()) out += " " + right[i];
    out += '\n';
  }
  return out;
}

// One source of a plan, and what the graph has of it.
class SourceLook {
 public:
  SourceLook(const Plan& plan, const SourcePlan& source, const Graph& graph,
             const Prefixes& prefixes)
      : plan_(plan), source_(source), graph_(graph), prefixes_(prefixes) {
    for (std::size_t i = 0; i < graph.size(); ++i) {
      for (const EvidenceId id : graph.evidence_of(i)) {
        const EvidenceRow& row = graph.evidence(id);
        if (!row.rule || graph.sources()[row.source.index()].path != source.shown_path) continue;
        const std::string_view rule = graph.rules()[row.rule.index()].name;
        const bool own =
            std::ranges::any_of(source.maps, [&](const MapPlan& map) { return map.name == rule; });
        if (own) made_[row.offset][row.rule.index()].push_back(i);
      }
    }
  }

  Expected<std::string> text(std::uint64_t records, const Limits& limits,
                             DiagnosticSink& diagnostics) const {
    std::string out;
    if (source_.path == "-") {  // read already
      for (const auto& [offset, rules] : made_) {
        out += printable(source_.shown_path) + "\n" + side_by_side({}, made(offset)) + "\n";
      }
      return out;
    }
    const auto references = all_references(plan_, source_, limits);
    if (!references) return std::unexpected(references.error());
    const auto add = [&](std::span<const Value> row, std::uint64_t offset) {
      out += heading(offset, limits) + side_by_side(cell_lines(*references, row), made(offset));
      out += '\n';
      return --records > 0;
    };
    auto read = for_each_row(plan_, source_, *references, limits, diagnostics, add);
    if (!read) return std::unexpected(std::move(read.error()));
    return out;
  }

 private:
  std::string heading(std::uint64_t offset, const Limits& limits) const {
    Place place{source_.shown_path};
    const std::uint64_t offsets[] = {offset};
    place.line = line_columns(source_.path.string(), offsets, limits).front().line;
    return printable(to_string(place)) + "\n";
  }

  Lines made(std::uint64_t offset) const {
    Lines out;
    const auto found = made_.find(offset);
    if (found == made_.end()) return {"no statement"};
    for (const auto& [rule, positions] : found->second) {
      out.push_back(printable(graph_.rules()[rule].name));
      for (const std::size_t position : positions) {
        out.push_back(statement_line(graph_, graph_.statements()[position], prefixes_));
      }
    }
    return out;
  }

  const Plan& plan_;
  const SourcePlan& source_;
  const Graph& graph_;
  const Prefixes& prefixes_;
  // Offset of the record -> rule -> statements.
  std::map<std::uint64_t, std::map<std::size_t, std::vector<std::size_t>>> made_;
};

}  // namespace

Expected<std::string> mapping_look(std::span<const Plan> plans, std::uint64_t records,
                                   const Settings& settings, DiagnosticSink& diagnostics) {
  std::string out;
  for (const Plan& plan : plans) {
    Builder builder;
    RunOptions options;
    options.limits = settings.limits;
    options.max_records = records;
    const Expected<RunCounts> counts = run_to_builder(plan, builder, options, diagnostics);
    if (!counts) return std::unexpected(counts.error());
    const Graph graph = freeze(std::move(builder));
    Prefixes prefixes = Prefixes::well_known();
    for (const auto& [name, iri] : plan.model.prefixes) prefixes.set(name, iri);
    NoDiagnostics told;  // when the statements were made
    for (const SourcePlan& source : plan.sources) {
      if (source.maps.empty()) continue;
      auto text = SourceLook(plan, source, graph, prefixes).text(records, settings.limits, told);
      if (!text) return std::unexpected(std::move(text.error()));
      out += *text;
    }
  }
  if (out.empty()) return std::string("There is no record.\n");
  out.pop_back();
  return out;
}

}  // namespace dossier
