// MappingModel -> Plan, the part that goes through triples maps (compile.cpp), makes terms out of
// terms (compile_compound.cpp) and looks at targets (compile_targets.cpp). Used by `compile`
// (plan.hpp) only; lives as long as one call of it.
#pragma once

#include <map>

#include "mapping/compile_term.hpp"
#include "mapping/plan.hpp"
#include "mapping/source_files.hpp"

namespace dossier {

class MapCompiler {
 public:
  MapCompiler(MappingModel model, const CompileOptions& options, DiagnosticSink& diagnostics)
      : diagnostics_(diagnostics) {
    plan_.model = std::move(model);
    plan_.options = options;
  }

  Expected<Plan> run();

 private:
  void report(DiagnosticCode code, const Place& place, std::string message, std::string hint) {
    diagnostics_.report(make_diagnostic(code, place, std::move(message), std::move(hint)));
    ++errors_;
  }
  std::size_t source_of(const TriplesMap& map) { return source_of(map.source); }
  std::size_t source_of(std::size_t model_index);
  void check_annotations();
  bool check_source(const LogicalSource& source);
  bool check_calls(const std::vector<ViewField>& fields);
  void compile_map(std::size_t index);
  void compile_predicate_object(const TriplesMap& map, const PredicateObjectMap& group,
                                std::size_t source, MapPlan& out);
  // Index of the term in out.terms; kNone when it is wrong.
  std::uint32_t add_term(const TermMap& term, Position position, const TriplesMap& map,
                         std::size_t source, MapPlan& out);
  // The targets that a term or a join names; the paths of those that depend on the record become
  // terms of `out`.
  void add_targets(const std::vector<std::string>& names, const Place& place, const TriplesMap& map,
                   std::size_t source, MapPlan& out, std::vector<std::uint32_t>& targets);
  bool check_target(std::uint32_t index);
  void add_target_path(std::uint32_t index, const TriplesMap& map, std::size_t source,
                       MapPlan& out);
  // Names the database in the plan; its path is its name.
  Expected<void> place_source(const LogicalSource& described, SourcePlan& source);
  Expected<std::filesystem::path> database_path(const LogicalSource& described, SourcePlan& source);
  std::vector<std::uint32_t> add_terms(const std::vector<TermMap>& terms, Position position,
                                       const TriplesMap& map, std::size_t source, MapPlan& out);
  std::vector<std::uint32_t> graphs_of(const std::vector<TermMap>& graphs, const TriplesMap& map,
                                       std::size_t source, MapPlan& out);
  StatementPlan reference_object(const RefObjectMap& object, const TriplesMap& map,
                                 std::size_t source, MapPlan& out);
  bool complete_joins(const RefObjectMap& object);
  std::vector<TermPlan> join_keys(const RefObjectMap& object, TermMap JoinCondition::* side,
                                  TermContext& terms);
  std::size_t join_table(const RefObjectMap& object, const TriplesMap& parent,
                         std::size_t parent_source, bool quoted);
  TermContext context(std::vector<std::string>& slots, RowProgram& program, const TriplesMap& map);
  TermContext context(SourcePlan& source, const TriplesMap& map) {
    return context(source.slots, source.program, map);
  }
  void place_computed_slots();
  // Compound terms (compile_compound.cpp): quoted triples maps and collections.
  std::uint32_t add_quoted(const TermMap& term, Position position, const TriplesMap& map,
                           std::size_t source, MapPlan& out);
  std::uint32_t add_gather(const TermMap& term, Position position, const TriplesMap& map,
                           std::size_t source, MapPlan& out);
  bool add_condition(const TermMap& term, const TriplesMap& map, std::size_t source, TermPlan& out);
  bool quote_statements(const TriplesMap& parent, std::size_t source, MapPlan& out,
                        QuotedPlan& quoted);
  // Whether the map's records are those of the source.
  bool reads_same(const TriplesMap& map, std::size_t source);
  const TriplesMap* find_parent(const std::string& name, const Place& place);
  std::uint32_t add_join(const RefObjectMap& object, const TriplesMap& parent,
                         const TriplesMap& map, std::size_t source, bool quoted);
  void place_gathers(MapPlan& map, const TriplesMap& described, std::size_t source);
  // Differs for each record-named blank node of the mapping and not by run: what the subject of a
  // triples map is called must be the same where another map refers to it.
  std::uint64_t seed(const TriplesMap& map, std::size_t term) const;
  const std::string& base_of(const TriplesMap& map) const;

  Plan plan_;
  DiagnosticSink& diagnostics_;
  std::size_t errors_ = 0;
  std::vector<std::vector<SourceFile>> more_files_;  // by source, all but the first
  std::map<std::uint32_t, bool> checked_targets_;    // whether they can be written
  std::size_t depth_ = 0;                            // of compounds within compounds
};

}  // namespace dossier
