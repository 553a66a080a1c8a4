#include "tests/support/model_text.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/compile_term.hpp"
#include "mapping/template.hpp"

namespace dossier::test {
namespace {

class ModelWriter {
 public:
  explicit ModelWriter(const MappingModel& model) : model_(model) {}

  std::string run() const {
    std::multiset<std::string> maps;
    for (const TriplesMap& map : model_.triples_maps) maps.insert(triples_map(map));
    std::string out;
    for (const std::string& each : maps) out += each;
    return out;
  }

 private:
  std::string triples_map(const TriplesMap& map) const {
    std::string out =
        "map of " + source(map) + "\n  subject " + term(map.subject, Position::subject);
    std::set<std::string> lines;
    const std::set<std::string> graphs = terms(map.subject_graphs, Position::graph);
    for (const std::string& graph : graphs) lines.insert("graph " + graph);
    for (const TermMap& cls : map.classes) {
      lines.insert(fmt::format("{} {}", rdf::kType, term(cls, Position::cls)));
    }
    for (const PredicateObjectMap& group : map.predicate_objects) {
      std::string at;
      for (const std::string& graph : terms(group.graphs, Position::graph)) at += " in " + graph;
      for (const TermMap& predicate : group.predicates) {
        for (const ObjectMap& object : group.objects) {
          lines.insert(predicate_text(predicate) + " " + object_text(object) + at);
        }
      }
    }
    for (const std::string& line : lines) out += "\n  " + line;
    return out + "\n";
  }

  std::string predicate_text(const TermMap& predicate) const {
    const auto* constant = std::get_if<ConstantTerm>(&predicate.expression.value);
    if (constant != nullptr && predicate.expression.targets.empty()) return constant->text;
    return term(predicate, Position::predicate);
  }

  std::string object_text(const ObjectMap& object) const {
    if (const auto* map = std::get_if<TermMap>(&object)) {
      // A class is the same whether it is an object of rdf:type or a class of the subject.
      const auto* constant = std::get_if<ConstantTerm>(&map->expression.value);
      if (constant != nullptr && type_of(*map, Position::object) == TermType::iri &&
          !map->condition && map->expression.targets.empty()) {
        return term(*map, Position::cls);
      }
      return term(*map, Position::object);
    }
    const auto& reference = std::get<RefObjectMap>(object);
    const TriplesMap* parent = model_.find(reference.parent);
    std::string out = "subject of ";
    out += parent == nullptr ? "nothing"
                             : source(*parent) + " " + term(parent->subject, Position::subject);
    std::set<std::string> joins;
    for (const JoinCondition& join : reference.joins) {
      joins.insert(" where " + expression(join.child.expression) + " = " +
                   expression(join.parent.expression));
    }
    for (const std::string& join : joins) out += join;
    if (reference.condition) out += " if " + function(*reference.condition);
    return out;
  }

  std::string source(const TriplesMap& map) const {
    if (map.source == TriplesMap::kNoSource) return "nothing";
    const LogicalSource& source = model_.sources[map.source];
    if (!source.query.empty()) {
      std::string query;
      for (const char c : trim_ascii(source.query)) {
        const bool blank = c == ' ' || c == '\n';
        if (!(blank && query.ends_with(' '))) query += blank ? ' ' : c;
      }
      return "query \"" + query + "\"";
    }
    const std::string delimiter = source.dialect.delimiter.value_or(",");
    return fmt::format("{} {} \"{}\" {}", to_string(source.formulation), source.path,
                       source.iterator, delimiter == "\\t" ? "\t" : delimiter);
  }

  static TermType type_of(const TermMap& map, Position position) {
    return map.type ? *map.type : default_term_type(map, position);
  }

  std::set<std::string> terms(const std::vector<TermMap>& maps, Position position) const {
    std::set<std::string> out;
    for (const TermMap& map : maps) out.insert(term(map, position));
    return out;
  }

  std::string term(const TermMap& map, Position position) const {
    std::string out =
        fmt::format("{} {}", to_string(type_of(map, position)), expression(map.expression));
    if (map.language) out += " @" + expression(*map.language);
    if (map.datatype && !map.language) out += " ^^" + expression(*map.datatype);
    if (map.condition) out += " if " + function(*map.condition);
    return out;
  }

  std::string expression(const Expression& expression) const {
    std::string out;
    if (const auto* constant = std::get_if<ConstantTerm>(&expression.value)) {
      out = "\"" + constant->text + "\"";
    } else if (const auto* reference = std::get_if<Reference>(&expression.value)) {
      out = "{" + reference->text + "}";
    } else if (const auto* text = std::get_if<Template>(&expression.value)) {
      // A template without references is a constant.
      const bool plain = text->parts.size() == 1 && !text->parts[0].is_reference;
      out = plain ? "\"" + text->parts[0].text + "\"" : to_rml_template(text->parts);
    } else if (const auto* call = std::get_if<Function>(&expression.value)) {
      out = function(**call);
    }
    for (const std::string& name : expression.targets) out += " to " + target(name);
    return out;
  }

  std::string target(const std::string& name) const {
    const auto found = std::ranges::find(model_.targets, name, &LogicalTarget::name);
    if (found == model_.targets.end()) return "nothing";
    std::string path = found->path;
    if (const auto* text = std::get_if<Template>(&found->path_map.value)) {
      path = to_rml_template(text->parts);
    } else if (const auto* reference = std::get_if<Reference>(&found->path_map.value)) {
      path = "{" + reference->text + "}";
    }
    if (path.starts_with("file://")) path = path.substr(7);
    const auto plain = [](std::string_view text) {
      std::string out = to_lower_ascii(text);
      std::erase_if(out, [](char c) { return c == '-' || c == '_' || c == '.'; });
      return out;
    };
    const std::string serialization =
        found->serialization.empty() ? "nquads" : plain(found->serialization);
    return fmt::format("{} {} {}{}", path, serialization, plain(found->compression),
                       found->event_stream ? " as events" : "");
  }

  std::string function(const FunctionCall& call) const {
    std::multiset<std::string> inputs;
    for (const FunctionInput& input : call.inputs) {
      inputs.insert(fmt::format("{}={}{}", input.parameter,
                                input.side == FunctionInput::Side::parent ? "parent's " : "",
                                expression(input.value.expression)));
    }
    std::string out = call.function + "(";
    for (const std::string& input : inputs) out += input + ";";
    return out + ")";
  }

  const MappingModel& model_;
};

}  // namespace

std::string model_text(const MappingModel& model) {
  return ModelWriter(model).run();
}

}  // namespace dossier::test
