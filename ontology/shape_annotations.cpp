#include "ontology/shape_annotations.hpp"

#include <algorithm>
#include <span>

#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

// The further parameters of a component, whose statements are of the constraint too.
std::span<const Name> further_parameters(Component component) {
  static constexpr Name kPattern[] = {Name::sh_flags};
  static constexpr Name kClosed[] = {Name::sh_ignored_properties};
  static constexpr Name kQualified[] = {Name::sh_qualified_value_shape,
                                        Name::sh_qualified_value_shapes_disjoint};
  static constexpr Name kReifier[] = {Name::sh_reification_required};
  switch (component) {
    case Component::pattern:
      return kPattern;
    case Component::closed:
      return kClosed;
    case Component::qualified_min_count:
    case Component::qualified_max_count:
      return kQualified;
    case Component::reifier_shape:
      return kReifier;
    default:  // the others have one
      return {};
  }
}

}  // namespace

ResultAttributes result_attributes(const ShapeSource& source, TermId subject) {
  ResultAttributes out;
  for (const Statement& each : source.about(subject, Name::sh_deactivated)) {
    if (!source.is_boolean(each.object)) source.malformed(each, "is true or false");
    out.deactivated = out.deactivated || source.is_true(each.object);
  }
  const auto severities = source.about(subject, Name::sh_severity);
  if (severities.size() > 1) source.malformed(severities[1], "has one value");
  if (!severities.empty()) {
    if (!severities[0].object.is_iri()) source.malformed(severities[0], "is an IRI");
    out.severity_iri = source.graph.text(severities[0].object);
  }
  for (const Statement& each : source.about(subject, Name::sh_message)) {
    const TermView message = source.graph.term(each.object);
    const bool text = message.kind == TermKind::literal &&
                      (message.datatype == xsd::kString || !message.language.empty());
    if (!text) {
      source.malformed(each, "is a string, with or without a language");
      continue;
    }
    out.messages.push_back({std::string(message.text), std::string(message.language)});
  }
  return out;
}

Severity severity_of(std::string_view iri) {
  if (iri == iri_of(Name::sh_warning)) return Severity::warning;
  for (const Name each : {Name::sh_info, Name::sh_debug, Name::sh_trace}) {
    if (iri == iri_of(each)) return Severity::info;
  }
  return Severity::violation;
}

void ConstraintAnnotations::apply(const Statement& declared, const Shape& shape,
                                  Constraint& into) const {
  into.severity = shape.severity;
  into.severity_iri = shape.severity_iri;
  into.messages = shape.messages;
  apply_statement(declared, into);
  for (const Name name : further_parameters(into.component)) {
    for (const Statement& each : source_.about(declared.subject, name)) {
      apply_statement(each, into);
    }
  }
}

void ConstraintAnnotations::apply_statement(const Statement& statement, Constraint& into) const {
  for (const Reifiers::Row& row :
       reifiers_.of(statement.subject, statement.predicate, statement.object)) {
    ResultAttributes said = result_attributes(source_, row.reifier);
    into.deactivated = into.deactivated || said.deactivated;
    if (!said.severity_iri.empty()) {
      into.severity = severity_of(said.severity_iri);
      into.severity_iri = std::move(said.severity_iri);
    }
    if (!said.messages.empty()) into.messages = std::move(said.messages);
  }
}

}  // namespace dossier
