// The parts of the RML loader, one file each: term maps (rml_term_maps.cpp), functions
// (rml_functions.cpp), sources (rml_sources.cpp), targets (rml_targets.cpp), triples maps
// (rml_loader.cpp).
#pragma once

#include <string>
#include <unordered_map>

#include "base/limits.hpp"
#include "mapping/model.hpp"
#include "mapping/rml_graph.hpp"

namespace dossier {

class RmlReader {
 public:
  RmlReader(RmlGraph& rml, MappingModel& model, const Limits& limits)
      : rml_(rml), model_(model), limits_(limits) {}

  void read_all();

 private:
  using Value = RmlGraph::Value;

  // False, and reported, when `depth` of what is within one another is more than the limit.
  bool check_depth(std::size_t depth, const Place& place, std::string_view what);

  // triples maps
  std::vector<TermId> find_triples_maps() const;
  TriplesMap read_triples_map(TermId node);
  void read_subject(TermId node, TriplesMap& map);
  PredicateObjectMap read_predicate_object(const Value& value);
  ObjectMap read_object(const Value& value);
  RefObjectMap read_reference_object(const Value& value);
  JoinCondition read_join(const Value& value);
  std::string name_of(TermId node) const;

  // term maps
  TermMap read_term_map(const Value& value, std::string_view what, std::uint32_t more_kinds = 0);
  TermMap shortcut(const Value& value) const;
  void as_iri(TermId node, TermMap& map) const;
  std::vector<TermMap> read_term_maps(TermId node, Rml map, Rml shortcut_property,
                                      std::string_view what);
  Expression read_expression(TermId node, const Place& place, std::string_view what);
  void read_template(const std::string& text, const Place& place, Expression& out);
  void read_types(TermId node, TermMap& out);
  std::optional<Expression> read_type_expression(TermId node, Rml constant, Rml map);
  ConstantTerm constant_of(TermId term) const;

  // collections, quoted triples maps (rml_compounds.cpp)
  void read_gather(TermId node, TermMap& out);
  void read_quoted(TermId node, TermMap& out);
  std::vector<Value> list_items(const Value& list);

  // logical views (rml_views.cpp)
  std::shared_ptr<const LogicalView> read_view(TermId node, const Place& place);
  ViewField read_field(const Value& value);
  std::vector<ViewField> read_fields(TermId node);
  ViewJoin read_view_join(const Value& value, bool inner);
  void read_annotations();
  std::optional<StructuralAnnotation> read_annotation(const Value& value);
  std::vector<std::string> read_names(TermId node, Rml property);

  // functions
  Function read_function(TermId node, const Place& place);
  Function read_old_function(TermId node, const Place& place);
  FunctionInput read_input(const Value& value);
  Function read_condition(const Value& value);
  void unwrap_condition(TermMap& map) const;
  std::optional<JoinCondition> equality(const Function& call) const;

  // sources and targets
  static std::string local_name(std::string_view iri);  // what follows the last # or /
  std::size_t read_source(const Value& value);
  void read_access(const Value& value, LogicalSource& out);
  std::pair<PathRoot, std::string> read_root(const Value& root);
  void read_csvw(TermId node, LogicalSource& out);
  void read_dialect(TermId node, LogicalSource& out);
  void check_dialect(TermId node);
  void read_things(TermId node, LogicalSource& out);
  void read_formulation(TermId node, LogicalSource& out);
  void read_namespaces(TermId formulation, LogicalSource& out);
  void read_nulls(TermId node, LogicalSource& out);

  // targets (rml_targets.cpp)
  void read_targets(TermId node, Expression& out);
  void read_target(TermId node, const Place& place);
  void read_target_map(const Value& value);
  bool makes_targets(TermId triples_map);

  RmlGraph& rml_;
  MappingModel& model_;
  const Limits& limits_;
  std::unordered_map<TermId, std::size_t> sources_;
  std::unordered_map<TermId, std::string> targets_;
  std::vector<TriplesMap> target_makers_;  // their statements describe logical targets
  std::size_t function_depth_ = 0;
  std::size_t gather_depth_ = 0;
  std::vector<TermId> open_views_;  // being read: one that is met again is in a circle
  std::vector<TermId> open_fields_;
  // Views whose annotations are still to be read: they may name one another.
  std::vector<std::pair<TermId, std::shared_ptr<LogicalView>>> annotated_;
};

}  // namespace dossier
