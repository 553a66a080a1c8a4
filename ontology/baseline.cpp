#include "ontology/baseline.hpp"

#include <algorithm>
#include <set>

#include "ontology/describe.hpp"

namespace dossier {
namespace {

// Tabs and line ends do not occur in N-Triples terms.
std::string line_of(const Findings& findings, const Describer& describer, const Finding& finding) {
  const CheckRule& rule = findings.rule(finding);
  const auto term = [&](TermId id) {
    return id ? to_string(findings.terms().view(id)) : std::string("-");
  };
  std::string line = number_of(rule.code);
  line += '\t';
  line += rule.shape ? describer.rule_origin(rule) : rule.subject.empty() ? "-" : rule.subject;
  line += '\t' + term(finding.focus);
  const std::string path = describer.path(finding);
  line += '\t' + (path.empty() ? std::string("-") : path);
  return line + '\t' + term(finding.value);
}

// Names without prefixes, so that a change of prefixes changes nothing.
const Prefixes& no_prefixes() {
  static const Prefixes none;
  return none;
}

}  // namespace

Baseline::Baseline(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty() && line.front() != '#') lines_.emplace_back(line);
  }
  std::ranges::sort(lines_);
}

bool Baseline::contains(std::string_view line) const {
  return std::ranges::binary_search(lines_, line);
}

BaselineResult apply_baseline(Findings& findings, const Baseline& baseline) {
  const Describer describer(findings, no_prefixes());
  BaselineResult result;
  std::set<std::string> used;
  std::vector<bool> gone(findings.kept().size(), false);
  for (std::size_t i = 0; i < gone.size(); ++i) {
    const Finding& each = findings.kept()[i];
    if (each.parent != kNoParent) {
      gone[i] = gone[each.parent];
      continue;
    }
    std::string line = line_of(findings, describer, each);
    if (!baseline.contains(line)) continue;
    gone[i] = true;
    ++result.accepted;
    used.insert(std::move(line));
  }
  result.vanished = baseline.size() - std::min(baseline.size(), used.size());
  findings.remove(gone);
  return result;
}

void write_baseline(const Findings& findings, ByteSink& out) {
  const Describer describer(findings, no_prefixes());
  std::set<std::string> lines;
  for (const Finding& each : findings.kept()) {
    if (each.parent == kNoParent) lines.insert(line_of(findings, describer, each));
  }
  out.append("# Accepted findings of dossier: code, rule, focus node, path, value.\n");
  for (const std::string& line : lines) {
    out.append(line);
    out.append('\n');
  }
}

}  // namespace dossier
