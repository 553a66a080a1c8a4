#include "cli/accepted.hpp"

#include <fmt/format.h>

#include "base/input.hpp"
#include "base/text.hpp"
#include "cli/text_files.hpp"
#include "ontology/baseline.hpp"

namespace dossier {

Expected<void> accept_findings(const ProjectFile& baseline, Findings& findings,
                               const Settings& settings, Console& console) {
  const Expected<std::string> text = load_file(baseline.path, SIZE_MAX, settings.limits);
  if (!text) return std::unexpected(named_at(text.error(), baseline.place));
  const BaselineResult result = apply_baseline(findings, Baseline(*text));
  console.note(fmt::format(
      "{} accepted by {}{}", counted(result.accepted, "finding"), printable(baseline.name),
      result.vanished == 0 ? std::string()
                           : fmt::format("; {} of it no longer found: write it anew",
                                         counted(result.vanished, "line"))));
  return {};
}

}  // namespace dossier
