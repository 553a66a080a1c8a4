#include "cli/mapping_rules.hpp"

#include "cli/project.hpp"

namespace dossier {

MappingRules mapping_rules(const Project& project, const Settings& settings) {
  MappingRules rules;
  rules.source_root = project.source_root;
  rules.base = project.base;
  rules.allow_network = settings.allow_network || project.allow_network;
  rules.allow_empty_joins = project.allow_empty_joins;
  return rules;
}

CompileOptions compile_options(const MappingRules& rules, const Settings& settings) {
  CompileOptions options;
  options.source_root = rules.source_root;
  options.allowed_root = settings.root;
  options.base = rules.base;
  options.copies.insert(settings.copies.begin(), settings.copies.end());
  options.allow_network = rules.allow_network;
  options.strict = settings.strict;
  options.limits = settings.limits;
  return options;
}

}  // namespace dossier
