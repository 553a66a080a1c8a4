// Reports of findings for people and programs: text grouped by rule and class with counts and a few
// examples; JSON; SARIF 2.1.0 for code review tools; a page of HTML that needs no other file. The
// SHACL report is in report_shacl.hpp. Bytes depend on the findings only.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/output.hpp"
#include "graph/prefixes.hpp"
#include "ontology/finding.hpp"
#include "ontology/place.hpp"

namespace dossier {

struct ReportOptions {
  Prefixes prefixes = Prefixes::well_known();
  PlaceOf place_of = source_of;
  // The line of the source that a place is in, for an excerpt with a caret; may be empty.
  std::function<std::optional<std::string>(const Place&)> line_of;
  std::size_t examples = 5;            // of each rule and class, in the text report
  std::size_t max_results = SIZE_MAX;  // findings listed in JSON and SARIF; all are counted
  bool colour = false;
  std::string language = "en";  // of the messages of shapes
};

// "violation E0426  dos:owner: ...", then classes with counts, then examples.
void write_text_report(const Findings& findings, const ReportOptions& options, ByteSink& out);

void write_json_report(const Findings& findings, const ReportOptions& options, ByteSink& out);

void write_sarif_report(const Findings& findings, const ReportOptions& options,
                        std::string_view version, ByteSink& out);

void write_html_report(const Findings& findings, const ReportOptions& options, ByteSink& out);

// "3 violations, 1 warning" or "no findings".
std::string summary(const Findings& findings);

}  // namespace dossier
