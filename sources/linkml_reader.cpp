#include "sources/linkml_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/schemas.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "sources/linkml_keys.hpp"
#include "sources/schema_hierarchy.hpp"

namespace dossier {
namespace {

struct LinkmlMapping {
  std::string_view key;
  std::string_view local;  // in skos:
};
constexpr LinkmlMapping kMappings[] = {{"exact_mappings", "exactMatch"},
                                       {"close_mappings", "closeMatch"},
                                       {"related_mappings", "relatedMatch"},
                                       {"narrow_mappings", "narrowMatch"},
                                       {"broad_mappings", "broadMatch"}};

}  // namespace

Expected<void> LinkmlReader::read(YamlNode root) {
  if (auto done = schema_.load(root); !done) return done;
  check_hierarchy(LinkmlKind::cls, "class");
  check_hierarchy(LinkmlKind::slot, "slot");
  if (auto good = reader_.outcome(); !good) return good;
  say_ontologies();
  for (const LinkmlElement& each : schema_.of(LinkmlKind::enumeration).all()) say_enumeration(each);
  for (const LinkmlElement& each : schema_.of(LinkmlKind::cls).all()) collect_uses(each);
  note_unused_slots();
  spread_to_super_slots();
  for (const LinkmlElement& each : schema_.of(LinkmlKind::cls).all()) say_class(each);
  for (const auto& [iri, property] : properties_) say_property(iri, property);
  warn_same_iris(LinkmlKind::cls);
  if (steps_left_ == 0) {
    return fail(code::limit_exceeded, {root.place().file},
                "the classes and slots have too many others above them (max-hierarchy)",
                "raise the limit with --limit max-hierarchy=N if that is meant");
  }
  return reader_.outcome();
}

// ---- hierarchies

const LinkmlElement* LinkmlReader::named(LinkmlKind kind, YamlNode at, std::string_view what) {
  const std::string name = reader_.text(at, fmt::format("the name of a {}", what));
  if (name.empty()) return nullptr;
  const LinkmlElement* const found = schema_.of(kind).find(name);
  if (found == nullptr) reader_.unknown_name(at, what, name, schema_.of(kind).names());
  return found;
}

std::vector<const LinkmlElement*> LinkmlReader::parents(const LinkmlElement& element,
                                                        LinkmlKind kind) {
  std::vector<const LinkmlElement*> out;
  for (const std::string_view key : {"is_a", "mixins"}) {
    const YamlNode* const node = element.body.find(key);
    if (node == nullptr) continue;
    for (const YamlNode item : SchemaReader::items(*node)) {
      const LinkmlElement* const found = schema_.of(kind).find(item.text());
      if (found != nullptr) out.push_back(found);
    }
  }
  return out;
}

// Names that are not defined are told here, once each.
void LinkmlReader::check_hierarchy(LinkmlKind kind, std::string_view what) {
  for (const LinkmlElement& element : schema_.of(kind).all()) {
    for (const std::string_view key : {"is_a", "mixins"}) {
      const YamlNode* const node = element.body.find(key);
      if (node == nullptr) continue;
      for (const YamlNode item : SchemaReader::items(*node)) named(kind, item, what);
    }
  }
  find_circles(
      schema_.of(kind).all(), [&](const LinkmlElement& each) { return parents(each, kind); },
      [&](const LinkmlElement& closing, const std::vector<const LinkmlElement*>& path) {
        reader_.report(code::schema_cycle, closing.key,
                       printable(fmt::format("the {} stands above itself: {}", what,
                                             circle_text(closing, path))));
      });
}

std::vector<const LinkmlElement*> LinkmlReader::ancestors(const LinkmlElement& element,
                                                          LinkmlKind kind) {
  return with_ancestors(
      element, [&](const LinkmlElement& each) { return parents(each, kind); }, steps_left_);
}

// ---- the ontology and what all terms have

void LinkmlReader::say_ontologies() {
  for (const LinkmlFile& file : schema_.files()) {
    const YamlNode* const id = file.root.find("id");
    if (id == nullptr || id->text().find(':') == std::string_view::npos) continue;
    const OwnedTerm ontology = OwnedTerm::iri(id->text());
    reader_.from(*id).type(ontology, owl::kOntology);
    reader_.say_text(ontology, rdfs::kLabel, file.root,
                     file.root.find("title") != nullptr ? "title" : "name");
    reader_.say_text(ontology, skos_term("definition"), file.root, "description");
    reader_.say_text(ontology, owl_term("versionInfo"), file.root, "version");
  }
}

void LinkmlReader::say_common(const OwnedTerm& subject, const LinkmlElement& element, bool label) {
  const YamlNode body = element.body;
  if (label) {
    const std::string title = reader_.text_of(body, "title");
    reader_.from(element.key)
        .say(subject, rdfs::kLabel, OwnedTerm::literal(title.empty() ? element.name : title));
    reader_.say_text(subject, skos_term("definition"), body, "description");
  }
  if (const YamlNode* const node = body.find("deprecated"); node != nullptr && !node->is_null()) {
    const bool kept = node->type() == YamlType::boolean && !reader_.truth(*node);
    if (!kept) {
      reader_.from(*node).say(subject, owl_term("deprecated"), OwnedTerm::truth(true));
    }
  }
  if (const YamlNode* const node = body.find("aliases"); node != nullptr) {
    for (const YamlNode item : SchemaReader::items(*node)) {
      const std::string alias = reader_.text(item, "another name");
      if (!alias.empty()) {
        reader_.from(item).say(subject, skos_term("altLabel"), OwnedTerm::literal(alias));
      }
    }
  }
  for (const LinkmlMapping& mapping : kMappings) {
    const YamlNode* const node = body.find(mapping.key);
    if (node == nullptr) continue;
    for (const YamlNode item : SchemaReader::items(*node)) {
      const std::string iri = schema_.expand(item, reader_.text(item, "an IRI"), element.file);
      if (!iri.empty()) {
        reader_.from(item).say(subject, skos_term(mapping.local), OwnedTerm::iri(iri));
      }
    }
  }
}

// ---- enumerations

void LinkmlReader::say_enumeration(const LinkmlElement& element) {
  const OwnedTerm subject = OwnedTerm::iri(element.iri);
  reader_.from(element.key).type(subject, dm_term("Enumeration"));
  reader_.from(element.key)
      .say(subject, dm_term("name"), OwnedTerm::literal(linkml_class_name(element.name)));
  say_common(subject, element, true);
  Values& values = values_[&element];
  if (const YamlNode* const listed = element.body.find("permissible_values");
      listed != nullptr && !listed->is_null()) {
    values.open = false;
    say_values(element, *listed, values);
  }
  StatementWriter& writer = reader_.from(element.key);
  const std::string label = SchemaReader::label("enum", element.key, {element.name});
  if (values.things && !values.open && !values.terms.empty()) {
    writer.type(subject, owl_term("Class"));
    writer.list(subject, owl_term("oneOf"), values.terms, label);
    for (const OwnedTerm& each : values.terms) writer.type(each, element.iri);
  } else if (values.literals) {
    writer.type(subject, rdfs::kDatatype);
    if (values.open) return;
    const OwnedTerm same = OwnedTerm::blank(label);
    writer.say(subject, owl_term("equivalentClass"), same);
    writer.type(same, rdfs::kDatatype);
    writer.list(same, owl_term("oneOf"), values.terms, label);
  }
}

void LinkmlReader::say_values(const LinkmlElement& element, YamlNode listed, Values& out) {
  std::vector<OwnedTerm> nodes;
  const auto add = [&](YamlNode key, std::string text, YamlNode body) {
    reader_.check_keys(body, "a permissible value", linkml_value_keys());
    OwnedTerm value = OwnedTerm::literal(text);
    if (const YamlNode* const meaning = body.find("meaning");
        meaning != nullptr && !meaning->is_null()) {
      const std::string iri =
          schema_.expand(*meaning, reader_.text(*meaning, "an IRI"), element.file);
      if (!iri.empty()) value = OwnedTerm::iri(iri);
    }
    (value.kind == TermKind::iri ? out.literals : out.things) = false;
    const OwnedTerm node =
        OwnedTerm::blank(SchemaReader::label("value", element.key, {element.name, text}));
    StatementWriter& writer = reader_.from(key);
    writer.say(node, dm_term("text"), OwnedTerm::literal(text));
    writer.say(node, dm_term("value"), value);
    reader_.say_text(node, rdfs::kLabel, body, "title");
    reader_.say_text(node, skos_term("definition"), body, "description");
    nodes.push_back(node);
    out.terms.push_back(value);
    out.by_text.emplace(std::move(text), std::move(value));
  };
  if (listed.is_mapping()) {
    for (const auto& [key, body] : listed.entries()) add(key, std::string(key.text()), body);
  } else {
    for (const YamlNode item : SchemaReader::items(listed)) {
      const YamlNode* const text = item.is_mapping() ? item.find("text") : &item;
      if (text == nullptr || !text->is_scalar()) {
        reader_.unwanted(item, "a permissible value");
        continue;
      }
      add(*text, std::string(text->text()), item.is_mapping() ? item : YamlNode());
    }
  }
  reader_.from(element.key)
      .list(OwnedTerm::iri(element.iri), dm_term("values"), nodes,
            SchemaReader::label("values", element.key, {element.name}));
}

// ---- classes

void LinkmlReader::say_class(const LinkmlElement& cls) {
  if (cls.iri == kLinkmlAny || cls.iri.empty()) return;
  const OwnedTerm subject = OwnedTerm::iri(cls.iri);
  const YamlNode body = cls.body;
  StatementWriter& writer = reader_.from(cls.key);
  writer.type(subject, owl_term("Class"));
  writer.say(subject, dm_term("name"), OwnedTerm::literal(linkml_class_name(cls.name)));
  say_common(subject, cls, true);
  say_class_relations(cls, subject);
  say_unique_keys(cls, subject);
  for (const std::string_view key : {"abstract", "mixin"}) {
    if (reader_.flag_of(body, key)) {
      reader_.from(*body.find(key)).say(subject, dm_term("abstract"), OwnedTerm::truth(true));
    }
  }
  if (reader_.flag_of(body, "tree_root")) {
    reader_.from(*body.find("tree_root")).say(subject, dm_term("root"), OwnedTerm::truth(true));
  }
  const YamlNode* const extra = body.find("extra_slots");
  if (extra == nullptr || !extra->is_mapping() || !reader_.flag_of(*extra, "allowed")) {
    reader_.from(cls.key).say(subject, dm_term("closed"), OwnedTerm::truth(true));
  }
  const std::vector<std::size_t>& own = uses_of_[&cls];
  if (!own.empty()) reader_.from(cls.key).type(subject, sh_term("NodeShape"));
  for (std::size_t i = 0; i < own.size(); ++i) say_shape(uses_[own[i]], i);
  if (reader_.flag_of(body, "represents_relationship")) say_link(cls, subject);
}

void LinkmlReader::say_class_relations(const LinkmlElement& cls, const OwnedTerm& subject) {
  const YamlNode body = cls.body;
  for (const std::string_view key : {"is_a", "mixins"}) {
    const YamlNode* const node = body.find(key);
    if (node == nullptr) continue;
    for (const YamlNode item : SchemaReader::items(*node)) {
      const LinkmlElement* const super = schema_.of(LinkmlKind::cls).find(item.text());
      if (super == nullptr || super->iri == cls.iri) continue;
      reader_.from(item).say(subject, rdfs::kSubClassOf, OwnedTerm::iri(super->iri));
    }
  }
  if (const YamlNode* const node = body.find("subclass_of"); node != nullptr) {
    const std::string iri = schema_.expand(*node, reader_.text(*node, "an IRI"), cls.file);
    if (!iri.empty()) reader_.from(*node).say(subject, rdfs::kSubClassOf, OwnedTerm::iri(iri));
  }
  const auto classes_of = [&](YamlNode list) {
    std::vector<OwnedTerm> out;
    for (const YamlNode item : SchemaReader::items(list)) {
      if (const LinkmlElement* const found = named(LinkmlKind::cls, item, "class")) {
        out.push_back(OwnedTerm::iri(found->iri));
      }
    }
    return out;
  };
  if (const YamlNode* const node = body.find("union_of"); node != nullptr) {
    const std::vector<OwnedTerm> members = classes_of(*node);
    reader_.from(*node).list(subject, owl_term("unionOf"), members,
                             SchemaReader::label("union", cls.key, {cls.name}));
  }
  if (const YamlNode* const node = body.find("disjoint_with"); node != nullptr) {
    for (const OwnedTerm& each : classes_of(*node)) {
      reader_.from(*node).say(subject, owl_term("disjointWith"), each);
    }
  }
  if (!reader_.flag_of(body, "children_are_mutually_disjoint")) return;
  if (children_.empty()) {
    for (const LinkmlElement& each : schema_.of(LinkmlKind::cls).all()) {
      if (const YamlNode* const above = each.body.find("is_a")) {
        children_[std::string(above->text())].push_back(OwnedTerm::iri(each.iri));
      }
    }
  }
  const std::vector<OwnedTerm>& children = children_[cls.name];
  const std::string label = SchemaReader::label("disjoint", cls.key, {cls.name});
  const OwnedTerm group = OwnedTerm::blank(label);
  StatementWriter& writer = reader_.from(*body.find("children_are_mutually_disjoint"));
  writer.type(group, owl_term("AllDisjointClasses"));
  writer.list(group, owl_term("members"), children, label);
}

void LinkmlReader::say_unique_keys(const LinkmlElement& cls, const OwnedTerm& subject) {
  const YamlNode* const keys = cls.body.find("unique_keys");
  if (keys == nullptr || keys->is_null()) return;
  if (!keys->is_mapping()) return reader_.unwanted(*keys, "keys by their names");
  for (const auto& [name, value] : keys->entries()) {
    const YamlNode* const slots = value.is_mapping() ? value.find("unique_key_slots") : nullptr;
    if (slots == nullptr) {
      reader_.unwanted(value, "unique_key_slots: a list of slots");
      continue;
    }
    std::vector<OwnedTerm> properties;
    for (const YamlNode item : SchemaReader::items(*slots)) {
      const std::string iri = slot_iri(item.text());
      if (iri.empty()) {
        reader_.unknown_name(item, "slot", item.text(), schema_.of(LinkmlKind::slot).names());
      } else {
        properties.push_back(OwnedTerm::iri(iri));
      }
    }
    reader_.from(name).list(subject, owl_term("hasKey"), properties,
                            SchemaReader::label("key", cls.key, {cls.name, name.text()}));
  }
}

// A class that stands for a relationship is a link class; the roles of its slots tell the ends.
void LinkmlReader::say_link(const LinkmlElement& cls, const OwnedTerm& subject) {
  std::map<std::string, std::string> roles;  // property -> role, the nearest that says one
  std::vector<std::string> order;
  for (const LinkmlElement* const each : ancestors(cls, LinkmlKind::cls)) {
    for (const std::size_t i : uses_of_[each]) {
      const Use& use = uses_[i];
      const auto [at, added] = roles.emplace(use.iri, std::string());
      if (added) order.push_back(use.iri);
      const YamlNode* const role = find_layer(use.layers, "relational_role");
      if (role != nullptr && at->second.empty()) at->second = role->text();
    }
  }
  StatementWriter& writer = reader_.from(*cls.body.find("represents_relationship"));
  const auto ends = std::ranges::count_if(
      roles, [](const auto& each) { return each.second == "SUBJECT" || each.second == "OBJECT"; });
  if (ends != 2) {
    reader_.unsupported(*cls.body.find("represents_relationship"),
                        fmt::format("{} is no link: {} of its slots have the role SUBJECT or "
                                    "OBJECT, wanted one of each",
                                    printable(cls.name, kShownBytes), ends),
                        "say relational_role: SUBJECT and relational_role: OBJECT");
    return;
  }
  writer.type(subject, dm_term("LinkClass"));
  for (const std::string& iri : order) {
    const std::string& role = roles.at(iri);
    const std::string_view term = role == "SUBJECT"  ? "sourceEnd"
                                  : role == "OBJECT" ? "targetEnd"
                                                     : "qualifier";
    writer.say(subject, dm_term(term), OwnedTerm::iri(iri));
  }
}

void LinkmlReader::warn_same_iris(LinkmlKind kind) {
  std::map<std::string_view, const LinkmlElement*> seen;
  for (const LinkmlElement& each : schema_.of(kind).all()) {
    if (each.iri.empty()) continue;
    const auto [at, added] = seen.emplace(each.iri, &each);
    if (added) continue;
    reader_.report(code::schema_same_iri, each.key,
                   fmt::format("{} and {} both are <{}>", printable(at->second->name, kShownBytes),
                               printable(each.name, kShownBytes), each.iri));
  }
}

}  // namespace dossier
