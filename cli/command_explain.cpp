#include <algorithm>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/command.hpp"

namespace dossier {
namespace {

// "E0202", "e202" or "csv_ragged_row".
const DiagnosticInfo* code_named(const std::string& thing) {
  if (const DiagnosticInfo* found = find_diagnostic(thing)) return found;
  if (thing.size() < 2 || thing.size() > 5 || (thing[0] != 'E' && thing[0] != 'e')) return nullptr;
  const bool digits =
      std::all_of(thing.begin() + 1, thing.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits ? find_diagnostic(fmt::format("E{:0>4}", thing.substr(1))) : nullptr;
}

std::string page(const DiagnosticInfo& entry) {
  return fmt::format("{} {} ({})\n\n{}\n\n{}\n", number_of(entry.code), entry.title,
                     to_string(entry.severity), entry.help, entry.name);
}

Expected<ExitCode> explain(const std::string& thing, Console& console) {
  if (const DiagnosticInfo* entry = code_named(thing)) {
    if (Expected<void> written = console.result(page(*entry)); !written) {
      return std::unexpected(written.error());
    }
    return ExitCode::clean;
  }
  return fail(DiagnosticCode::wrong_usage, {}, fmt::format("there is no error code {}", thing));
}

}  // namespace

RunVerb declare_explain(CLI::App& app) {
  const auto thing = std::make_shared<std::string>();
  app.add_option("thing", *thing, "an error code, an entity (IRI or prefix:name)")
      ->type_name("THING")
      ->required();
  return [thing](const Settings&, Console& console) { return explain(*thing, console); };
}

}  // namespace dossier
