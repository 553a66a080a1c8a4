#include <fmt/format.h>

#include "base/text.hpp"
#include "ontology/excerpt.hpp"
#include "ontology/report.hpp"
#include "ontology/report_groups.hpp"

namespace dossier {
namespace {

class TextReport {
 public:
  TextReport(const Findings& findings, const ReportOptions& options, ByteSink& out)
      : findings_(findings),
        options_(options),
        describer_(findings, options.prefixes, options.language),
        out_(out) {}

  void write() {
    for (const ReportRule& rule : group_findings(findings_, describer_, options_.examples)) {
      write_rule(rule);
    }
    line(summary(findings_));
  }

 private:
  void line(std::string_view text) {
    out_.append(text);
    out_.append('\n');
  }

  std::string coloured(std::string_view text, Severity severity) const {
    if (!options_.colour) return std::string(text);
    const int colour = severity == Severity::info ? 36 : severity == Severity::warning ? 33 : 31;
    return fmt::format("\x1b[{}m{}\x1b[0m", colour, text);
  }

  void write_rule(const ReportRule& group) {
    const CheckRule& rule = findings_.rules()[group.rule];
    line(fmt::format("{} {} {}", coloured(to_string(rule.severity), rule.severity),
                     number_of(rule.code), describer_.rule_text(rule)));
    line(fmt::format("  {}: {}", describer_.rule_origin(rule), counted(group.count, "finding")));
    for (const ReportClass& cls : group.classes) {
      if (group.classes.size() > 1) {
        line(fmt::format("  {} in {}", with_separators(cls.count), cls.name));
      }
      for (const std::uint32_t each : cls.examples) write_example(each);
      if (cls.count > cls.examples.size()) {
        line(fmt::format("    and {} more", with_separators(cls.count - cls.examples.size())));
      }
    }
    line("");
  }

  void write_example(std::uint32_t index) {
    const Finding& finding = findings_.kept()[index];
    const Place place = finding.statement == kNoStatement
                            ? Place()
                            : options_.place_of(findings_.terms().graph(), finding.statement);
    const FindingText text = describer_.describe(finding);
    const std::string where = to_string(place);
    line(fmt::format("    {}{}{}: {}  #{}", where, where.empty() ? "" : " ",
                     describer_.term(finding.focus), printable(text.message), finding.ordinal));
    if (!text.hint.empty()) line(fmt::format("      {}", printable(text.hint)));
    write_details(index);
    write_excerpt(place);
  }

  // Why a nested shape does not hold: the first level, shortly.
  void write_details(std::uint32_t index) {
    constexpr std::size_t kMost = 5;
    std::size_t shown = 0;
    for (std::size_t i = index + 1; i < findings_.kept().size(); ++i) {
      const Finding& detail = findings_.kept()[i];
      if (detail.parent == kNoParent) break;
      if (detail.parent != index) continue;
      if (shown++ == kMost) {
        line("      - ...");
        break;
      }
      line(fmt::format("      - {}: {}", describer_.term(detail.focus),
                       printable(describer_.describe(detail).message)));
    }
  }

  void write_excerpt(const Place& place) {
    if (!options_.line_of || !place.known() || place.line == 0) return;
    constexpr std::size_t kWidth = 110;
    const std::optional<std::string> source = options_.line_of(place);
    if (!source) return;
    const Excerpt shown = excerpt_of(*source, place.column, kWidth);
    line("      | " + shown.before + shown.after);
    if (place.column > 0) line("      | " + std::string(shown.caret, ' ') + "^");
  }

  const Findings& findings_;
  const ReportOptions& options_;
  Describer describer_;
  ByteSink& out_;
};

}  // namespace

std::string summary(const Findings& findings) {
  std::string out;
  for (const Severity severity :
       {Severity::error, Severity::violation, Severity::warning, Severity::info}) {
    const std::uint64_t count = findings.count(severity);
    if (count == 0) continue;
    const std::string_view noun = severity == Severity::info ? "note" : to_string(severity);
    out += (out.empty() ? "" : ", ") + counted(count, noun);
  }
  return out.empty() ? "no findings" : out;
}

void write_text_report(const Findings& findings, const ReportOptions& options, ByteSink& out) {
  TextReport(findings, options, out).write();
}

}  // namespace dossier
