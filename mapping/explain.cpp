#include "mapping/explain.hpp"

#include <algorithm>
#include <map>

#include "mapping/cell_places.hpp"
#include "mapping/replay.hpp"

namespace dossier {
namespace {

// What went wrong was said when the mapping ran.
std::string text_of(const Value& value) {
  if (value.type == ValueType::absent) return "";
  if (value.type != ValueType::list) return std::string(value.text());
  std::string out;
  for (const Value& item : value.list()) {
    if (!out.empty()) out += ", ";
    if (item.type != ValueType::list) out += item.text();
  }
  return out;
}

}  // namespace

Explainer::Explainer(const Plan& plan, const Graph& graph, const Limits& limits)
    : plan_(plan), graph_(graph), limits_(limits) {
  std::map<std::pair<std::string_view, std::string_view>, std::vector<Rule>> by_name;
  for (const SourcePlan& source : plan.sources) {
    for (const MapPlan& map : source.maps) {
      by_name[{map.name, map.place.file}].push_back({&source, &map});
    }
  }
  for (const RuleInfo& rule : graph.rules()) {
    const auto found = by_name.find({rule.name, rule.file});
    rules_.push_back(found == by_name.end() ? std::vector<Rule>() : found->second);
  }
}

// A triples map may read several files.
Explainer::Rule Explainer::rule_of(const EvidenceRow& row) const {
  if (!row.rule) return {};
  const std::string_view path =
      row.source ? std::string_view(graph_.sources()[row.source.index()].path) : "";
  const std::vector<Rule>& rules = rules_[row.rule.index()];
  const auto found = std::ranges::find_if(
      rules, [&](const Rule& rule) { return rule.source->shown_path == path; });
  if (found != rules.end()) return *found;
  return rules.empty() ? Rule{} : rules.back();
}

std::vector<std::vector<Origin>> Explainer::explain(std::span<const std::size_t> positions) const {
  std::vector<std::vector<Origin>> out(positions.size());
  std::map<const SourcePlan*, std::vector<Wanted>> wanted;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    for (const EvidenceId id : graph_.evidence_of(positions[i])) {
      const EvidenceRow& row = graph_.evidence(id);
      const Rule rule = rule_of(row);
      if (rule.map == nullptr) continue;
      wanted[rule.source].push_back({row.offset, rule.map, positions[i], i});
    }
  }
  // In the order of the plan, so that origins of one statement are always in one order.
  for (const SourcePlan& source : plan_.sources) {
    const auto found = wanted.find(&source);
    if (found != wanted.end()) explain_source(source, std::move(found->second), out);
  }
  return out;
}

void Explainer::explain_source(const SourcePlan& source, std::vector<Wanted> wanted,
                               std::vector<std::vector<Origin>>& out) const {
  std::ranges::stable_sort(wanted, {}, &Wanted::offset);
  std::vector<CellRequest> requests;
  std::vector<std::size_t> owners;  // of each request, into `wanted`
  std::vector<std::string> texts;
  const auto ask = [&](std::size_t owner, std::string reference, std::string text) {
    requests.push_back({wanted[owner].offset, std::move(reference)});
    owners.push_back(owner);
    texts.push_back(std::move(text));
  };

  NoDiagnostics nowhere;
  RowEvaluator functions(source.program);
  std::size_t next = 0;
  auto reader = open_source(plan_, source, source.slots, limits_);
  while (reader && next < wanted.size()) {
    auto block = (*reader)->next();
    if (!block || !*block) break;
    // Rows of databases are numbered; elsewhere records have offsets in the source.
    const bool rows = (*block)->first_line == 0 && !(*block)->record_offsets.empty();
    const std::uint64_t end =
        rows ? (*block)->record_offsets.back() + 1 : (*block)->offset + (*block)->bytes.size();
    if (wanted[next].offset >= end) continue;
    RecordBatch batch;
    if (!(*reader)->parse(std::move(**block), batch, nowhere)) break;
    for (; next < wanted.size() && wanted[next].offset < end; ++next) {
      const Wanted& each = wanted[next];
      const auto at = std::ranges::lower_bound(batch.offsets, each.offset);
      if (at == batch.offsets.end() || *at != each.offset) continue;
      const auto row =
          functions.extend(batch.row(static_cast<std::size_t>(at - batch.offsets.begin())));
      std::vector<std::uint32_t> slots;
      for (const std::uint32_t slot :
           slots_of_statement(plan_, *each.map, row, each.offset, graph_, each.position)) {
        for (const std::uint32_t origin : source.program.origins(slot)) slots.push_back(origin);
      }
      for (const std::uint32_t slot : slots) ask(next, source.slots[slot], text_of(row[slot]));
      if (slots.empty()) ask(next, source.slots.empty() ? "" : source.slots.front(), "");
    }
  }

  const std::vector<CellPlace> cells = find_cells(plan_, source, requests, limits_);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const Wanted& each = wanted[owners[i]];
    Origin origin;
    origin.source = source.shown_path;
    origin.offset = each.offset;
    origin.place = cells[i].place;
    origin.reference = requests[i].reference;
    origin.text = cells[i].text.empty() ? texts[i] : cells[i].text;
    origin.rule = each.map->name;
    origin.rule_place = each.map->place;
    out[each.answer].push_back(std::move(origin));
  }
}

}  // namespace dossier
