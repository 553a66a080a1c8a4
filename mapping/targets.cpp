#include "mapping/targets.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "mapping/source_path.hpp"

namespace dossier {
namespace {

// All that the terms of a statement name.
std::vector<std::uint32_t> targets_of(const Plan& plan, const MapPlan& map,
                                      const StatementPlan& statement) {
  std::vector<std::uint32_t> out;
  const auto add = [&](const std::vector<std::uint32_t>& more) {
    out.insert(out.end(), more.begin(), more.end());
  };
  for (const std::uint32_t term :
       {map.subject, statement.predicate, statement.object, statement.graph}) {
    if (term < map.terms.size()) add(map.terms[term].targets);
  }
  if (statement.join != StatementPlan::kNone) add(plan.joins[statement.join].targets);
  return out;
}

bool goes_to(const std::vector<std::uint32_t>& named, std::span<const std::uint32_t> targets) {
  if (targets.empty()) return named.empty();
  return std::ranges::any_of(
      named, [&](std::uint32_t each) { return std::ranges::find(targets, each) != targets.end(); });
}

// A term that no statement needs any more is not made. Operands are made by their compounds only.
void drop_unused_terms(MapPlan& map) {
  std::vector<std::uint32_t> uses(map.terms.size(), 0);
  for (const StatementPlan& statement : map.statements) {
    for (const std::uint32_t term : {statement.predicate, statement.object, statement.graph}) {
      if (term < uses.size()) ++uses[term];
    }
  }
  uses[map.subject] = static_cast<std::uint32_t>(map.statements.size());
  for (std::size_t i = 0; i < map.terms.size(); ++i) {
    if (map.terms[i].operand) continue;
    if (uses[i] > 0) {
      map.terms[i].uses = uses[i];
      continue;
    }
    TermPlan none;
    none.constant = true;
    none.default_graph = true;
    none.number = map.terms[i].number;
    map.terms[i] = std::move(none);
  }
}

// Stands between the name of a graph and the path of a target; a path that is percent-encoded has
// no question mark. Queries and fragments of IRIs may have several.
constexpr std::string_view kPathMark = "?dossier-target=";
constexpr std::string_view kNoGraph = "urn:dossier:default-graph";

// A graph's name, and behind it the path of a target.
TermPlan with_path(const TermPlan& graph, const TermPlan& path) {
  TermPlan out = graph;
  const auto add = [&](std::string_view text) {
    Piece piece;
    piece.text = text;
    out.pieces.push_back(std::move(piece));
  };
  if (graph.default_graph) {
    out.pieces.clear();
    out.shape = TermShape::iri;
    out.default_graph = false;
    add(kNoGraph);
  }
  add(kPathMark);
  out.pieces.insert(out.pieces.end(), path.pieces.begin(), path.pieces.end());
  out.conditions.insert(out.conditions.end(), path.conditions.begin(), path.conditions.end());
  out.computed = graph.computed || path.computed;
  out.constant = graph.constant && path.constant;
  out.targets.clear();
  return out;
}

// Percent-encoding undone where a name of a file can hold the character.
std::string decoded_path(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    unsigned byte = 0;
    const std::string_view hex = text.substr(at + 1, 2);
    const bool encoded = text[at] == '%' && hex.size() == 2 &&
                         std::from_chars(hex.data(), hex.data() + 2, byte, 16).ec == std::errc{};
    const bool kept = byte < 0x20 || byte == 0x7F || byte == '/' || byte == '\\' || byte == '%';
    if (!encoded || kept) {
      out += text[at];
      continue;
    }
    out += static_cast<char>(byte);
    at += 2;
  }
  return out;
}

}  // namespace

bool has_targets(const Plan& plan) {
  const auto named = [](const auto& each) { return !each.targets.empty(); };
  return std::ranges::any_of(plan.joins, named) ||
         std::ranges::any_of(plan.sources, [&](const SourcePlan& source) {
           return std::ranges::any_of(source.maps, [&](const MapPlan& map) {
             return std::ranges::any_of(map.terms, named);
           });
         });
}

Plan plan_for_targets(const Plan& plan, std::span<const std::uint32_t> targets) {
  Plan out = plan;
  for (SourcePlan& source : out.sources) {
    for (MapPlan& map : source.maps) {
      std::erase_if(map.statements, [&](const StatementPlan& statement) {
        return !goes_to(targets_of(plan, map, statement), targets);
      });
      drop_unused_terms(map);
    }
    std::erase_if(source.maps, [](const MapPlan& map) { return map.statements.empty(); });
  }
  return out;
}

Expected<Plan> plan_for_record_targets(const Plan& plan, std::span<const std::uint32_t> targets) {
  Plan out = plan;
  for (SourcePlan& source : out.sources) {
    for (MapPlan& map : source.maps) {
      std::vector<StatementPlan> statements;
      for (const StatementPlan& statement : map.statements) {
        std::vector<std::uint32_t> named = targets_of(plan, map, statement);
        std::ranges::sort(named);
        named.erase(std::unique(named.begin(), named.end()), named.end());
        for (const TargetPath& path : map.target_paths) {
          const std::uint32_t one[] = {path.target};
          if (std::ranges::find(targets, path.target) == targets.end() || !goes_to(named, one)) {
            continue;
          }
          const TermPlan& graph = map.terms[statement.graph];
          if (graph.shape == TermShape::blank && !graph.default_graph) {
            return fail(code::mapping_unsupported, graph.place,
                        "a target that depends on the record takes no graphs that are blank nodes",
                        "name the graph by an IRI");
          }
          StatementPlan marked = statement;
          marked.graph = static_cast<std::uint32_t>(map.terms.size());
          TermPlan term = with_path(graph, map.terms[path.term]);
          term.number = out.term_count++;
          map.terms.push_back(std::move(term));
          statements.push_back(marked);
        }
      }
      map.statements = std::move(statements);
      drop_unused_terms(map);
    }
    std::erase_if(source.maps, [](const MapPlan& map) { return map.statements.empty(); });
  }
  return out;
}

std::map<std::string, std::string> lines_by_target(std::string_view lines) {
  std::map<std::string, std::string> out;
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n') + 1);
    lines.remove_prefix(line.size());
    // No IRI holds a blank, and no path that was encoded holds the mark.
    const std::size_t graph = line.rfind(" <") + 1;
    const std::size_t mark = line.rfind(kPathMark);
    const std::size_t path = mark + kPathMark.size();
    std::string& to = out[decoded_path(line.substr(path, line.rfind('>') - path))];
    const std::string_view name = line.substr(graph + 1, mark - graph - 1);
    to += line.substr(0, graph);
    if (name != kNoGraph) to.append("<").append(name).append("> ");
    to += ".\n";
  }
  return out;
}

Expected<std::filesystem::path> resolve_target_path(const LogicalTarget& target,
                                                    const CompileOptions& options) {
  const bool address = target.path.find("://") != std::string::npos;
  if (target.path.empty() || (address && !target.path.starts_with("file://"))) {
    return fail(code::mapping_unsupported, target.place,
                fmt::format("the target \"{}\" is no local file",
                            printable(target.path.empty() ? target.name : target.path)),
                "targets are files: rml:path, or a file:// address");
  }
  LogicalSource file;
  file.path = target.path;
  file.root = target.root;
  file.root_path = target.root_path;
  file.place = target.place;
  CompileOptions beside = options;
  beside.source_root.clear();  // of sources
  return resolve_source_path(file, beside);
}

}  // namespace dossier
