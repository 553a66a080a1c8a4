#include "cli/model_pages.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/json_writer.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/names.hpp"

namespace dossier {
namespace {

std::string row(std::string_view label, const std::string& text) {
  return text.empty() ? std::string() : fmt::format("  {:<12} {}\n", label, text);
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

template <class Number>
Number numbered(std::size_t i) {
  return Number(static_cast<std::uint32_t>(i));
}

}  // namespace

std::string ModelPages::names(const std::vector<ClassNumber>& classes) const {
  std::vector<std::string> out;
  for (const ClassNumber each : classes) out.push_back(short_name(ontology_[each]));
  return joined(out);
}

std::string ModelPages::names(const std::vector<PropertyNumber>& properties) const {
  std::vector<std::string> out;
  for (const PropertyNumber each : properties) out.push_back(short_name(ontology_[each]));
  return joined(out);
}

std::string ModelPages::name(const ValueUnion& values) const {
  if (!values.name.empty()) return prefixes_.shorten(values.name);
  std::vector<std::string> out;
  for (const ClassNumber each : values.classes) out.push_back(short_name(ontology_[each]));
  for (const std::string& each : values.datatypes) out.push_back(prefixes_.shorten(each));
  if (values.any_thing) out.emplace_back("any thing");
  if (values.any_literal) out.emplace_back("any literal");
  return fmt::format("{}", fmt::join(out, " or "));
}

std::string ModelPages::names(const std::vector<ValueUnion>& unions) const {
  std::vector<std::string> out;
  for (const ValueUnion& each : unions) out.push_back(name(each));
  return fmt::format("{}", fmt::join(out, "; and "));
}

// "owner (dos:Party) -> asset (dos:Asset), directly dos:owns".
std::string ModelPages::link_rows(const OntologyLink& link) const {
  const OntologyProperty& source = ontology_[link.source_end];
  const OntologyProperty& target = ontology_[link.target_end];
  std::string out = row("from", fmt::format("{} ({})", short_name(source), names(source.ranges)));
  out += row("to", fmt::format("{} ({})", short_name(target), names(target.ranges)));
  if (link.direct) {
    out += row("directly", fmt::format("{}{}", short_name(ontology_[link.direct]),
                                       link.symmetric ? ", both ways" : ""));
  }
  out += row("qualifiers", names(link.qualifiers));
  if (link.start) out += row("since", short_name(ontology_[link.start]));
  if (link.end) out += row("until", short_name(ontology_[link.end]));
  return out;
}

std::vector<ClassNumber> ModelPages::subclasses(ClassNumber cls) const {
  std::vector<ClassNumber> out;
  for (std::size_t i = 0; i < ontology_.classes().size(); ++i) {
    const auto& supers = ontology_.classes()[i].supers;
    const auto each = numbered<ClassNumber>(i);
    if (each != cls && std::ranges::find(supers, cls) != supers.end()) out.push_back(each);
  }
  return out;
}

std::vector<PropertyNumber> ModelPages::properties_of(ClassNumber cls) const {
  std::vector<PropertyNumber> out;
  for (std::size_t i = 0; i < ontology_.properties().size(); ++i) {
    const OntologyProperty& property = ontology_.properties()[i];
    const bool fits = !property.domains.empty() &&
                      std::ranges::all_of(property.domains, [&](const ValueUnion& domain) {
                        return std::ranges::any_of(domain.classes, [&](ClassNumber each) {
                          return ontology_.is_below(cls, each);
                        });
                      });
    if (fits) out.push_back(numbered<PropertyNumber>(i));
  }
  return out;
}

std::vector<std::string> ModelPages::links_with(PropertyNumber property) const {
  std::vector<std::string> out;
  for (const OntologyLink& link : ontology_.links()) {
    const std::string cls = short_name(ontology_[link.cls]);
    if (link.source_end == property) out.push_back("source end of " + cls);
    if (link.target_end == property) out.push_back("target end of " + cls);
    if (link.direct == property) out.push_back("direct predicate of " + cls);
    if (std::ranges::find(link.qualifiers, property) != link.qualifiers.end()) {
      out.push_back("qualifier of " + cls);
    }
  }
  return out;
}

// Depth first with an explicit stack; a class with several supers stands under each, and a circle
// ends where it comes round.
void ModelPages::tree(ClassNumber root, std::string& out) const {
  struct Open {
    ClassNumber cls;
    std::size_t depth;
  };
  std::vector<Open> stack{{root, 0}};
  std::vector<ClassNumber> above;
  while (!stack.empty()) {
    const Open open = stack.back();
    stack.pop_back();
    above.resize(open.depth);
    if (std::ranges::find(above, open.cls) != above.end()) continue;
    above.push_back(open.cls);
    const OntologyClass& cls = ontology_[open.cls];
    out += fmt::format("  {:{}}{}{}\n", "", open.depth * 2, short_name(cls),
                       ontology_.find_link(open.cls) != nullptr ? "  (link)" : "");
    const std::vector<ClassNumber> below = subclasses(open.cls);
    for (auto each = below.rbegin(); each != below.rend(); ++each) {
      if (ontology_[*each].declared) stack.push_back({*each, open.depth + 1});
    }
  }
}

std::string ModelPages::overview() const {
  std::string out = "Classes\n";
  for (std::size_t i = 0; i < ontology_.classes().size(); ++i) {
    const OntologyClass& cls = ontology_.classes()[i];
    const bool has_declared_super =
        std::ranges::any_of(cls.supers, [&](ClassNumber each) { return ontology_[each].declared; });
    if (cls.declared && !has_declared_super) tree(numbered<ClassNumber>(i), out);
  }
  out += "\nLinks\n";
  for (const OntologyLink& link : ontology_.links()) {
    out +=
        fmt::format("  {}: {} -> {}{}\n", short_name(ontology_[link.cls]),
                    short_name(ontology_[link.source_end]), short_name(ontology_[link.target_end]),
                    link.direct ? ", directly " + short_name(ontology_[link.direct]) : "");
  }
  out += "\nProperties\n";
  for (const OntologyProperty& property : ontology_.properties()) {
    if (!property.declared) continue;
    out += fmt::format("  {}  {}\n", short_name(property), names(property.ranges));
  }
  return out + "\n`dossier model NAME` tells more of each.\n";
}

ModelPages::Found ModelPages::find(const std::string& name) const {
  const std::string iri = prefixes_.expand(name).value_or(name);
  if (const ClassNumber cls = ontology_.find_class(iri)) return {cls, {}};
  if (const PropertyNumber property = ontology_.find_property(iri)) return {{}, property};
  // Exactly so first, then in any case: Ban is a class, bans a property.
  for (const bool exact : {true, false}) {
    const auto fits = [&](const OntologyTerm& term) {
      const std::string_view local = local_part(term.iri);
      return term.declared && (exact ? local == name : equals_ignoring_case(local, name));
    };
    for (std::size_t i = 0; i < ontology_.classes().size(); ++i) {
      if (fits(ontology_.classes()[i])) return {numbered<ClassNumber>(i), {}};
    }
    for (std::size_t i = 0; i < ontology_.properties().size(); ++i) {
      if (fits(ontology_.properties()[i])) return {{}, numbered<PropertyNumber>(i)};
    }
  }
  return {};
}

std::optional<std::string> ModelPages::nearest(const std::string& name) const {
  std::vector<std::string> candidates;
  std::vector<std::string> shown;
  const auto add = [&](const OntologyTerm& term) {
    if (!term.declared) return;
    candidates.emplace_back(local_part(term.iri));
    shown.push_back(short_name(term));
  };
  for (const OntologyClass& each : ontology_.classes()) add(each);
  for (const OntologyProperty& each : ontology_.properties()) add(each);
  const std::string wanted(local_part(prefixes_.expand(name).value_or(name)));
  const auto near = nearest_name(wanted, candidates);
  if (!near) return std::nullopt;
  const auto at = std::ranges::find(candidates, *near);
  return shown[static_cast<std::size_t>(at - candidates.begin())];
}

std::string ModelPages::heading(const OntologyTerm& term, std::string_view kind) const {
  std::string out = fmt::format("{}  ({}{})\n  <{}>\n", short_name(term), kind,
                                term.deprecated ? ", deprecated" : "", term.iri);
  const std::string_view text = term.definition();
  if (!text.empty()) out += fmt::format("  {}\n", text);
  return out + "\n";
}

std::string ModelPages::class_page(ClassNumber number) const {
  const OntologyClass& cls = ontology_[number];
  const OntologyLink* const link = ontology_.find_link(number);
  std::string out = heading(cls, link != nullptr ? "link class" : "class");
  if (link != nullptr) out += link_rows(*link);
  out += row("is a", names(cls.supers));
  out += row("subclasses", names(subclasses(number)));
  out += row("never also", names(cls.disjoint));
  out += row("caption", names(cls.caption));
  if (cls.closed) out += row("closed", "only the properties below may be used");
  const std::vector<PropertyNumber> properties = properties_of(number);
  if (!properties.empty()) out += "\n  Properties\n";
  for (const PropertyNumber each : properties) {
    const OntologyProperty& property = ontology_[each];
    out += fmt::format("    {}  {}{}\n", short_name(property), names(property.ranges),
                       property.functional ? ", at most one" : "");
  }
  return out;
}

std::string ModelPages::property_page(PropertyNumber number) const {
  const OntologyProperty& property = ontology_[number];
  std::string out = heading(property, "property");
  out += row("of", names(property.domains));
  out += row("leads to", names(property.ranges));
  out += row("is a", names(property.supers));
  out += row("inverse", names(property.inverses));
  std::vector<std::string> traits;
  if (property.functional) traits.emplace_back("at most one value");
  if (property.symmetric) traits.emplace_back("both ways");
  if (property.transitive) traits.emplace_back("transitive");
  out += row("traits", joined(traits));
  out += row("in links", joined(links_with(number)));
  return out;
}

std::string ModelPages::page(Found found) const {
  return found.cls ? class_page(found.cls) : property_page(found.property);
}

namespace {

void begin_term(JsonWriter& json, const OntologyTerm& term, std::string_view kind) {
  json.begin_object();
  json.member("iri", term.iri);
  json.member("kind", kind);
  json.member("label", term.label());
  json.member("definition", term.definition());
}

}  // namespace

std::string ModelPages::page_json(Found found) const {
  JsonWriter json;
  const auto iris = [&](std::string_view key, const auto& numbers) {
    json.begin_array(key);
    for (const auto each : numbers) json.value(ontology_[each].iri);
    json.end_array();
  };
  const auto unions = [&](std::string_view key, const std::vector<ValueUnion>& values) {
    json.begin_array(key);
    for (const ValueUnion& each : values) json.value(name(each));
    json.end_array();
  };
  if (found.cls) {
    const OntologyClass& cls = ontology_[found.cls];
    const OntologyLink* const link = ontology_.find_link(found.cls);
    begin_term(json, cls, link != nullptr ? "link" : "class");
    iris("superclasses", cls.supers);
    iris("subclasses", subclasses(found.cls));
    iris("disjoint", cls.disjoint);
    if (link != nullptr) {
      json.member("source_end", ontology_[link->source_end].iri);
      json.member("target_end", ontology_[link->target_end].iri);
      if (link->direct) json.member("direct_predicate", ontology_[link->direct].iri);
      json.member("symmetric", link->symmetric);
      iris("qualifiers", link->qualifiers);
    }
    iris("properties", properties_of(found.cls));
  } else {
    const OntologyProperty& property = ontology_[found.property];
    begin_term(json, property, "property");
    unions("domain", property.domains);
    unions("range", property.ranges);
    iris("inverse", property.inverses);
    json.member("functional", property.functional);
    json.member("symmetric", property.symmetric);
  }
  json.end_object();
  return json.text();
}

std::string ModelPages::overview_json() const {
  JsonWriter json;
  json.begin_object();
  json.begin_array("classes");
  for (std::size_t i = 0; i < ontology_.classes().size(); ++i) {
    const OntologyClass& cls = ontology_.classes()[i];
    if (!cls.declared) continue;
    const bool link = ontology_.find_link(numbered<ClassNumber>(i)) != nullptr;
    begin_term(json, cls, link ? "link" : "class");
    json.end_object();
  }
  json.end_array();
  json.begin_array("properties");
  for (const OntologyProperty& property : ontology_.properties()) {
    if (!property.declared) continue;
    begin_term(json, property, "property");
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.text();
}

}  // namespace dossier
