#include "mapping/duplicate_plan.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "graph/iri.hpp"

namespace dossier {
namespace {

// A look at a subject costs about as much as remembering three statements of each record.
constexpr std::size_t kWorthwhile = 4;

// What is known of the text of a term: how it begins and how it ends.
struct Affixes {
  std::string prefix;
  std::string suffix;
  bool whole = false;  // prefix is all
};

Affixes affixes_of(const TermPlan& term) {
  Affixes out;
  std::size_t first = 0;
  while (first < term.pieces.size() && term.pieces[first].slot == Piece::kConstant) {
    out.prefix += term.pieces[first++].text;
  }
  out.whole = first == term.pieces.size();
  std::size_t last = term.pieces.size();
  while (last > 0 && term.pieces[last - 1].slot == Piece::kConstant) {
    out.suffix.insert(0, term.pieces[--last].text);
  }
  // A base may come before what does not begin as an absolute IRI, and an unsafe IRI is escaped.
  const bool moved = term.check_iri && !is_absolute_reference(out.prefix);
  if (term.shape == TermShape::iri && (term.unsafe || moved)) return {};
  return out;
}

bool has_constant_type(const TermPlan& term) {
  return !term.natural && term.datatype_pieces.empty() && term.language_pieces.empty();
}

bool has_language(const TermPlan& term) {
  return !term.language.empty() || !term.language_pieces.empty();
}

// A statement with the terms in the places that they have in its line.
struct Line {
  const TermPlan* subject = nullptr;
  const TermPlan* predicate = nullptr;
  const TermPlan* object = nullptr;
  const TermPlan* graph = nullptr;
  StatementCheck* check = nullptr;
};

bool may_be_equal(const Line& a, const Line& b) {
  return dossier::may_be_equal(*a.predicate, *b.predicate) &&
         dossier::may_be_equal(*a.subject, *b.subject) &&
         dossier::may_be_equal(*a.object, *b.object) && dossier::may_be_equal(*a.graph, *b.graph);
}

bool same_pieces(const std::vector<Piece>& a, const std::vector<Piece>& b) {
  return std::ranges::equal(a, b, [](const Piece& x, const Piece& y) {
    return x.slot == y.slot && x.escape == y.escape && x.text == y.text;
  });
}

bool same_subject(const TermPlan& a, const TermPlan& b) {
  return a.shape == b.shape && a.unsafe == b.unsafe && a.check_iri == b.check_iri &&
         a.base == b.base && same_pieces(a.pieces, b.pieces);
}

// What the row of a map decides: nothing when a term tells records apart, a function may fail
// (which is told for each record), or a join must count.
void plan_rows(const MapPlan& map, MapChecks& out) {
  out.by_row = map.quoted.empty() && map.gathered.empty();
  for (const TermPlan& term : map.terms) {
    if (term.by_record || term.computed) out.by_row = false;
    for (const auto* pieces : {&term.pieces, &term.datatype_pieces, &term.language_pieces}) {
      add_slots(*pieces, out.slots);
    }
  }
  for (const StatementPlan& statement : map.statements) {
    if (statement.join != StatementPlan::kNone) out.by_row = false;
  }
}

void plan_subject(const MapPlan& map, SourceChecks& source, MapChecks& out) {
  const TermPlan& subject = map.terms[map.subject];
  if (subject.constant || subject.by_record || subject.computed) return;
  const auto found = std::ranges::find_if(
      source.subjects, [&](const TermPlan* each) { return same_subject(*each, subject); });
  out.subject = static_cast<std::uint32_t>(found - source.subjects.begin());
  if (found == source.subjects.end()) source.subjects.push_back(&subject);
}

// Marks the lines that some other may be equal to.
void find_collisions(std::vector<Line>& lines, std::size_t max_pairs) {
  // Statements of different constant predicates cannot meet: only those of one predicate are
  // compared, and those whose predicate varies with all.
  std::map<std::string, std::vector<Line*>> groups;
  std::vector<Line*> open;
  for (Line& line : lines) {
    const Affixes name = affixes_of(*line.predicate);
    (line.predicate->constant && name.whole && !name.prefix.empty() ? groups[name.prefix] : open)
        .push_back(&line);
  }
  std::size_t pairs = 0;
  const auto compare = [&](Line& a, Line& b) {
    if (++pairs <= max_pairs && !may_be_equal(a, b)) return;
    *a.check = *b.check = StatementCheck::always;
  };
  for (const auto& [predicate, group] : groups) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      for (std::size_t j = i + 1; j < group.size(); ++j) compare(*group[i], *group[j]);
      for (Line* other : open) compare(*group[i], *other);
    }
  }
  for (std::size_t i = 0; i < open.size(); ++i) {
    for (std::size_t j = i + 1; j < open.size(); ++j) compare(*open[i], *open[j]);
  }
}

Line line_of(const Plan& plan, const MapPlan& map, const StatementPlan& statement,
             StatementCheck& check) {
  const TermPlan* subject = &map.terms[map.subject];
  const TermPlan* object = statement.join == StatementPlan::kNone
                               ? &map.terms[statement.object]
                               : &plan.join_tables[plan.joins[statement.join].table].subject;
  if (statement.inverse) std::swap(subject, object);
  return {subject, &map.terms[statement.predicate], object, &map.terms[statement.graph], &check};
}

// Leaves the subjects whose look spares enough.
void keep_worthwhile_subjects(SourceChecks& source) {
  std::vector<std::size_t> spared(source.subjects.size());
  for (const MapChecks& map : source.maps) {
    if (map.subject == MapChecks::kNone) continue;
    const auto count = std::ranges::count(map.statements, StatementCheck::by_subject);
    spared[map.subject] += static_cast<std::size_t>(count);
  }
  std::vector<std::uint32_t> numbers(source.subjects.size(), MapChecks::kNone);
  std::vector<const TermPlan*> kept;
  for (std::size_t i = 0; i < spared.size(); ++i) {
    if (spared[i] < kWorthwhile) continue;
    numbers[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(source.subjects[i]);
  }
  for (MapChecks& map : source.maps) {
    if (map.subject != MapChecks::kNone) map.subject = numbers[map.subject];
  }
  source.subjects = std::move(kept);
}

// Terms made of terms bring statements of their own (items of collections, rdf:reifies), which any
// other may be equal to.
bool has_compounds(const Plan& plan) {
  return std::ranges::any_of(plan.sources, [](const SourcePlan& source) {
    return std::ranges::any_of(source.maps, [](const MapPlan& map) {
      return !map.quoted.empty() || !map.gathered.empty();
    });
  });
}

}  // namespace

bool may_be_equal(const TermPlan& a, const TermPlan& b) {
  if (a.default_graph || b.default_graph) return a.default_graph == b.default_graph;
  if (a.shape != b.shape) return false;
  if (a.by_record && b.by_record) return a.record_seed == b.record_seed;
  if (a.by_record || b.by_record) return true;
  if (has_language(a) != has_language(b)) return false;
  if (a.shape == TermShape::literal && has_constant_type(a) && has_constant_type(b) &&
      a.line_suffix != b.line_suffix) {
    return false;
  }
  const Affixes x = affixes_of(a);
  const Affixes y = affixes_of(b);
  if (x.whole && y.whole && a.constant && b.constant) return x.prefix == y.prefix;
  const bool begin = x.prefix.starts_with(y.prefix) || y.prefix.starts_with(x.prefix);
  const bool end = x.suffix.ends_with(y.suffix) || y.suffix.ends_with(x.suffix);
  return begin && end;
}

std::vector<SourceChecks> plan_duplicate_checks(const Plan& plan) {
  const bool all = has_compounds(plan);
  std::vector<SourceChecks> out(plan.sources.size());
  std::vector<Line> lines;
  for (std::size_t s = 0; s < plan.sources.size(); s += plan.sources[s].files) {
    const bool several = plan.sources[s].files > 1;  // another file may make the same
    out[s].maps.resize(plan.sources[s].maps.size());
    for (std::size_t m = 0; m < out[s].maps.size(); ++m) {
      const MapPlan& map = plan.sources[s].maps[m];
      MapChecks& checks = out[s].maps[m];
      checks.statements.assign(map.statements.size(), StatementCheck::by_subject);
      plan_rows(map, checks);
      plan_subject(map, out[s], checks);
      const bool helps = checks.subject != MapChecks::kNone;
      for (std::size_t i = 0; i < map.statements.size(); ++i) {
        StatementCheck& check = checks.statements[i];
        if (all || several || !helps || map.statements[i].inverse) check = StatementCheck::always;
        lines.push_back(line_of(plan, map, map.statements[i], check));
      }
    }
  }
  find_collisions(lines, plan.options.limits.max_statement_pairs);
  for (SourceChecks& source : out) keep_worthwhile_subjects(source);
  for (std::size_t s = 0; s < plan.sources.size(); s += plan.sources[s].files) {
    for (std::size_t file = 1; file < plan.sources[s].files; ++file) out[s + file] = out[s];
  }
  return out;
}

}  // namespace dossier
