#include "mapping/lint.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "graph/datatypes.hpp"
#include "graph/freeze.hpp"
#include "mapping/annotations.hpp"
#include "mapping/engine.hpp"
#include "mapping/open_source.hpp"

namespace dossier {
namespace {

void report(DiagnosticSink& diagnostics, DiagnosticCode code, const Place& place,
            std::string message, std::string hint) {
  diagnostics.report(make_diagnostic(code, place, std::move(message), std::move(hint)));
}

// ---- columns

// False when the source cannot be opened: that has been said.
bool check_columns(const Plan& plan, std::size_t index, const Limits& limits,
                   DiagnosticSink& diagnostics) {
  const SourcePlan& source = plan.sources[index];
  if (source.path == "-") return true;
  std::vector<std::string> wanted = source.slots;
  for (const JoinTablePlan& table : plan.join_tables) {
    if (table.source != index) continue;
    for (const std::string& each : table.slots) {
      if (std::ranges::find(wanted, each) == wanted.end()) wanted.push_back(each);
    }
  }
  const auto reader = open_source(plan, source, wanted, limits);
  if (!reader) {
    diagnostics.report(reader.error());
    return false;
  }
  const LogicalSource& described = plan.model.sources[source.model_index];
  if (described.view || described.formulation != Formulation::csv) return true;
  std::vector<std::string> unused;
  for (const std::string& column : (*reader)->columns()) {
    if (std::ranges::find(wanted, column) == wanted.end()) unused.push_back(printable(column, 60));
  }
  if (unused.empty()) return true;
  report(diagnostics, code::lint_unused_column, described.place,
         fmt::format("nothing uses {} of {}: {}", counted(unused.size(), "column"),
                     source.shown_path, fmt::join(unused, ", ")),
         "");
  return true;
}

// ---- templates

// A template without the names of its references: "http://e/{}/{}".
std::string shape_of(const TermPlan& term) {
  std::string out;
  for (const Piece& piece : term.pieces) out += piece.slot == Piece::kConstant ? piece.text : "{}";
  return out;
}

bool is_separated(char c) {
  // What percent-encoding leaves as it is cannot keep two values apart.
  return !(std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '_' ||
           c == '~');
}

void check_separators(const MapPlan& map, DiagnosticSink& diagnostics) {
  const TermPlan& subject = map.terms[map.subject];
  bool open = false;  // a reference came, and nothing yet that ends its value
  for (const Piece& piece : subject.pieces) {
    if (piece.slot != Piece::kConstant) {
      if (open) {
        report(
            diagnostics, code::lint_ambiguous_template, subject.place,
            fmt::format("two values stand in {} without a character between them that no value has",
                        printable(shape_of(subject))),
            "put a / between them: \"ab\" and \"c\" give the IRI of \"a\" and \"bc\" else");
        return;
      }
      open = true;
    } else if (std::ranges::any_of(piece.text, is_separated)) {
      open = false;
    }
  }
}

std::set<std::string> classes_of(const Plan& plan, const MapPlan& map) {
  std::set<std::string> out;
  const TriplesMap& described = plan.model.triples_maps[map.model_index];
  const auto add = [&](const TermMap& term) {
    if (const auto* constant = std::get_if<ConstantTerm>(&term.expression.value))
      out.insert(constant->text);
  };
  for (const TermMap& each : described.classes) add(each);
  for (const PredicateObjectMap& group : described.predicate_objects) {
    const bool is_type = std::ranges::any_of(group.predicates, [](const TermMap& predicate) {
      const auto* constant = std::get_if<ConstantTerm>(&predicate.expression.value);
      return constant != nullptr &&
             constant->text == "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
    });
    if (!is_type) continue;
    for (const ObjectMap& object : group.objects) {
      if (const auto* term = std::get_if<TermMap>(&object)) add(*term);
    }
  }
  return out;
}

// Subjects of one shape are one thing where the values are equal; of other classes that may be
// meant (ids of one list) or not. Whether it happens is seen in the first records.
void check_shared_shapes(const Plan& plan, DiagnosticSink& diagnostics) {
  std::map<std::string, std::vector<const MapPlan*>> by_shape;
  std::map<std::string, std::set<std::set<std::string>>> classes;
  for (const SourcePlan& source : plan.sources) {
    for (const MapPlan& map : source.maps) {
      const TermPlan& subject = map.terms[map.subject];
      if (subject.shape != TermShape::iri || subject.pieces.size() < 2) continue;
      const std::string shape = shape_of(subject);
      by_shape[shape].push_back(&map);
      classes[shape].insert(classes_of(plan, map));
    }
  }
  for (const auto& [shape, maps] : by_shape) {
    classes[shape].erase(std::set<std::string>());
    if (classes[shape].size() < 2) continue;
    std::vector<std::string> names;
    for (const MapPlan* map : maps) names.push_back(printable(map->name, 60));
    Diagnostic diagnostic = make_diagnostic(
        code::lint_shared_template, maps.front()->terms[maps.front()->subject].place,
        fmt::format("{} make IRIs of one shape, {}, for things of different classes: {}",
                    counted(maps.size(), "triples map"), printable(shape), fmt::join(names, ", ")),
        "where two values are equal, both are one thing: put the kind into the IRI, or be sure");
    diagnostic.severity = Severity::info;
    diagnostics.report(std::move(diagnostic));
  }
}

bool are_apart(const std::set<std::string>& a, const std::set<std::string>& b) {
  return !a.empty() && !b.empty() &&
         std::ranges::none_of(a, [&](const std::string& each) { return b.contains(each); });
}

// ---- the first records

// Where the mapping makes literals of this datatype with this predicate.
Place place_of_literal(const MapPlan& map, std::string_view predicate, std::string_view datatype) {
  for (const StatementPlan& statement : map.statements) {
    if (statement.object >= map.terms.size()) continue;
    const TermPlan& term = map.terms[statement.object];
    const TermPlan& name = map.terms[statement.predicate];
    if (term.datatype != datatype || !name.constant || name.pieces.empty()) continue;
    if (name.pieces.front().text == predicate) return term.place;
  }
  return map.place;
}

struct BadLiterals {
  std::size_t bad = 0;
  std::size_t all = 0;
  std::string example;
};

class Sample {
 public:
  Sample(const Plan& plan, const Graph& graph, std::uint64_t records)
      : plan_(plan), graph_(graph), records_(records) {
    for (const SourcePlan& source : plan.sources) {
      for (const MapPlan& map : source.maps) maps_.push_back(&map);
    }
    for (const MapPlan* map : maps_) classes_.push_back(classes_of(plan, *map));
    statements_.resize(graph.rules().size());
    look();
  }

  void report_to(DiagnosticSink& diagnostics) const {
    for (std::size_t i = 0; i < maps_.size() && i < statements_.size(); ++i) {
      if (statements_[i] > 0 || maps_[i]->statements.empty()) continue;
      report(diagnostics, code::lint_empty_map, maps_[i]->place,
             fmt::format("the triples map \"{}\" makes nothing of the first {}",
                         printable(maps_[i]->name), counted(records_, "record")),
             "is a column that it needs empty, a condition never true, a join without a match?");
    }
    for (const auto& [pair, example] : collisions_) {
      const MapPlan& first = *maps_[pair.first];
      const MapPlan& second = *maps_[pair.second];
      Diagnostic diagnostic = make_diagnostic(
          code::lint_shared_template, second.terms[second.subject].place,
          fmt::format("{} and {} both make <{}>, of classes that differ: <{}> and <{}>",
                      printable(first.name), printable(second.name), printable(example),
                      printable(*classes_[pair.first].begin()),
                      printable(*classes_[pair.second].begin())),
          "if these are two things, put the kind into the IRI");
      diagnostic.related = first.terms[first.subject].place;
      diagnostics.report(std::move(diagnostic));
    }
    for (const auto& [key, found] : literals_) {
      if (found.bad == 0) continue;
      const auto& [rule, predicate, datatype] = key;
      const std::string_view form = expected_form(find_datatype(datatype));
      report(
          diagnostics, code::lint_datatype, place_of_literal(*maps_[rule], predicate, datatype),
          fmt::format("{} of {} of <{}> are no {}: \"{}\"", found.bad, counted(found.all, "value"),
                      printable(predicate), short_name(datatype), printable(found.example, 60)),
          form.empty()
              ? "another datatype, or a function that makes it of the values"
              : fmt::format("wanted {}; dfn:parseDate and dfn:parseNumber read other forms", form));
    }
  }

 private:
  static std::string short_name(std::string_view iri) {
    constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema#";
    return iri.starts_with(kXsd) ? "xsd:" + std::string(iri.substr(kXsd.size()))
                                 : fmt::format("<{}>", printable(iri));
  }

  // Subjects that triples maps of different classes made. Statements stand by subject.
  void look_for_collisions() {
    std::set<std::size_t> makers;
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      const TermId subject = graph_.statements()[i].subject;
      for (const EvidenceId id : graph_.evidence_of(i)) {
        const RuleId rule = graph_.evidence(id).rule;
        if (rule && rule.index() < maps_.size()) makers.insert(rule.index());
      }
      if (i + 1 < graph_.size() && graph_.statements()[i + 1].subject == subject) continue;
      for (const std::size_t a : makers) {
        for (const std::size_t b : makers) {
          if (a >= b || !are_apart(classes_[a], classes_[b])) continue;
          collisions_.emplace(std::pair(a, b), std::string(graph_.text(subject)));
        }
      }
      makers.clear();
    }
  }

  void look() {
    look_for_collisions();
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      const Statement& statement = graph_.statements()[i];
      const TermView object = graph_.term(statement.object);
      const bool checked = object.kind == TermKind::literal && object.language.empty();
      for (const EvidenceId id : graph_.evidence_of(i)) {
        const RuleId rule = graph_.evidence(id).rule;
        if (!rule || rule.index() >= maps_.size()) continue;
        ++statements_[rule.index()];
        if (!checked) continue;
        BadLiterals& found = literals_[{rule.index(), std::string(graph_.text(statement.predicate)),
                                        std::string(object.datatype)}];
        ++found.all;
        if (is_valid_lexical(object.datatype, object.text)) continue;
        if (found.bad++ == 0) found.example = object.text;
      }
    }
  }

  const Plan& plan_;
  const Graph& graph_;
  std::uint64_t records_;
  std::map<std::pair<std::size_t, std::size_t>, std::string> collisions_;  // of maps: an example
  std::vector<std::set<std::string>> classes_;                             // by RuleId
  std::vector<const MapPlan*> maps_;  // by RuleId: run_to_builder adds rules in this order
  std::vector<std::size_t> statements_;
  std::map<std::tuple<std::size_t, std::string, std::string>, BadLiterals> literals_;
};

bool reads_stdin(const Plan& plan) {
  return std::ranges::any_of(plan.sources,
                             [](const SourcePlan& source) { return source.path == "-"; });
}

}  // namespace

void lint_plan(const Plan& plan, const MappingLintOptions& options, DiagnosticSink& diagnostics) {
  bool all_open = true;
  for (std::size_t i = 0; i < plan.sources.size(); ++i) {
    all_open = check_columns(plan, i, options.limits, diagnostics) && all_open;
  }
  for (const SourcePlan& source : plan.sources) {
    for (const MapPlan& map : source.maps) check_separators(map, diagnostics);
  }
  check_shared_shapes(plan, diagnostics);
  if (!all_open || reads_stdin(plan)) return;
  lint_annotations(plan, options.records, options.limits, diagnostics);
  Builder builder;
  RunOptions run;
  run.max_records = options.records;
  run.limits = options.limits;
  const auto counts = run_to_builder(plan, builder, run, diagnostics);
  if (!counts) {
    diagnostics.report(counts.error());
    return;
  }
  const Graph graph = freeze(std::move(builder));
  Sample(plan, graph, options.records).report_to(diagnostics);
}

}  // namespace dossier
