#include "ontology/check_plan.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/codes/ontology.hpp"
#include "graph/datatypes.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/own_terms.hpp"

namespace dossier {
namespace {

constexpr std::string_view kNeverReported[] = {rdf::kNamespace, rdfs::kNamespace, owl::kNamespace};

bool is_never_reported(std::string_view iri) {
  return std::ranges::any_of(kNeverReported,
                             [&](std::string_view each) { return iri.starts_with(each); });
}

}  // namespace

class CheckPlanner {
 public:
  CheckPlanner(const Ontology& ontology, TermSpace& terms, TypeSets& types,
               const CheckOptions& options, std::vector<CheckRule>& rules, CheckPlan& out)
      : ontology_(ontology),
        terms_(terms),
        graph_(terms.graph()),
        types_(types),
        options_(options),
        rules_(rules),
        out_(out) {}

  void run() {
    mark_known_things();
    out_.untyped_ = add_rule({.code = code::untyped_subject});
    out_.reifies_ = graph_.find_iri(rdf::kReifies);
    out_.numbers_.assign(graph_.term_count(TermKind::iri), 0);
    for (const TermId predicate : graph_.predicates()) {
      out_.numbers_[predicate.index()] = static_cast<std::uint32_t>(out_.predicates_.size());
      out_.predicates_.push_back(plan_predicate(predicate));
    }
    out_.by_types_.resize(types_.count());
    for (TypeSet set = 1; set < types_.count(); ++set) plan_types(set, out_.by_types_[set]);
    for (const OntologyClass& each : ontology_.classes()) plan_keys(each);
    for (const LiteralType& type : graph_.literal_types()) {
      out_.lexical_.push_back(
          add_rule({.code = code::bad_lexical_form,
                    .subject = type.datatype,
                    .wanted = std::string(expected_form(find_datatype(type.datatype)))}));
    }
  }

 private:
  RuleNumber add_rule(CheckRule rule) {
    rule.severity = info(rule.code).severity;
    rules_.push_back(std::move(rule));
    return static_cast<RuleNumber>(rules_.size() - 1);
  }

  // One rule for each code, subject and second text.
  RuleNumber shared_rule(CheckRule rule) {
    const auto [at, added] =
        shared_.try_emplace({rule.code, rule.subject + '\n' + rule.wanted}, kNoRule);
    if (added) at->second = add_rule(std::move(rule));
    return at->second;
  }

  // ---- names for people

  static std::string shown(std::string_view iri) { return std::string(local_part(iri)); }
  std::string wanted_of(const std::vector<ValueUnion>& unions) const {
    std::string out;
    for (const ValueUnion& each : unions) {
      if (!out.empty()) out += ", and ";
      out += wanted_of(each);
    }
    return out;
  }
  std::string wanted_of(const ValueUnion& values) const {
    if (!values.name.empty()) return shown(values.name);
    std::string out;
    for (const ClassNumber each : values.classes) {
      out += (out.empty() ? "" : " or ") + shown(ontology_[each].iri);
    }
    for (const std::string& each : values.datatypes)
      out += (out.empty() ? "" : " or ") + shown(each);
    return out;
  }

  // ---- tables

  std::vector<std::uint8_t> things_that_fit(const std::vector<ValueUnion>& unions) {
    std::vector<std::uint8_t> fits(types_.count(), 1);
    for (const ValueUnion& each : unions) {
      if (each.any_thing) continue;
      std::vector<std::uint8_t> here(types_.count(), 0);
      for (const ClassNumber cls : each.classes) {
        const ClassTest& test = types_.test(terms_.adopt_iri(ontology_[cls].iri));
        for (TypeSet set = 0; set < types_.count(); ++set) {
          if (test.contains(set)) here[set] = 1;
        }
      }
      for (TypeSet set = 0; set < types_.count(); ++set) fits[set] &= here[set];
    }
    return fits;
  }

  std::vector<std::uint8_t> literals_that_fit(const std::vector<ValueUnion>& unions) const {
    std::vector<std::uint8_t> fits;
    for (const LiteralType& type : graph_.literal_types()) {
      const bool all = std::ranges::all_of(unions, [&](const ValueUnion& each) {
        return each.any_literal || std::ranges::any_of(each.datatypes, [&](const auto& wanted) {
                 return is_of_datatype(type.datatype, wanted);
               });
      });
      fits.push_back(all ? 1 : 0);
    }
    return fits;
  }

  static bool is_of_datatype(std::string_view datatype, std::string_view wanted) {
    if (datatype == wanted) return true;
    const Datatype base = find_datatype(wanted);
    return base != Datatype::other && is_derived_from(find_datatype(datatype), base);
  }

  // ---- predicates

  PredicateChecks plan_predicate(TermId predicate) {
    PredicateChecks out;
    out.predicate = predicate;
    const std::string iri(graph_.text(predicate));
    const PropertyNumber number = ontology_.find_property(iri);
    const bool declared = number && ontology_[number].declared;
    out.declared = declared || is_never_reported(iri);
    if (!out.declared && (options_.strict || ontology_.declares_namespace_of(iri))) {
      out.unknown = add_rule({.code = code::unknown_property,
                              .subject = iri,
                              .suggestion = ontology_.nearest_property(iri).value_or("")});
    }
    if (predicate == graph_.rdf_type() || iri == owl::kSameAs) return out;
    bool external = false;
    if (declared) {
      const OntologyProperty& property = ontology_[number];
      plan_domain_and_range(property, out);
      plan_traits(property, out);
      external = leads_outside(property);
    }
    if (!external) {
      out.dangling = add_rule({.code = code::dangling_reference, .subject = iri});
    }
    return out;
  }

  void plan_domain_and_range(const OntologyProperty& property, PredicateChecks& out) {
    const auto says_something = [](const ValueUnion& each) {
      return !(each.any_thing && each.any_literal);
    };
    if (std::ranges::any_of(property.domains, [](const auto& each) { return !each.any_thing; })) {
      out.domain = add_rule({.code = code::domain_mismatch,
                             .subject = property.iri,
                             .wanted = wanted_of(property.domains)});
      out.domain_fits = things_that_fit(property.domains);
    }
    if (std::ranges::any_of(property.ranges, says_something)) {
      const bool end = is_end(property);
      out.range = add_rule({.code = end ? code::link_end_class : code::range_mismatch,
                            .subject = property.iri,
                            .wanted = wanted_of(property.ranges)});
      out.range_fits = things_that_fit(property.ranges);
      out.literal_fits = literals_that_fit(property.ranges);
      out.range_takes_things = std::ranges::all_of(
          property.ranges, [](const ValueUnion& each) { return each.wants_things(); });
    } else if (property.kind == PropertyKind::object || property.kind == PropertyKind::datatype) {
      out.range =
          add_rule({.code = code::range_mismatch,
                    .subject = property.iri,
                    .wanted = property.kind == PropertyKind::object ? "a thing" : "a literal"});
      out.range_fits.assign(types_.count(), 1);
      out.range_takes_things = property.kind == PropertyKind::object;
      out.literal_fits.assign(graph_.literal_types().size(), out.range_takes_things ? 0 : 1);
    }
  }

  void plan_traits(const OntologyProperty& property, PredicateChecks& out) {
    const auto rule = [&](DiagnosticCode code) {
      return add_rule({.code = code, .subject = property.iri});
    };
    if (property.functional) {
      out.functional = rule(is_end(property) ? code::link_end_repeated : code::functional_property);
    }
    if (property.inverse_functional) {
      out.inverse_functional = rule(code::inverse_functional_property);
    }
    if (property.irreflexive) out.irreflexive = rule(code::irreflexive_property);
    if (property.asymmetric) out.asymmetric = rule(code::asymmetric_property);
    for (const PropertyNumber each : property.disjoint) {
      const TermId other = graph_.find_iri(ontology_[each].iri);
      if (!other || other < out.predicate) continue;  // one of the two reports
      out.disjoint.push_back({other, add_rule({.code = code::disjoint_properties,
                                               .subject = property.iri,
                                               .wanted = shown(ontology_[each].iri)})});
    }
  }

  bool is_end(const OntologyProperty& property) const {
    const PropertyNumber number = ontology_.find_property(property.iri);
    return std::ranges::any_of(ontology_.links(), [&](const OntologyLink& link) {
      return link.source_end == number || link.target_end == number;
    });
  }

  bool leads_outside(const OntologyProperty& property) const {
    return std::ranges::any_of(property.ranges, [&](const ValueUnion& each) {
      return std::ranges::any_of(each.classes,
                                 [&](ClassNumber cls) { return ontology_[cls].external; });
    });
  }

  // ---- things

  // Individuals of the ontology keep the classes that it gives them.
  void mark_known_things() {
    std::vector<TypeSets::Assertion> known;
    for (const OntologyIndividual& each : ontology_.individuals()) {
      const TermId thing = graph_.find_iri(each.iri);
      if (!thing) continue;
      for (const ClassNumber cls : each.classes) {
        known.push_back({thing, terms_.adopt_iri(ontology_[cls].iri)});
      }
    }
    types_.add_known(std::move(known));
    out_.own_ = own_terms(graph_, options_.own_namespaces);
    const auto disown = [&](std::string_view iri) {
      if (const TermId id = graph_.find_iri(iri)) out_.own_[id.index()] = 0;
    };
    for (const OntologyIndividual& each : ontology_.individuals()) disown(each.iri);
    for (const OntologyClass& each : ontology_.classes()) disown(each.iri);
    for (const OntologyProperty& each : ontology_.properties()) disown(each.iri);
  }

  void plan_types(TypeSet set, TypeChecks& out) {
    std::set<ClassNumber> ancestors;
    std::vector<ClassNumber> asserted;
    for (const TermId cls : types_.classes(set)) {
      const std::string iri(terms_.text(cls));
      const ClassNumber number = cls.is_iri() ? ontology_.find_class(iri) : ClassNumber();
      if (!number || !ontology_[number].declared) {
        const bool report = cls.is_iri() && !is_never_reported(iri) &&
                            (options_.strict || ontology_.declares_namespace_of(iri));
        if (report) {
          out.unknown.push_back(
              {cls, shared_rule({.code = code::unknown_class,
                                 .subject = iri,
                                 .suggestion = ontology_.nearest_class(iri).value_or("")})});
        }
      }
      if (!number) continue;
      asserted.push_back(number);
      ancestors.insert(ontology_[number].ancestors.begin(), ontology_[number].ancestors.end());
    }
    plan_disjoint(asserted, out);
    plan_links(asserted, out);
    for (const ClassNumber each : ancestors) plan_restrictions(each, out);
    for (const ClassNumber each : asserted) {
      if (ontology_[each].closed && out.closed == kNoRule) plan_closed(each, set, asserted, out);
    }
  }

  // The most special pair of asserted classes whose ancestors are disjoint, once for each pair.
  void plan_disjoint(const std::vector<ClassNumber>& asserted, TypeChecks& out) {
    for (std::size_t i = 0; i < asserted.size(); ++i) {
      for (std::size_t k = i + 1; k < asserted.size(); ++k) {
        if (!are_disjoint(asserted[i], asserted[k])) continue;
        out.disjoint.push_back(shared_rule({.code = code::disjoint_classes,
                                            .subject = ontology_[asserted[i]].iri,
                                            .wanted = shown(ontology_[asserted[k]].iri)}));
      }
    }
  }

  bool are_disjoint(ClassNumber a, ClassNumber b) const {
    return std::ranges::any_of(ontology_[a].ancestors, [&](ClassNumber x) {
      return std::ranges::any_of(ontology_[x].disjoint,
                                 [&](ClassNumber y) { return ontology_.is_below(b, y); });
    });
  }

  TermId property_id(PropertyNumber number) const {
    return number ? graph_.find_iri(ontology_[number].iri) : TermId();
  }

  void plan_links(const std::vector<ClassNumber>& asserted, TypeChecks& out) {
    std::set<std::pair<PropertyNumber, PropertyNumber>> seen;
    for (const ClassNumber cls : asserted) {
      const OntologyLink* link = ontology_.find_link(cls);
      if (link == nullptr || !seen.insert({link->source_end, link->target_end}).second) continue;
      for (const PropertyNumber end : {link->source_end, link->target_end}) {
        out.ends.push_back(
            {property_id(end), shared_rule({.code = code::link_end_missing,
                                            .subject = ontology_[end].iri,
                                            .wanted = "on " + shown(ontology_[cls].iri)})});
      }
      const TermId start = property_id(link->start);
      const TermId end = property_id(link->end);
      const bool known = std::ranges::any_of(
          out.dates, [&](const auto& each) { return each.start == start && each.end == end; });
      if (!start || !end || known) continue;
      out.dates.push_back({start, end,
                           shared_rule({.code = code::date_order,
                                        .subject = ontology_[link->start].iri,
                                        .wanted = "not after " + shown(ontology_[link->end].iri),
                                        .other = end})});
    }
  }

  void plan_restrictions(ClassNumber cls, TypeChecks& out) {
    for (const Restriction& each : ontology_[cls].restrictions) {
      const bool counts = each.kind == RestrictionKind::count;
      TypeChecks::Restricted check{
          .kind = each.kind,
          .property = property_id(each.property),
          .fits = things_that_fit({each.values}),
          .literal_fits = literals_that_fit({each.values}),
          .takes_all = !each.values.wants_things() && !each.values.wants_literals(),
          .least = each.least,
          .most = each.most};
      if (each.kind == RestrictionKind::has_value) check.value = terms_.adopt(each.value.view());
      check.rule =
          shared_rule({.code = counts ? code::cardinality_restriction : code::value_restriction,
                       .subject = ontology_[each.property].iri,
                       .wanted = wanted_of(each, cls)});
      out.restricted.push_back(std::move(check));
    }
  }

  std::string wanted_of(const Restriction& restriction, ClassNumber cls) const {
    const std::string on = " on " + shown(ontology_[cls].iri);
    switch (restriction.kind) {
      case RestrictionKind::some:
        return "some " + wanted_of(restriction.values) + on;
      case RestrictionKind::all:
        return "only " + wanted_of(restriction.values) + on;
      case RestrictionKind::has_value:
        return to_string(restriction.value.view()) + on;
      case RestrictionKind::count:
        break;
    }
    std::string out = std::to_string(restriction.least);
    if (restriction.most == UINT64_MAX) {
      out += " or more";
    } else if (restriction.most != restriction.least) {
      out += " to " + std::to_string(restriction.most);
    }
    return out + on;
  }

  // A key with a property that the graph does not use identifies nothing.
  void plan_keys(const OntologyClass& cls) {
    for (const std::vector<PropertyNumber>& key : cls.keys) {
      KeyCheck check;
      std::string names;
      for (const PropertyNumber each : key) {
        check.properties.push_back(property_id(each));
        names += (names.empty() ? "" : ", ") + shown(ontology_[each].iri);
      }
      if (key.empty() || std::ranges::find(check.properties, TermId()) != check.properties.end()) {
        continue;
      }
      check.cls = &types_.test(terms_.adopt_iri(cls.iri));
      check.rule = add_rule({.code = code::shared_key, .subject = cls.iri, .wanted = names});
      out_.keys_.push_back(std::move(check));
    }
  }

  // Allowed: declared properties whose domain admits the class, ends and qualifiers of the link,
  // and the terms of RDF, RDFS and OWL. Unknown properties have a rule of their own.
  void plan_closed(ClassNumber closed, TypeSet set, const std::vector<ClassNumber>& asserted,
                   TypeChecks& out) {
    out.closed = shared_rule({.code = code::closed_class, .subject = ontology_[closed].iri});
    std::set<TermId> of_links;
    for (const ClassNumber cls : asserted) {
      const OntologyLink* link = ontology_.find_link(cls);
      if (link == nullptr) continue;
      of_links.insert(property_id(link->source_end));
      of_links.insert(property_id(link->target_end));
      for (const PropertyNumber each : link->qualifiers) of_links.insert(property_id(each));
    }
    for (const PredicateChecks& each : out_.predicates_) {
      const bool fits = each.domain == kNoRule || each.domain_fits[set] != 0;
      const bool allowed =
          each.unknown != kNoRule || (each.declared && fits) || of_links.contains(each.predicate);
      out.closed_allows.push_back(allowed ? 1 : 0);
    }
  }

  const Ontology& ontology_;
  TermSpace& terms_;
  const Graph& graph_;
  TypeSets& types_;
  const CheckOptions& options_;
  std::vector<CheckRule>& rules_;
  CheckPlan& out_;
  std::map<std::pair<DiagnosticCode, std::string>, RuleNumber> shared_;
};

CheckPlan::CheckPlan(const Ontology& ontology, TermSpace& terms, TypeSets& types,
                     const CheckOptions& options, std::vector<CheckRule>& rules) {
  CheckPlanner(ontology, terms, types, options, rules, *this).run();
}

}  // namespace dossier
