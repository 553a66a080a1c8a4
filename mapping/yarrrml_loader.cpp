#include "mapping/yarrrml_loader.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/yarrrml_reader.hpp"

namespace dossier {
namespace {

constexpr std::string_view kRootKeys[] = {"prefixes", "base",     "sources",         "targets",
                                          "mappings", "mapping",  "authentications", "authors",
                                          "author",   "external", "externals",       "functions"};
constexpr std::string_view kMappingKeys[] = {
    "sources", "source", "s",     "subject", "subjects",  "predicateobjects", "predicateobject",
    "po",      "g",      "graph", "graphs",  "condition", "conditions",       "changeDetection",
    "targets", "target"};
constexpr std::string_view kGroupKeys[] = {"p",
                                           "predicate",
                                           "predicates",
                                           "o",
                                           "object",
                                           "objects",
                                           "i",
                                           "inversepredicate",
                                           "inversepredicates",
                                           "g",
                                           "graph",
                                           "graphs",
                                           "condition",
                                           "conditions",
                                           "type",
                                           "datatype",
                                           "language"};

}  // namespace

MappingModel load_yarrrml(std::span<const YamlNode> documents, const YarrrmlOptions& options,
                          DiagnosticSink& diagnostics) {
  MappingModel model;
  YarrrmlReader(options, model, diagnostics).read_all(documents);
  return model;
}

// ---- YAML

void YarrrmlReader::report(DiagnosticCode code, const YamlNode& node, std::string message,
                           std::string hint) {
  diagnostics_.report(make_diagnostic(code, node.place(), std::move(message), std::move(hint)));
}

bool YarrrmlReader::want_map(const YamlNode& node, std::string_view what) {
  if (node.is_mapping()) return true;
  report(code::mapping_bad_value, node, fmt::format("{} is a map: key: value", what));
  return false;
}

void YarrrmlReader::check_keys(const YamlNode& map, Keys known, std::string_view what) {
  for (const auto& [key, value] : map.entries()) {
    if (std::ranges::find(known, key.text()) != known.end()) continue;
    const auto close = nearest_name(key.text(), known);
    report(code::mapping_unknown_name, key,
           fmt::format("a {} has no key \"{}\"", what, printable(key.text())),
           close ? fmt::format("did you mean \"{}\"?", *close) : "");
  }
}

const YamlNode* YarrrmlReader::find(const YamlNode& map,
                                    std::initializer_list<std::string_view> keys) {
  const YamlNode* found = nullptr;
  for (const std::string_view key : keys) {
    const YamlNode* value = map.find(key);
    if (value == nullptr) continue;
    if (found != nullptr) {
      report(code::mapping_unknown_name, *value,
             fmt::format("\"{}\" is another spelling of a key that is there already", key),
             "keep one of them");
      continue;
    }
    found = value;
  }
  return found;
}

std::vector<const YamlNode*> YarrrmlReader::items(const YamlNode& node) const {
  std::vector<const YamlNode*> out;
  if (node.is_sequence()) {
    for (const YamlNode& item : node.items()) out.push_back(&item);
  } else if (!node.is_null()) {
    out.push_back(&node);
  }
  return out;
}

std::string YarrrmlReader::text(const YamlNode& node, std::string_view what) {
  if (node.is_scalar()) return std::string(node.text());
  report(code::mapping_bad_value, node, fmt::format("`{}` is a text", what));
  return {};
}

// ---- the document

void YarrrmlReader::read_all(std::span<const YamlNode> documents) {
  for (const YamlNode& document : documents) {
    if (document.is_null()) continue;
    if (want_map(document, "a YARRRML document")) read_head(document);
  }
  for (const auto& [name, value] : options_.externals) externals_[name] = value;
  const auto each_mapping = [&](auto&& take) {
    for (const YamlNode& document : documents) {
      const YamlNode* mappings =
          document.is_mapping() ? find(document, {"mappings", "mapping"}) : nullptr;
      if (mappings == nullptr || mappings->is_null() || !want_map(*mappings, "`mappings`"))
        continue;
      for (const auto& [key, value] : mappings->entries()) take(key, value);
    }
  };
  each_mapping([&](const YamlNode& key, const YamlNode& value) {
    read_mapping(std::string(key.text()), key, value);
  });
  check_parents();
  for (const Prefixes::Entry& each : prefixes_.entries()) {
    model_.prefixes.emplace_back(each.name, each.iri);
  }
}

void YarrrmlReader::read_head(const YamlNode& document) {
  check_keys(document, kRootKeys, "YARRRML document");
  if (const YamlNode* prefixes = find(document, {"prefixes"});
      prefixes != nullptr && want_map(*prefixes, "`prefixes`")) {
    for (const auto& [key, value] : prefixes->entries()) {
      prefixes_.set(key.text(), text(value, "prefix"));
    }
  }
  if (const YamlNode* base = find(document, {"base"})) model_.base = text(*base, "base");
  if (const YamlNode* externals = find(document, {"external", "externals"});
      externals != nullptr && want_map(*externals, "`external`")) {
    for (const auto& [key, value] : externals->entries()) {
      externals_[std::string(key.text())] = text(value, "external value");
    }
  }
  if (const YamlNode* sources = find(document, {"sources"})) read_sources(*sources);
  if (const YamlNode* targets = find(document, {"targets"})) read_targets_section(*targets);
  if (const YamlNode* authors = find(document, {"authors", "author"})) read_authors(*authors);
  if (const YamlNode* functions = find(document, {"functions"})) read_functions(*functions);
}

// ---- mappings

// What a mapping, and what a change adds to one, have in common: added to what is there.
void YarrrmlReader::read_parts(const YamlNode& node, MappingParts& out) {
  if (const YamlNode* graphs = find(node, {"g", "graph", "graphs"})) {
    std::ranges::move(terms(*graphs, Role::graph), std::back_inserter(out.map.subject_graphs));
  }
  if (const YamlNode* group = find(node, {"predicateobjects", "predicateobject", "po"})) {
    read_predicate_objects(*group, out.map.predicate_objects);
  }
  if (const YamlNode* given = find(node, {"sources", "source"})) {
    std::ranges::move(source_indices(*given), std::back_inserter(out.sources));
    out.has_sources = true;
  }
}

void YarrrmlReader::read_mapping(const std::string& name, const YamlNode& key,
                                 const YamlNode& node) {
  if (!want_map(node, "a mapping")) return;
  check_keys(node, kMappingKeys, "mapping");
  MappingParts parts;
  parts.map.place = key.place();
  read_parts(node, parts);
  if (const YamlNode* subject = find(node, {"s", "subject", "subjects"})) {
    parts.subjects = terms(*subject, Role::subject);
  } else {
    TermMap blank;
    blank.type = TermType::blank_node;
    blank.place = key.place();
    parts.subjects.push_back(std::move(blank));
  }
  const Function when = condition(node);
  for (TermMap& subject : parts.subjects) {
    if (when) subject.condition = when;
    // Targets of the mapping are those of all its statements.
    if (const YamlNode* targets = find(node, {"targets", "target"})) {
      read_targets(*targets, subject.expression.targets);
    }
  }
  if (const YamlNode* changes = find(node, {"changeDetection"})) {
    add_changes(name, parts, *changes);
  } else {
    add_triples_maps(name, std::move(parts));
  }
}

void YarrrmlReader::add_triples_maps(const std::string& name, MappingParts parts) {
  if (!parts.has_sources) parts.sources = {TriplesMap::kNoSource};
  std::vector<std::string>& names = maps_[name];
  for (const std::size_t source : parts.sources) {
    for (const TermMap& subject : parts.subjects) {
      TriplesMap one = parts.map;
      one.source = source;
      one.subject = subject;
      one.name = names.empty() ? name : fmt::format("{}#{}", name, names.size() + 1);
      names.push_back(one.name);
      model_.triples_maps.push_back(std::move(one));
    }
  }
}

bool YarrrmlReader::is_type(const std::vector<TermMap>& predicates) const {
  return std::ranges::any_of(predicates, [](const TermMap& map) {
    const auto* constant = std::get_if<ConstantTerm>(&map.expression.value);
    return constant != nullptr && constant->text == rdf::kType;
  });
}

void YarrrmlReader::read_predicate_objects(const YamlNode& node,
                                           std::vector<PredicateObjectMap>& out) {
  if (node.is_mapping()) {
    read_long(node, out);
    return;
  }
  for (const YamlNode* item : items(node)) {
    if (item->is_mapping()) {
      read_long(*item, out);
    } else if (item->is_sequence()) {
      read_short(*item, out);
    } else {
      report(code::mapping_bad_value, *item,
             fmt::format("\"{}\" is no predicate with an object", printable(item->text())),
             "write [predicate, object]");
    }
  }
}

// [predicate, object], [predicate, object, datatype or language~lang]
void YarrrmlReader::read_short(const YamlNode& node, std::vector<PredicateObjectMap>& out) {
  const auto all = items(node);
  if (all.size() < 2 || all.size() > 3) {
    report(code::mapping_expression, node,
           all.size() < 2 ? "this has a predicate and no object"
                          : fmt::format("this has {} parts", all.size()),
           "write [predicate, object] or [predicate, object, datatype]");
    return;
  }
  PredicateObjectMap group;
  group.place = node.place();
  group.predicates = terms(*all[0], Role::predicate);
  group.objects = objects(*all[1], is_type(group.predicates) ? Role::type_object : Role::object);
  if (all.size() == 3) {
    for (ObjectMap& object : group.objects) {
      if (auto* term = std::get_if<TermMap>(&object)) read_third(*all[2], *term);
    }
  }
  out.push_back(std::move(group));
}

void YarrrmlReader::read_long(const YamlNode& node, std::vector<PredicateObjectMap>& out) {
  check_keys(node, kGroupKeys, "predicate-object map");
  PredicateObjectMap group;
  group.place = node.place();
  if (const YamlNode* predicates = find(node, {"p", "predicate", "predicates"})) {
    group.predicates = terms(*predicates, Role::predicate);
  }
  if (const YamlNode* given = find(node, {"o", "object", "objects"})) {
    const Role role = is_type(group.predicates) ? Role::type_object : Role::object;
    for (const YamlNode* item : items(*given)) {
      // Inside a list, a list is an object with its datatype or language.
      auto read = given->is_sequence() && item->is_sequence()
                      ? objects(*item->items().begin(), role)
                      : objects(*item, role);
      if (given->is_sequence() && item->is_sequence() && item->items().size() == 2) {
        for (ObjectMap& object : read) {
          if (auto* term = std::get_if<TermMap>(&object)) read_third(item->items()[1], *term);
        }
      }
      std::ranges::move(read, std::back_inserter(group.objects));
    }
  }
  if (const YamlNode* graphs = find(node, {"g", "graph", "graphs"})) {
    group.graphs = terms(*graphs, Role::graph);
  }
  if (const Function when = condition(node)) {
    for (ObjectMap& object : group.objects) {
      if (auto* term = std::get_if<TermMap>(&object)) term->condition = when;
    }
  }
  const YamlNode* back = find(node, {"i", "inversepredicate", "inversepredicates"});
  if (group.objects.empty() || (group.predicates.empty() && back == nullptr)) {
    report(code::mapping_expression, node,
           fmt::format("this has no {}", group.objects.empty() ? "object" : "predicate"),
           "write p: and o:");
    return;
  }
  if (back != nullptr) {
    PredicateObjectMap turned = group;
    turned.predicates = terms(*back, Role::predicate);
    turned.inverse = true;
    out.push_back(std::move(turned));
  }
  if (!group.predicates.empty()) out.push_back(std::move(group));
}

std::vector<ObjectMap> YarrrmlReader::objects(const YamlNode& node, Role role) {
  std::vector<ObjectMap> out;
  for (const YamlNode* item : items(node)) {
    if (item->is_mapping() && item->find("mapping") != nullptr) {
      for (RefObjectMap& object : joins(*item)) out.emplace_back(std::move(object));
    } else if (auto one = term(*item, role)) {
      out.emplace_back(std::move(*one));
    }
  }
  return out;
}

// A mapping with several sources or subjects is several triples maps: an object that refers to it
// is as many.
void YarrrmlReader::check_parents() {
  for (TriplesMap& map : model_.triples_maps) {
    map.asserted = !not_asserted_.contains(map.name);
    for (PredicateObjectMap& group : map.predicate_objects) {
      std::vector<ObjectMap> spread;
      for (ObjectMap& object : group.objects) {
        const auto* reference = std::get_if<RefObjectMap>(&object);
        if (reference == nullptr) {
          spread.push_back(std::move(object));
          continue;
        }
        const auto found = maps_.find(reference->parent);
        if (found == maps_.end()) {
          spread.push_back(std::move(object));  // `compile` says that there is none
          continue;
        }
        for (const std::string& name : found->second) {
          RefObjectMap one = *reference;
          one.parent = name;
          spread.emplace_back(std::move(one));
        }
      }
      group.objects = std::move(spread);
    }
  }
}

}  // namespace dossier
