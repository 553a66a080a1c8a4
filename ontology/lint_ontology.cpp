#include <map>

#include <fmt/format.h>

#include "base/codes/ontology.hpp"
#include "base/text.hpp"
#include "graph/prefixes.hpp"
#include "ontology/lint.hpp"
#include "ontology/trouble.hpp"

namespace dossier {
namespace {

class OntologyLint {
 public:
  OntologyLint(const Ontology& ontology, GraphTrouble& trouble)
      : ontology_(ontology), trouble_(trouble) {}

  void run() {
    check(ontology_.classes(), "class");
    check(ontology_.properties(), "property");
  }

 private:
  static std::string shown(std::string_view iri) { return Prefixes::well_known().shorten(iri); }

  template <class Term>
  void check(std::span<const Term> terms, std::string_view what) {
    std::map<std::string, const Term*> by_lower_case;
    for (const Term& term : terms) {
      if (!term.declared) continue;
      if (term.labels.empty()) {
        trouble_.report(code::ontology_no_label, term.position,
                        fmt::format("the {} {} has no label", what, shown(term.iri)));
      }
      check_labels(term);
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

  const Ontology& ontology_;
  GraphTrouble& trouble_;
};

}  // namespace

void lint_ontology(const Ontology& ontology, const Graph& graph, DiagnosticSink& diagnostics,
                   const PlaceOf& place_of) {
  GraphTrouble trouble(graph, diagnostics, place_of);
  OntologyLint(ontology, trouble).run();
}

}  // namespace dossier
