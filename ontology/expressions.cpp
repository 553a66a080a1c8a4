#include "ontology/expressions.hpp"

#include <set>

#include "graph/numbers.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/enumerations.hpp"

namespace dossier {

ValueUnion ExpressionReader::union_of(TermId term, std::size_t position) {
  ValueUnion out;
  if (term.is_iri()) out.name = graph_.text(term);
  std::vector<TermId> members{term};
  std::set<TermId> seen{term};
  for (std::size_t i = 0; i < members.size(); ++i) {
    bool is_union = false;
    for (const TermId at : expression_nodes(members[i])) {
      for (const Statement& each : about(at, Name::owl_union_of)) {
        is_union = true;
        for (const TermId member : list_at(each)) {
          if (seen.insert(member).second) members.push_back(member);
        }
      }
    }
    // A named class stays itself: its union has made its parts subclasses.
    if (is_union && !(members[i].is_iri() && !is_datatype(members[i]))) continue;
    add_member(members[i], position, out);
  }
  if (out.wants_things() || !out.datatypes.empty()) return out;
  if (!out.any_literal && !members.empty() && members[0].is_blank()) out.any_thing = true;
  return out;
}

// The nodes that may hold a term's union: itself, and what it is equivalent to.
std::vector<TermId> ExpressionReader::expression_nodes(TermId term) const {
  std::vector<TermId> nodes{term};
  for (const Statement& each : about(term, Name::owl_equivalent_class)) {
    if (each.object.is_blank()) nodes.push_back(each.object);
  }
  return nodes;
}

void ExpressionReader::add_member(TermId member, std::size_t position, ValueUnion& out) {
  if (member.is_blank()) {
    // A restricted datatype counts as its base; other expressions take everything.
    const auto base = about(member, Name::owl_on_datatype);
    if (!base.empty()) {
      out.datatypes.emplace_back(graph_.text(base[0].object));
    } else {
      out.any_thing = true;
    }
    unsupported(position, "an expression that is no union of classes");
    return;
  }
  if (member.is_literal()) return;
  if (member == names_[Name::rdfs_literal]) {
    out.any_literal = true;
  } else if (member == names_[Name::owl_thing] || member == names_[Name::rdfs_resource]) {
    out.any_thing = true;
    if (member == names_[Name::rdfs_resource]) out.any_literal = true;
  } else if (is_datatype(member)) {
    add_datatype(member, out);
  } else if (const ClassNumber cls = find_class(member)) {
    out.classes.push_back(cls);
  } else {
    out.any_thing = true;  // a class of RDFS or OWL itself
  }
}

// A list of literals counts as the datatypes of these; which of them a value is, shapes tell.
void ExpressionReader::add_datatype(TermId datatype, ValueUnion& out) {
  const TermId listed = enumeration_list(*this, datatype);
  const std::vector<TermId> values = listed ? list(listed) : std::vector<TermId>();
  for (const TermId value : values) {
    if (value.is_literal()) add_once(out.datatypes, std::string(graph_.term(value).datatype));
  }
  if (!values.empty()) return;
  const bool open_list = is_a(datatype, Name::dm_enumeration);
  out.datatypes.emplace_back(open_list ? xsd::kString : graph_.text(datatype));
}

ValueUnion ExpressionReader::union_at(const Statement& statement) {
  if (statement.object.is_literal()) {
    bad_value(statement, "is a class or a datatype");
    return {.any_literal = true, .any_thing = true};
  }
  return union_of(statement.object, graph_.position(statement));
}

void ExpressionReader::read_restriction(OntologyClass& cls, TermId node, std::size_t position) {
  Restriction restriction;
  const auto on = about(node, Name::owl_on_property);
  restriction.property = on.empty() ? PropertyNumber() : find_property(on[0].object);
  if (!restriction.property) {
    unsupported(position, "a restriction without a named property");
    return;
  }
  if (const auto some = about(node, Name::owl_some_values_from); !some.empty()) {
    restriction.kind = RestrictionKind::some;
    restriction.values = union_of(some[0].object, position);
  } else if (const auto all = about(node, Name::owl_all_values_from); !all.empty()) {
    restriction.kind = RestrictionKind::all;
    restriction.values = union_of(all[0].object, position);
  } else if (const auto value = about(node, Name::owl_has_value); !value.empty()) {
    restriction.kind = RestrictionKind::has_value;
    const TermView term = graph_.term(value[0].object);
    restriction.value = {term.kind, std::string(term.text), std::string(term.datatype),
                         std::string(term.language)};
  } else if (!read_counts(node, restriction, position)) {
    unsupported(position, "a restriction of another kind");
    return;
  }
  cls.restrictions.push_back(std::move(restriction));
}

bool ExpressionReader::read_counts(TermId node, Restriction& restriction, std::size_t position) {
  struct Bound {
    Name name;
    bool least;
    bool most;
  };
  constexpr Bound kBounds[] = {
      {Name::owl_cardinality, true, true},      {Name::owl_qualified_cardinality, true, true},
      {Name::owl_min_cardinality, true, false}, {Name::owl_min_qualified_cardinality, true, false},
      {Name::owl_max_cardinality, false, true}, {Name::owl_max_qualified_cardinality, false, true},
  };
  bool found = false;
  for (const Bound& bound : kBounds) {
    for (const Statement& each : about(node, bound.name)) {
      const auto value = parse_integer(graph_.text(each.object));
      if (!value || value->negative || value->whole.size() > 18) {
        bad_value(each, "is a number of 0 or more");
        continue;
      }
      std::uint64_t number = 0;
      for (const char c : value->whole) number = number * 10 + static_cast<std::uint64_t>(c - '0');
      if (bound.least) restriction.least = number;
      if (bound.most) restriction.most = number;
      found = true;
    }
  }
  restriction.kind = RestrictionKind::count;
  for (const Name name : {Name::owl_on_class, Name::owl_on_data_range}) {
    for (const Statement& each : about(node, name)) {
      restriction.values = union_of(each.object, position);
    }
  }
  return found;
}

}  // namespace dossier
