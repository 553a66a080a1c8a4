// Findings as reports show them: by rule, gravest first, then by the class of the focus node.
#pragma once

#include <string>
#include <vector>

#include "ontology/describe.hpp"
#include "ontology/finding.hpp"

namespace dossier {

struct ReportClass {
  std::string name;  // "dos:Ban", "no class"
  std::uint64_t count = 0;
  std::vector<std::uint32_t> examples;  // indices of kept findings
};

struct ReportRule {
  RuleNumber rule = 0;
  std::uint64_t count = 0;
  std::vector<ReportClass> classes;  // most first, then by name
};

std::vector<ReportRule> group_findings(const Findings& findings, const Describer& describer,
                                       std::size_t examples);

}  // namespace dossier
