#include "cli/origins.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "base/text.hpp"
#include "cli/json_writer.hpp"
#include "cli/places.hpp"
#include "cli/term_text.hpp"
#include "ontology/direct.hpp"

namespace dossier {
namespace {

class OriginPage {
 public:
  OriginPage(const BuiltGraph& built, const Settings& settings)
      : graph_(*built.graph),
        prefixes_(built.prefixes),
        ontology_(built.knowledge ? built.knowledge->ontology.get() : nullptr),
        places_(*built.graph, built.plans, settings) {}

  std::string expand(const std::string& name) const {
    if (name.size() > 2 && name.front() == '<' && name.back() == '>') {
      return name.substr(1, name.size() - 2);
    }
    return prefixes_.expand(name).value_or(name);
  }

  TermId find(const std::string& name) const {
    if (name.starts_with("_:")) return graph_.find(blank_view(std::string_view(name).substr(2)));
    return graph_.find_iri(expand(name));
  }

  bool object_is(TermId object, const std::string& wanted) const {
    if (wanted.empty()) return true;
    if (object.is_literal()) {
      const std::string quoted = fmt::format("\"{}\"", graph_.text(object));
      return graph_.text(object) == wanted || quoted == wanted;
    }
    return object == find(wanted);
  }

  // Statements about the subject, as asked for; then those that name it as their object.
  std::vector<std::size_t> positions(TermId subject, const OriginQuestion& question) const {
    const TermId predicate = question.predicate.empty() ? TermId() : predicate_of(question);
    std::vector<std::size_t> out;
    for (const Statement& each : graph_.about(subject)) {
      if (predicate && each.predicate != predicate) continue;
      if (!question.predicate.empty() && !predicate) continue;
      if (object_is(each.object, question.object)) out.push_back(graph_.position(each));
    }
    if (question.predicate.empty()) {
      for (const TermId each : graph_.predicates()) {
        for (const Statement& statement : graph_.with_object(each, subject)) {
          out.push_back(graph_.position(statement));
        }
      }
    }
    return out;
  }

  std::string text(std::span<const std::size_t> positions) {
    places_.prepare(with_premises(positions));
    std::string out;
    for (const std::size_t position : positions) {
      out += statement_text(position) + "\n";
      for (const StatementOrigin& origin : places_.origins(position)) {
        out += origin.inferred ? inferred_text(origin, position) : origin_text(origin);
      }
      if (places_.origins(position).empty()) out += "    no evidence\n";
    }
    return out;
  }

  std::string json(std::span<const std::size_t> positions) {
    places_.prepare(with_premises(positions));
    JsonWriter json;
    json.begin_object();
    json.begin_array("statements");
    for (const std::size_t position : positions) {
      json.begin_object();
      write_statement(json, position);
      json.begin_array("origins");
      for (const StatementOrigin& origin : places_.origins(position)) {
        write(json, origin, position);
      }
      json.end_array();
      json.end_object();
    }
    json.end_array();
    json.end_object();
    return json.text();
  }

 private:
  TermId predicate_of(const OriginQuestion& question) const {
    return question.predicate == "a" ? graph_.rdf_type() : find(question.predicate);
  }

  std::string statement_text(std::size_t position) const {
    const Statement& s = graph_.statements()[position];
    return fmt::format("{} {} {}", term_text(graph_, s.subject, prefixes_, kExplainedBytes),
                       s.predicate == graph_.rdf_type()
                           ? "a"
                           : term_text(graph_, s.predicate, prefixes_, kExplainedBytes),
                       term_text(graph_, s.object, prefixes_, kExplainedBytes));
  }

  // What an inferred statement rests on: positions of the statements to the ends of its link.
  std::vector<std::size_t> premises(std::size_t position) const {
    std::vector<std::size_t> out;
    if (ontology_ == nullptr) return out;
    for (const Statement& each : ends_behind(graph_.statements()[position], *ontology_, graph_)) {
      const auto about = graph_.about(each.subject, each.predicate);
      const auto found = std::ranges::find(about, each.object, &Statement::object);
      if (found != about.end()) out.push_back(graph_.position(*found));
    }
    return out;
  }

  bool is_inferred(std::size_t position) const {
    return std::ranges::any_of(graph_.evidence_of(position), [&](EvidenceId id) {
      const RuleId rule = graph_.evidence(id).rule;
      return rule && graph_.rules()[rule.index()].inferred;
    });
  }

  std::vector<std::size_t> with_premises(std::span<const std::size_t> positions) const {
    std::vector<std::size_t> out(positions.begin(), positions.end());
    for (const std::size_t position : positions) {
      if (!is_inferred(position)) continue;
      const std::vector<std::size_t> more = premises(position);
      out.insert(out.end(), more.begin(), more.end());
    }
    return out;
  }

  std::string inferred_text(const StatementOrigin& origin, std::size_t position) const {
    constexpr std::string_view kDirect = "direct ";
    std::string out = "    inferred: ";
    if (origin.rule.starts_with(kDirect)) {
      out += fmt::format("{}{}\n", kDirect, prefixes_.shorten(origin.rule.substr(kDirect.size())));
    } else {
      out += printable(origin.rule) + "\n";
    }
    for (const std::size_t premise : premises(position)) {
      out += fmt::format("      from {}{}\n", statement_text(premise), place_text(premise));
    }
    return out;
  }

  // Where a statement stands first, behind two blanks; empty when it is not known.
  std::string place_text(std::size_t position) const {
    for (const StatementOrigin& origin : places_.origins(position)) {
      if (origin.place.known()) return "  " + printable(to_string(origin.place));
    }
    return {};
  }

  std::string origin_text(const StatementOrigin& origin) const {
    std::string out = fmt::format("    {}", printable(to_string(origin.place)));
    if (!origin.reference.empty()) {
      out += fmt::format("  {} = \"{}\"", printable(origin.reference),
                         printable(origin.text, kExplainedBytes));
    }
    out += '\n';
    if (!origin.rule.empty()) {
      out += fmt::format("      by {}  {}\n", printable(origin.rule),
                         printable(to_string(origin.rule_place)));
    }
    if (!origin.source) return out;
    const SourceInfo& source = graph_.sources()[origin.source.index()];
    if (!source.title.empty()) out += fmt::format("      from {}\n", printable(source.title));
    if (!source.asserted_by.empty()) {
      out += fmt::format("      on the word of {}\n", prefixes_.shorten(source.asserted_by));
    }
    return out;
  }

  void write_statement(JsonWriter& json, std::size_t position) const {
    const Statement& s = graph_.statements()[position];
    json.member("subject", to_string(graph_.term(s.subject)));
    json.member("predicate", to_string(graph_.term(s.predicate)));
    json.member("object", to_string(graph_.term(s.object)));
  }

  void write(JsonWriter& json, const StatementOrigin& origin, std::size_t position) const {
    json.begin_object();
    json.member("inferred", origin.inferred);
    json.member("rule", origin.rule);
    if (origin.inferred) {
      json.begin_array("premises");
      for (const std::size_t premise : premises(position)) {
        json.begin_object();
        write_statement(json, premise);
        json.member("place", std::string(trim_ascii(place_text(premise))));
        json.end_object();
      }
      json.end_array();
    } else {
      json.member("file", origin.place.file);
      json.member("line", origin.place.line);
      json.member("column", origin.place.column);
      json.member("reference", origin.reference);
      json.member("text", origin.text);
      json.member("rule_place", to_string(origin.rule_place));
    }
    if (origin.source) {
      const SourceInfo& source = graph_.sources()[origin.source.index()];
      json.member("title", source.title);
      json.member("asserted_by", source.asserted_by);
    }
    json.end_object();
  }

  const Graph& graph_;
  const Prefixes& prefixes_;
  const Ontology* ontology_;  // none for graphs that came without
  Places places_;
};

std::unexpected<Error> unknown(const BuiltGraph& built, const std::string& name,
                               const std::string& iri) {
  std::vector<std::string_view> subjects;
  TermId last;
  for (const Statement& each : built.graph->statements()) {
    if (each.subject != last && each.subject.is_iri()) {
      subjects.push_back(built.graph->text(each.subject));
    }
    last = each.subject;
  }
  const auto near = nearest_name(iri, subjects);
  return fail(code::entity_unknown, {},
              fmt::format("the graph says nothing about {}", printable(name)),
              near ? fmt::format("did you mean {}?", built.prefixes.shorten(*near))
                   : "it is neither an error code nor a thing of this graph");
}

}  // namespace

OriginQuestion parse_question(const std::string& thing) {
  OriginQuestion out;
  const std::string_view text = trim_ascii(thing);
  const std::size_t first = text.find(' ');
  out.subject = text.substr(0, first);
  if (first == std::string_view::npos) return out;
  const std::string_view rest = trim_ascii(text.substr(first));
  const std::size_t second = rest.find(' ');
  out.predicate = rest.substr(0, second);
  if (second != std::string_view::npos) out.object = trim_ascii(rest.substr(second));
  return out;
}

std::string origins_of(const BuiltGraph& built, std::span<const std::size_t> positions,
                       const Settings& settings) {
  return OriginPage(built, settings).text(positions);
}

Expected<std::string> explain_origins(const BuiltGraph& built, const OriginQuestion& question,
                                      const Settings& settings) {
  OriginPage page(built, settings);
  const TermId subject = page.find(question.subject);
  if (!subject) return unknown(built, question.subject, page.expand(question.subject));
  const std::vector<std::size_t> positions = page.positions(subject, question);
  if (positions.empty()) {
    return fail(
        code::entity_unknown, {},
        fmt::format("the graph has no such statement about {}", printable(question.subject)),
        "ask for the subject alone to see all of them");
  }
  return settings.json ? page.json(positions) : page.text(positions);
}

}  // namespace dossier
