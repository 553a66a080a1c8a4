#include <map>
#include <set>

#include <fmt/format.h>

#include "base/codes/ontology.hpp"
#include "base/text.hpp"
#include "graph/prefixes.hpp"
#include "ontology/lint.hpp"
#include "ontology/names.hpp"
#include "ontology/trouble.hpp"

namespace dossier {
namespace {

class OntologyLint {
 public:
  OntologyLint(const Ontology& ontology, const Graph& graph, GraphTrouble& trouble)
      : ontology_(ontology), graph_(graph), names_(graph), trouble_(trouble) {}

  void run() {
    check(ontology_.classes(), "class");
    check(ontology_.properties(), "property");
  }

 private:
  std::string shown(std::string_view iri) const { return trouble_.shown(iri); }

  template <class Term>
  void check(std::span<const Term> terms, std::string_view what) {
    std::map<std::string, const Term*> by_lower_case;
    for (const Term& term : terms) {
      if (!term.declared) continue;
      if (term.labels.empty()) {
        trouble_.report(code::ontology_no_label, term.position,
                        fmt::format("the {} {} has no label", what, shown(term.iri)));
      }
      if (!check_definitions(graph_.find_iri(term.iri))) check_labels(term);
      const auto [at, added] = by_lower_case.emplace(to_lower_ascii(term.iri), &term);
      if (!added) {
        trouble_.report(code::ontology_similar_names, term.position,
                        fmt::format("{} and {} differ in letter case only", shown(at->second->iri),
                                    shown(term.iri)));
      }
    }
  }

  void check_labels(const OntologyTerm& term) {
    std::map<std::string_view, std::string_view> by_language;
    for (const LanguageText& each : term.labels) {
      const auto [at, added] = by_language.emplace(each.language, each.text);
      if (added || at->second == each.text) continue;
      trouble_.report(code::ontology_two_labels, term.position,
                      fmt::format("{} has the labels \"{}\" and \"{}\"{}", shown(term.iri),
                                  printable(at->second, 80), printable(each.text, 80),
                                  each.language.empty() ? std::string() : " in " + each.language));
    }
  }

  // ---- what two files say of one term

  // Whether there was something to say.
  bool check_definitions(TermId term) {
    if (!looked_at_.insert(term).second) return true;  // a class and a property
    bool found = false;
    for (const auto& [predicate, what] : kDefining) {
      if (names_[predicate]) found |= compare(term, graph_.about(term, names_[predicate]), what);
    }
    if (graph_.rdf_type()) found |= compare(term, graph_.about(term, graph_.rdf_type()), "kind");
    return found;
  }

  // Reports the first two of the statements that exclude each other and stand in different files.
  bool compare(TermId term, std::span<const Statement> statements, std::string_view what) {
    for (std::size_t i = 0; i < statements.size(); ++i) {
      for (std::size_t k = i + 1; k < statements.size(); ++k) {
        const std::size_t here = graph_.position(statements[i]);
        const std::size_t there = graph_.position(statements[k]);
        if (!exclude(statements[i].object, statements[k].object) || share_file(here, there))
          continue;
        trouble_.report(code::ontology_defined_twice, here,
                        fmt::format("{} is defined twice: the {} is {} here and {} at {}",
                                    trouble_.shown(term), what, shown_value(statements[i].object),
                                    shown_value(statements[k].object), trouble_.place(there)));
        return true;
      }
    }
    return false;
  }

  std::string shown_value(TermId value) const {
    if (!value.is_literal()) return trouble_.shown(value);
    return fmt::format("\"{}\"", printable(graph_.text(value), 80));
  }

  // Two texts in one language, or two kinds of term of which nothing can be both.
  bool exclude(TermId a, TermId b) const {
    if (a.is_literal() && b.is_literal()) return graph_.term(a).language == graph_.term(b).language;
    return kind_of(a) != TermSort::other && kind_of(b) != TermSort::other &&
           kind_of(a) != kind_of(b);
  }

  enum class TermSort : std::uint8_t { other, cls, property, datatype };
  TermSort kind_of(TermId type) const {
    const auto is = [&](Name name) { return type && type == names_[name]; };
    if (is(Name::owl_class) || is(Name::rdfs_class)) return TermSort::cls;
    if (is(Name::rdfs_datatype)) return TermSort::datatype;
    const bool property = is(Name::rdf_property) || is(Name::owl_object_property) ||
                          is(Name::owl_datatype_property) || is(Name::owl_annotation_property);
    return property ? TermSort::property : TermSort::other;
  }

  bool share_file(std::size_t a, std::size_t b) const {
    for (const EvidenceId x : graph_.evidence_of(a)) {
      for (const EvidenceId y : graph_.evidence_of(b)) {
        if (graph_.evidence(x).source == graph_.evidence(y).source) return true;
      }
    }
    return graph_.evidence_of(a).empty() || graph_.evidence_of(b).empty();
  }

  static constexpr std::pair<Name, std::string_view> kDefining[] = {
      {Name::rdfs_label, "label"},
      {Name::skos_definition, "definition"},
      {Name::rdfs_comment, "comment"}};

  const Ontology& ontology_;
  const Graph& graph_;
  const Names names_;
  GraphTrouble& trouble_;
  std::set<TermId> looked_at_;
};

}  // namespace

void lint_ontology(const Ontology& ontology, const Graph& graph, DiagnosticSink& diagnostics,
                   const PlaceOf& place_of, const Prefixes& prefixes) {
  GraphTrouble trouble(graph, diagnostics, place_of, prefixes);
  OntologyLint(ontology, graph, trouble).run();
}

}  // namespace dossier
