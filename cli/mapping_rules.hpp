// How mappings are run: what the command line or a project file says of all of them.
#pragma once

#include <filesystem>
#include <string>

#include "cli/settings.hpp"
#include "mapping/plan.hpp"

namespace dossier {

struct Project;

struct MappingRules {
  std::filesystem::path source_root;  // where paths of sources begin; empty: beside the mapping
  std::string base;                   // for relative IRIs where the mapping names none
  bool allow_network = false;
  bool allow_empty_joins = false;  // else a join that finds nothing ends the run
};

MappingRules mapping_rules(const Project& project, const Settings& settings);
CompileOptions compile_options(const MappingRules& rules, const Settings& settings);

}  // namespace dossier
