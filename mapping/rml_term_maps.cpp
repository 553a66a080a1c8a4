// Term maps and their expressions. Part of the RML loader.
#include <algorithm>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/rml_reader.hpp"
#include "mapping/template.hpp"

namespace dossier {
namespace {

struct NamedType {
  std::string_view name;
  TermType type;
};
constexpr NamedType kTermTypes[] = {
    {"IRI", TermType::iri},
    {"URI", TermType::uri},
    {"UnsafeIRI", TermType::unsafe_iri},
    {"UnsafeURI", TermType::unsafe_uri},
    {"BlankNode", TermType::blank_node},
    {"Literal", TermType::literal},
};

bool is_iri_type(TermType type) {
  return type != TermType::blank_node && type != TermType::literal;
}

}  // namespace

ConstantTerm RmlReader::constant_of(TermId term) const {
  const TermView view = rml_.graph().term(term);
  return {view.kind, std::string(view.text), std::string(view.datatype),
          std::string(view.language)};
}

TermMap RmlReader::shortcut(const Value& value) const {
  TermMap map;
  map.place = rml_.place(value);
  map.expression.place = map.place;
  map.expression.value = constant_of(value.term);
  return map;
}

std::vector<TermMap> RmlReader::read_term_maps(TermId node, Rml map, Rml shortcut_property,
                                               std::string_view what) {
  std::vector<TermMap> out;
  for (const Value& value : rml_.values(node, map)) {
    out.push_back(read_term_map(value, what));
    as_iri(value.term, out.back());
  }
  for (const Value& value : rml_.values(node, shortcut_property)) out.push_back(shortcut(value));
  return out;
}

// The older vocabularies write IRIs as strings: rr:constant "http://..." in a graph map.
void RmlReader::as_iri(TermId node, TermMap& map) const {
  auto* constant = std::get_if<ConstantTerm>(&map.expression.value);
  if (constant == nullptr || constant->kind != TermKind::literal || map.type) return;
  if (!rml_.is_legacy(node)) return;
  *constant = ConstantTerm{TermKind::iri, constant->text, "", ""};
}

TermMap RmlReader::read_term_map(const Value& value, std::string_view what,
                                 std::uint32_t more_kinds) {
  TermMap map;
  map.place = rml_.place(value);
  if (!value.term.is_resource()) {
    rml_.report(code::mapping_bad_value, map.place,
                fmt::format("a {} is a node with properties, not the literal {}", what,
                            printable(to_string(rml_.graph().term(value.term)))),
                "for a constant use the short form: rml:subject, rml:predicate, rml:object");
    return map;
  }
  rml_.check(value.term, kM | more_kinds, what);
  map.expression = read_expression(value.term, map.place, what);
  read_types(value.term, map);
  unwrap_condition(map);
  if (const auto condition = rml_.value(value.term, Rml::condition)) {
    map.condition = read_condition(*condition);
  }
  read_gather(value.term, map);
  read_quoted(value.term, map);
  const auto* constant = std::get_if<ConstantTerm>(&map.expression.value);
  if (constant != nullptr && map.type && !rml_.is_legacy(value.term)) {
    const bool fits = constant->kind == TermKind::iri     ? is_iri_type(*map.type)
                      : constant->kind == TermKind::blank ? *map.type == TermType::blank_node
                                                          : *map.type == TermType::literal;
    if (!fits) {
      rml_.report(
          code::mapping_term_type, map.place,
          fmt::format(
              "the constant {} is not of term type {}",
              printable(to_string(rml_.graph().term(rml_.value(value.term, Rml::constant)->term))),
              to_string(*map.type)),
          "write the constant as a term of that kind, or leave the term type out");
    }
  }
  return map;
}

void RmlReader::read_template(const std::string& text, const Place& place, Expression& out) {
  auto parts = parse_rml_template(text);
  if (!parts) {
    rml_.report(code::mapping_bad_template, place,
                fmt::format("{}, at character {} of the template \"{}\"", parts.error().message,
                            parts.error().offset + 1, printable(text)),
                fmt::format("{}\n{}", parts.error().hint, with_caret(text, parts.error().offset)));
    // Something without references, so that nothing more is said of it.
    out.value = Template{text, {{text, false, 0}}};
    return;
  }
  out.value = Template{text, std::move(*parts)};
}

Expression RmlReader::read_expression(TermId node, const Place& place, std::string_view what) {
  Expression out;
  out.place = place;
  std::vector<std::pair<Rml, Value>> given;
  for (const Rml property : {Rml::reference, Rml::templ, Rml::constant, Rml::function_execution,
                             Rml::function_value, Rml::parent_term_map}) {
    if (const auto value = rml_.value(node, property)) given.emplace_back(property, *value);
  }
  read_targets(node, out);
  if (given.empty()) return out;
  if (given.size() > 1) {
    rml_.report(code::mapping_expression, rml_.place(given[1].second),
                fmt::format("this {} has both {} and {}", what, rml_name(given[0].first),
                            rml_name(given[1].first)),
                "a term map has one value: keep one of them");
  }
  const auto& [property, value] = given.front();
  out.place = rml_.place(value);
  const std::string text(rml_.graph().text(value.term));
  if (property == Rml::reference) {
    out.value = Reference{text};
  } else if (property == Rml::templ) {
    read_template(text, out.place, out);
  } else if (property == Rml::constant) {
    out.value = constant_of(value.term);
  } else if (property == Rml::function_execution) {
    Function function = read_function(value.term, out.place);
    if (const auto result = rml_.text(node, Rml::returned)) {
      function->result = *result;
    } else if (const auto map_node = rml_.value(node, Rml::return_map)) {
      function->result = rml_.text(map_node->term, Rml::constant).value_or("");
    }
    out.value = std::move(function);
  } else if (property == Rml::function_value) {
    out.value = read_old_function(value.term, out.place);
  } else {
    // The parent's side of a function in a join: the input says so (rml_functions.cpp).
    out = read_expression(value.term, out.place, what);
  }
  return out;
}

std::optional<Expression> RmlReader::read_type_expression(TermId node, Rml constant, Rml map) {
  if (const auto value = rml_.value(node, constant)) {
    Expression out;
    out.place = rml_.place(*value);
    out.value = constant_of(value->term);
    return out;
  }
  const auto value = rml_.value(node, map);
  if (!value) return std::nullopt;
  rml_.check(value->term, kM, "datatype or language map");
  return read_expression(value->term, rml_.place(*value), "datatype or language map");
}

void RmlReader::read_types(TermId node, TermMap& out) {
  out.datatype = read_type_expression(node, Rml::datatype, Rml::datatype_map);
  out.language = read_type_expression(node, Rml::language, Rml::language_map);
  const auto type = rml_.value(node, Rml::term_type);
  if (!type) return;
  const std::string_view iri = rml_.graph().text(type->term);
  const auto local = rml_local(iri);
  const auto found = std::ranges::find(kTermTypes, local.value_or(""), &NamedType::name);
  if (found != std::end(kTermTypes)) {
    out.type = found->type;
    return;
  }
  std::vector<std::string_view> names;
  for (const NamedType& each : kTermTypes) names.push_back(each.name);
  const auto close = nearest_name(local.value_or(iri), std::span<const std::string_view>(names));
  rml_.report(code::mapping_bad_value, rml_.place(*type),
              fmt::format("{} is no term type", printable(iri)),
              close ? fmt::format("did you mean rml:{}?", *close)
                    : "rml:IRI, rml:URI, rml:UnsafeIRI, rml:UnsafeURI, rml:BlankNode and "
                      "rml:Literal are");
}

}  // namespace dossier
