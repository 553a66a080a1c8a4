// Schemata of FollowTheMoney that are edges: link classes with two ends.
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "sources/ftm_reader.hpp"

namespace dossier {
namespace {

constexpr SchemaKey kFtmEdgeKeys[] = {
    {"source", KeyUse::read},   {"target", KeyUse::read},  {"label", KeyUse::read},
    {"directed", KeyUse::read}, {"caption", KeyUse::note},
};

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

}  // namespace dossier
