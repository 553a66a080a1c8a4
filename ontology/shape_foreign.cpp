#include "ontology/shape_foreign.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/ontology.hpp"
#include "base/text.hpp"
#include "ontology/shape_parameters.hpp"

namespace dossier {

void ForeignTerms::sparql(std::size_t position, std::string message) {
  if (skip_sparql_) {
    source_.trouble.report_as(Severity::warning, code::shape_needs_sparql, position,
                              message + "; left out");
    return;
  }
  source_.trouble.report(code::shape_needs_sparql, position, std::move(message));
}

void ForeignTerms::refuse_sparql(TermId term) {
  for (const Name name : {Name::sh_sparql, Name::sh_target}) {
    for (const Statement& each : source_.about(term, name)) {
      sparql(source_.graph.position(each),
             fmt::format("{} of {} needs SPARQL", source_.trouble.shown(each.predicate),
                         source_.trouble.shown(term)));
    }
  }
  if (!custom_) find_custom_components();
  for (const Statement& each : source_.graph.about(term)) {
    const auto found = custom_->find(each.predicate);
    if (found == custom_->end()) continue;
    sparql(source_.graph.position(each),
           fmt::format("{} of {} belongs to the constraint component {}, which needs SPARQL",
                       source_.trouble.shown(each.predicate), source_.trouble.shown(term),
                       source_.trouble.shown(found->second)));
  }
}

// The parameters that sh:ConstraintComponents of the graph declare.
void ForeignTerms::find_custom_components() {
  custom_.emplace();
  const TermId parameter = source_.graph.find_iri("http://www.w3.org/ns/shacl#parameter");
  for (const Statement& component : source_.graph.with_predicate(parameter)) {
    if (component.subject.is_iri() &&
        source_.graph.text(component.subject).starts_with(kShNamespace)) {
      continue;  // the SHACL vocabulary itself
    }
    for (const Statement& each : source_.about(component.object, Name::sh_path)) {
      custom_->emplace(each.object, component.subject);
    }
  }
}

void ForeignTerms::refuse_unknown_terms(TermId term) {
  for (const Statement& each : source_.graph.about(term)) {
    const std::string_view iri = source_.graph.text(each.predicate);
    if (!iri.starts_with(kShNamespace) || is_known(each.predicate)) continue;
    const std::string_view local = iri.substr(kShNamespace.size());
    if (is_silent_shape_term(local)) continue;
    std::vector<std::string_view> candidates;
    for (const ShapeParameter& known : shape_parameters())
      candidates.push_back(local_part(iri_of(known.name)));
    for (const Name known : shape_attributes()) candidates.push_back(local_part(iri_of(known)));
    const auto nearest = nearest_name(local, candidates);
    source_.trouble.report(
        code::shape_unknown_parameter, source_.graph.position(each),
        fmt::format("sh:{} on {} is no term of SHACL Core", local, source_.trouble.shown(term)),
        nearest ? fmt::format("did you mean sh:{}?", *nearest) : std::string());
  }
}

bool ForeignTerms::is_known(TermId predicate) const {
  const std::optional<Name> name = source_.names.find(predicate);
  return name && (std::ranges::find(shape_attributes(), *name) != shape_attributes().end() ||
                  *name == Name::sh_sparql || *name == Name::sh_target ||
                  std::ranges::find(shape_parameters(), *name, &ShapeParameter::name) !=
                      shape_parameters().end());
}

}  // namespace dossier
