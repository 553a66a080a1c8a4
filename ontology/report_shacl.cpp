#include "ontology/report_shacl.hpp"

#include <fmt/format.h>

#include "graph/freeze.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/describe.hpp"

namespace dossier {
namespace {

class ReportGraph {
 public:
  ReportGraph(const Findings& findings, const Prefixes& prefixes, const PlaceOf& place_of)
      : findings_(findings),
        describer_(findings, prefixes),
        place_of_(place_of),
        terms_(builder_.shard().terms()) {
    own_ = free_prefix();
  }

  Graph make() {
    const TermId report = terms_.blank(own_ + "eport");
    add(report, rdf::kType, terms_.iri(std::string(kShNamespace) + "ValidationReport"));
    add(report, sh("conforms"), boolean(findings_.conforms()));
    for (const std::string& each : findings_.shapes().disallowed()) {
      add(report, sh("conformanceDisallows"), terms_.iri(each));
    }
    std::vector<TermId> nodes;
    for (std::size_t i = 0; i < findings_.kept().size(); ++i) {
      const Finding& finding = findings_.kept()[i];
      nodes.push_back(terms_.blank(fmt::format("{}{}", own_, i)));
      const bool detail = finding.parent != kNoParent;
      add(detail ? nodes[finding.parent] : report, detail ? sh("detail") : sh("result"),
          nodes.back());
      add_result(nodes.back(), finding);
    }
    return freeze(std::move(builder_));
  }

 private:
  // "r", lengthened until no blank node of data and shapes begins with it.
  std::string free_prefix() const {
    std::string prefix = "r";
    const auto is_taken = [&](const Graph* graph) {
      if (graph == nullptr) return false;
      for (std::uint32_t i = 0; i < graph->term_count(TermKind::blank); ++i) {
        if (graph->text({TermKind::blank, i}).starts_with(prefix)) return true;
      }
      return false;
    };
    while (is_taken(&findings_.terms().graph()) || is_taken(findings_.shapes().graph())) {
      prefix += 'r';
    }
    return prefix;
  }

  static std::string sh(std::string_view local) { return std::string(kShNamespace).append(local); }

  void add(TermId subject, std::string_view predicate, TermId object) {
    builder_.shard().add({subject, terms_.iri(predicate), object});
  }
  TermId boolean(bool value) {
    return terms_.literal(value ? "true" : "false", terms_.literal_type(xsd::kBoolean));
  }
  TermId text(std::string_view value, std::string_view language = {}) {
    return language.empty()
               ? terms_.literal(value, terms_.string_type())
               : terms_.literal(value, terms_.literal_type(rdf::kLangString, language));
  }

  void add_result(TermId node, const Finding& finding) {
    const CheckRule& rule = findings_.rule(finding);
    add(node, rdf::kType, terms_.iri(sh("ValidationResult")));
    add(node, sh("focusNode"), terms_.intern(findings_.terms().view(finding.focus)));
    if (finding.value) add(node, sh("value"), terms_.intern(findings_.terms().view(finding.value)));
    if (rule.shape) {
      add_shape_result(node, finding, rule);
    } else {
      add(node, sh("resultSeverity"),
          terms_.iri(sh(rule.severity == Severity::info      ? "Info"
                        : rule.severity == Severity::warning ? "Warning"
                                                             : "Violation")));
      add(node, sh("sourceConstraintComponent"),
          terms_.iri(std::string(kMetaNamespace).append(info(rule.code).name)));
      add(node, sh("resultMessage"), text(describer_.describe(finding).message));
      const std::string path = describer_.path_iri(finding);
      if (!path.empty()) add(node, sh("resultPath"), terms_.iri(path));
    }
    if (place_of_ && finding.statement != kNoStatement) {
      const Place place = place_of_(findings_.terms().graph(), finding.statement);
      if (place.known()) {
        add(node, std::string(kMetaNamespace) + "place", text(to_string(place)));
      }
    }
  }

  void add_shape_result(TermId node, const Finding& finding, const CheckRule& rule) {
    const Shape& shape = findings_.shapes()[rule.shape];
    const Constraint& constraint = shape.constraints[rule.constraint];
    add(node, sh("resultSeverity"), terms_.iri(constraint.severity_iri));
    add(node, sh("sourceConstraintComponent"), terms_.iri(info(constraint.component).iri));
    add(node, sh("sourceShape"), terms_.intern(findings_.shapes().graph()->term(shape.term)));
    for (const LanguageText& each : constraint.messages) {
      add(node, sh("resultMessage"), text(each.text, each.language));
    }
    if (constraint.messages.empty()) {
      add(node, sh("resultMessage"), text(describer_.describe(finding).message));
    }
    if (constraint.component == Component::closed) {
      const std::string path = describer_.path_iri(finding);
      if (!path.empty()) add(node, sh("resultPath"), terms_.iri(path));
    } else if (shape.path && constraint.component != Component::reifier_shape) {
      add(node, sh("resultPath"), copy_path(shape.path));
    }
  }

  // A copy of its own for each result. The nesting is bounded by the loader.
  TermId copy_path(PathId id) {
    const PathSet& paths = findings_.paths();
    const PathNode& node = paths[id];
    if (node.kind == PathKind::predicate) {
      return terms_.intern(findings_.terms().view(node.predicate));
    }
    std::vector<TermId> members;
    for (const PathId child : paths.children(node)) members.push_back(copy_path(child));
    if (node.kind == PathKind::sequence) return list_of(members);
    const TermId at = fresh();
    const TermId value = node.kind == PathKind::alternative ? list_of(members) : members[0];
    add(at, iri_of(path_property(node.kind)), value);
    return at;
  }

  TermId list_of(const std::vector<TermId>& members) {
    TermId rest = terms_.iri(rdf::kNil);
    for (std::size_t i = members.size(); i-- > 0;) {
      const TermId cell = fresh();
      add(cell, rdf::kFirst, members[i]);
      add(cell, rdf::kRest, rest);
      rest = cell;
    }
    return rest;
  }

  static Name path_property(PathKind kind) {
    switch (kind) {
      case PathKind::inverse:
        return Name::sh_inverse_path;
      case PathKind::zero_or_more:
        return Name::sh_zero_or_more_path;
      case PathKind::one_or_more:
        return Name::sh_one_or_more_path;
      case PathKind::zero_or_one:
        return Name::sh_zero_or_one_path;
      case PathKind::alternative:
      case PathKind::predicate:
      case PathKind::sequence:
        break;
    }
    return Name::sh_alternative_path;
  }

  TermId fresh() { return terms_.blank(fmt::format("{}p{}", own_, paths_++)); }

  const Findings& findings_;
  Describer describer_;
  const PlaceOf& place_of_;
  Builder builder_;
  Dictionary& terms_;
  std::string own_;
  std::size_t paths_ = 0;
};

}  // namespace

Graph shacl_report(const Findings& findings, const Prefixes& prefixes, const PlaceOf& place_of) {
  return ReportGraph(findings, prefixes, place_of).make();
}

}  // namespace dossier
