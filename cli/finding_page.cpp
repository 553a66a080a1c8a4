#include "cli/finding_page.hpp"

#include <charconv>

#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "base/text.hpp"
#include "cli/origins.hpp"
#include "cli/places.hpp"
#include "cli/reports.hpp"
#include "ontology/describe.hpp"
#include "ontology/excerpt.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMostStatements = 10;
constexpr std::size_t kExcerptWidth = 160;

class FindingPage {
 public:
  FindingPage(const BuiltGraph& built, const Findings& findings, const Settings& settings)
      : built_(built),
        graph_(*built.graph),
        findings_(findings),
        settings_(settings),
        describer_(findings, built.prefixes) {}

  std::string text(std::uint32_t index) {
    const Finding& finding = findings_.kept()[index];
    const CheckRule& rule = findings_.rule(finding);
    const FindingText words = describer_.describe(finding);
    line("finding {}: {} {} {}", finding.ordinal, to_string(rule.severity), number_of(rule.code),
         info(rule.code).title);
    line("  {}", printable(words.message));
    if (!words.hint.empty()) line("  hint: {}", printable(words.hint));
    add_place(finding);
    line("  focus node: {}, {}", describer_.term(finding.focus),
         describer_.class_of(findings_.types().of(finding.focus)));
    const std::string path = describer_.path(finding);
    if (!path.empty()) line("  path: {}", printable(path));
    if (finding.value) line("  value: {}", describer_.term(finding.value));
    const std::string declared = place_of_rule(rule);
    line("  rule: {}", printable(describer_.rule_text(rule)));
    line("  of: {}{}{}", describer_.rule_origin(rule), declared.empty() ? "" : "  ", declared);
    add_details(index);
    line("  {}", info(rule.code).help);
    add_statements(finding);
    return std::move(out_);
  }

 private:
  template <class... Parts>
  void line(fmt::format_string<Parts...> format, Parts&&... parts) {
    out_ += fmt::format(format, std::forward<Parts>(parts)...) + "\n";
  }

  void add_place(const Finding& finding) {
    if (finding.statement == kNoStatement) return;
    Places places(graph_, built_.plans, settings_);
    const std::size_t position = finding.statement;
    places.prepare({&position, 1});
    const Place place = places.place_of()(graph_, position);
    if (!place.known()) return;
    line("  place: {}", printable(to_string(place)));
    const auto source = places.line_of(place);
    if (!source) return;
    const Excerpt shown = excerpt_of(*source, place.column, kExcerptWidth);
    line("    | {}{}", shown.before, shown.after);
    if (place.column > 0) line("    | {}^", std::string(shown.caret, ' '));
  }

  // Where the shape, or the class or property of the ontology, is declared.
  std::string place_of_rule(const CheckRule& rule) {
    const Knowledge& known = *built_.knowledge;
    const Graph* from = nullptr;
    std::size_t position = 0;
    if (rule.shape) {
      from = known.shapes_graph.get();
      position = findings_.shapes()[rule.shape].position;
    } else if (known.ontology) {
      from = known.ontology_graph.get();
      const ClassNumber cls = known.ontology->find_class(rule.subject);
      const PropertyNumber property = known.ontology->find_property(rule.subject);
      if (cls) position = (*known.ontology)[cls].position;
      if (property) position = (*known.ontology)[property].position;
      if (!cls && !property) return {};
    }
    if (from == nullptr) return {};
    Places places(*from, {}, settings_);
    places.prepare({&position, 1});
    return printable(to_string(places.place_of()(*from, position)));
  }

  void add_details(std::uint32_t index) {
    const std::span<const Finding> kept = findings_.kept();
    std::vector<std::uint32_t> open{index};
    for (std::uint32_t i = index + 1; i < kept.size() && kept[i].parent != kNoParent; ++i) {
      while (open.back() != kept[i].parent) open.pop_back();
      if (open.size() == 1 && i == index + 1) line("  because:");
      line("  {}- {}: {}", std::string(open.size() * 2, ' '), describer_.term(kept[i].focus),
           printable(describer_.describe(kept[i]).message));
      open.push_back(i);
    }
  }

  // The statement that is at fault, and those of the focus node with the same path, or some.
  void add_statements(const Finding& finding) {
    std::vector<std::size_t> positions;
    if (finding.statement != kNoStatement) positions.push_back(finding.statement);
    const TermId path = graph_.find_iri(describer_.path_iri(finding));
    if (!findings_.terms().is_added(finding.focus) && finding.focus.is_resource()) {
      for (const Statement& each : graph_.about(finding.focus)) {
        if (positions.size() == kMostStatements) break;
        if (path && each.predicate != path && each.predicate != graph_.rdf_type()) continue;
        const std::size_t position = graph_.position(each);
        if (position != finding.statement) positions.push_back(position);
      }
    }
    if (positions.empty()) return;
    line("\nwhat the graph says, and where it comes from:");
    out_ += origins_of(built_, positions, settings_);
  }

  const BuiltGraph& built_;
  const Graph& graph_;
  const Findings& findings_;
  const Settings& settings_;
  Describer describer_;
  std::string out_;
};

}  // namespace

std::uint32_t finding_number(std::string_view thing) {
  if (thing.starts_with('#')) thing.remove_prefix(1);
  std::uint32_t number = 0;
  const char* const end = thing.data() + thing.size();
  const auto [stop, error] = std::from_chars(thing.data(), end, number);
  return error == std::errc() && stop == end ? number : 0;
}

Expected<std::string> explain_finding(const BuiltGraph& built, const Findings& findings,
                                      std::uint32_t number, const Settings& settings) {
  const std::uint32_t index = findings.find(number);
  if (index == kNoParent) {
    return fail(code::finding_unknown, {}, fmt::format("there is no finding {}", number),
                fmt::format("the validation has {}", counted(findings.kept_count(), "finding")));
  }
  return FindingPage(built, findings, settings).text(index);
}

}  // namespace dossier
