// YARRRML files and the RML that the reference translator makes of them: both are loaded, each by
// its own loader, and must be the same mapping.
#include <algorithm>
#include <filesystem>
#include <iterator>

#include <gtest/gtest.h>

#include "mapping/mapping.hpp"
#include "tests/support/model_text.hpp"
#include "tests/support/shared_folder.hpp"
#include "tests/support/suite_table.hpp"

namespace dossier::test {
namespace {

namespace fs = std::filesystem;

struct Loaded {
  std::string error;  // empty: fine
  std::string text;
};

Loaded load(const std::vector<fs::path>& files) {
  Loaded out;
  DiagnosticCollector diagnostics;
  const auto mapping = load_mapping(files, {}, diagnostics);
  if (mapping) {
    out.text = model_text(mapping->model);
    return out;
  }
  for (const Diagnostic& each : diagnostics.sorted()) out.error += render(each) + "\n";
  out.error += render(mapping.error());
  return out;
}

bool is_yarrrml(const fs::path& path) {
  return path.extension() == ".yml" || path.extension() == ".yaml" ||
         path.extension() == ".yarrrml";
}

// "mapping-inline" of "mapping-inline.yarrrml.yml"
std::string stem(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.substr(0, name.find('.'));
}

// The translation of a file, preferring the one in its own folder with its own stem.
std::vector<fs::path> translations(const fs::path& file) {
  std::vector<fs::path> found;
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(file.parent_path())) {
    if (entry.path().extension() != ".ttl" || stem(entry.path()) == "output") continue;
    all.push_back(entry.path());
    if (stem(entry.path()) == stem(file)) found.push_back(entry.path());
  }
  if (found.empty() && all.size() == 1) found = all;
  // "mapping-dynamic-shortcut1" is another way to write "mapping-dynamic".
  const std::string own = stem(file);
  for (std::size_t at = own.rfind('-'); found.empty() && at != std::string::npos && at > 0;
       at = own.rfind('-', at - 1)) {
    std::ranges::copy_if(all, std::back_inserter(found),
                         [&](const fs::path& each) { return stem(each) == own.substr(0, at); });
  }
  std::ranges::sort(found);
  // Where a file is translated to R2RML too, that has lost the source.
  if (found.size() > 1)
    std::erase_if(found,
                  [](const fs::path& path) { return path.string().ends_with(".r2rml.ttl"); });
  return found;
}

std::string run_case(const std::vector<fs::path>& files) {
  const auto expected_files = translations(files.front());
  if (expected_files.empty()) return "it has no translation";
  const Loaded got = load(files);
  if (!got.error.empty()) return "YARRRML: " + got.error;
  for (const fs::path& file : expected_files) {
    const Loaded expected = load({file});
    if (!expected.error.empty()) return "RML: " + expected.error;
    if (got.text != expected.text) {
      return "got\n" + got.text + "wanted (" + file.filename().string() + ")\n" + expected.text;
    }
  }
  return "";
}

constexpr std::string_view kRow = "YARRRML to RML";

// What is held to be wrong in the suite: the file is no YAML, or its translation is another
// mapping.
constexpr std::string_view kEscape =
    "no YAML: \\: is no escape in double quotes (YAML 1.2.2, section 5.7, [62] c-ns-esc-char)";

constexpr SuiteTable::Known kKnown[] = {
    {"example5/rml/mapping.yml",
     "the translation takes {Ref} for a reference, which in YARRRML is $(Ref) (section 7, "
     "templates), and gives WikipediaExportMapping no source"},
    {"example8/r2rml/mapping.yml", kEscape},
    {"example8/rml/mapping.yml", kEscape},
    {"wot-without-security/mapping.yarrrml",
     "the translation lacks the iterator of the source, which those of the other wot cases have"},
};

TEST(YarrrmlSuite, EveryFileIsTheMappingThatItIsTranslatedTo) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/yarrrml");
  SuiteTable::instance().know(kRow, kKnown);
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(suite)) {
    if (!is_yarrrml(entry.path()) || entry.path().parent_path().filename() == "invalid") continue;
    if (entry.path().filename() == "mapping-2.yarrrml") continue;  // goes with mapping-1
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  for (const fs::path& file : files) {
    std::vector<fs::path> together = {file};
    if (file.filename() == "mapping-1.yarrrml") {
      together.push_back(file.parent_path() / "mapping-2.yarrrml");
    }
    const std::string name = fs::relative(file, suite).string();
    const std::string problem = SuiteTable::instance().add(kRow, name, run_case(together));
    if (!problem.empty()) ADD_FAILURE() << problem;
  }
}

TEST(YarrrmlSuite, InvalidFilesAreRefused) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/yarrrml");
  for (const auto& entry : fs::directory_iterator(suite / "invalid")) {
    const Loaded got = load({entry.path()});
    const std::string problem =
        SuiteTable::instance().add("YARRRML, invalid", entry.path().filename().string(),
                                   got.error.empty() ? "was accepted: " + got.text : "");
    if (!problem.empty()) ADD_FAILURE() << problem;
  }
}

}  // namespace
}  // namespace dossier::test
