#include <fmt/format.h>

#include "base/text.hpp"
#include "ontology/report.hpp"
#include "ontology/report_groups.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMostShown = 1'000;  // findings of one rule and class

constexpr std::string_view kHead = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Findings</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 70em; padding: 0 1em; }
body { color: #222; background: #fff; }
h1 { font-size: 1.4em; } h2 { font-size: 1.05em; margin: 0; display: inline; }
details { border-top: 1px solid #ccc; padding: .6em 0; } summary { cursor: pointer; }
.violation, .error { color: #a3121d; } .warning { color: #7a5500; } .info { color: #0b5a84; }
.count { float: right; color: #555; } .place { font-family: monospace; color: #555; }
li { margin: .4em 0; } pre { background: #f4f4f4; padding: .4em .8em; overflow-x: auto; margin: .2em 0; }
.hint { color: #1c6b2a; } .number { color: #777; } td, th { text-align: left; padding-right: 1.5em; }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #1b1b1b; }
pre { background: #2a2a2a; } .violation, .error { color: #ff8a8a; } .warning { color: #e8c06a; }
.info, .hint { color: #8fd0a0; } .place, .count, .number { color: #aaa; } }
</style></head><body>
)";

// Control characters are shown, so that a terminal escape in data does no harm to who copies it.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

class HtmlReport {
 public:
  HtmlReport(const Findings& findings, const ReportOptions& options, ByteSink& out)
      : findings_(findings), options_(options), describer_(findings, options.prefixes), out_(out) {}

  void write() {
    out_.append(kHead);
    line("<h1>{}</h1>", escaped(summary(findings_)));
    const std::size_t most = std::min(options_.max_results, kMostShown);
    const auto rules = group_findings(findings_, describer_, most);
    write_table(rules);
    for (const ReportRule& rule : rules) write_rule(rule);
    out_.append("</body></html>\n");
  }

 private:
  template <class... Parts>
  void line(fmt::format_string<Parts...> format, Parts&&... parts) {
    out_.append(fmt::format(format, std::forward<Parts>(parts)...));
    out_.append('\n');
  }

  void write_table(const std::vector<ReportRule>& rules) {
    if (rules.empty()) return;
    line("<table><tr><th>code</th><th>rule</th><th>of</th><th>findings</th></tr>");
    for (const ReportRule& group : rules) {
      const CheckRule& rule = findings_.rules()[group.rule];
      line(
          R"(<tr><td class="{}">{}</td><td><a href="#rule{}">{}</a></td><td>{}</td><td>{}</td></tr>)",
          to_string(rule.severity), number_of(rule.code), group.rule,
          escaped(describer_.rule_text(rule)), escaped(describer_.rule_origin(rule)),
          with_separators(group.count));
    }
    line("</table>");
  }

  void write_rule(const ReportRule& group) {
    const CheckRule& rule = findings_.rules()[group.rule];
    line(
        R"(<details open id="rule{}"><summary><h2 class="{}">{} {}</h2> <span class="count">{}</span></summary>)",
        group.rule, to_string(rule.severity), number_of(rule.code),
        escaped(describer_.rule_text(rule)), escaped(counted(group.count, "finding")));
    line("<p>{} <br>{}</p>", escaped(describer_.rule_origin(rule)), escaped(info(rule.code).help));
    for (const ReportClass& cls : group.classes) {
      line("<h3>{}: {}</h3><ul>", escaped(cls.name), with_separators(cls.count));
      for (const std::uint32_t each : cls.examples) write_finding(each);
      line("</ul>");
      if (cls.count > cls.examples.size()) {
        line("<p>and {} more</p>", with_separators(cls.count - cls.examples.size()));
      }
    }
    line("</details>");
  }

  void write_finding(std::uint32_t index) {
    const Finding& finding = findings_.kept()[index];
    const Place place = finding.statement == kNoStatement
                            ? Place()
                            : options_.place_of(findings_.terms().graph(), finding.statement);
    const FindingText text = describer_.describe(finding);
    line(R"(<li><span class="number">#{}</span> <b>{}</b>: {} <span class="place">{}</span>)",
         finding.ordinal, escaped(describer_.term(finding.focus)), escaped(text.message),
         escaped(to_string(place)));
    if (!text.hint.empty()) line(R"(<div class="hint">{}</div>)", escaped(text.hint));
    write_excerpt(place);
    write_details(index);
    line("</li>");
  }

  void write_excerpt(const Place& place) {
    if (!options_.line_of || !place.known() || place.line == 0) return;
    constexpr std::size_t kMost = 500;
    const std::optional<std::string> source = options_.line_of(place);
    if (!source || source->size() > kMost) return;
    const std::string caret = place.column > 0 ? std::string(place.column - 1, ' ') + "^" : "";
    line("<pre>{}\n{}</pre>", escaped(*source), caret);
  }

  // All of the details, nested as they are: a detail follows its parent.
  void write_details(std::uint32_t index) {
    std::vector<std::uint32_t> open{index};
    for (std::uint32_t i = index + 1; i < findings_.kept().size(); ++i) {
      const Finding& detail = findings_.kept()[i];
      if (detail.parent == kNoParent) break;
      while (open.back() != detail.parent) {
        line("</ul>");
        open.pop_back();
      }
      line("<ul><li>{}: {}</li>", escaped(describer_.term(detail.focus)),
           escaped(describer_.describe(detail).message));
      open.push_back(i);
    }
    for (std::size_t i = 1; i < open.size(); ++i) line("</ul>");
  }

  const Findings& findings_;
  const ReportOptions& options_;
  Describer describer_;
  ByteSink& out_;
};

}  // namespace

void write_html_report(const Findings& findings, const ReportOptions& options, ByteSink& out) {
  HtmlReport(findings, options, out).write();
}

}  // namespace dossier
