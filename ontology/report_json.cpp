
#include "ontology/json_out.hpp"
#include "ontology/report.hpp"
#include "ontology/report_groups.hpp"

namespace dossier {
namespace {

class JsonReport {
 public:
  JsonReport(const Findings& findings, const ReportOptions& options, ByteSink& out)
      : findings_(findings),
        options_(options),
        describer_(findings, options.prefixes, options.language),
        json_(out) {}

  void write() {
    json_.open();
    json_.flag("conforms", findings_.conforms());
    json_.open("counts");
    for (const Severity each :
         {Severity::error, Severity::violation, Severity::warning, Severity::info}) {
      json_.number(to_string(each), findings_.count(each));
    }
    json_.close();
    json_.number("statements", findings_.terms().graph().size());
    json_.open_list("rules");
    for (const ReportRule& each : group_findings(findings_, describer_, 0)) write_rule(each);
    json_.close_list();
    write_findings();
    json_.close();
  }

 private:
  // What a rule has in common in both lists.
  void write_rule_members(const CheckRule& rule) {
    json_.text("code", number_of(rule.code));
    json_.text("rule", info(rule.code).name);
    json_.text("severity", to_string(rule.severity));
    if (rule.shape) {
      json_.text("shape", describer_.rule_origin(rule).substr(std::string_view("shape ").size()));
      json_.text("component", component_of(rule));
    } else {
      json_.text_if("subject", rule.subject);
    }
  }

  std::string_view component_of(const CheckRule& rule) const {
    const Shape& shape = findings_.shapes()[rule.shape];
    return info(shape.constraints[rule.constraint].component).iri;
  }

  void write_rule(const ReportRule& group) {
    const CheckRule& rule = findings_.rules()[group.rule];
    json_.open();
    write_rule_members(rule);
    json_.text("text", describer_.rule_text(rule));
    json_.number("count", group.count);
    json_.open_list("classes");
    for (const ReportClass& cls : group.classes) {
      json_.open();
      json_.text("class", cls.name);
      json_.number("count", cls.count);
      json_.close();
    }
    json_.close_list();
    json_.close();
  }

  // Details are nested below their finding; they follow it in the list.
  void write_findings() {
    json_.open_list("findings");
    const std::span<const Finding> kept = findings_.kept();
    std::size_t listed = 0;
    std::vector<std::uint32_t> open;
    const auto close_to = [&](std::uint32_t parent) {
      while (!open.empty() && open.back() != parent) {
        json_.close_list();
        json_.close();
        open.pop_back();
      }
    };
    for (std::uint32_t i = 0; i < kept.size(); ++i) {
      if (kept[i].parent == kNoParent && listed++ == options_.max_results) break;
      close_to(kept[i].parent);
      json_.open();
      write_finding(kept[i]);
      json_.open_list("details");
      open.push_back(i);
    }
    close_to(kNoParent);
    json_.close_list();
    json_.number("listed", std::min<std::uint64_t>(listed, options_.max_results));
    json_.number("total", findings_.count());
  }

  void write_finding(const Finding& finding) {
    const CheckRule& rule = findings_.rule(finding);
    json_.number_if("number", finding.ordinal);
    write_rule_members(rule);
    write_term("focus", finding.focus);
    json_.text_if("path", describer_.path(finding));
    if (finding.value) write_term("value", finding.value);
    const FindingText words = describer_.describe(finding);
    json_.text("message", words.message);
    json_.text_if("hint", words.hint);
    if (finding.statement == kNoStatement) return;
    const Place place = options_.place_of(findings_.terms().graph(), finding.statement);
    if (!place.known()) return;
    json_.open("place");
    json_.text("file", place.file);
    json_.number_if("line", place.line);
    json_.number_if("column", place.column);
    json_.text_if("locator", place.locator);
    json_.close();
  }

  // IRIs whole, blank nodes as _:label, literals with their parts.
  void write_term(std::string_view name, TermId id) {
    const TermView term = findings_.terms().view(id);
    switch (term.kind) {
      case TermKind::iri:
        json_.text(name, term.text);
        return;
      case TermKind::blank:
        json_.text(name, "_:" + std::string(term.text));
        return;
      case TermKind::triple:
        json_.text(name, to_string(term));
        return;
      case TermKind::literal:
        json_.open(name);
        json_.text("literal", term.text);
        if (term.language.empty()) {
          json_.text("datatype", term.datatype);
        } else {
          json_.text("language", term.language);
        }
        json_.close();
        return;
    }
  }

  const Findings& findings_;
  const ReportOptions& options_;
  Describer describer_;
  JsonOut json_;
};

}  // namespace

void write_json_report(const Findings& findings, const ReportOptions& options, ByteSink& out) {
  JsonReport(findings, options, out).write();
  out.append('\n');
}

}  // namespace dossier
