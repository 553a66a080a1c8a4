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

}  // namespace

std::string ftm_iri(std::string_view name) {
  return std::string(kFtmNamespace).append(name);
}

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

}  // namespace dossier
