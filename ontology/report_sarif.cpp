// SARIF 2.1.0: one run, one rule object for each diagnostic code that found something.
#include <map>

#include "ontology/describe.hpp"
#include "ontology/json_out.hpp"
#include "ontology/report.hpp"

namespace dossier {
namespace {

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::violation:
    case Severity::error:
      return "error";
  }
  return "none";
}

class SarifReport {
 public:
  SarifReport(const Findings& findings, const ReportOptions& options, ByteSink& out)
      : findings_(findings),
        options_(options),
        describer_(findings, options.prefixes, options.language),
        json_(out) {
    for (const FindingGroup& each : findings.groups()) {
      codes_.emplace(findings.rules()[each.rule].code, 0);
    }
    std::uint64_t next = 0;
    for (auto& [code, index] : codes_) index = next++;
  }

  void write(std::string_view version) {
    json_.open();
    json_.text("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    json_.text("version", "2.1.0");
    json_.open_list("runs");
    json_.open();
    write_tool(version);
    json_.text("columnKind", "unicodeCodePoints");
    json_.open_list("results");
    std::size_t listed = 0;
    for (const Finding& each : findings_.kept()) {
      if (each.parent != kNoParent) continue;
      if (listed++ == options_.max_results) break;
      write_result(each);
    }
    json_.close_list();
    json_.close();
    json_.close_list();
    json_.close();
  }

 private:
  void message(std::string_view name, std::string_view value) {
    json_.open(name);
    json_.text("text", value);
    json_.close();
  }

  void write_tool(std::string_view version) {
    json_.open("tool");
    json_.open("driver");
    json_.text("name", "dossier");
    json_.text("version", version);
    json_.open_list("rules");
    for (const auto& [code, index] : codes_) {
      json_.open();
      json_.text("id", number_of(code));
      json_.text("name", info(code).name);
      message("shortDescription", info(code).title);
      message("help", info(code).help);
      json_.close();
    }
    json_.close_list();
    json_.close();
    json_.close();
  }

  void write_result(const Finding& finding) {
    const CheckRule& rule = findings_.rule(finding);
    const FindingText words = describer_.describe(finding);
    json_.open();
    json_.text("ruleId", number_of(rule.code));
    json_.number("ruleIndex", codes_.at(rule.code));
    json_.text("level", level_of(rule.severity));
    message("message", describer_.term(finding.focus) + ": " + words.message +
                           (words.hint.empty() ? "" : " (" + words.hint + ")"));
    json_.open_list("locations");
    json_.open();
    write_place(finding);
    json_.open_list("logicalLocations");
    json_.open();
    json_.text("fullyQualifiedName", describer_.term(finding.focus));
    json_.close();
    json_.close_list();
    json_.close();
    json_.close_list();
    json_.close();
  }

  void write_place(const Finding& finding) {
    if (finding.statement == kNoStatement) return;
    const Place place = options_.place_of(findings_.terms().graph(), finding.statement);
    if (!place.known()) return;
    json_.open("physicalLocation");
    json_.open("artifactLocation");
    json_.text("uri", place.file);
    json_.close();
    if (place.line > 0) {
      json_.open("region");
      json_.number("startLine", place.line);
      if (place.column > 0) json_.number("startColumn", place.column);
      json_.close();
    }
    json_.close();
  }

  const Findings& findings_;
  const ReportOptions& options_;
  Describer describer_;
  JsonOut json_;
  std::map<DiagnosticCode, std::uint64_t> codes_;
};

}  // namespace

void write_sarif_report(const Findings& findings, const ReportOptions& options,
                        std::string_view version, ByteSink& out) {
  SarifReport(findings, options, out).write(version);
  out.append('\n');
}

}  // namespace dossier
