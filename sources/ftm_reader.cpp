#include "sources/ftm_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/schemas.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "sources/schema_hierarchy.hpp"

namespace dossier {
namespace {

constexpr std::string_view kFtmNamespace = "https://schema.followthemoney.tech/#";

constexpr SchemaKey kFtmSchemaKeys[] = {
    {"label", KeyUse::read},     {"plural", KeyUse::note},     {"description", KeyUse::read},
    {"extends", KeyUse::read},   {"abstract", KeyUse::read},   {"deprecated", KeyUse::read},
    {"featured", KeyUse::read},  {"required", KeyUse::read},   {"caption", KeyUse::read},
    {"edge", KeyUse::read},      {"properties", KeyUse::read}, {"temporalExtent", KeyUse::read},
    {"matchable", KeyUse::note}, {"hidden", KeyUse::note},     {"generated", KeyUse::note},
    {"icon", KeyUse::note},      {"schemata", KeyUse::note},   {"rdf", KeyUse::unsupported},
};
constexpr SchemaKey kFtmPropertyKeys[] = {
    {"label", KeyUse::read},      {"description", KeyUse::read}, {"type", KeyUse::read},
    {"range", KeyUse::read},      {"reverse", KeyUse::read},     {"format", KeyUse::read},
    {"maxLength", KeyUse::read},  {"deprecated", KeyUse::read},  {"matchable", KeyUse::note},
    {"hidden", KeyUse::note},     {"stub", KeyUse::note},        {"examples", KeyUse::note},
    {"caption", KeyUse::note},    {"name", KeyUse::note},        {"qname", KeyUse::note},
    {"rdf", KeyUse::unsupported},
};
constexpr SchemaKey kFtmEdgeKeys[] = {
    {"source", KeyUse::read},   {"target", KeyUse::read},  {"label", KeyUse::read},
    {"directed", KeyUse::read}, {"caption", KeyUse::note},
};

enum class FtmValue : std::uint8_t {
  text,
  word,
  country,
  date,
  entity,
  gender,
  language,
  number,
  topic,
  link
};
struct FtmType {
  std::string_view name;
  FtmValue value;
};
constexpr FtmType kFtmTypes[] = {
#define DOSSIER_FTM_TYPE(name, value) {name, FtmValue::value},
#include "sources/ftm_values.def"
};

struct FtmFormat {
  std::string_view name;
  std::string_view pattern;
};
constexpr FtmFormat kFtmFormats[] = {
#define DOSSIER_FTM_FORMAT(name, pattern) {name, pattern},
#include "sources/ftm_values.def"
};

constexpr std::string_view kFtmGenders[] = {
#define DOSSIER_FTM_GENDER(code) code,
#include "sources/ftm_values.def"
};
constexpr std::string_view kFtmTopics[] = {
#define DOSSIER_FTM_TOPIC(code) code,
#include "sources/ftm_values.def"
};

// Two-letter codes, codes of past countries and of unions, and parts of countries: gb-sct.
constexpr std::string_view kFtmCountryPattern = "^[a-z]{2,4}(-[a-z0-9]{2,4})?$";
constexpr std::string_view kFtmLanguagePattern = "^[a-z]{2,3}$";

std::string ftm_iri(std::string_view name) {
  return std::string(kFtmNamespace).append(name);
}

// "linked to" -> linkedTo
std::string ftm_edge_name(std::string_view label) {
  std::string out;
  bool begins = false;
  for (const char c : label) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter) {
      begins = !out.empty();
      continue;
    }
    const bool lower = c >= 'a' && c <= 'z';
    out += begins && lower ? static_cast<char>(c - 'a' + 'A') : c;
    begins = false;
  }
  return out;
}

}  // namespace

Expected<void> FtmReader::read(YamlNode root) {
  reader_.sink().prefix("ftm", kFtmNamespace);
  add_file(root);
  if (auto done = find_others(); !done) return done;
  resolve_extends();
  if (auto good = reader_.outcome(); !good) return good;
  const OwnedTerm ontology = OwnedTerm::iri("https://schema.followthemoney.tech/");
  reader_.from(root).type(ontology, owl::kOntology);
  reader_.from(root).say(ontology, rdfs::kLabel, OwnedTerm::literal("FollowTheMoney"));
  say_value_lists(root);
  for (const Schema& each : schemata_) say_schema(each);
  for (const Schema& each : schemata_) say_edge(each);
  if (steps_left_ == 0) {
    return fail(code::limit_exceeded, {root.place().file},
                "the schemata have too many others above them (max-hierarchy)",
                "raise the limit with --limit max-hierarchy=N if that is meant");
  }
  return reader_.outcome();
}

// ---- which schemata there are

void FtmReader::add_file(YamlNode root) {
  for (const auto& [key, body] : root.entries()) {
    const auto [at, added] = by_name_.emplace(key.text(), schemata_.size());
    if (!added) {
      reader_.report(
          code::schema_bad_value, key,
          fmt::format("{} is defined twice", printable(key.text(), kShownBytes)),
          fmt::format("the other stands at {}", to_string(schemata_[at->second].key.place())));
      continue;
    }
    reader_.check_keys(body, "a schema", kFtmSchemaKeys);
    schemata_.push_back({std::string(key.text()), key, body, {}});
  }
}

// What the schemata name, and what those that are found name in turn.
Expected<void> FtmReader::find_others() {
  for (std::size_t i = 0; i < schemata_.size(); ++i) {
    const YamlNode body = schemata_[i].body;
    std::vector<YamlNode> named;
    if (const YamlNode* const extends = body.find("extends")) {
      for (const YamlNode item : SchemaReader::items(*extends)) named.push_back(item);
    }
    if (const YamlNode* const properties = body.find("properties")) {
      for (const auto& [name, property] : properties->entries()) {
        if (const YamlNode* const range = property.find("range")) named.push_back(*range);
      }
    }
    for (const YamlNode at : named) {
      if (by_name_.contains(at.text())) continue;
      const Expected<bool> found = find_beside(at.text(), at);
      if (!found) return std::unexpected(found.error());
    }
  }
  return {};
}

// Whether a file NAME.yaml brought in the schema.
Expected<bool> FtmReader::find_beside(std::string_view name, YamlNode at) {
  const bool plain = !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!plain) return false;
  const std::filesystem::path folder = std::filesystem::path(at.place().file).parent_path();
  for (const std::string_view extension : {".yaml", ".yml"}) {
    const auto opened =
        reader_.host().open(folder / std::string(name).append(extension), at.place());
    if (!opened) return std::unexpected(opened.error());
    if (*opened == nullptr) continue;
    add_file((*opened)->root());
    return by_name_.contains(name);
  }
  return false;
}

std::vector<std::string_view> FtmReader::names() const {
  std::vector<std::string_view> out;
  for (const Schema& each : schemata_) out.push_back(each.name);
  return out;
}

const FtmReader::Schema* FtmReader::named(YamlNode at) {
  const std::string name = reader_.text(at, "the name of a schema");
  if (name.empty()) return nullptr;
  const auto found = by_name_.find(name);
  if (found != by_name_.end()) return &schemata_[found->second];
  reader_.unknown_name(at, "schema", name, names());
  return nullptr;
}

void FtmReader::resolve_extends() {
  for (Schema& schema : schemata_) {
    const YamlNode* const extends = schema.body.find("extends");
    if (extends == nullptr) continue;
    for (const YamlNode item : SchemaReader::items(*extends)) {
      if (const Schema* const above = named(item)) {
        schema.extends.push_back(static_cast<std::size_t>(above - schemata_.data()));
      }
    }
  }
  const auto parents = [&](const Schema& schema) {
    std::vector<const Schema*> out;
    for (const std::size_t i : schema.extends) out.push_back(&schemata_[i]);
    return out;
  };
  find_circles(schemata_, parents,
               [&](const Schema& closing, const std::vector<const Schema*>& path) {
                 reader_.report(code::schema_cycle, closing.key,
                                printable(fmt::format("the schema stands above itself: {}",
                                                      circle_text(closing, path))));
               });
}

std::vector<const FtmReader::Schema*> FtmReader::ancestors(const Schema& schema) {
  return with_ancestors(
      schema,
      [&](const Schema& each) {
        std::vector<const Schema*> out;
        for (const std::size_t i : each.extends) out.push_back(&schemata_[i]);
        return out;
      },
      steps_left_);
}

std::string FtmReader::property_iri(const Schema& schema, std::string_view name) {
  for (const Schema* const each : ancestors(schema)) {
    const YamlNode* const properties = each->body.find("properties");
    if (properties != nullptr && properties->find(name) != nullptr) {
      return ftm_iri(fmt::format("{}:{}", each->name, name));
    }
  }
  return {};
}

std::string FtmReader::property_at(const Schema& schema, YamlNode at) {
  const std::string name = reader_.text(at, "the name of a property");
  if (name.empty()) return {};
  std::string iri = property_iri(schema, name);
  if (!iri.empty()) return iri;
  std::vector<std::string_view> known;
  for (const Schema* const each : ancestors(schema)) {
    if (const YamlNode* const properties = each->body.find("properties")) {
      for (const auto& [key, body] : properties->entries()) known.push_back(key.text());
    }
  }
  reader_.unknown_name(at, fmt::format("property of {}", schema.name), name, known);
  return {};
}

// ---- schemata

void FtmReader::say_schema(const Schema& schema) {
  const OwnedTerm subject = OwnedTerm::iri(ftm_iri(schema.name));
  const YamlNode body = schema.body;
  StatementWriter& writer = reader_.from(schema.key);
  writer.type(subject, owl_term("Class"));
  writer.type(subject, sh_term("NodeShape"));
  const std::string label = reader_.text_of(body, "label");
  writer.say(subject, rdfs::kLabel, OwnedTerm::literal(label.empty() ? schema.name : label));
  reader_.say_text(subject, skos_term("definition"), body, "description");
  if (const YamlNode* const extends = body.find("extends")) {
    for (const YamlNode item : SchemaReader::items(*extends)) {
      reader_.from(item).say(subject, rdfs::kSubClassOf, OwnedTerm::iri(ftm_iri(item.text())));
    }
  }
  if (reader_.flag_of(body, "abstract")) {
    reader_.from(*body.find("abstract")).say(subject, dm_term("abstract"), OwnedTerm::truth(true));
  }
  if (reader_.flag_of(body, "deprecated")) {
    reader_.from(*body.find("deprecated"))
        .say(subject, owl_term("deprecated"), OwnedTerm::truth(true));
  }
  say_list(schema, "caption");
  say_list(schema, "featured");
  std::size_t order = 0;
  if (const YamlNode* const properties = body.find("properties");
      properties != nullptr && !properties->is_null()) {
    if (!properties->is_mapping())
      return reader_.unwanted(*properties, "properties by their names");
    for (const auto& [key, property] : properties->entries()) {
      reader_.check_keys(property, "a property", kFtmPropertyKeys);
      const std::string iri = ftm_iri(fmt::format("{}:{}", schema.name, key.text()));
      say_property(schema, {iri, key, property}, order++);
    }
  }
  say_required(schema);
}

void FtmReader::say_list(const Schema& schema, std::string_view key) {
  const YamlNode* const node = schema.body.find(key);
  if (node == nullptr) return;
  std::vector<OwnedTerm> terms;
  for (const YamlNode item : SchemaReader::items(*node)) {
    const std::string iri = property_at(schema, item);
    if (!iri.empty()) terms.push_back(OwnedTerm::iri(iri));
  }
  reader_.from(*node).list(OwnedTerm::iri(ftm_iri(schema.name)), dm_term(key), terms,
                           SchemaReader::label(key, schema.key, {schema.name}));
}

void FtmReader::say_required(const Schema& schema) {
  const YamlNode* const node = schema.body.find("required");
  if (node == nullptr) return;
  for (const YamlNode item : SchemaReader::items(*node)) {
    const std::string iri = property_at(schema, item);
    if (iri.empty()) continue;
    const OwnedTerm shape =
        OwnedTerm::blank(SchemaReader::label("required", schema.key, {schema.name, item.text()}));
    StatementWriter& writer = reader_.from(item);
    writer.say(OwnedTerm::iri(ftm_iri(schema.name)), sh_term("property"), shape);
    writer.say(shape, sh_term("path"), OwnedTerm::iri(iri));
    writer.say(shape, sh_term("minCount"), OwnedTerm::integer(1));
  }
}

void FtmReader::say_edge(const Schema& schema) {
  const YamlNode* const edge = schema.body.find("edge");
  if (edge == nullptr || edge->is_null()) {
    if (const YamlNode* const extent = schema.body.find("temporalExtent");
        extent != nullptr && !reader_.flag_of(schema.body, "abstract")) {
      reader_.aside(*extent, fmt::format("temporalExtent of {} is left out: it is no edge",
                                         printable(schema.name, kShownBytes)));
    }
    return;
  }
  reader_.check_keys(*edge, "an edge", kFtmEdgeKeys);
  const YamlNode* const source = edge->find("source");
  const YamlNode* const target = edge->find("target");
  if (source == nullptr || target == nullptr) return reader_.unwanted(*edge, "source and target");
  const std::string from = property_at(schema, *source);
  const std::string to = property_at(schema, *target);
  if (from.empty() || to.empty()) return;
  const OwnedTerm subject = OwnedTerm::iri(ftm_iri(schema.name));
  StatementWriter& writer = reader_.from(*edge);
  writer.type(subject, dm_term("LinkClass"));
  writer.say(subject, dm_term("sourceEnd"), OwnedTerm::iri(from));
  writer.say(subject, dm_term("targetEnd"), OwnedTerm::iri(to));
  const YamlNode* const directed = edge->find("directed");
  if (directed != nullptr && !reader_.truth(*directed)) {
    writer.say(subject, dm_term("symmetric"), OwnedTerm::truth(true));
  }
  std::set<std::string> said{from, to};
  for (const Schema* const each : ancestors(schema)) {
    const YamlNode* const properties = each->body.find("properties");
    if (properties == nullptr) continue;
    for (const auto& [key, body] : properties->entries()) {
      const std::string iri = ftm_iri(fmt::format("{}:{}", each->name, key.text()));
      if (said.insert(iri).second) writer.say(subject, dm_term("qualifier"), OwnedTerm::iri(iri));
    }
  }
  say_direct(schema, *edge, from, to);
  say_extent(schema);
}

// The plain statement from end to end, named by the label of the edge.
void FtmReader::say_direct(const Schema& schema, YamlNode edge, const std::string& source,
                           const std::string& target) {
  const std::string label = reader_.text_of(edge, "label");
  const std::string name = ftm_edge_name(label);
  if (name.empty() || !property_iri(schema, name).empty()) return;
  const OwnedTerm direct = OwnedTerm::iri(ftm_iri(fmt::format("{}:{}", schema.name, name)));
  StatementWriter& writer = reader_.from(*edge.find("label"));
  writer.say(OwnedTerm::iri(ftm_iri(schema.name)), dm_term("directPredicate"), direct);
  writer.type(direct, owl_term("ObjectProperty"));
  writer.say(direct, rdfs::kLabel, OwnedTerm::literal(label));
  const auto say_end = [&](std::string_view predicate, const std::string& property) {
    const auto range = ranges_.find(property);
    if (range != ranges_.end()) writer.say(direct, predicate, OwnedTerm::iri(range->second));
  };
  say_end(rdfs::kDomain, source);
  say_end(rdfs::kRange, target);
}

// The first of the properties that may hold the start and the end; others are fallbacks.
void FtmReader::say_extent(const Schema& schema) {
  struct Bound {
    std::string_view key;
    std::string_view local;
  };
  constexpr Bound kBounds[] = {{"start", "startQualifier"}, {"end", "endQualifier"}};
  for (const Bound& bound : kBounds) {
    for (const Schema* const each : ancestors(schema)) {
      const YamlNode* const extent = each->body.find("temporalExtent");
      const YamlNode* const node = extent == nullptr ? nullptr : extent->find(bound.key);
      if (node == nullptr) continue;
      const std::vector<YamlNode> items = SchemaReader::items(*node);
      if (items.empty()) continue;
      const std::string iri = property_at(*each, items.front());
      if (!iri.empty()) {
        reader_.from(items.front())
            .say(OwnedTerm::iri(ftm_iri(schema.name)), dm_term(bound.local), OwnedTerm::iri(iri));
      }
      break;
    }
  }
}

// ---- properties

void FtmReader::say_property(const Schema& schema, const Property& property, std::size_t order) {
  const OwnedTerm subject = OwnedTerm::iri(property.iri);
  const OwnedTerm cls = OwnedTerm::iri(ftm_iri(schema.name));
  const OwnedTerm shape = OwnedTerm::blank(
      SchemaReader::label("property", schema.key, {schema.name, property.key.text()}));
  const std::string label = reader_.text_of(property.body, "label");
  StatementWriter& writer = reader_.from(property.key);
  writer.say(subject, rdfs::kLabel,
             OwnedTerm::literal(label.empty() ? property.key.text() : std::string_view(label)));
  writer.say(subject, rdfs::kDomain, cls);
  writer.say(cls, sh_term("property"), shape);
  writer.say(shape, sh_term("path"), subject);
  writer.say(shape, sh_term("order"), OwnedTerm::integer(order));
  writer.say(shape, sh_term("name"), OwnedTerm::literal(property.key.text()));
  reader_.say_text(subject, skos_term("definition"), property.body, "description");
  if (reader_.flag_of(property.body, "deprecated")) {
    reader_.from(*property.body.find("deprecated"))
        .say(subject, owl_term("deprecated"), OwnedTerm::truth(true));
  }
  if (const YamlNode* const length = property.body.find("maxLength")) {
    if (const auto number = reader_.count(*length)) {
      reader_.from(*length).say(shape, sh_term("maxLength"), OwnedTerm::integer(*number));
    }
  }
  const YamlNode* const type = property.body.find("type");
  const std::string name = type == nullptr ? "string" : reader_.text(*type, "the name of a type");
  const auto found = std::ranges::find(kFtmTypes, name, &FtmType::name);
  if (found == std::end(kFtmTypes)) {
    std::vector<std::string_view> known;
    for (const FtmType& each : kFtmTypes) known.push_back(each.name);
    return reader_.unknown_name(type == nullptr ? property.key : *type, "type", name, known);
  }
  if (found->value == FtmValue::entity) return say_entity(subject, property, schema);
  say_type(subject, shape, property);
  say_format(shape, property);
}

void FtmReader::say_type(const OwnedTerm& subject, const OwnedTerm& shape,
                         const Property& property) {
  const YamlNode* const type = property.body.find("type");
  const std::string_view name = type == nullptr ? "string" : type->text();
  const FtmValue value = std::ranges::find(kFtmTypes, name, &FtmType::name)->value;
  StatementWriter& writer = reader_.from(type == nullptr ? property.key : *type);
  const auto say_union = [&](std::initializer_list<std::string> datatypes) {
    const std::string label = "range_" + shape.text;
    std::vector<OwnedTerm> members;
    for (const std::string& each : datatypes) members.push_back(OwnedTerm::iri(each));
    writer.say(subject, rdfs::kRange, OwnedTerm::blank(label));
    writer.type(OwnedTerm::blank(label), rdfs::kDatatype);
    writer.list(OwnedTerm::blank(label), owl_term("unionOf"), members, label);
  };
  const auto say_range = [&](std::string_view iri) {
    writer.say(subject, rdfs::kRange, OwnedTerm::iri(iri));
  };
  const auto say_pattern = [&](std::string_view pattern) {
    writer.say(shape, sh_term("pattern"), OwnedTerm::literal(pattern));
  };
  const auto say_codes = [&](std::string_view enumeration,
                             std::span<const std::string_view> codes) {
    const std::string iri = ftm_iri(enumeration);
    std::vector<OwnedTerm> terms;
    for (const std::string_view each : codes) terms.push_back(OwnedTerm::literal(each));
    say_range(iri);
    writer.say(shape, dm_term("range"), OwnedTerm::iri(iri));
    writer.list(shape, sh_term("in"), terms, "in_" + shape.text);
  };
  writer.type(subject, value == FtmValue::link ? std::string(rdf::kNamespace) + "Property"
                                               : owl_term("DatatypeProperty"));
  switch (value) {
    case FtmValue::text:
      return say_union({std::string(xsd::kString), std::string(rdf::kLangString)});
    case FtmValue::date:
      return say_union({std::string(xsd::kDate), std::string(xsd::kDateTime),
                        std::string(xsd::kGYear), std::string(xsd::kGYearMonth)});
    case FtmValue::number:
      return say_range(rdfs_term("Literal"));
    case FtmValue::word:
      return say_range(xsd::kString);
    case FtmValue::country:
      say_range(xsd::kString);
      return say_pattern(kFtmCountryPattern);
    case FtmValue::language:
      say_range(xsd::kString);
      return say_pattern(kFtmLanguagePattern);
    case FtmValue::gender:
      return say_codes("gender", kFtmGenders);
    case FtmValue::topic:
      return say_codes("topic", kFtmTopics);
    case FtmValue::link:
      return writer.say(shape, dm_term("range"), OwnedTerm::iri(xsd_term("anyURI")));
    case FtmValue::entity:
      return;
  }
}

void FtmReader::say_entity(const OwnedTerm& subject, const Property& property,
                           const Schema& schema) {
  StatementWriter& writer = reader_.from(property.key);
  writer.type(subject, owl_term("ObjectProperty"));
  const YamlNode* const range = property.body.find("range");
  const Schema* const cls = range == nullptr ? nullptr : named(*range);
  if (cls == nullptr) return;
  ranges_[property.iri] = ftm_iri(cls->name);
  reader_.from(*range).say(subject, rdfs::kRange, OwnedTerm::iri(ftm_iri(cls->name)));
  const YamlNode* const reverse = property.body.find("reverse");
  if (reverse == nullptr || reverse->is_null()) return;
  const std::string name = reverse->is_mapping() ? reader_.text_of(*reverse, "name") : "";
  if (name.empty()) return reader_.unwanted(*reverse, "name and label of the reverse property");
  const std::string declared = property_iri(*cls, name);
  const OwnedTerm inverse =
      OwnedTerm::iri(declared.empty() ? ftm_iri(fmt::format("{}:{}", cls->name, name)) : declared);
  StatementWriter& other = reader_.from(*reverse);
  other.say(inverse, owl_term("inverseOf"), subject);
  if (!declared.empty()) return;
  other.type(inverse, owl_term("ObjectProperty"));
  other.say(inverse, rdfs::kDomain, OwnedTerm::iri(ftm_iri(cls->name)));
  other.say(inverse, rdfs::kRange, OwnedTerm::iri(ftm_iri(schema.name)));
  const std::string label = reader_.text_of(*reverse, "label");
  other.say(inverse, rdfs::kLabel, OwnedTerm::literal(label.empty() ? name : label));
}

void FtmReader::say_format(const OwnedTerm& shape, const Property& property) {
  const YamlNode* const node = property.body.find("format");
  if (node == nullptr) return;
  const auto found = std::ranges::find(kFtmFormats, node->text(), &FtmFormat::name);
  if (found == std::end(kFtmFormats)) {
    return reader_.aside(
        *node, fmt::format("the format {} is not checked", printable(node->text(), kShownBytes)));
  }
  reader_.from(*node).say(shape, sh_term("pattern"), OwnedTerm::literal(found->pattern));
}

// The lists of values that FollowTheMoney keeps in its program.
void FtmReader::say_value_lists(YamlNode root) {
  const auto say = [&](std::string_view name, std::string_view label,
                       std::span<const std::string_view> codes) {
    const OwnedTerm subject = OwnedTerm::iri(ftm_iri(name));
    const OwnedTerm same = OwnedTerm::blank(fmt::format("list_{}", name));
    std::vector<OwnedTerm> terms;
    for (const std::string_view each : codes) terms.push_back(OwnedTerm::literal(each));
    StatementWriter& writer = reader_.from(root);
    writer.type(subject, rdfs::kDatatype);
    writer.type(subject, dm_term("Enumeration"));
    writer.say(subject, rdfs::kLabel, OwnedTerm::literal(label));
    writer.say(subject, owl_term("equivalentClass"), same);
    writer.type(same, rdfs::kDatatype);
    writer.list(same, owl_term("oneOf"), terms, same.text);
  };
  say("gender", "Gender", kFtmGenders);
  say("topic", "Topic", kFtmTopics);
}

}  // namespace dossier
