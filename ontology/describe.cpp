#include "ontology/describe.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/ontology.hpp"
#include "base/text.hpp"
#include "graph/datatypes.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/message_template.hpp"
#include "ontology/shape_plan.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMaxShown = 120;  // bytes of a literal in a message

std::string show_term(const TermView& view, const Prefixes& prefixes) {
  switch (view.kind) {
    case TermKind::iri:
      return prefixes.shorten(view.text);
    case TermKind::blank:
      return "_:" + printable(view.text, kMaxShown);
    case TermKind::literal: {
      std::string out = "\"" + printable(view.text, kMaxShown) + "\"";
      if (!view.language.empty()) {
        out.append("@").append(view.language);
      } else if (view.datatype != xsd::kString) {
        out += "^^" + prefixes.shorten(view.datatype);
      }
      return out;
    }
    case TermKind::triple:
      return printable(to_string(view), kMaxShown);
  }
  return {};
}

std::string list_of(const std::vector<std::string>& items, std::string_view joint = ", ") {
  constexpr std::size_t kMost = 8;
  std::string out;
  for (std::size_t i = 0; i < items.size() && i < kMost; ++i) {
    out.append(i == 0 ? std::string_view() : joint).append(items[i]);
  }
  if (items.size() > kMost) out += fmt::format(" and {} more", items.size() - kMost);
  return out;
}

// Whether CheckRule::wanted names what the value should be, and not where the rule applies.
bool names_wanted(DiagnosticCode code) {
  switch (code) {
    case code::domain_mismatch:
    case code::range_mismatch:
    case code::link_end_class:
    case code::bad_lexical_form:
      return true;
    default:
      return false;
  }
}

// The terms of the constraint of which one will do.
template <class Show>
std::string one_of_terms(const Constraint& constraint, Show&& show) {
  std::vector<std::string> names;
  for (const TermId each : constraint.terms) names.push_back(show(each));
  return list_of(names, " or ");
}

std::string kind_text(std::string_view local) {
  std::string out;
  for (const char c : local) {
    // BlankNodeOrIRI -> blank node or IRI; the I of IRI begins no new word.
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !out.empty() && !(out.back() >= 'A' && out.back() <= 'Z')) out += ' ';
    out += c;
  }
  if (out == "IRI" || out == "IRI Or Literal") return out == "IRI" ? "an IRI" : "an IRI or literal";
  const std::size_t iri = out.find("IRI");
  out = to_lower_ascii(out);
  if (iri != std::string::npos) out.replace(iri, 3, "IRI");
  return "a " + out;
}

}  // namespace

const Constraint& Describer::constraint_of(const CheckRule& rule) const {
  return findings_.shapes()[rule.shape].constraints[rule.constraint];
}

std::string Describer::term(TermId id) const {
  return id ? show_term(findings_.terms().view(id), prefixes_) : std::string();
}

std::string Describer::shape_term(TermId id) const {
  return show_term(findings_.shapes().graph()->term(id), prefixes_);
}

std::string Describer::path(const Finding& finding) const {
  const CheckRule& rule = findings_.rule(finding);
  if (!rule.shape) {
    const bool on_property = finding.statement != kNoStatement && !rule.subject.empty() &&
                             rule.code != code::unknown_class &&
                             rule.code != code::disjoint_classes;
    return on_property && rule.code != code::closed_class ? short_iri(rule.subject)
                                                          : path_iri(finding);
  }
  const PathId path = findings_.shapes()[rule.shape].path;
  if (constraint_of(rule).component == Component::closed) {
    const std::string iri = path_iri(finding);
    return iri.empty() ? iri : short_iri(iri);
  }
  return path ? to_string(findings_.paths(), path, findings_.terms(), prefixes_) : std::string();
}

std::string Describer::path_iri(const Finding& finding) const {
  const CheckRule& rule = findings_.rule(finding);
  const Graph& graph = findings_.terms().graph();
  const bool from_statement = !rule.shape || constraint_of(rule).component == Component::closed;
  if (from_statement) {
    if (finding.statement == kNoStatement) return {};
    return std::string(graph.text(graph.statements()[finding.statement].predicate));
  }
  const PathId path = findings_.shapes()[rule.shape].path;
  if (!path || findings_.paths()[path].kind != PathKind::predicate) return {};
  return std::string(findings_.terms().text(findings_.paths()[path].predicate));
}

std::string Describer::class_of(TypeSet types) const {
  const std::span<const TermId> classes = findings_.types().classes(types);
  return classes.empty() ? "no class" : term(classes.front());
}

std::string Describer::rule_origin(const CheckRule& rule) const {
  if (!rule.shape) return "ontology";
  return "shape " + shape_name(findings_.shapes(), rule.shape, prefixes_);
}

std::string Describer::shape_message(const CheckRule& rule) const {
  const std::string wanted[] = {language_, "en"};
  const auto rank = [&](const LanguageText& each) {
    for (std::size_t i = 0; i < std::size(wanted); ++i) {
      if (language_matches(to_lower_ascii(each.language), {&wanted[i], 1})) return i;
    }
    return std::size(wanted) + (each.language.empty() ? 0u : 1u);
  };
  const std::vector<LanguageText>& all = constraint_of(rule).messages;
  const auto best = std::ranges::min_element(all, {}, rank);
  return best == all.end() ? std::string() : best->text;
}

// What a placeholder of a message stands for: $this, value, path, a parameter of the constraint.
std::optional<std::string> Describer::placeholder(std::string_view name,
                                                  const Finding& finding) const {
  const auto bare = [&](TermId id) {
    return id.is_literal() ? std::string(findings_.terms().text(id)) : term(id);
  };
  const Constraint& constraint = constraint_of(findings_.rule(finding));
  if (name == "this") return bare(finding.focus);
  if (name == "value" && finding.value) return bare(finding.value);
  if (name == "path" || name == "PATH") return path(finding);
  if (name == local_part(iri_of(info(constraint.component).parameter))) {
    const TermId value = constraint.parameter_value;
    if (value.is_literal()) return std::string(findings_.shapes().graph()->text(value));
    if (value.is_iri()) return shape_term(value);
  }
  return std::nullopt;
}

// A shape by its name, or, where it has none and is simple, by what it wants.
std::string Describer::shape_text(ShapeId id, std::size_t depth) const {
  constexpr std::size_t kMaxDepth = 3;
  const Shape& shape = findings_.shapes()[id];
  if (shape.term.is_iri() || shape.constraints.empty() || depth >= kMaxDepth) {
    return "the shape " + shape_name(findings_.shapes(), id, prefixes_);
  }
  std::vector<std::string> parts;
  for (const Constraint& each : shape.constraints) parts.push_back(wanted(each, depth + 1));
  const std::string text = list_of(parts, " and ");
  if (!shape.path) return text;
  return to_string(findings_.paths(), shape.path, findings_.terms(), prefixes_) + " with " + text;
}

// What the constraint wants, as the end of "wanted ...".
std::string Describer::wanted(const Constraint& constraint, std::size_t depth) const {
  const auto shapes = [&](std::string_view joint) {
    std::vector<std::string> names;
    for (const ShapeId each : constraint.shapes) names.push_back(shape_text(each, depth));
    return list_of(names, joint);
  };
  const auto texts = [&] { return list_of(constraint.texts); };
  const auto compared = [&] {
    return constraint.path
               ? to_string(findings_.paths(), constraint.path, findings_.terms(), prefixes_)
               : shape_term(constraint.term);
  };
  switch (constraint.component) {
    case Component::class_:
      return "an instance of " +
             one_of_terms(constraint, [&](TermId each) { return shape_term(each); });
    case Component::datatype:
      return one_of_terms(constraint, [&](TermId each) {
        const std::string_view iri = findings_.shapes().graph()->text(each);
        const std::string_view form = expected_form(find_datatype(iri));
        return short_iri(iri) + (form.empty() ? "" : fmt::format(" ({})", form));
      });
    case Component::node_kind:
      return one_of_terms(constraint, [&](TermId each) {
        return kind_text(local_part(findings_.shapes().graph()->text(each)));
      });
    case Component::min_count:
      return fmt::format("at least {}", counted(constraint.number, "value"));
    case Component::max_count:
      return fmt::format("at most {}", counted(constraint.number, "value"));
    case Component::min_exclusive:
      return "more than " + shape_term(constraint.term);
    case Component::min_inclusive:
      return shape_term(constraint.term) + " or more";
    case Component::max_exclusive:
      return "less than " + shape_term(constraint.term);
    case Component::max_inclusive:
      return shape_term(constraint.term) + " or less";
    case Component::min_length:
      return fmt::format("at least {}", counted(constraint.number, "character"));
    case Component::max_length:
      return fmt::format("at most {}", counted(constraint.number, "character"));
    case Component::pattern:
      return fmt::format("text that matches {}", constraint.texts[0]);
    case Component::language_in:
      return "text in one of the languages " + texts();
    case Component::unique_lang:
      return "one value for each language";
    case Component::equals:
      return "the same values as " + compared();
    case Component::disjoint:
      return "no value of " + compared();
    case Component::less_than:
      return "less than " + compared();
    case Component::less_than_or_equals:
      return "not more than " + compared();
    case Component::not_:
      return "anything but " + shapes(", ");
    case Component::and_:
      return "all of " + shapes(" and ");
    case Component::or_:
      return "either " + shapes(" or ");
    case Component::xone:
      return "exactly one of " + shapes(", ");
    case Component::node:
    case Component::property:
      return shapes(", ");
    case Component::qualified_min_count:
      return fmt::format("at least {} with {}", counted(constraint.number, "value"), shapes(", "));
    case Component::qualified_max_count:
      return fmt::format("at most {} with {}", counted(constraint.number, "value"), shapes(", "));
    case Component::closed: {
      if (constraint.by_types) return "a property of one of its classes";
      std::vector<std::string> names;
      for (const TermId each : constraint.terms) names.push_back(shape_term(each));
      return names.empty() ? "no property at all" : "only " + list_of(names);
    }
    case Component::has_value:
      return "the value " + shape_term(constraint.term);
    case Component::in: {
      std::vector<std::string> names;
      for (const TermId each : constraint.terms) names.push_back(shape_term(each));
      return "one of " + list_of(names);
    }
    case Component::some_value:
      return "at least one value with " + shapes(", ");
    case Component::root_class:
      return shape_term(constraint.term) + " or a class below it";
    case Component::subset_of:
      return "a value of " + compared();
    case Component::single_line:
      return "text on one line";
    case Component::min_list_length:
      return fmt::format("a list of at least {}", counted(constraint.number, "member"));
    case Component::max_list_length:
      return fmt::format("a list of at most {}", counted(constraint.number, "member"));
    case Component::unique_members:
      return "a list whose members differ";
    case Component::member_shape:
      return "a list of members with " + shapes(", ");
    case Component::reifier_shape:
      return (constraint.required ? "a qualifier with " : "qualifiers with ") + shapes(", ");
    case Component::unique_values_for: {
      std::vector<std::string> names;
      for (const TermId each : constraint.terms) names.push_back(shape_term(each));
      return "a key of its own: " + list_of(names, " and ");
    }
  }
  return {};
}

std::string Describer::rule_text(const CheckRule& rule) const {
  if (rule.shape) {
    const PathId path = findings_.shapes()[rule.shape].path;
    const std::string subject =
        path ? to_string(findings_.paths(), path, findings_.terms(), prefixes_) + ": " : "";
    return subject + wanted(constraint_of(rule));
  }
  const std::string title(info(rule.code).title);
  const std::string subject = rule.subject.empty() ? "" : short_iri(rule.subject) + ": ";
  if (rule.wanted.empty()) return subject + title;
  return fmt::format("{}{} ({}{})", subject, title, names_wanted(rule.code) ? "wanted " : "",
                     rule.wanted);
}

FindingText Describer::describe(const Finding& finding) const {
  const CheckRule& rule = findings_.rule(finding);
  if (!rule.shape) return check_message(finding);
  FindingText text = constraint_message(finding);
  const std::string own = shape_message(rule);
  if (!own.empty()) {
    text.hint = text.message;
    text.message =
        fill_message(own, [&](std::string_view name) { return placeholder(name, finding); });
  }
  return text;
}

FindingText Describer::constraint_message(const Finding& finding) const {
  const CheckRule& rule = findings_.rule(finding);
  const Constraint& constraint = constraint_of(rule);
  const std::string at = path(finding);
  const std::string subject = at.empty() ? std::string() : at + " ";
  switch (constraint.component) {
    case Component::min_count:
    case Component::max_count:
    case Component::qualified_min_count:
    case Component::qualified_max_count:
      return {fmt::format("{}has {}, wanted {}", subject, counted(finding.number, "value"),
                          wanted(constraint)),
              {}};
    case Component::has_value:
    case Component::some_value:
      return {fmt::format("{}lacks {}", subject, wanted(constraint)), {}};
    case Component::unique_values_for:
      return {fmt::format("shares its key with another node, wanted {}", wanted(constraint)), {}};
    case Component::min_list_length:
    case Component::max_list_length:
    case Component::unique_members:
    case Component::member_shape:
      return {list_message(finding, constraint, subject), {}};
    case Component::reifier_shape:
      return {fmt::format("{}{}: {}, wanted {}", subject, term(finding.value),
                          finding.number == 0 ? "nothing is said of the statement"
                                              : "what is said of the statement does not fit",
                          wanted(constraint)),
              {}};
    case Component::unique_lang:
      return {fmt::format("{}has {} in one language, wanted {}", subject,
                          counted(finding.number, "value"), wanted(constraint)),
              {}};
    case Component::pattern:
      if (finding.number == 0) break;
      return {fmt::format("{}{}, on which the pattern {} takes too many steps",
                          subject.empty() ? "" : subject + "is ", term(finding.value),
                          constraint.texts[0]),
              "the limits are max-pattern-steps, max-pattern-depth and max-pattern-memory"};
    case Component::closed:
      return {fmt::format("{}is not allowed, wanted {}", subject, wanted(constraint)), {}};
    default:
      break;
  }
  return {fmt::format("{}{}, wanted {}", subject.empty() ? "" : subject + "is ",
                      term(finding.value), wanted(constraint)),
          {}};
}

std::string Describer::list_message(const Finding& finding, const Constraint& constraint,
                                    const std::string& subject) const {
  const std::string found = finding.number == kNoList ? "no list"
                            : finding.parent != kNoParent
                                ? "a member that stands there twice"
                                : "a list of " + counted(finding.number, "member");
  return fmt::format("{}{} is {}, wanted {}", subject, term(finding.value), found,
                     wanted(constraint));
}

FindingText Describer::check_message(const Finding& finding) const {
  const CheckRule& rule = findings_.rule(finding);
  const std::string subject = short_iri(rule.subject);
  const std::string value = term(finding.value);
  const std::string cls = class_of(findings_.types().of(finding.focus));
  FindingText out;
  if (!rule.suggestion.empty()) out.hint = "did you mean " + short_iri(rule.suggestion) + "?";
  switch (rule.code) {
    case code::unknown_class:
      out.message = fmt::format("the class {} is not declared", subject);
      break;
    case code::unknown_property:
      out.message = fmt::format("the property {} is not declared", subject);
      break;
    case code::untyped_subject:
      out.message = fmt::format("{} has statements but no class", term(finding.focus));
      break;
    case code::domain_mismatch:
      out.message =
          fmt::format("{} is used on {}, wanted {}", subject,
                      cls == "no class" ? "a thing without a class" : "a " + cls, rule.wanted);
      break;
    case code::range_mismatch:
    case code::link_end_class: {
      std::string found = value;
      if (finding.value.is_resource()) {
        found += " (" + class_of(findings_.types().of(finding.value)) + ")";
      }
      out.message = fmt::format("{} is {}, wanted {}", subject, found, rule.wanted);
      break;
    }
    case code::link_end_missing:
      out.message = fmt::format("{} lacks {}", cls, subject);
      break;
    case code::link_end_repeated:
    case code::functional_property:
      out.message =
          fmt::format("{} has {}, wanted at most 1", subject, counted(finding.number, "value"));
      break;
    case code::bad_lexical_form:
      out.message =
          fmt::format("{} is no {}{}", value, subject,
                      rule.wanted.empty() ? "" : fmt::format(" (wanted {})", rule.wanted));
      break;
    case code::date_order: {
      const Graph& graph = findings_.terms().graph();
      const TermId end = rule.other ? graph.object(finding.focus, rule.other) : TermId();
      out.message =
          fmt::format("{} {} lies after {} {}", subject, value, term(rule.other), term(end));
      break;
    }
    case code::closed_class:
      out.message = fmt::format("{} is not allowed on {}, which is closed",
                                short_iri(path_iri(finding)), subject);
      break;
    case code::disjoint_classes:
      out.message = fmt::format("is {} and {}, which are disjoint", subject, rule.wanted);
      break;
    case code::dangling_reference:
      out.message = fmt::format("{} leads to {}, about which nothing is said", subject, value);
      break;
    case code::inverse_functional_property:
      out.message =
          fmt::format("{} {} is shared by {}", subject, value, counted(finding.number, "thing"));
      break;
    case code::shared_key:
      out.message = fmt::format("{} has the key ({}) of the {} {}", term(finding.focus),
                                rule.wanted, subject, value);
      break;
    case code::irreflexive_property:
      out.message = fmt::format("{} leads back to the thing itself", subject);
      break;
    case code::asymmetric_property:
      out.message = fmt::format("{} holds with {} in both directions", subject, value);
      break;
    case code::disjoint_properties:
      out.message = fmt::format("{} and {} both lead to {}", subject, rule.wanted, value);
      break;
    case code::cardinality_restriction:
      out.message = fmt::format("{} has {}, wanted {}", subject, counted(finding.number, "value"),
                                rule.wanted);
      break;
    case code::value_restriction:
      out.message = fmt::format("{} is {}, wanted {}", subject, value.empty() ? "absent" : value,
                                rule.wanted);
      break;
    default:
      out.message = info(rule.code).title;
  }
  return out;
}

}  // namespace dossier
