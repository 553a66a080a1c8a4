#include "mapping/rml_loader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/rml_reader.hpp"

namespace dossier {

MappingModel load_rml(const Graph& graph, EvidencePlace place_of, const Limits& limits,
                      DiagnosticSink& diagnostics) {
  MappingModel model;
  RmlGraph rml(graph, std::move(place_of), diagnostics);
  RmlReader(rml, model, limits).read_all();
  return model;
}

// A node is a triples map when it says so, or has what only triples maps have. Function
// executions of the older vocabulary look alike and are told by being a function value.
std::vector<TermId> RmlReader::find_triples_maps() const {
  const auto is_value_of = [&](TermId node, Rml property) {
    const Graph& graph = rml_.graph();
    return std::ranges::any_of(graph.predicates(), [&](TermId predicate) {
      const auto local = rml_local(graph.text(predicate));
      return local && rml_name(property).substr(4) == *local &&
             !graph.with_object(predicate, node).empty();
    });
  };
  std::vector<TermId> out;
  for (const TermId node : rml_.subjects_with(
           {Rml::logical_source, Rml::subject_map, Rml::subject, Rml::predicate_object_map})) {
    const bool typed = rml_.has_type(node, "TriplesMap");
    if (!typed && is_value_of(node, Rml::function_value)) continue;
    out.push_back(node);
  }
  return out;
}

bool RmlReader::check_depth(std::size_t depth, const Place& place, std::string_view what) {
  if (depth <= limits_.max_mapping_depth) return true;
  rml_.report(code::limit_exceeded, place,
              fmt::format("{} are nested deeper than {} (max-mapping-depth), or in a circle", what,
                          limits_.max_mapping_depth),
              "raise the limit with --limit max-mapping-depth=N");
  return false;
}

void RmlReader::read_all() {
  std::vector<TermId> maps = find_triples_maps();
  const auto makers =
      std::ranges::stable_partition(maps, [&](TermId node) { return !makes_targets(node); });
  for (const TermId node : makers) target_makers_.push_back(read_triples_map(node));
  maps.erase(makers.begin(), makers.end());
  for (const TermId node : maps) model_.triples_maps.push_back(read_triples_map(node));
  read_annotations();
}

std::string RmlReader::name_of(TermId node) const {
  const Graph& graph = rml_.graph();
  return node.is_blank() ? "_:" + std::string(graph.text(node)) : std::string(graph.text(node));
}

TriplesMap RmlReader::read_triples_map(TermId node) {
  rml_.check(node, kT, "triples map");
  TriplesMap map;
  map.name = name_of(node);
  map.place = rml_.place(node);
  map.offset = rml_.offset(node);
  map.asserted = !rml_.has_type(node, "NonAssertedTriplesMap");
  if (!map.asserted && rml_.has_type(node, "AssertedTriplesMap")) {
    rml_.report(code::mapping_bad_value, map.place,
                fmt::format("the triples map \"{}\" is both asserted and not asserted",
                            printable(map.name)),
                "keep one of the types");
  }
  if (const auto base = rml_.text(node, Rml::base_iri)) map.base = *base;
  if (const auto source = rml_.value(node, Rml::logical_source)) map.source = read_source(*source);
  if (const auto change = rml_.value(node, Rml::change_detection)) {
    rml_.report(code::mapping_unsupported, rml_.place(*change),
                "detection of changes cannot be run yet");
  }
  read_subject(node, map);
  for (const Value& value : rml_.values(node, Rml::predicate_object_map)) {
    map.predicate_objects.push_back(read_predicate_object(value));
  }
  return map;
}

void RmlReader::read_subject(TermId node, TriplesMap& map) {
  const auto maps = rml_.values(node, Rml::subject_map);
  const auto constants = rml_.values(node, Rml::subject);
  if (maps.size() + constants.size() != 1) {
    rml_.report(code::mapping_no_subject, maps.size() > 1 ? rml_.place(maps[1]) : map.place,
                fmt::format("the triples map \"{}\" has {}", printable(map.name),
                            maps.empty() && constants.empty()
                                ? "no subject map"
                                : counted(maps.size() + constants.size(), "subject map")),
                maps.empty() ? "add one: rml:subjectMap [ rml:template \"http://.../{id}\" ]"
                             : "keep one, and make a second triples map for the other");
    if (maps.empty() && constants.empty()) {
      // A stand-in, so that nothing more is said of the subject.
      map.subject.type = TermType::blank_node;
      return;
    }
  }
  if (maps.empty()) {
    map.subject = shortcut(constants.front());
    return;
  }
  const Value& subject = maps.front();
  map.subject = read_term_map(subject, "subject map");
  as_iri(subject.term, map.subject);
  for (const Value& cls : rml_.values(subject.term, Rml::cls)) {
    map.classes.push_back(shortcut(cls));
  }
  map.subject_graphs = read_term_maps(subject.term, Rml::graph_map, Rml::graph, "graph map");
  auto own = read_term_maps(node, Rml::graph_map, Rml::graph, "graph map");
  std::ranges::move(own, std::back_inserter(map.subject_graphs));
}

PredicateObjectMap RmlReader::read_predicate_object(const Value& value) {
  rml_.check(value.term, kP, "predicate-object map");
  PredicateObjectMap group;
  group.place = rml_.place(value);
  group.predicates =
      read_term_maps(value.term, Rml::predicate_map, Rml::predicate, "predicate map");
  group.graphs = read_term_maps(value.term, Rml::graph_map, Rml::graph, "graph map");
  for (const Value& object : rml_.values(value.term, Rml::object_map)) {
    group.objects.push_back(read_object(object));
  }
  for (const Value& object : rml_.values(value.term, Rml::object)) {
    group.objects.emplace_back(shortcut(object));
  }
  return group;
}

ObjectMap RmlReader::read_object(const Value& value) {
  if (rml_.has(value.term, Rml::parent_triples_map)) return read_reference_object(value);
  TermMap map = read_term_map(value, "object map");
  unwrap_condition(map);
  return map;
}

RefObjectMap RmlReader::read_reference_object(const Value& value) {
  rml_.check(value.term, kR, "referencing object map");
  RefObjectMap object;
  object.place = rml_.place(value);
  if (const auto parent = rml_.value(value.term, Rml::parent_triples_map)) {
    object.parent = name_of(parent->term);
  }
  for (const Value& join : rml_.values(value.term, Rml::join_condition)) {
    if (const auto function = rml_.value(join.term, Rml::function_value)) {
      const Function call = read_old_function(function->term, rml_.place(*function));
      if (auto equal = equality(call)) {
        object.joins.push_back(std::move(*equal));
      } else {
        object.condition = call;
      }
    } else {
      object.joins.push_back(read_join(join));
    }
  }
  Expression targets;
  read_targets(value.term, targets);
  object.targets = std::move(targets.targets);
  return object;
}

JoinCondition RmlReader::read_join(const Value& value) {
  rml_.check(value.term, kJ, "join condition");
  JoinCondition join;
  join.place = rml_.place(value);
  const auto side = [&](Rml shortcut_property, Rml map_property, std::string_view what) {
    if (const auto map = rml_.value(value.term, map_property)) return read_term_map(*map, what);
    TermMap map;
    if (const auto text = rml_.value(value.term, shortcut_property)) {
      map.place = rml_.place(*text);
      map.expression.place = map.place;
      map.expression.value = Reference{std::string(rml_.graph().text(text->term))};
    }
    return map;
  };
  join.child = side(Rml::child, Rml::child_map, "child map");
  join.parent = side(Rml::parent, Rml::parent_map, "parent map");
  return join;
}

}  // namespace dossier
