#include "ontology/thing_checker.hpp"

#include <algorithm>

#include "graph/datatypes.hpp"

namespace dossier {

void ThingChecker::add(RuleNumber rule, TermId focus, TermId value, const Statement* at,
                       std::size_t number) {
  into_.add(
      {.rule = rule,
       .focus = focus,
       .value = value,
       .statement = at == nullptr ? kNoStatement : static_cast<std::uint32_t>(graph_.position(*at)),
       .number = static_cast<std::uint32_t>(number)});
}

// Equal objects, of several graphs, stand together.
std::size_t ThingChecker::distinct_objects(Group group) {
  std::size_t count = 0;
  TermId last;
  for (const Statement& each : group) {
    if (each.object != last) ++count;
    last = each.object;
  }
  return count;
}

void ThingChecker::check(TermId thing) {
  const std::span<const Statement> all = graph_.about(thing);
  if (all.empty()) return;
  const TypeSet set = types_.of(thing);
  const TypeChecks& of_thing = plan_.of_types(set);
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i + 1;
    while (end < all.size() && all[end].predicate == all[i].predicate) ++end;
    const PredicateChecks& checks = plan_.predicate(plan_.predicate_number(all[i].predicate));
    check_group(checks, of_thing, set, all.subspan(i, end - i));
    i = end;
  }
  if (set == kNoTypes) {
    check_untyped(thing, all);
  } else {
    check_thing(of_thing, thing, all);
  }
}

void ThingChecker::check_group(const PredicateChecks& checks, const TypeChecks& of_thing,
                               TypeSet set, Group group) {
  const Statement& first = group.front();
  const bool closed = of_thing.closed != kNoRule &&
                      of_thing.closed_allows[plan_.predicate_number(checks.predicate)] == 0;
  if (closed) {
    for (const Statement& each : group) add(of_thing.closed, each.subject, each.object, &each);
  } else if (checks.domain != kNoRule && checks.domain_fits[set] == 0) {
    add(checks.domain, first.subject, {}, &first);
  }
  if (checks.functional != kNoRule && group.size() > 1) {
    const std::size_t count = distinct_objects(group);
    if (count > 1) add(checks.functional, first.subject, {}, &group.back(), count);
  }
  TermId last;
  for (const Statement& each : group) {
    if (each.object == last) continue;
    last = each.object;
    if (checks.unknown != kNoRule) add(checks.unknown, each.subject, each.object, &each);
    check_value(checks, each);
  }
}

void ThingChecker::check_value(const PredicateChecks& checks, const Statement& statement) {
  const TermId value = statement.object;
  if (value.is_literal() && literals_.ill_formed(value)) {
    add(plan_.lexical_rule(graph_.literal_type_index(value)), statement.subject, value, &statement);
  }
  if (checks.range != kNoRule) check_range(checks, statement);
  if (checks.dangling != kNoRule && value.is_iri() && plan_.is_own(value) &&
      !graph_.is_subject(value)) {
    add(checks.dangling, statement.subject, value, &statement);
  }
  check_relation(checks, statement);
}

// A thing without a class is judged where it is described, or dangles, or is of another graph.
void ThingChecker::check_range(const PredicateChecks& checks, const Statement& statement) {
  const TermId value = statement.object;
  bool fits = true;
  if (value.is_literal()) {
    fits = checks.literal_fits[graph_.literal_type_index(value)] != 0;
  } else if (value.is_resource()) {
    const TypeSet set = types_.of(value);
    fits = checks.range_takes_things && (set == kNoTypes || checks.range_fits[set] != 0);
  }
  if (!fits) add(checks.range, statement.subject, value, &statement);
}

void ThingChecker::check_relation(const PredicateChecks& checks, const Statement& statement) {
  if (checks.irreflexive != kNoRule && statement.subject == statement.object) {
    add(checks.irreflexive, statement.subject, statement.object, &statement);
  }
  const auto holds = [&](TermId subject, TermId predicate, TermId object) {
    return std::ranges::binary_search(graph_.about(subject, predicate), object, {},
                                      &Statement::object);
  };
  // Of the two directions, the one from the smaller id is reported.
  if (checks.asymmetric != kNoRule && statement.object.is_resource() &&
      statement.subject <= statement.object &&
      holds(statement.object, statement.predicate, statement.subject)) {
    add(checks.asymmetric, statement.subject, statement.object, &statement);
  }
  for (const PredicateChecks::Disjoint& each : checks.disjoint) {
    if (!holds(statement.subject, each.other, statement.object)) continue;
    add(each.rule, statement.subject, statement.object, &statement);
  }
}

void ThingChecker::check_thing(const TypeChecks& checks, TermId thing,
                               std::span<const Statement> all) {
  const auto type_statement = [&](TermId cls) -> const Statement* {
    const auto types = graph_.about(thing, graph_.rdf_type());
    const auto found = std::ranges::find(types, cls, &Statement::object);
    return found == types.end() ? &all.front() : &*found;
  };
  for (const TypeChecks::Unknown& each : checks.unknown) {
    add(each.rule, thing, each.cls, type_statement(each.cls));
  }
  for (const RuleNumber rule : checks.disjoint) add(rule, thing, {}, type_statement({}));
  for (const TypeChecks::End& each : checks.ends) {
    if (each.property && !graph_.about(thing, each.property).empty()) continue;
    add(each.missing, thing, {}, type_statement({}));
  }
  for (const TypeChecks::Dates& each : checks.dates) check_dates(each, thing);
  for (const TypeChecks::Restricted& each : checks.restricted) check_restriction(each, thing);
}

// A result for each start that lies after some end.
void ThingChecker::check_dates(const TypeChecks::Dates& dates, TermId thing) {
  const Group starts = graph_.about(thing, dates.start);
  if (starts.empty()) return;
  const Group ends = graph_.about(thing, dates.end);
  for (const Statement& start : starts) {
    const bool late = std::ranges::any_of(ends, [&](const Statement& end) {
      return is_date_after(graph_.term(start.object), graph_.term(end.object));
    });
    if (late) add(dates.rule, thing, start.object, &start);
  }
}

void ThingChecker::check_restriction(const TypeChecks::Restricted& restricted, TermId thing) {
  const Group values = restricted.property ? graph_.about(thing, restricted.property) : Group();
  const auto fits = [&](const Statement& each) {
    if (restricted.takes_all) return true;
    if (each.object.is_literal()) {
      return restricted.literal_fits[graph_.literal_type_index(each.object)] != 0;
    }
    return restricted.fits[types_.of(each.object)] != 0;
  };
  const auto thing_statement = [&]() -> const Statement* {
    return values.empty() ? &graph_.about(thing).front() : &values.front();
  };
  switch (restricted.kind) {
    case RestrictionKind::all:
      for (const Statement& each : values) {
        if (!fits(each)) add(restricted.rule, thing, each.object, &each);
      }
      return;
    case RestrictionKind::some:
      if (std::ranges::none_of(values, fits)) add(restricted.rule, thing, {}, thing_statement());
      return;
    case RestrictionKind::has_value:
      if (std::ranges::find(values, restricted.value, &Statement::object) == values.end()) {
        add(restricted.rule, thing, {}, thing_statement());
      }
      return;
    case RestrictionKind::count: {
      const auto count = static_cast<std::uint64_t>(std::ranges::count_if(values, fits));
      if (count >= restricted.least && count <= restricted.most) return;
      add(restricted.rule, thing, {}, thing_statement(), count);
      return;
    }
  }
}

// Reifiers and descriptions that use no word of the ontology need no class.
void ThingChecker::check_untyped(TermId thing, std::span<const Statement> all) {
  bool uses_ontology = false;
  for (const Statement& each : all) {
    if (each.predicate == plan_.reifies()) return;
    const PredicateChecks& checks = plan_.predicate(plan_.predicate_number(each.predicate));
    uses_ontology = uses_ontology || checks.domain != kNoRule || checks.range != kNoRule;
  }
  if (uses_ontology) add(plan_.untyped_rule(), thing, {}, &all.front());
}

void ThingChecker::check_column(std::size_t predicate_number) {
  const PredicateChecks& checks = plan_.predicate(predicate_number);
  if (checks.inverse_functional == kNoRule) return;
  const StatementRange column = graph_.with_predicate(checks.predicate);  // in order of object
  for (std::size_t i = 0; i < column.size();) {
    std::size_t end = i + 1;
    std::size_t things = 1;
    while (end < column.size() && column[end].object == column[i].object) {
      if (column[end].subject != column[end - 1].subject) ++things;
      ++end;
    }
    if (things > 1) {
      add(checks.inverse_functional, column[end - 1].subject, column[i].object, &column[end - 1],
          things);
    }
    i = end;
  }
}

}  // namespace dossier
