// Properties of FollowTheMoney schemata: types, formats and lists of values.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "sources/ftm_reader.hpp"

namespace dossier {
namespace {

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

}  // namespace

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
