#include "ontology/consistency.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/ontology.hpp"
#include "graph/prefixes.hpp"

namespace dossier {
namespace {

class Consistency {
 public:
  Consistency(const Ontology& ontology, const Graph& graph, const Names& names,
              GraphTrouble& trouble)
      : ontology_(ontology), graph_(graph), names_(names), trouble_(trouble) {}

  void run() {
    check_cycles(ontology_.classes(), Name::owl_equivalent_class);
    check_cycles(ontology_.properties(), Name::owl_equivalent_property);
    check_disjointness();
    for (const OntologyProperty& each : ontology_.properties()) check_property(each);
    for (const OntologyLink& each : ontology_.links()) check_link(each);
    check_undeclared(ontology_.classes(), "class",
                     [&](std::string_view iri) { return ontology_.nearest_class(iri); });
    check_undeclared(ontology_.properties(), "property",
                     [&](std::string_view iri) { return ontology_.nearest_property(iri); });
  }

 private:
  std::string shown(std::string_view iri) const { return trouble_.shown(iri); }
  std::string shown(ClassNumber cls) const { return shown(ontology_[cls].iri); }

  // Reports a circle at its first member, unless an equivalence is stated.
  template <class Term>
  void check_cycles(std::span<const Term> terms, Name equivalent) {
    for (std::size_t i = 0; i < terms.size(); ++i) {
      std::string others;
      bool first = true;
      for (const auto above : terms[i].ancestors) {
        const auto& back = terms[above.index()].ancestors;
        const decltype(above) self(static_cast<std::uint32_t>(i));
        const bool circle = above != self && std::ranges::binary_search(back, self);
        if (!circle) continue;
        first = first && i < above.index();
        others += ", " + shown(terms[above.index()].iri);
      }
      if (others.empty() || !first || is_stated(terms[i].iri, equivalent)) continue;
      trouble_.report(
          code::ontology_cycle, terms[i].position,
          fmt::format("{} is below itself, through {}", shown(terms[i].iri), others.substr(2)));
    }
  }

  bool is_stated(std::string_view iri, Name predicate) const {
    const TermId id = graph_.find_iri(iri);
    if (!names_[predicate]) return false;
    return !graph_.about(id, names_[predicate]).empty() ||
           !graph_.with_object(names_[predicate], id).empty();
  }

  bool is_contradictory(const OntologyClass& cls) const {
    return std::ranges::any_of(cls.ancestors, [&](ClassNumber a) {
      return std::ranges::any_of(ontology_[a].disjoint, [&](ClassNumber b) {
        return std::ranges::binary_search(cls.ancestors, b);
      });
    });
  }

  // Only where it begins: classes below a contradictory one follow from it.
  void check_disjointness() {
    for (const OntologyClass& cls : ontology_.classes()) {
      if (!is_contradictory(cls)) continue;
      const bool follows = std::ranges::any_of(cls.supers, [&](ClassNumber super) {
        const OntologyClass& above = ontology_[super];
        return is_contradictory(above) && above.ancestors.size() < cls.ancestors.size();
      });
      if (follows) continue;
      for (const ClassNumber a : cls.ancestors) {
        for (const ClassNumber b : ontology_[a].disjoint) {
          if (a > b || !std::ranges::binary_search(cls.ancestors, b)) continue;
          trouble_.report(code::ontology_contradiction, cls.position,
                          fmt::format("{} is below {} and {}, which are disjoint", shown(cls.iri),
                                      shown(a), shown(b)));
        }
      }
    }
  }

  void check_property(const OntologyProperty& property) {
    for (const ValueUnion& domain : property.domains) {
      if (!domain.wants_literals() || domain.any_thing) continue;
      trouble_.report(
          code::ontology_domain, property.position,
          fmt::format("the domain of {} is {}, a datatype", shown(property.iri),
                      domain.datatypes.empty() ? "rdfs:Literal" : shown(domain.datatypes.front())));
    }
    for (const ValueUnion& range : property.ranges) {
      const bool object =
          property.kind == PropertyKind::object && !range.wants_things() && range.wants_literals();
      const bool datatype = property.kind == PropertyKind::datatype && range.wants_things() &&
                            !range.any_literal && range.datatypes.empty();
      if (!object && !datatype) continue;
      trouble_.report(
          code::ontology_range, property.position,
          fmt::format("{} is {}, but its range is {}", shown(property.iri),
                      object ? "an object property" : "a datatype property", shown(range.name)));
    }
    check_meet(property, property.domains, "domains");
    check_meet(property, property.ranges, "ranges");
  }

  // Whether something can be in both.
  bool can_meet(const ValueUnion& a, const ValueUnion& b) const {
    if (a.any_thing || b.any_thing || a.classes.empty() || b.classes.empty()) return true;
    return std::ranges::any_of(a.classes, [&](ClassNumber x) {
      return std::ranges::any_of(b.classes, [&](ClassNumber y) { return !are_disjoint(x, y); });
    });
  }

  bool are_disjoint(ClassNumber a, ClassNumber b) const {
    for (const ClassNumber x : ontology_[a].ancestors) {
      for (const ClassNumber y : ontology_[x].disjoint) {
        if (ontology_.is_below(b, y)) return true;
      }
    }
    return false;
  }

  void check_meet(const OntologyProperty& property, const std::vector<ValueUnion>& unions,
                  std::string_view what) {
    for (std::size_t i = 0; i < unions.size(); ++i) {
      for (std::size_t k = i + 1; k < unions.size(); ++k) {
        if (can_meet(unions[i], unions[k])) continue;
        trouble_.report(
            code::ontology_clash, property.position,
            fmt::format("the {} {} and {} of {} are disjoint, so that no use of it is right", what,
                        shown(unions[i].name), shown(unions[k].name), shown(property.iri)));
      }
    }
  }

  // The ends of a link are properties of the link that lead to things.
  void check_link(const OntologyLink& link) {
    const OntologyClass& cls = ontology_[link.cls];
    const ValueUnion self{.classes = {link.cls}};
    for (const PropertyNumber end : {link.source_end, link.target_end}) {
      const OntologyProperty& property = ontology_[end];
      if (property.kind == PropertyKind::datatype) {
        trouble_.report(code::ontology_range, property.position,
                        fmt::format("{} is an end of the link class {}, but a datatype property",
                                    shown(property.iri), shown(cls.iri)));
      }
      for (const ValueUnion& domain : property.domains) {
        if (can_meet(self, domain)) continue;
        trouble_.report(code::ontology_clash, property.position,
                        fmt::format("{} is an end of {}, but its domain shares nothing with it",
                                    shown(property.iri), shown(cls.iri)));
      }
    }
  }

  template <class Term, class Nearest>
  void check_undeclared(std::span<const Term> terms, std::string_view what, Nearest&& nearest) {
    for (const Term& term : terms) {
      if (term.declared || !ontology_.declares_namespace_of(term.iri)) continue;
      const std::optional<std::string> close = nearest(term.iri);
      trouble_.report(code::ontology_undefined_term, position_of_use(term.iri),
                      fmt::format("{} is used as a {} but not declared", shown(term.iri), what),
                      close ? fmt::format("did you mean {}?", shown(*close)) : std::string());
    }
  }

  std::size_t position_of_use(std::string_view iri) const {
    const TermId id = graph_.find_iri(iri);
    for (const TermId predicate : graph_.predicates()) {
      const StatementRange uses = graph_.with_object(predicate, id);
      if (!uses.empty()) return uses.positions().front();
    }
    return graph_.size();
  }

  const Ontology& ontology_;
  const Graph& graph_;
  const Names& names_;
  GraphTrouble& trouble_;
};

}  // namespace

void check_consistency(const Ontology& ontology, const Graph& graph, const Names& names,
                       GraphTrouble& trouble) {
  Consistency(ontology, graph, names, trouble).run();
}

}  // namespace dossier
