#include "cli/reports.hpp"

#include <map>

#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "base/input.hpp"
#include "base/text.hpp"
#include "cli/version.hpp"
#include "exporters/rdf.hpp"
#include "graph/language_tag.hpp"
#include "ontology/report.hpp"
#include "ontology/report_shacl.hpp"

namespace dossier {

std::optional<ReportKind> report_kind(const std::filesystem::path& path) {
  static const std::map<std::string, ReportForm> kForms = {{".json", ReportForm::json},
                                                           {".sarif", ReportForm::sarif},
                                                           {".html", ReportForm::html},
                                                           {".txt", ReportForm::text}};
  const auto found = kForms.find(path.extension().string());
  if (found != kForms.end()) return ReportKind{found->second};
  const std::optional<Format> syntax = guess_format(path);
  if (!syntax || !can_write_rdf(*syntax)) return std::nullopt;
  return ReportKind{ReportForm::rdf, *syntax};
}

void add_report_wishes(VerbArguments& arguments, ReportWishes& wishes) {
  arguments.option(wishes.max_results, {"--max-results"}, "N",
                   "findings that reports list at most (default 10000; all are counted)");
  arguments.option(wishes.language, {"--language"}, "TAG",
                   "language of the messages of shapes in reports (default en)");
}

Expected<void> check_wishes(const ReportWishes& wishes) {
  if (is_language_tag(wishes.language)) return {};
  return fail(code::wrong_usage, {},
              fmt::format("--language {}: that is no language tag", printable(wishes.language, 40)),
              "as in --language en, --language de-AT");
}

FindingReports::FindingReports(const BuiltGraph& built, const Findings& findings,
                               const Settings& settings, const ReportWishes& wishes)
    : built_(built),
      findings_(findings),
      settings_(settings),
      wishes_(wishes),
      places_(*built.graph, built.plans, settings_) {
  std::vector<std::size_t> positions;
  for (const Finding& finding : findings.kept()) {
    if (positions.size() == wishes.max_results) break;
    if (finding.statement != kNoStatement) positions.push_back(finding.statement);
  }
  places_.prepare(positions);
}

Expected<void> FindingReports::write(ReportKind kind, ByteSink& out, bool colour) const {
  ReportOptions options;
  options.prefixes = built_.prefixes;
  options.place_of = places_.place_of();
  options.line_of = [this](const Place& place) { return places_.line_of(place); };
  options.max_results = wishes_.max_results;
  options.language = wishes_.language;
  options.colour = colour;
  switch (kind.form) {
    case ReportForm::text:
      write_text_report(findings_, options, out);
      return {};
    case ReportForm::json:
      write_json_report(findings_, options, out);
      return {};
    case ReportForm::html:
      write_html_report(findings_, options, out);
      return {};
    case ReportForm::sarif:
      write_sarif_report(findings_, options, program_version(), out);
      return {};
    case ReportForm::rdf:
      break;
  }
  const Graph report = shacl_report(findings_, built_.prefixes, options.place_of);
  RdfWriteOptions write_options;
  write_options.prefixes = built_.prefixes;
  write_options.prefixes.set("sh", "http://www.w3.org/ns/shacl#");
  write_options.threads = settings_.threads;
  const Expected<RdfWriteCounts> written = write_rdf(report, kind.syntax, write_options, out);
  if (!written) return std::unexpected(written.error());
  return {};
}

}  // namespace dossier
