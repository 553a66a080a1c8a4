#include "ontology/finding.hpp"

#include <algorithm>

namespace dossier {
namespace {

template <class Wanted>
std::uint64_t sum(std::span<const FindingGroup> groups, Wanted&& wanted) {
  std::uint64_t total = 0;
  for (const FindingGroup& each : groups) {
    if (wanted(each)) total += each.count;
  }
  return total;
}

}  // namespace

std::uint64_t Findings::count() const {
  return sum(groups_, [](const FindingGroup&) { return true; });
}

std::uint64_t Findings::count(Severity severity) const {
  return sum(groups_,
             [&](const FindingGroup& each) { return rules_[each.rule].severity == severity; });
}

std::uint64_t Findings::count(DiagnosticCode code) const {
  return sum(groups_, [&](const FindingGroup& each) { return rules_[each.rule].code == code; });
}

std::uint64_t Findings::count(RuleNumber rule) const {
  return sum(groups_, [&](const FindingGroup& each) { return each.rule == rule; });
}

bool Findings::conforms() const {
  return sum(groups_, [&](const FindingGroup& each) {
           const CheckRule& rule = rules_[each.rule];
           return !rule.shape ||
                  shapes_->disallows((*shapes_)[rule.shape].constraints[rule.constraint]);
         }) == 0;
}

std::uint64_t Findings::kept_count() const {
  return static_cast<std::uint64_t>(std::ranges::count(kept_, kNoParent, &Finding::parent));
}

std::uint32_t Findings::find(std::uint32_t ordinal) const {
  const auto found = std::ranges::find(kept_, ordinal, &Finding::ordinal);
  if (ordinal == 0 || found == kept_.end()) return kNoParent;
  return static_cast<std::uint32_t>(found - kept_.begin());
}

void Findings::remove(const std::vector<bool>& gone) {
  std::vector<Finding> left;
  std::vector<std::uint32_t> moved(kept_.size(), kNoParent);
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    Finding each = kept_[i];
    if (!gone[i]) {
      moved[i] = static_cast<std::uint32_t>(left.size());
      if (each.parent != kNoParent) each.parent = moved[each.parent];
      left.push_back(each);
      continue;
    }
    if (each.parent != kNoParent) continue;
    const TypeSet types = types_->of(each.focus);
    const auto group = std::ranges::find_if(
        groups_, [&](const FindingGroup& of) { return of.rule == each.rule && of.types == types; });
    if (group != groups_.end() && group->count > 0) --group->count;
  }
  std::erase_if(groups_, [](const FindingGroup& each) { return each.count == 0; });
  kept_ = std::move(left);
}

bool FindingCollector::keeps(RuleNumber rule) const {
  return rule >= kept_of_rule_.size() || kept_of_rule_[rule] < keep_;
}

std::uint32_t FindingCollector::add(const Finding& finding) {
  if (finding.parent != kNoParent) {
    kept_.push_back(finding);
    return static_cast<std::uint32_t>(kept_.size() - 1);
  }
  ++counts_[std::uint64_t{finding.rule} << 32 | types_.of(finding.focus)];
  if (!keeps(finding.rule)) return kNoParent;
  if (finding.rule >= kept_of_rule_.size()) kept_of_rule_.resize(finding.rule + 1, 0);
  ++kept_of_rule_[finding.rule];
  kept_.push_back(finding);
  return static_cast<std::uint32_t>(kept_.size() - 1);
}

}  // namespace dossier
