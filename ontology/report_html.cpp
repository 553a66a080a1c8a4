#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ontology/excerpt.hpp"
#include "ontology/report.hpp"
#include "ontology/report_groups.hpp"
#include "ontology/report_html_page.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMostShown = 1'000;  // findings of one rule and class
constexpr std::size_t kExcerptWidth = 160;
constexpr Severity kSeverities[] = {Severity::error, Severity::violation, Severity::warning,
                                    Severity::info};

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
      : findings_(findings),
        options_(options),
        describer_(findings, options.prefixes, options.language),
        out_(out) {}

  void write() {
    const std::size_t most = std::min(options_.max_results, kMostShown);
    const auto rules = group_findings(findings_, describer_, most);
    write_head(rules.size());
    if (!rules.empty()) {
      write_bar();
      write_overview(rules);
    }
    for (const ReportRule& rule : rules) write_rule(rule);
    out_.append("</main>");
    if (!rules.empty()) line("<script>{}</script>", kReportScript);
    out_.append("</body></html>\n");
  }

 private:
  template <class... Parts>
  void line(fmt::format_string<Parts...> format, Parts&&... parts) {
    out_.append(fmt::format(format, std::forward<Parts>(parts)...));
    out_.append('\n');
  }

  static std::string noun_of(Severity severity) {
    return severity == Severity::info ? "note" : std::string(to_string(severity));
  }

  void write_head(std::size_t rules) {
    const std::string counts = escaped(summary(findings_));
    line(R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Validation: {}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{}</style></head><body><main>)",
         counts, kReportStyle);
    line("<h1>Validation: {}</h1>", counts);
    line(R"(<p class="lead">{} checked, {}.</p>)",
         counted(findings_.terms().graph().size(), "statement"),
         rules == 0 ? "and nothing to complain of"
                    : fmt::format("{} not met; the graph {}", counted(rules, "rule"),
                                  findings_.conforms() ? "conforms" : "does not conform"));
    if (rules == 0) return;
    out_.append(R"(<ul class="tiles">)");
    for (const Severity severity : kSeverities) {
      const std::uint64_t count = findings_.count(severity);
      if (count == 0) continue;
      line(R"(<li class="{}"><b>{}</b><span>{}{}</span></li>)", to_string(severity),
           with_separators(count), noun_of(severity), count == 1 ? "" : "s");
    }
    line("<li><b>{}</b><span>rule{}</span></li></ul>", rules, rules == 1 ? "" : "s");
  }

  void write_bar() {
    line(R"(<div class="bar"><input type="search" placeholder="Filter: a name, a value, a file …" )"
         R"(aria-label="Filter findings">)");
    for (const Severity severity : kSeverities) {
      if (findings_.count(severity) == 0) continue;
      line(
          R"(<button type="button" class="{0}" data-severity="{0}" aria-pressed="true">{1}s</button>)",
          to_string(severity), noun_of(severity));
    }
    line(R"(<button type="button" data-fold>fold</button><output></output></div>)");
  }

  void write_overview(const std::vector<ReportRule>& rules) {
    std::uint64_t most = 1;
    for (const ReportRule& each : rules) most = std::max(most, each.count);
    line(
        R"(<div class="card overview"><table><thead><tr><th>code</th><th>rule</th><th class="of">of</th>)"
        R"(<th class="count">findings</th><th class="share"></th></tr></thead><tbody>)");
    for (const ReportRule& group : rules) {
      const CheckRule& rule = findings_.rules()[group.rule];
      line(
          R"(<tr class="{}"><td><span class="pill">{}</span></td><td><a href="#rule{}">{}</a></td>)"
          R"(<td class="of">{}</td><td class="count">{}</td>)"
          R"(<td class="share"><i style="width:{}%"></i></td></tr>)",
          to_string(rule.severity), number_of(rule.code), group.rule,
          escaped(describer_.rule_text(rule)), escaped(describer_.rule_origin(rule)),
          with_separators(group.count), group.count * 100 / most);
    }
    line("</tbody></table></div>");
  }

  void write_rule(const ReportRule& group) {
    const CheckRule& rule = findings_.rules()[group.rule];
    line(R"(<details open class="rule card {0}" id="rule{1}" data-severity="{0}"><summary>)"
         R"(<span class="pill">{0} {2}</span><h2>{3}</h2><span class="total">{4}</span></summary>)",
         to_string(rule.severity), group.rule, number_of(rule.code),
         escaped(describer_.rule_text(rule)), escaped(counted(group.count, "finding")));
    line(R"(<p class="about">{}: {}</p>)", escaped(describer_.rule_origin(rule)),
         escaped(info(rule.code).help));
    for (const ReportClass& cls : group.classes) {
      line(R"(<div class="group"><h3>{}: {}</h3><ol>)", escaped(cls.name),
           with_separators(cls.count));
      for (const std::uint32_t each : cls.examples) write_finding(each);
      line("</ol>");
      if (cls.count > cls.examples.size()) {
        line(R"(<p class="more">and {} more</p>)",
             with_separators(cls.count - cls.examples.size()));
      }
      line("</div>");
    }
    line("</details>");
  }

  void write_finding(std::uint32_t index) {
    const Finding& finding = findings_.kept()[index];
    const Place place = finding.statement == kNoStatement
                            ? Place()
                            : options_.place_of(findings_.terms().graph(), finding.statement);
    const FindingText text = describer_.describe(finding);
    line(R"(<li class="finding" id="f{0}"><div class="who"><a class="number" href="#f{0}">#{0}</a>)"
         R"(<span class="focus mono">{1}</span><span class="place mono">{2}</span></div>)",
         finding.ordinal, escaped(describer_.term(finding.focus)), escaped(to_string(place)));
    line(R"(<p class="message">{}</p>)", escaped(text.message));
    write_value(finding, text.message);
    write_excerpt(place);
    if (!text.hint.empty()) line(R"(<div class="hint">{}</div>)", escaped(text.hint));
    write_details(index);
    line("</li>");
  }

  // Where the message does not name it, as one that the shape gives.
  void write_value(const Finding& finding, std::string_view message) {
    if (!finding.value || finding.value == finding.focus) return;
    const std::string value = describer_.term(finding.value);
    if (message.find(value) != std::string_view::npos) return;
    line(R"(<p class="message">found <code class="value">{}</code></p>)", escaped(value));
  }

  void write_excerpt(const Place& place) {
    if (!options_.line_of || !place.known() || place.line == 0) return;
    const std::optional<std::string> source = options_.line_of(place);
    if (!source) return;
    const Excerpt shown = excerpt_of(*source, place.column, kExcerptWidth);
    const std::string gutter = fmt::format("{} │ ", place.line);
    const std::string below = place.column == 0 ? std::string()
                                                : fmt::format("\n<i>{}│ </i>{}<mark>^</mark>",
                                                              std::string(gutter.size() - 4, ' '),
                                                              std::string(shown.caret, ' '));
    line("<pre><i>{}</i>{}{}{}</pre>", gutter, escaped(shown.before), escaped(shown.after), below);
  }

  // All of the details, nested as they are: a detail follows its parent.
  void write_details(std::uint32_t index) {
    std::vector<std::uint32_t> open;
    const std::span<const Finding> kept = findings_.kept();
    for (std::uint32_t i = index + 1; i < kept.size() && kept[i].parent != kNoParent; ++i) {
      while (!open.empty() && open.back() != kept[i].parent) {
        line("</li></ul>");
        open.pop_back();
      }
      line(R"(<ul class="why"><li><span class="mono">{}</span>: {})",
           escaped(describer_.term(kept[i].focus)), escaped(describer_.describe(kept[i]).message));
      open.push_back(i);
    }
    for (std::size_t i = 0; i < open.size(); ++i) line("</li></ul>");
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
