#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/annotations.hpp"
#include "mapping/map_compiler.hpp"
#include "mapping/source_files.hpp"
#include "mapping/sql_source.hpp"
#include "mapping/view_fields.hpp"

namespace dossier {
namespace {

// Two tables of one parent are the same when their keys are made of the same pieces.
bool same_keys(const JoinTablePlan& a, const JoinTablePlan& b) {
  const auto same_piece = [&](const Piece& x, const Piece& y) {
    if (x.slot == Piece::kConstant || y.slot == Piece::kConstant) {
      return x.slot == y.slot && x.text == y.text;
    }
    if (RowProgram::is_computed(x.slot) || RowProgram::is_computed(y.slot)) return false;
    return a.slots[x.slot] == b.slots[y.slot];
  };
  return std::ranges::equal(a.keys, b.keys, [&](const TermPlan& x, const TermPlan& y) {
    return std::ranges::equal(x.pieces, y.pieces, same_piece);
  });
}

void count_uses(MapPlan& map) {
  for (const StatementPlan& statement : map.statements) {
    for (const std::uint32_t index : {statement.predicate, statement.object, statement.graph}) {
      if (index < map.terms.size()) ++map.terms[index].uses;
    }
  }
  map.terms[map.subject].uses = static_cast<std::uint32_t>(map.statements.size());
}

}  // namespace

const std::string& MapCompiler::base_of(const TriplesMap& map) const {
  if (!map.base.empty()) return map.base;
  return plan_.model.base.empty() ? plan_.options.base : plan_.model.base;
}

std::uint64_t MapCompiler::seed(const TriplesMap& map, std::size_t term) const {
  const LogicalSource& source = plan_.model.sources[map.source];
  return hash_mix(hash_bytes(map.name, hash_bytes(source.iterator, hash_bytes(source.path))), term);
}

TermContext MapCompiler::context(std::vector<std::string>& slots, RowProgram& program,
                                 const TriplesMap& map) {
  return {SlotTable(slots), base_of(map),        0, diagnostics_, program,
          plan_.model,      plan_.options.limits};
}

// Functions of a view's fields; they are compiled when it is opened.
bool MapCompiler::check_calls(const std::vector<ViewField>& fields) {
  bool good = true;
  for (const ViewField& field : fields) {
    if (const auto* call = std::get_if<Function>(&field.expression.value)) {
      ViewLevel level;
      if (auto slot = compile_field_call(**call, plan_.model, plan_.options.limits, level); !slot) {
        diagnostics_.report(std::move(slot.error()));
        ++errors_;
        good = false;
      }
    }
    good = check_calls(field.fields) && good;
  }
  return good;
}

bool MapCompiler::check_source(const LogicalSource& source) {
  if (source.view) {
    bool good = check_source(plan_.model.sources[source.view->on]);
    good = check_calls(source.view->fields) && good;
    for (const ViewJoin& join : source.view->joins) {
      good = check_source(plan_.model.sources[join.parent]) && good;
      good = check_calls(join.fields) && good;
    }
    return good;
  }
  const bool readable = source.formulation != Formulation::other;
  if (source.kind.empty() && readable) return true;
  report(code::mapping_unsupported, source.place,
         source.kind.empty()
             ? fmt::format("sources of the kind {} cannot be read yet",
                           source.formulation_name.empty() ? to_string(source.formulation)
                                                           : source.formulation_name)
             : fmt::format("access by \"{}\" is not there yet", printable(source.kind)),
         "export the data to a CSV, JSON or XML file and name that");
  return false;
}

Expected<std::filesystem::path> MapCompiler::database_path(const LogicalSource& described,
                                                           SourcePlan& source) {
  const auto address = sql_address(described, plan_.options, &diagnostics_);
  if (!address) return std::unexpected(address.error());
  source.shown_path = sql_name(described, *address);
  return std::filesystem::path(source.shown_path);
}

std::size_t MapCompiler::source_of(std::size_t model_index) {
  const LogicalSource& wanted = plan_.model.sources[model_index];
  const auto found = std::ranges::find_if(plan_.sources, [&](const SourcePlan& each) {
    return same_source(plan_.model.sources[each.model_index], wanted);
  });
  if (found != plan_.sources.end()) {
    return static_cast<std::size_t>(found - plan_.sources.begin());
  }
  SourcePlan source;
  source.model_index = model_index;
  source.shown_path = wanted.path;
  if (check_source(wanted)) {
    const LogicalSource* read = &wanted;
    while (read->view) read = &plan_.model.sources[read->view->on];
    if (auto placed = place_source(*read, source); !placed) {
      diagnostics_.report(std::move(placed.error()));
      ++errors_;
    }
  }
  plan_.sources.push_back(std::move(source));
  return plan_.sources.size() - 1;
}

Expected<void> MapCompiler::place_source(const LogicalSource& described, SourcePlan& source) {
  if (is_sql(described)) {
    auto path = database_path(described, source);
    if (!path) return std::unexpected(std::move(path.error()));
    source.path = std::move(*path);
    return {};
  }
  auto files = source_files(described, plan_.options);
  if (!files) return std::unexpected(std::move(files.error()));
  source.path = std::move(files->front().path);
  source.shown_path = std::move(files->front().shown);
  files->erase(files->begin());
  more_files_.resize(plan_.sources.size() + 1);
  more_files_.back() = std::move(*files);
  return {};
}

std::uint32_t MapCompiler::add_term(const TermMap& term, Position position, const TriplesMap& map,
                                    std::size_t source, MapPlan& out) {
  if (term.quoted) return add_quoted(term, position, map, source, out);
  if (term.gather) return add_gather(term, position, map, source, out);
  TermContext terms = context(plan_.sources[source], map);
  terms.record_seed = seed(map, out.terms.size());
  auto compiled = compile_term(term, position, terms);
  if (!compiled) {
    ++errors_;
    return StatementPlan::kNone;
  }
  add_targets(term.expression.targets, term.place, map, source, out, compiled->targets);
  for (const auto* each : {&term.datatype, &term.language}) {
    if (*each) add_targets((*each)->targets, term.place, map, source, out, compiled->targets);
  }
  out.terms.push_back(std::move(*compiled));
  return static_cast<std::uint32_t>(out.terms.size() - 1);
}

std::vector<std::uint32_t> MapCompiler::add_terms(const std::vector<TermMap>& terms,
                                                  Position position, const TriplesMap& map,
                                                  std::size_t source, MapPlan& out) {
  std::vector<std::uint32_t> indices;
  for (const TermMap& term : terms) {
    const std::uint32_t index = add_term(term, position, map, source, out);
    if (index != StatementPlan::kNone) indices.push_back(index);
  }
  return indices;
}

// Graphs of the subject and of the group together; none means the default graph.
std::vector<std::uint32_t> MapCompiler::graphs_of(const std::vector<TermMap>& graphs,
                                                  const TriplesMap& map, std::size_t source,
                                                  MapPlan& out) {
  std::vector<std::uint32_t> indices =
      add_terms(map.subject_graphs, Position::graph, map, source, out);
  const auto own = add_terms(graphs, Position::graph, map, source, out);
  indices.insert(indices.end(), own.begin(), own.end());
  if (indices.empty() && map.subject_graphs.empty() && graphs.empty()) {
    TermPlan none;
    none.constant = true;
    none.default_graph = true;
    out.terms.push_back(std::move(none));
    indices.push_back(static_cast<std::uint32_t>(out.terms.size() - 1));
  }
  return indices;
}

bool MapCompiler::complete_joins(const RefObjectMap& object) {
  bool complete = true;
  for (const JoinCondition& condition : object.joins) {
    const bool child = !condition.child.expression.empty();
    if (child && !condition.parent.expression.empty()) continue;
    complete = false;
    report(code::mapping_bad_join, condition.place,
           fmt::format("this join condition has no {}", child ? "parent" : "child"),
           "a join condition names a value of each side: rml:child and rml:parent");
  }
  return complete;
}

std::vector<TermPlan> MapCompiler::join_keys(const RefObjectMap& object,
                                             TermMap JoinCondition::* side, TermContext& terms) {
  std::vector<TermPlan> keys;
  for (const JoinCondition& condition : object.joins) {
    TermMap key = condition.*side;
    key.type = TermType::literal;
    auto compiled = compile_term(key, Position::join, terms);
    compiled ? keys.push_back(std::move(*compiled)) : static_cast<void>(++errors_);
  }
  return keys;
}

std::size_t MapCompiler::join_table(const RefObjectMap& object, const TriplesMap& parent,
                                    std::size_t parent_source, bool quoted) {
  JoinTablePlan table;
  table.source = parent_source;
  table.parent_map = static_cast<std::size_t>(&parent - plan_.model.triples_maps.data());
  TermContext terms = context(table.slots, table.program, parent);
  table.keys = join_keys(object, &JoinCondition::parent, terms);
  const auto found = std::ranges::find_if(plan_.join_tables, [&](const JoinTablePlan& each) {
    return !quoted && each.quoted.empty() && each.parent_map == table.parent_map &&
           same_keys(each, table);
  });
  if (found != plan_.join_tables.end()) {
    return static_cast<std::size_t>(found - plan_.join_tables.begin());
  }
  if (quoted) {
    // The statements are compiled on slots of their own: those of the table. All sources are there
    // before, so that this one stays the last until it goes.
    for (const TriplesMap& map : plan_.model.triples_maps) {
      if (map.source != TriplesMap::kNoSource) source_of(map);
    }
    SourcePlan row;
    row.model_index = plan_.sources[parent_source].model_index;
    std::swap(row.slots, table.slots);
    std::swap(row.program, table.program);
    plan_.sources.push_back(std::move(row));
    const std::size_t place = plan_.sources.size() - 1;
    MapPlan statements;
    QuotedPlan parts;
    const std::size_t joins = plan_.joins.size();
    if (!quote_statements(parent, place, statements, parts)) ++errors_;
    if (plan_.joins.size() > joins) {
      report(code::mapping_unsupported, object.place,
             "a quoted triples map that is joined cannot have joins itself",
             "make the inner statements in a triples map of the same source");
    }
    std::swap(plan_.sources[place].slots, table.slots);
    std::swap(plan_.sources[place].program, table.program);
    plan_.sources.pop_back();
    for (const QuotedPlan::Part& part : parts.parts) {
      StatementPlan statement;
      statement.predicate = part.predicate;
      statement.object = part.object;
      for (const std::uint32_t index : {part.subject, part.predicate, part.object}) {
        statements.terms[index].operand = false;
      }
      statements.statements.push_back(statement);
      statements.subject = part.subject;
    }
    TermPlan none;
    none.constant = true;
    none.default_graph = true;
    for (StatementPlan& each : statements.statements) {
      each.graph = static_cast<std::uint32_t>(statements.terms.size());
    }
    statements.terms.push_back(std::move(none));
    statements.name = parent.name;
    statements.place = parent.place;
    table.quoted.push_back(std::move(statements));
    plan_.join_tables.push_back(std::move(table));
    return plan_.join_tables.size() - 1;
  }
  terms.record_seed = seed(parent, 0);
  // A fault of the parent's subject is reported where the parent itself is compiled.
  DiagnosticCollector reported;
  TermContext quiet{SlotTable(table.slots), terms.base,  terms.record_seed,   reported,
                    table.program,          plan_.model, plan_.options.limits};
  if (auto subject = compile_term(parent.subject, Position::subject, quiet)) {
    table.subject = std::move(*subject);
  }
  plan_.join_tables.push_back(std::move(table));
  return plan_.join_tables.size() - 1;
}

bool MapCompiler::reads_same(const TriplesMap& map, std::size_t source) {
  return plan_.sources[source_of(map)].model_index == plan_.sources[source].model_index;
}

const TriplesMap* MapCompiler::find_parent(const std::string& name, const Place& place) {
  const TriplesMap* parent = plan_.model.find(name);
  if (parent != nullptr && parent->source != TriplesMap::kNoSource) return parent;
  std::vector<std::string> names;
  for (const TriplesMap& each : plan_.model.triples_maps) names.push_back(each.name);
  const auto close = nearest_name(name, std::span<const std::string>(names));
  report(code::mapping_unknown_reference, place,
         fmt::format("there is no triples map \"{}\" to take objects from", printable(name)),
         close ? fmt::format("did you mean \"{}\"?", *close) : "");
  return nullptr;
}

std::uint32_t MapCompiler::add_join(const RefObjectMap& object, const TriplesMap& parent,
                                    const TriplesMap& map, std::size_t source, bool quoted) {
  JoinPlan join;
  join.place = object.place;
  join.source = source;
  join.table = join_table(object, parent, source_of(parent), quoted);
  TermContext terms = context(plan_.sources[source], map);
  join.keys = join_keys(object, &JoinCondition::child, terms);
  plan_.joins.push_back(std::move(join));
  return static_cast<std::uint32_t>(plan_.joins.size() - 1);
}

StatementPlan MapCompiler::reference_object(const RefObjectMap& object, const TriplesMap& map,
                                            std::size_t source, MapPlan& out) {
  StatementPlan statement;
  if (object.condition) {
    report(code::mapping_unsupported, object.condition->place,
           fmt::format("a join by the function <{}> cannot be run yet", object.condition->function),
           "join on equal values: function equal with two parameters");
    return statement;
  }
  const TriplesMap* parent = find_parent(object.parent, object.place);
  if (parent == nullptr) return statement;
  if (object.joins.empty() && reads_same(*parent, source)) {
    // Without a condition and on one source, the parent's subject is made from the same record
    // (RML-Core, "Referencing object maps").
    TermContext terms = context(plan_.sources[source], *parent);
    terms.record_seed = seed(*parent, 0);
    auto subject = compile_term(parent->subject, Position::subject, terms);
    if (!subject) return statement;
    add_targets(object.targets, object.place, map, source, out, subject->targets);
    out.terms.push_back(std::move(*subject));
    statement.object = static_cast<std::uint32_t>(out.terms.size() - 1);
    return statement;
  }
  if (!complete_joins(object)) return statement;
  statement.join = add_join(object, *parent, map, source, false);
  add_targets(object.targets, object.place, map, source, out, plan_.joins[statement.join].targets);
  return statement;
}

void MapCompiler::compile_predicate_object(const TriplesMap& map, const PredicateObjectMap& group,
                                           std::size_t source, MapPlan& out) {
  if (group.predicates.empty() || group.objects.empty()) {
    report(code::mapping_expression, group.place,
           fmt::format("this predicate-object map has no {}",
                       group.predicates.empty() ? "predicate" : "object"),
           "it needs at least one of each");
    return;
  }
  const auto predicates = add_terms(group.predicates, Position::predicate, map, source, out);
  std::vector<StatementPlan> objects;
  for (const ObjectMap& object : group.objects) {
    StatementPlan statement;
    if (const auto* term = std::get_if<TermMap>(&object)) {
      const Position position = group.inverse ? Position::subject : Position::object;
      statement.object = add_term(*term, position, map, source, out);
    } else {
      statement = reference_object(std::get<RefObjectMap>(object), map, source, out);
    }
    objects.push_back(statement);
  }
  const auto graphs = graphs_of(group.graphs, map, source, out);
  for (const std::uint32_t predicate : predicates) {
    for (StatementPlan statement : objects) {
      statement.predicate = predicate;
      statement.inverse = group.inverse;
      for (const std::uint32_t graph : graphs) {
        statement.graph = graph;
        out.statements.push_back(statement);
      }
    }
  }
}

void MapCompiler::compile_map(std::size_t index) {
  const TriplesMap& map = plan_.model.triples_maps[index];
  if (map.source == TriplesMap::kNoSource) {
    report(code::mapping_no_source, map.place,
           fmt::format("the triples map \"{}\" has no source", printable(map.name)),
           "name one: rml:logicalSource in RML, sources in YARRRML");
    return;
  }
  const std::size_t source = source_of(map);
  MapPlan out;
  out.name = map.name;
  out.model_index = index;
  out.place = map.place;
  out.subject = add_term(map.subject, Position::subject, map, source, out);
  if (!map.classes.empty()) {
    TermMap type;
    type.expression.value = ConstantTerm{TermKind::iri, std::string(rdf::kType), "", ""};
    const auto predicate = add_term(type, Position::predicate, map, source, out);
    const auto classes = add_terms(map.classes, Position::cls, map, source, out);
    const auto graphs = graphs_of({}, map, source, out);
    for (const std::uint32_t object : classes) {
      for (const std::uint32_t graph : graphs) {
        out.statements.push_back({predicate, object, StatementPlan::kNone, graph, false});
      }
    }
  }
  for (const PredicateObjectMap& group : map.predicate_objects) {
    compile_predicate_object(map, group, source, out);
  }
  place_gathers(out, map, source);
  // What is quoted only is compiled for its faults.
  if (map.asserted) plan_.sources[source].maps.push_back(std::move(out));
}

// Now that the slots of every source are known.
void MapCompiler::place_computed_slots() {
  const auto place = [](TermPlan& term, std::size_t slots) {
    for (auto* pieces : {&term.pieces, &term.datatype_pieces, &term.language_pieces}) {
      for (Piece& piece : *pieces) piece.slot = RowProgram::placed(piece.slot, slots);
    }
    for (std::uint32_t& slot : term.conditions) slot = RowProgram::placed(slot, slots);
  };
  for (SourcePlan& source : plan_.sources) {
    source.program.place_behind(source.slots.size());
    for (MapPlan& map : source.maps) {
      for (TermPlan& term : map.terms) place(term, source.slots.size());
    }
  }
  for (JoinPlan& join : plan_.joins) {
    for (TermPlan& key : join.keys) place(key, plan_.sources[join.source].slots.size());
  }
  for (JoinTablePlan& table : plan_.join_tables) {
    table.program.place_behind(table.slots.size());
    for (TermPlan& key : table.keys) place(key, table.slots.size());
    place(table.subject, table.slots.size());
    for (MapPlan& map : table.quoted) {
      for (TermPlan& term : map.terms) {
        place(term, table.slots.size());
        term.number = plan_.term_count++;
      }
    }
  }
}

// Views that an annotation leads to are sources of the plan, without triples maps.
void MapCompiler::check_annotations() {
  DiagnosticCollector found;
  for (std::size_t i = 0; i < plan_.sources.size(); ++i) {
    const auto view = plan_.model.sources[plan_.sources[i].model_index].view;
    if (!view) continue;
    check_annotated_fields(plan_.model, *view, found);
    for (const StructuralAnnotation& each : view->annotations) {
      if (each.has_target()) source_of(each.target);
    }
  }
  for (Diagnostic& each : found.sorted()) {
    diagnostics_.report(std::move(each));
    ++errors_;
  }
}

Expected<Plan> MapCompiler::run() {
  for (std::size_t i = 0; i < plan_.model.triples_maps.size(); ++i) compile_map(i);
  check_annotations();
  if (errors_ > 0) {
    const Place place =
        plan_.model.triples_maps.empty() ? Place{} : plan_.model.triples_maps.front().place;
    return fail(code::mapping_refused, {place.file, 0, 0, {}},
                fmt::format("the mapping has {}", counted(errors_, "error")),
                "each is listed with its place");
  }
  place_computed_slots();
  for (SourcePlan& source : plan_.sources) {
    for (MapPlan& map : source.maps) {
      for (TermPlan& term : map.terms) term.number = plan_.term_count++;
      count_uses(map);
    }
  }
  add_source_files(plan_, std::move(more_files_));
  return std::move(plan_);
}

std::size_t Plan::map_count() const {
  std::size_t count = 0;
  for (const SourcePlan& source : sources) count += source.maps.size();
  return count;
}

Expected<Plan> compile(MappingModel model, const CompileOptions& options,
                       DiagnosticSink& diagnostics) {
  return MapCompiler(std::move(model), options, diagnostics).run();
}

}  // namespace dossier
