#include "ontology/report_groups.hpp"

#include <algorithm>
#include <map>

namespace dossier {

std::vector<ReportRule> group_findings(const Findings& findings, const Describer& describer,
                                       std::size_t examples) {
  std::map<RuleNumber, std::map<std::string, ReportClass>> by_rule;
  for (const FindingGroup& each : findings.groups()) {
    const std::string name = describer.class_of(each.types);
    ReportClass& cls = by_rule[each.rule][name];
    cls.name = name;
    cls.count += each.count;
  }
  const std::span<const Finding> kept = findings.kept();
  for (std::uint32_t i = 0; i < kept.size(); ++i) {
    if (kept[i].parent != kNoParent) continue;
    ReportClass& cls =
        by_rule[kept[i].rule][describer.class_of(findings.types().of(kept[i].focus))];
    if (cls.examples.size() < examples) cls.examples.push_back(i);
  }

  std::vector<ReportRule> out;
  for (auto& [rule, classes] : by_rule) {
    ReportRule& group = out.emplace_back();
    group.rule = rule;
    for (auto& [name, cls] : classes) {
      group.count += cls.count;
      group.classes.push_back(std::move(cls));
    }
    std::ranges::stable_sort(group.classes, std::greater(), &ReportClass::count);
  }
  std::ranges::stable_sort(out, std::greater(), [&](const ReportRule& each) {
    return findings.rules()[each.rule].severity;
  });
  return out;
}

}  // namespace dossier
