#include "cli/inferred_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/json_writer.hpp"
#include "cli/places.hpp"
#include "cli/term_text.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

class WhyPage {
 public:
  WhyPage(const BuiltGraph& built, const Inference& inference, std::span<const std::uint32_t> order,
          std::size_t most, const Settings& settings)
      : graph_(*built.graph),
        prefixes_(built.prefixes),
        type_(built.graph->find_iri(rdf::kType)),
        places_(*built.graph, built.plans, settings) {
    std::vector<std::size_t> positions;
    for (const std::uint32_t number : order.first(std::min(most, order.size()))) {
      const InferredStatement& each = inference.statements()[number];
      rows_.push_back({&each, premises_of(each, inference, graph_, *built.knowledge->ontology)});
      for (const Statement& premise : rows_.back().premises) {
        if (const auto at = position_of(premise)) positions.push_back(*at);
      }
    }
    places_.prepare(positions);
  }

  std::string text() const {
    std::string out;
    for (const Row& row : rows_) {
      out += fmt::format("{}\n    by {}\n", shown(row.inferred->statement),
                         info(row.inferred->rule).title);
      for (const Statement& premise : row.premises) {
        const std::string where = place_of(premise);
        out += fmt::format("    from {}{}{}\n", shown(premise), where.empty() ? "" : "  ", where);
      }
    }
    return out;
  }

  void write(JsonWriter& json) const {
    json.begin_array("statements");
    for (const Row& row : rows_) {
      json.begin_object();
      write(json, row.inferred->statement);
      json.member("rule", info(row.inferred->rule).title);
      json.begin_array("premises");
      for (const Statement& premise : row.premises) {
        json.begin_object();
        write(json, premise);
        json.member("place", place_of(premise));
        json.end_object();
      }
      json.end_array();
      json.end_object();
    }
    json.end_array();
  }

 private:
  struct Row {
    const InferredStatement* inferred;
    std::vector<Statement> premises;
  };

  // Of an asserted statement, in whatever graph it stands.
  std::optional<std::size_t> position_of(const Statement& statement) const {
    const auto about = graph_.about(statement.subject, statement.predicate);
    const auto found = std::ranges::lower_bound(about, statement.object, {}, &Statement::object);
    if (found == about.end() || found->object != statement.object) return std::nullopt;
    return graph_.position(*found);
  }

  std::string place_of(const Statement& statement) const {
    const auto position = position_of(statement);
    if (!position) return "inferred";
    for (const StatementOrigin& origin : places_.origins(*position)) {
      if (origin.place.known()) return printable(to_string(origin.place));
    }
    return {};
  }

  std::string shown(const Statement& s) const {
    return fmt::format(
        "{} {} {}", term_text(graph_, s.subject, prefixes_, kExplainedBytes),
        s.predicate == type_ ? "a" : term_text(graph_, s.predicate, prefixes_, kExplainedBytes),
        term_text(graph_, s.object, prefixes_, kExplainedBytes));
  }

  void write(JsonWriter& json, const Statement& s) const {
    json.member("subject", to_string(graph_.term(s.subject)));
    json.member("predicate", to_string(graph_.term(s.predicate)));
    json.member("object", to_string(graph_.term(s.object)));
  }

  const Graph& graph_;
  const Prefixes& prefixes_;
  TermId type_;
  Places places_;
  std::vector<Row> rows_;
};

}  // namespace

std::string rule_counts(const Inference& inference) {
  std::string out;
  for (std::size_t i = 0; i < kInferenceRuleCount; ++i) {
    const auto rule = static_cast<InferenceRule>(i);
    const std::uint64_t count = inference.count(rule);
    if (count == 0) continue;
    out +=
        fmt::format("{}{} {}", out.empty() ? "" : ", ", info(rule).title, with_separators(count));
  }
  return out;
}

std::string inferred_text(const BuiltGraph& built, const Inference& inference,
                          std::span<const std::uint32_t> order, std::size_t most,
                          const Settings& settings) {
  std::string out = WhyPage(built, inference, order, most, settings).text();
  if (order.size() > most) {
    out += fmt::format("and {} more\n", with_separators(order.size() - most));
  }
  return out;
}

std::string inferred_json(const BuiltGraph& built, const Inference& inference,
                          std::span<const std::uint32_t> order, std::size_t most,
                          const Settings& settings) {
  JsonWriter json;
  json.begin_object();
  json.member("inferred", std::uint64_t{inference.statements().size()});
  json.begin_object("rules");
  for (std::size_t i = 0; i < kInferenceRuleCount; ++i) {
    const auto rule = static_cast<InferenceRule>(i);
    json.member(info(rule).title, inference.count(rule));
  }
  json.end_object();
  if (most > 0) WhyPage(built, inference, order, most, settings).write(json);
  json.end_object();
  return json.text();
}

}  // namespace dossier
