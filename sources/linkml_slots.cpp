// Slots: which class has which, and what all uses of a property have in common.
#include <algorithm>

#include <fmt/format.h>

#include "base/codes/schemas.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "sources/linkml_keys.hpp"
#include "sources/linkml_reader.hpp"

namespace dossier {
namespace {

constexpr std::string_view kDateOrDatetime = "https://w3id.org/linkml/DateOrDatetime";

}  // namespace

const YamlNode* LinkmlReader::find_layer(const std::vector<YamlNode>& layers,
                                         std::string_view key) const {
  for (const YamlNode layer : layers) {
    const YamlNode* const found = layer.find(key);
    if (found != nullptr && !found->is_null()) return found;
  }
  return nullptr;
}

bool LinkmlReader::layer_flag(const std::vector<YamlNode>& layers, std::string_view key) {
  const YamlNode* const found = find_layer(layers, key);
  return found != nullptr && reader_.truth(*found);
}

std::string LinkmlReader::slot_iri(std::string_view slot) {
  const LinkmlElement* const found = schema_.of(LinkmlKind::slot).find(slot);
  if (found != nullptr) return found->iri;
  const auto attribute = attributes_.find(slot);
  return attribute == attributes_.end() ? std::string() : attribute->second;
}

// Of the slot and the slots above it.
std::vector<YamlNode> LinkmlReader::definition_layers(std::string_view slot) {
  std::vector<YamlNode> out;
  const LinkmlElement* const found = schema_.of(LinkmlKind::slot).find(slot);
  if (found == nullptr) return out;
  for (const LinkmlElement* const each : ancestors(*found, LinkmlKind::slot)) {
    out.push_back(each->body);
  }
  return out;
}

void LinkmlReader::collect_uses(const LinkmlElement& cls) {
  if (cls.iri == kLinkmlAny) return;
  std::map<std::string, YamlNode, std::less<>> usages;
  const auto each_slot = [&](std::string_view key, const auto& take) {
    const YamlNode* const node = cls.body.find(key);
    if (node == nullptr || node->is_null()) return;
    if (node->is_mapping()) {
      for (const auto& [name, body] : node->entries()) take(name, body);
      return;
    }
    for (const YamlNode item : SchemaReader::items(*node)) {
      const YamlNode* const name = item.is_mapping() ? item.find("name") : &item;
      if (name == nullptr || !name->is_scalar()) {
        reader_.unwanted(item, "the name of a slot");
      } else {
        take(*name, item.is_mapping() ? item : YamlNode());
      }
    }
  };
  std::vector<YamlNode> refined;  // names under slot_usage
  each_slot("slot_usage", [&](YamlNode name, YamlNode body) {
    reader_.check_keys(body, "a slot", linkml_slot_keys());
    usages.emplace(std::string(name.text()), body);
    refined.push_back(name);
  });
  const auto layers_of = [&](YamlNode name) {
    std::vector<YamlNode> layers;
    const auto usage = usages.find(name.text());
    if (usage != usages.end()) layers.push_back(usage->second);
    return layers;
  };
  std::set<std::string, std::less<>> own;
  each_slot("slots", [&](YamlNode name, YamlNode) {
    const LinkmlElement* const slot = named(LinkmlKind::slot, name, "slot");
    if (slot == nullptr || !own.emplace(name.text()).second) return;
    Use use{&cls, slot->name, slot->iri, layers_of(name), name, slot->file, false, {}};
    for (const YamlNode each : definition_layers(slot->name)) use.layers.push_back(each);
    add_use(std::move(use));
  });
  each_slot("attributes", [&](YamlNode name, YamlNode body) {
    reader_.check_keys(body, "a slot", linkml_slot_keys());
    if (!own.emplace(name.text()).second) return;
    Use use{&cls, std::string(name.text()), {}, layers_of(name), name, cls.file, false, {}};
    use.layers.push_back(body);
    const YamlNode* const uri = body.find("slot_uri");
    use.iri = uri != nullptr
                  ? schema_.expand(*uri, reader_.text(*uri, "an IRI or prefix:name"), cls.file)
                  : schema_.file(cls.file).default_namespace + linkml_slot_name(name.text());
    attributes_.emplace(use.slot, use.iri);
    add_use(std::move(use));
  });
  for (const YamlNode name : refined) {
    if (own.contains(name.text())) continue;
    Use use{&cls, std::string(name.text()), {}, layers_of(name), name, cls.file, true, {}};
    if (const LinkmlElement* const slot = schema_.of(LinkmlKind::slot).find(name.text())) {
      use.iri = slot->iri;
    } else {
      use.iri = inherited_attribute(cls, name.text());
    }
    if (use.iri.empty()) {
      reader_.unknown_name(name, "slot", name.text(), schema_.of(LinkmlKind::slot).names());
    } else {
      add_use(std::move(use));
    }
  }
}

// The IRI of an attribute of a class above; empty when none has it.
std::string LinkmlReader::inherited_attribute(const LinkmlElement& cls, std::string_view name) {
  for (const LinkmlElement* const each : ancestors(cls, LinkmlKind::cls)) {
    const YamlNode* const attributes = each->body.find("attributes");
    const YamlNode* const found =
        attributes != nullptr && attributes->is_mapping() ? attributes->find(name) : nullptr;
    if (found == nullptr) continue;
    const YamlNode* const uri = found->find("slot_uri");
    if (uri != nullptr) return schema_.expand(*uri, uri->text(), each->file);
    return schema_.file(each->file).default_namespace + linkml_slot_name(name);
  }
  return {};
}

void LinkmlReader::add_use(Use use) {
  if (use.iri.empty()) return;
  if (!use.refines || find_layer(use.layers, "range") != nullptr) {
    use.range = resolve(use.layers, use.file);
  }
  Property& property = properties_[use.iri];
  if (!property.at.place().known()) {
    const LinkmlElement* const slot = schema_.of(LinkmlKind::slot).find(use.slot);
    property.name = use.slot;
    property.at = slot != nullptr ? slot->key : use.at;
    property.file = slot != nullptr ? slot->file : use.file;
  }
  if (!use.refines) {
    property.domains.insert(use.cls->iri);
    for (const YamlNode layer : use.layers) {
      const bool known = std::ranges::any_of(
          property.bodies, [&](YamlNode each) { return each.place() == layer.place(); });
      if (!known && !layer.is_null()) property.bodies.push_back(layer);
      if (!layer.is_null()) break;  // those of slots above are said there
    }
  }
  const bool alternatives = find_layer(use.layers, "any_of") != nullptr ||
                            find_layer(use.layers, "exactly_one_of") != nullptr;
  if (!use.refines || use.range.kind != RangeKind::any || alternatives) {
    note_range(property, use.range);
  }
  uses_of_[use.cls].push_back(uses_.size());
  uses_.push_back(std::move(use));
}

void LinkmlReader::note_range(Property& property, const Range& range) {
  switch (range.kind) {
    case RangeKind::any:
    case RangeKind::link:
      property.any = true;
      property.alternatives.emplace("any");
      break;
    case RangeKind::cls:
      property.classes.insert(range.iri);
      property.alternatives.insert(range.iri);
      break;
    case RangeKind::datatype:
      for (const std::string& each : range.datatypes) property.datatypes.insert(each);
      property.alternatives.insert(range.datatypes.front());
      break;
    case RangeKind::enumeration: {
      const Values& values = values_.at(range.element);
      if (values.things && !values.open) {
        property.classes.insert(range.iri);
      } else if (values.literals) {
        property.datatypes.insert(range.iri);
      } else {
        property.any = true;
      }
      property.alternatives.insert(range.iri);
      break;
    }
  }
}

// Slots that no class has are properties all the same.
void LinkmlReader::note_unused_slots() {
  for (const LinkmlElement& slot : schema_.of(LinkmlKind::slot).all()) {
    if (slot.iri.empty()) continue;
    Property& property = properties_[slot.iri];
    if (property.at.place().known()) continue;
    property.name = slot.name;
    property.at = slot.key;
    property.file = slot.file;
    property.bodies.push_back(slot.body);
    const std::vector<YamlNode> layers = definition_layers(slot.name);
    note_range(property, resolve(layers, slot.file));
    const YamlNode* const domain = find_layer(layers, "domain");
    if (domain == nullptr) continue;
    const LinkmlElement* const cls = named(LinkmlKind::cls, *domain, "class");
    if (cls != nullptr && cls->iri != kLinkmlAny) property.domains.insert(cls->iri);
  }
}

// A statement of a slot is one of the slots above it, so these admit its subjects and values.
void LinkmlReader::spread_to_super_slots() {
  const std::map<std::string, Property> own = properties_;
  for (const LinkmlElement& slot : schema_.of(LinkmlKind::slot).all()) {
    const auto below = own.find(slot.iri);
    if (below == own.end()) continue;
    for (const LinkmlElement* const each : ancestors(slot, LinkmlKind::slot)) {
      if (each->iri == slot.iri || each->iri.empty()) continue;
      Property& above = properties_[each->iri];
      if (above.domains.empty() != below->second.domains.empty()) {
        above.domains = {};
      } else {
        for (const std::string& iri : below->second.domains) above.domains.insert(iri);
      }
      for (const std::string& iri : below->second.classes) above.classes.insert(iri);
      for (const std::string& iri : below->second.datatypes) above.datatypes.insert(iri);
      above.any = above.any || below->second.any;
      above.alternatives.insert(below->second.alternatives.begin(),
                                below->second.alternatives.end());
    }
  }
}

// ---- ranges

LinkmlReader::Range LinkmlReader::resolve(const std::vector<YamlNode>& layers, std::size_t file) {
  if (const YamlNode* const range = find_layer(layers, "range")) {
    return range_named(reader_.text(*range, "the name of a class, type or enumeration"), *range);
  }
  for (const std::string_view key : {"any_of", "exactly_one_of", "all_of"}) {
    if (find_layer(layers, key) != nullptr) return {};
  }
  const std::string& standard = schema_.file(file).default_range;
  const YamlNode* const at = schema_.file(file).root.find("default_range");
  Range range =
      range_named(standard.empty() ? "string" : standard, at == nullptr ? YamlNode() : *at);
  range.implied = true;
  return range;
}

LinkmlReader::Range LinkmlReader::range_named(std::string_view name, YamlNode at) {
  if (name.empty()) return {};
  if (const LinkmlElement* const cls = schema_.of(LinkmlKind::cls).find(name)) {
    if (cls->iri == kLinkmlAny) return {};
    return {RangeKind::cls, cls->iri, cls, {}, {}};
  }
  if (const LinkmlElement* const found = schema_.of(LinkmlKind::enumeration).find(name)) {
    return {RangeKind::enumeration, found->iri, found, {}, {}};
  }
  return type_range(name, at);
}

// Along typeof, to a type that has a datatype.
LinkmlReader::Range LinkmlReader::type_range(std::string_view name, YamlNode at) {
  Range range{RangeKind::datatype, {}, nullptr, {}, {}};
  std::set<const LinkmlElement*> seen;
  std::string next(name);
  std::string datatype;
  while (datatype.empty()) {
    const LinkmlElement* const type = schema_.of(LinkmlKind::type).find(next);
    if (type != nullptr && !seen.insert(type).second) {
      reader_.report(code::schema_cycle, type->key,
                     fmt::format("the type {} stands above itself", printable(next, kShownBytes)));
      return {};
    }
    if (type != nullptr) {
      range.constraints.push_back(type->body);
      datatype = type->iri;
      const YamlNode* const above = type->body.find("typeof");
      if (above != nullptr && datatype.empty()) {
        next = reader_.text(*above, "the name of a type");
        at = *above;
        continue;
      }
      if (datatype.empty()) datatype = xsd::kString;
      break;
    }
    const auto built_in = std::ranges::find(linkml_types(), next, &LinkmlBuiltInType::name);
    if (built_in == linkml_types().end()) {
      std::vector<std::string_view> known;
      for (const LinkmlKind kind : {LinkmlKind::cls, LinkmlKind::enumeration, LinkmlKind::type}) {
        for (const std::string_view each : schema_.of(kind).names()) known.push_back(each);
      }
      for (const LinkmlBuiltInType& each : linkml_types()) known.push_back(each.name);
      reader_.unknown_name(at, "class, type or enumeration", next, known);
      return {};
    }
    datatype = built_in->iri;
  }
  if (datatype == xsd_term("anyURI")) {
    range.kind = RangeKind::link;
  } else if (datatype.starts_with("http://www.w3.org/ns/shex#") ||
             datatype == rdfs_term("Resource")) {
    range.kind = RangeKind::link;
  } else if (datatype == kDateOrDatetime) {
    range.datatypes = {std::string(xsd::kDate), std::string(xsd::kDateTime)};
  } else {
    range.datatypes = {datatype};
  }
  return range;
}

// ---- properties

void LinkmlReader::say_property(const std::string& iri, const Property& property) {
  if (iri.empty()) return;
  const OwnedTerm subject = OwnedTerm::iri(iri);
  StatementWriter& writer = reader_.from(property.at);
  const bool mixed = property.any || (!property.classes.empty() && !property.datatypes.empty());
  writer.type(subject, mixed                      ? std::string(rdf::kNamespace) + "Property"
                       : property.classes.empty() ? owl_term("DatatypeProperty")
                                                  : owl_term("ObjectProperty"));
  writer.say(subject, dm_term("name"), OwnedTerm::literal(linkml_slot_name(property.name)));
  const auto say_union = [&](std::string_view predicate, const std::set<std::string>& iris,
                             std::string_view cls, std::string_view kind) {
    if (iris.size() == 1) writer.say(subject, predicate, OwnedTerm::iri(*iris.begin()));
    if (iris.size() < 2) return;
    const std::string label = SchemaReader::label(kind, property.at, {iri});
    std::vector<OwnedTerm> members;
    for (const std::string& each : iris) members.push_back(OwnedTerm::iri(each));
    writer.say(subject, predicate, OwnedTerm::blank(label));
    writer.type(OwnedTerm::blank(label), cls);
    writer.list(OwnedTerm::blank(label), owl_term("unionOf"), members, label);
  };
  say_union(rdfs::kDomain, property.domains, owl_term("Class"), "domain");
  if (!mixed && !property.classes.empty()) {
    say_union(rdfs::kRange, property.classes, owl_term("Class"), "range");
  } else if (!mixed) {
    say_union(rdfs::kRange, property.datatypes, std::string(rdfs::kDatatype), "range");
  }
  say_property_traits(subject, property);
}

void LinkmlReader::say_property_traits(const OwnedTerm& subject, const Property& property) {
  struct Trait {
    std::string_view key;
    std::string_view local;
  };
  constexpr Trait kTraits[] = {{"symmetric", "SymmetricProperty"},
                               {"asymmetric", "AsymmetricProperty"},
                               {"transitive", "TransitiveProperty"},
                               {"irreflexive", "IrreflexiveProperty"}};
  bool labelled = false;
  for (const YamlNode body : property.bodies) {
    const LinkmlElement element{property.name, property.at, body, property.file, subject.text};
    say_common(subject, element, !labelled);
    labelled = true;
    for (const Trait& trait : kTraits) {
      if (reader_.flag_of(body, trait.key)) {
        reader_.from(*body.find(trait.key)).type(subject, owl_term(trait.local));
      }
    }
    for (const std::string_view key : {"is_a", "mixins", "inverse", "disjoint_with"}) {
      const YamlNode* const node = body.find(key);
      if (node == nullptr) continue;
      for (const YamlNode item : SchemaReader::items(*node)) {
        const std::string other = slot_iri(item.text());
        if (other.empty()) {
          reader_.unknown_name(item, "slot", item.text(), schema_.of(LinkmlKind::slot).names());
        } else if (other != subject.text) {
          const std::string predicate = key == "inverse" ? owl_term("inverseOf")
                                        : key == "disjoint_with"
                                            ? owl_term("propertyDisjointWith")
                                            : std::string(rdfs::kSubPropertyOf);
          reader_.from(item).say(subject, predicate, OwnedTerm::iri(other));
        }
      }
    }
    if (const YamlNode* const node = body.find("subproperty_of")) {
      const std::string iri = schema_.expand(*node, reader_.text(*node, "an IRI"), property.file);
      if (!iri.empty()) reader_.from(*node).say(subject, rdfs::kSubPropertyOf, OwnedTerm::iri(iri));
    }
  }
  if (!labelled) {
    reader_.from(property.at).say(subject, rdfs::kLabel, OwnedTerm::literal(property.name));
  }
}

}  // namespace dossier
