// Reads the YAML of a project file into a Project: tables of keys, one reader for each. Used by
// project.cpp only.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/project.hpp"
#include "sources/yaml_document.hpp"

namespace dossier {

class ProjectParser {
 public:
  ProjectParser(Project& project, DiagnosticSink& diagnostics)
      : project_(project), diagnostics_(diagnostics) {}

  void read(YamlNode root);
  std::size_t mistakes() const { return mistakes_; }

 private:
  struct Key {
    std::string_view name;
    std::function<void(YamlNode)> read;
    bool required = false;
  };

  // Calls the reader of each key; unknown keys are reported with the nearest one.
  void read_keys(YamlNode map, std::string_view what, const std::vector<Key>& keys);
  void each_item(YamlNode list, const std::function<void(YamlNode)>& read);
  void mistake(DiagnosticCode code, YamlNode at, std::string message, std::string hint = {});
  void unwanted(YamlNode at, std::string_view wanted);

  std::string text(YamlNode node, std::string_view wanted);
  // The same, but `true` and `3` are no texts unless quoted.
  std::string plain_text(YamlNode node, std::string_view wanted);
  std::optional<bool> truth(YamlNode node);
  std::optional<std::uint64_t> number(YamlNode node);
  std::string choice(YamlNode node, std::span<const std::string_view> words);
  std::string iri(YamlNode node);
  std::optional<ProjectFile> file(YamlNode node);
  void files(YamlNode node, std::vector<ProjectFile>& into);
  void prefixes(YamlNode node, Prefixes& into);

  void catalogue(YamlNode node);
  void version(YamlNode node);
  void base(YamlNode node);
  void source(YamlNode node);
  void class_checks(YamlNode node);
  void class_check(std::string_view name, YamlNode name_node, YamlNode node);
  void export_entry(YamlNode node);
  void export_context(YamlNode node, ExportSpec& spec);
  void report(YamlNode node);
  void copies(YamlNode node);
  void limits(YamlNode node);

  Project& project_;
  DiagnosticSink& diagnostics_;
  std::size_t mistakes_ = 0;
};

}  // namespace dossier
