// Terms made of terms: quoted triples maps (RML-Star), collections and containers (RML-CC). Their
// parts are terms of the same map, marked as operands: the engine makes them when the compound is
// made. Part of `compile`.
#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/mapping.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "mapping/compile_function.hpp"
#include "mapping/map_compiler.hpp"

namespace dossier {

// The terms of all statements that `parent` makes of a record of `source`, as operands of `out`.
bool MapCompiler::quote_statements(const TriplesMap& parent, std::size_t source, MapPlan& out,
                                   QuotedPlan& quoted) {
  const auto operand = [&](std::uint32_t index) {
    if (index != StatementPlan::kNone) out.terms[index].operand = true;
    return index;
  };
  const std::uint32_t subject =
      operand(add_term(parent.subject, Position::subject, parent, source, out));
  if (subject == StatementPlan::kNone) return false;
  for (const PredicateObjectMap& group : parent.predicate_objects) {
    for (const std::uint32_t predicate :
         add_terms(group.predicates, Position::predicate, parent, source, out)) {
      operand(predicate);
      for (const ObjectMap& object : group.objects) {
        QuotedPlan::Part part{subject, predicate, StatementPlan::kNone};
        if (const auto* term = std::get_if<TermMap>(&object)) {
          part.object = operand(add_term(*term, Position::object, parent, source, out));
        } else {
          const StatementPlan made =
              reference_object(std::get<RefObjectMap>(object), parent, source, out);
          part.object = operand(made.object);
          if (made.join != StatementPlan::kNone) {
            report(code::mapping_unsupported, std::get<RefObjectMap>(object).place,
                   "a quoted triples map whose objects are joined cannot be run",
                   "quote a triples map without joins");
          }
        }
        if (part.object == StatementPlan::kNone) return false;
        quoted.parts.push_back(part);
      }
    }
  }
  return true;
}

// The compound is made only where its condition is true.
bool MapCompiler::add_condition(const TermMap& term, const TriplesMap& map, std::size_t source,
                                TermPlan& out) {
  if (!term.condition) return true;
  TermContext terms = context(plan_.sources[source], map);
  const auto computed = compile_condition(*term.condition, terms);
  if (!computed) {
    ++errors_;
    return false;
  }
  out.conditions.push_back(*computed);
  out.computed = true;
  return true;
}

std::uint32_t MapCompiler::add_quoted(const TermMap& term, Position position, const TriplesMap& map,
                                      std::size_t source, MapPlan& out) {
  const QuotedMap& given = *term.quoted;
  if (position != Position::subject && position != Position::object) {
    report(code::mapping_term_type, given.place, "only subjects and objects can be quoted triples",
           "use a quoted triples map there");
    return StatementPlan::kNone;
  }
  const TriplesMap* parent = find_parent(given.triples_map, given.place);
  if (parent == nullptr) return StatementPlan::kNone;
  const std::size_t limit = plan_.options.limits.max_mapping_depth;
  if (++depth_ > limit) {
    report(code::limit_exceeded, given.place,
           fmt::format("quoted triples maps are nested deeper than {} (max-mapping-depth), or in a "
                       "circle",
                       limit),
           "raise the limit with --limit max-mapping-depth=N");
    --depth_;
    return StatementPlan::kNone;
  }
  QuotedPlan quoted;
  quoted.reified = position == Position::subject && !plan_.options.rdf_star;
  bool good = true;
  if (given.joins.empty()) {
    if (!reads_same(*parent, source)) {
      report(code::mapping_bad_join, given.place,
             "a triples map of another source is quoted without a join condition",
             "give it rml:joinCondition with rml:child and rml:parent");
      good = false;
    } else {
      good = quote_statements(*parent, source, out, quoted);
    }
  } else {
    RefObjectMap reference;
    reference.parent = given.triples_map;
    reference.joins = given.joins;
    reference.place = given.place;
    good = complete_joins(reference);
    if (good) quoted.join = add_join(reference, *parent, map, source, true);
  }
  --depth_;
  if (!good) return StatementPlan::kNone;
  TermPlan plan;
  plan.compound = Compound::quoted;
  plan.parts = static_cast<std::uint32_t>(out.quoted.size());
  plan.place = given.place;
  if (!add_condition(term, map, source, plan)) return StatementPlan::kNone;
  out.quoted.push_back(std::move(quoted));
  out.terms.push_back(std::move(plan));
  return static_cast<std::uint32_t>(out.terms.size() - 1);
}

std::uint32_t MapCompiler::add_gather(const TermMap& term, Position position, const TriplesMap& map,
                                      std::size_t source, MapPlan& out) {
  const GatherMap& given = *term.gather;
  if (position != Position::subject && position != Position::object) {
    report(code::mapping_term_type, given.place, "only subjects and objects can be collections",
           "leave rml:gather out");
    return StatementPlan::kNone;
  }
  GatherPlan gather;
  gather.kind = given.kind;
  gather.cartesian = given.cartesian;
  gather.allow_empty = given.allow_empty;
  gather.seed = hash_mix(seed(map, out.terms.size()), 0x67);
  for (const ObjectMap& item : given.items) {
    GatherItem one;
    if (const auto* item_term = std::get_if<TermMap>(&item)) {
      one.term = add_term(*item_term, Position::object, map, source, out);
    } else {
      const StatementPlan made = reference_object(std::get<RefObjectMap>(item), map, source, out);
      one.term = made.object;
      one.join = made.join;
    }
    if (one.term == StatementPlan::kNone && one.join == StatementPlan::kNone) {
      return StatementPlan::kNone;
    }
    if (one.term != StatementPlan::kNone) out.terms[one.term].operand = true;
    gather.items.push_back(one);
  }
  if (!term.expression.empty()) {
    TermMap head = term;
    head.gather = nullptr;
    head.condition = nullptr;  // that of the collection
    gather.head = add_term(head, Position::subject, map, source, out);
    if (gather.head == StatementPlan::kNone) return StatementPlan::kNone;
    out.terms[gather.head].operand = true;
  }
  TermPlan plan;
  plan.compound = Compound::gathered;
  plan.parts = static_cast<std::uint32_t>(out.gathered.size());
  plan.place = given.place;
  if (!add_condition(term, map, source, plan)) return StatementPlan::kNone;
  if (gather.head != StatementPlan::kNone) plan_.sources[source].in_order = true;
  out.gathered.push_back(std::move(gather));
  out.terms.push_back(std::move(plan));
  return static_cast<std::uint32_t>(out.terms.size() - 1);
}

// A collection is written in the graphs of the statements that it is in; that of a subject without
// statements in the graphs of the subject.
void MapCompiler::place_gathers(MapPlan& map, const TriplesMap& described, std::size_t source) {
  if (map.gathered.empty()) return;
  std::vector<std::uint32_t> own;
  for (std::uint32_t i = 0; i < map.terms.size(); ++i) {
    if (map.terms[i].compound != Compound::gathered || map.terms[i].operand) continue;
    std::vector<std::uint32_t> graphs;
    for (const StatementPlan& statement : map.statements) {
      if (i == map.subject || statement.object == i) graphs.push_back(statement.graph);
    }
    if (graphs.empty()) {
      if (own.empty()) own = graphs_of({}, described, source, map);
      graphs = own;
    }
    // Those within it are written where it is.
    std::vector<std::uint32_t> open = {i};
    while (!open.empty()) {
      const std::uint32_t each = open.back();
      open.pop_back();
      GatherPlan& gather = map.gathered[map.terms[each].parts];
      gather.graphs = graphs;
      for (const GatherItem& item : gather.items) {
        if (item.term == StatementPlan::kNone) continue;
        if (map.terms[item.term].compound == Compound::gathered) open.push_back(item.term);
      }
    }
  }
}

}  // namespace dossier
