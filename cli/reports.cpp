#include "cli/reports.hpp"

#include <map>

#include "base/input.hpp"
#include "cli/version.hpp"
#include "exporters/rdf.hpp"
#include "ontology/report.hpp"
#include "ontology/report_shacl.hpp"

namespace dossier {

std::optional<ReportKind> report_kind(const std::filesystem::path& path) {
  static const std::map<std::string, ReportKind> kKinds = {{".ttl", ReportKind::turtle},
                                                           {".nt", ReportKind::ntriples},
                                                           {".json", ReportKind::json},
                                                           {".sarif", ReportKind::sarif},
                                                           {".txt", ReportKind::text}};
  const auto found = kKinds.find(path.extension().string());
  return found == kKinds.end() ? std::optional<ReportKind>{} : found->second;
}

FindingReports::FindingReports(const BuiltGraph& built, const Findings& findings,
                               const Settings& settings, std::size_t max_results)
    : built_(built),
      findings_(findings),
      settings_(settings),
      max_results_(max_results),
      places_(*built.graph, built.plans, settings_) {
  std::vector<std::size_t> positions;
  for (const Finding& finding : findings.kept()) {
    if (positions.size() == max_results) break;
    if (finding.statement != kNoStatement) positions.push_back(finding.statement);
  }
  places_.prepare(positions);
}

Expected<void> FindingReports::write(ReportKind kind, ByteSink& out, bool colour) const {
  ReportOptions options;
  options.prefixes = built_.prefixes;
  options.place_of = places_.place_of();
  options.line_of = [this](const Place& place) { return places_.line_of(place); };
  options.max_results = max_results_;
  options.colour = colour;
  switch (kind) {
    case ReportKind::text:
      write_text_report(findings_, options, out);
      return {};
    case ReportKind::json:
      write_json_report(findings_, options, out);
      return {};
    case ReportKind::sarif:
      write_sarif_report(findings_, options, program_version(), out);
      return {};
    case ReportKind::turtle:
    case ReportKind::ntriples:
      break;
  }
  const Graph report = shacl_report(findings_, built_.prefixes, options.place_of);
  RdfWriteOptions write_options;
  write_options.prefixes = built_.prefixes;
  write_options.prefixes.set("sh", "http://www.w3.org/ns/shacl#");
  write_options.threads = settings_.threads;
  const Expected<RdfWriteCounts> written = write_rdf(
      report, kind == ReportKind::turtle ? Format::turtle : Format::ntriples, write_options, out);
  if (!written) return std::unexpected(written.error());
  return {};
}

}  // namespace dossier
