// Constraints on slots, as property shapes of SHACL.
#include <fmt/format.h>

#include "base/codes/schemas.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "sources/linkml_reader.hpp"

namespace dossier {
namespace {

// Keys of a slot that alternatives (any_of ...) cannot hold.
constexpr std::string_view kCardinalityKeys[] = {"required",          "recommended",
                                                 "multivalued",       "minimum_cardinality",
                                                 "exact_cardinality", "maximum_cardinality"};

}  // namespace

void LinkmlReader::say_shape(const Use& use, std::size_t order) {
  const std::string label = SchemaReader::label("slot", use.cls->key, {use.cls->name, use.slot});
  const OwnedTerm cls = OwnedTerm::iri(use.cls->iri);
  const OwnedTerm shape = OwnedTerm::blank(label);
  StatementWriter& writer = reader_.from(use.at);
  writer.say(cls, sh_term("property"), shape);
  writer.say(shape, sh_term("path"), OwnedTerm::iri(use.iri));
  if (!use.refines) {
    const YamlNode* const alias = find_layer(use.layers, "alias");
    writer.say(shape, sh_term("order"), OwnedTerm::integer(order));
    writer.say(shape, sh_term("name"),
               OwnedTerm::literal(linkml_slot_name(alias != nullptr ? alias->text() : use.slot)));
  }
  // In RDF the identifier is the IRI of the thing, so there is no statement to be checked; the
  // shape stays for those who read documents.
  if (layer_flag(use.layers, "identifier")) {
    writer.say(cls, dm_term("identifier"), OwnedTerm::iri(use.iri));
    writer.say(shape, sh_term("minCount"), OwnedTerm::integer(1));
    writer.say(shape, sh_term("maxCount"), OwnedTerm::integer(1));
    writer.say(shape, sh_term("deactivated"), OwnedTerm::truth(true));
    say_value(shape, label, use.layers, use.range, true, use.file);
    return;
  }
  if (layer_flag(use.layers, "key")) {
    reader_.from(use.at).say(cls, dm_term("key"), OwnedTerm::iri(use.iri));
  }
  say_cardinality(shape, use);
  say_recommended(use, label);
  // Where a class below says another range, the default one binds documents only.
  const bool differs = properties_.at(use.iri).alternatives.size() > 1;
  if (differs && use.range.implied && use.range.kind == RangeKind::datatype) {
    writer.say(shape, dm_term("range"), OwnedTerm::iri(use.range.datatypes.front()));
  }
  say_value(shape, label, use.layers, use.range, differs && !use.range.implied, use.file);
  say_nesting(shape, use);
  if (use.refines) warn_loosened(use);
}

void LinkmlReader::say_cardinality(const OwnedTerm& shape, const Use& use) {
  const auto number = [&](std::string_view key) -> std::optional<std::uint64_t> {
    const YamlNode* const node = find_layer(use.layers, key);
    return node == nullptr ? std::nullopt : reader_.count(*node);
  };
  const std::optional<std::uint64_t> exact = number("exact_cardinality");
  std::optional<std::uint64_t> least = exact ? exact : number("minimum_cardinality");
  std::optional<std::uint64_t> most = exact ? exact : number("maximum_cardinality");
  const bool needed = layer_flag(use.layers, "required") || layer_flag(use.layers, "key");
  if (needed && least.value_or(0) == 0) least = 1;
  if (const YamlNode* const presence = find_layer(use.layers, "value_presence")) {
    if (presence->text() == "PRESENT") least = std::max<std::uint64_t>(least.value_or(0), 1);
    if (presence->text() == "ABSENT") most = 0;
  }
  const bool says_many = !use.refines || find_layer(use.layers, "multivalued") != nullptr;
  if (!most && says_many && !layer_flag(use.layers, "multivalued")) most = 1;
  StatementWriter& writer = reader_.from(use.at);
  if (least && *least > 0) writer.say(shape, sh_term("minCount"), OwnedTerm::integer(*least));
  if (most) writer.say(shape, sh_term("maxCount"), OwnedTerm::integer(*most));
}

// What should be there is a shape of its own, whose findings are notes.
void LinkmlReader::say_recommended(const Use& use, const std::string& label) {
  if (!layer_flag(use.layers, "recommended") || layer_flag(use.layers, "required")) return;
  const OwnedTerm shape = OwnedTerm::blank("recommended_" + label);
  StatementWriter& writer = reader_.from(use.at);
  writer.say(OwnedTerm::iri(use.cls->iri), sh_term("property"), shape);
  writer.say(shape, sh_term("path"), OwnedTerm::iri(use.iri));
  writer.say(shape, sh_term("minCount"), OwnedTerm::integer(1));
  writer.say(shape, sh_term("severity"), OwnedTerm::iri(sh_term("Info")));
}

void LinkmlReader::warn_loosened(const Use& use) {
  struct Loosening {
    std::string_view key;
    bool value;
  };
  constexpr Loosening kLoosenings[] = {{"required", false}, {"multivalued", true}};
  for (const Loosening& each : kLoosenings) {
    const YamlNode* const node = find_layer(use.layers, each.key);
    if (node == nullptr || reader_.truth(*node) != each.value) continue;
    const LinkmlElement* const slot = schema_.of(LinkmlKind::slot).find(use.slot);
    const YamlNode* const above = slot == nullptr ? nullptr : slot->body.find(each.key);
    const bool same = above != nullptr ? reader_.truth(*above) == each.value : !each.value;
    if (same) continue;
    reader_.report(
        code::schema_loosened, *node,
        fmt::format("{}: {} on {} takes back what is said of {} above", each.key, each.value,
                    printable(use.cls->name, kShownBytes), printable(use.slot, kShownBytes)));
  }
}

void LinkmlReader::say_nesting(const OwnedTerm& shape, const Use& use) {
  if (use.range.kind != RangeKind::cls) return;
  const bool as_list = layer_flag(use.layers, "inlined_as_list");
  const bool identified = has_identifier(*use.range.element);
  const bool nested = as_list || layer_flag(use.layers, "inlined") || !identified;
  if (!nested) return;
  const bool many = layer_flag(use.layers, "multivalued");
  const std::string_view how = !many ? "one" : as_list || !identified ? "list" : "map";
  reader_.from(use.at).say(shape, dm_term("nesting"), OwnedTerm::literal(how));
}

bool LinkmlReader::has_identifier(const LinkmlElement& cls) {
  if (const auto known = identified_.find(&cls); known != identified_.end()) return known->second;
  bool found = false;
  for (const LinkmlElement* const each : ancestors(cls, LinkmlKind::cls)) {
    for (const std::size_t i : uses_of_[each]) {
      found =
          found || layer_flag(uses_[i].layers, "identifier") || layer_flag(uses_[i].layers, "key");
    }
  }
  return identified_[&cls] = found;
}

// ---- values

void LinkmlReader::say_value(const OwnedTerm& shape, const std::string& label,
                             const std::vector<YamlNode>& layers, const Range& range,
                             bool with_range, std::size_t file) {
  const YamlNode* const at = find_layer(layers, "range");
  const YamlNode place = at != nullptr ? *at : layers.empty() ? YamlNode() : layers.front();
  if (with_range || range.kind == RangeKind::enumeration || range.kind == RangeKind::link) {
    say_range(shape, label, place, range);
  }
  std::vector<YamlNode> all = layers;
  all.insert(all.end(), range.constraints.begin(), range.constraints.end());
  for (const YamlNode layer : all) {
    const YamlNode* const pattern = layer.find("pattern");
    if (pattern == nullptr || pattern->is_null()) continue;
    reader_.from(*pattern).say(shape, sh_term("pattern"),
                               OwnedTerm::literal(reader_.text(*pattern, "a pattern")));
  }
  struct Bound {
    std::string_view key;
    std::string_view local;
  };
  constexpr Bound kBounds[] = {{"minimum_value", "minInclusive"},
                               {"maximum_value", "maxInclusive"}};
  for (const Bound& bound : kBounds) {
    if (const YamlNode* const node = find_layer(all, bound.key)) {
      reader_.from(*node).say(shape, sh_term(bound.local), value_term(*node, range));
    }
  }
  say_texts(shape, label, all, range);
  say_alternatives(shape, label, layers, file);
}

void LinkmlReader::say_range(const OwnedTerm& shape, const std::string& label, YamlNode at,
                             const Range& range) {
  StatementWriter& writer = reader_.from(at);
  switch (range.kind) {
    case RangeKind::any:
      return;
    case RangeKind::link:
      return writer.say(shape, dm_term("range"), OwnedTerm::iri(xsd_term("anyURI")));
    case RangeKind::cls:
      return writer.say(shape, sh_term("class"), OwnedTerm::iri(range.iri));
    case RangeKind::datatype: {
      if (range.datatypes.size() == 1) {
        return writer.say(shape, sh_term("datatype"), OwnedTerm::iri(range.datatypes[0]));
      }
      std::vector<OwnedTerm> members;
      for (std::size_t i = 0; i < range.datatypes.size(); ++i) {
        members.push_back(OwnedTerm::blank(fmt::format("{}_type_{}", label, i)));
        writer.say(members.back(), sh_term("datatype"), OwnedTerm::iri(range.datatypes[i]));
      }
      return writer.list(shape, sh_term("or"), members, label + "_types");
    }
    case RangeKind::enumeration: {
      writer.say(shape, dm_term("range"), OwnedTerm::iri(range.iri));
      const Values& values = *values_of(range);
      if (!values.open) writer.list(shape, sh_term("in"), values.terms, label + "_in");
      return;
    }
  }
}

const LinkmlReader::Values* LinkmlReader::values_of(const Range& range) const {
  if (range.kind != RangeKind::enumeration) return nullptr;
  const auto found = values_.find(range.element);
  return found == values_.end() ? nullptr : &found->second;
}

// A number, a text or a permissible value, as data have it.
OwnedTerm LinkmlReader::value_term(YamlNode node, const Range& range) {
  if (const Values* const values = values_of(range)) {
    const auto found = values->by_text.find(node.text());
    if (found != values->by_text.end()) return found->second;
  }
  if (node.type() == YamlType::integer) return OwnedTerm::literal(node.text(), xsd::kInteger);
  if (node.type() == YamlType::real) {
    const bool exponent = node.text().find_first_of("eE") != std::string_view::npos;
    return OwnedTerm::literal(node.text(), exponent ? xsd::kDouble : xsd::kDecimal);
  }
  if (range.datatypes.empty()) return OwnedTerm::literal(node.text());
  return OwnedTerm::literal(node.text(), range.datatypes.front());
}

void LinkmlReader::say_texts(const OwnedTerm& shape, const std::string& label,
                             const std::vector<YamlNode>& layers, const Range& range) {
  std::size_t lists = 0;
  for (const std::string_view key : {"equals_string", "equals_number", "equals_string_in"}) {
    const YamlNode* const node = find_layer(layers, key);
    if (node == nullptr) continue;
    std::vector<OwnedTerm> terms;
    for (const YamlNode item : SchemaReader::items(*node)) terms.push_back(value_term(item, range));
    // A shape has one sh:in at most, and that of an enumeration is said already.
    const OwnedTerm part = OwnedTerm::blank(fmt::format("{}_equals_{}", label, lists++));
    StatementWriter& writer = reader_.from(*node);
    writer.list(part, sh_term("in"), terms, part.text);
    writer.say(shape, sh_term("node"), part);
  }
}

// any_of and its like: each member is a shape. The recursion follows the nesting of the YAML,
// which max-yaml-depth bounds.
void LinkmlReader::say_alternatives(const OwnedTerm& shape, const std::string& label,
                                    const std::vector<YamlNode>& layers, std::size_t file) {
  struct Combination {
    std::string_view key;
    std::string_view local;
  };
  constexpr Combination kCombinations[] = {
      {"any_of", "or"}, {"exactly_one_of", "xone"}, {"all_of", "and"}, {"none_of", "not"}};
  for (const Combination& each : kCombinations) {
    const YamlNode* const node = find_layer(layers, each.key);
    if (node == nullptr) continue;
    std::vector<OwnedTerm> members;
    for (const YamlNode item : SchemaReader::items(*node)) {
      if (!item.is_mapping()) {
        reader_.unwanted(item, "the keys of a slot");
        continue;
      }
      for (const std::string_view key : kCardinalityKeys) {
        if (const YamlNode* const found = item.find(key)) {
          reader_.unsupported(*found, fmt::format("{} in {} is left out", key, each.key));
        }
      }
      const OwnedTerm member =
          OwnedTerm::blank(fmt::format("{}_{}_{}", label, each.key, members.size()));
      const Range range = item.find("range") == nullptr ? Range{} : resolve({item}, file);
      reader_.from(item).type(member, sh_term("NodeShape"));
      say_value(member, member.text, {item}, range, true, file);
      if (range.kind == RangeKind::cls && !has_identifier(*range.element)) {
        reader_.from(item).say(member, dm_term("nesting"), OwnedTerm::literal("one"));
      }
      members.push_back(member);
    }
    StatementWriter& writer = reader_.from(*node);
    if (each.key == "none_of") {
      for (const OwnedTerm& member : members) writer.say(shape, sh_term("not"), member);
    } else {
      writer.list(shape, sh_term(each.local), members, fmt::format("{}_{}", label, each.key));
    }
  }
}

}  // namespace dossier
