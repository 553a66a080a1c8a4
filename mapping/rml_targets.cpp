// Logical targets: those that are written down (RML-IO), and those that triples maps make of each
// record (https://w3id.org/imec/rml/ns/extensions#, which YARRRML is translated to). Part of the
// RML loader.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/rml_reader.hpp"
#include "mapping/template.hpp"

namespace dossier {
namespace {

// What says where a target is.
constexpr std::string_view kLocations[] = {
    "http://rdfs.org/ns/void#dataDump", "http://www.w3.org/ns/dcat#dataDump",
    "http://www.w3.org/ns/sparql-service-description#endpoint",
    "http://www.w3.org/2011/http#absoluteURI",
    "https://w3id.org/imec/rml/ns/extensions#linkingAbsoluteURI"};

// Two expressions that give the same text for the same record.
std::string expression_text(const Expression& expression) {
  if (const auto* text = std::get_if<Template>(&expression.value)) return text->text;
  if (const auto* name = std::get_if<Reference>(&expression.value)) return "{" + name->text + "}";
  if (const auto* term = std::get_if<ConstantTerm>(&expression.value)) return term->text;
  return {};
}

// The object of the first predicate-object map with the predicate; null when there is none.
const Expression* object_of(const TriplesMap& map, std::string_view predicate) {
  for (const PredicateObjectMap& group : map.predicate_objects) {
    const bool is_it = std::ranges::any_of(group.predicates, [&](const TermMap& each) {
      const auto* constant = std::get_if<ConstantTerm>(&each.expression.value);
      return constant != nullptr &&
             (constant->text == predicate || rml_local(constant->text) == predicate);
    });
    if (!is_it) continue;
    for (const ObjectMap& object : group.objects) {
      if (const auto* term = std::get_if<TermMap>(&object)) return &term->expression;
    }
  }
  return nullptr;
}

}  // namespace

std::string RmlReader::local_name(std::string_view iri) {
  const std::size_t at = iri.find_last_of("#/");
  return std::string(at == std::string_view::npos ? iri : iri.substr(at + 1));
}

bool RmlReader::makes_targets(TermId triples_map) {
  for (const Value& subject : rml_.values(triples_map, Rml::subject_map)) {
    for (const Value& target : rml_.values(subject.term, Rml::logical_target)) {
      if (rml_local(rml_.graph().text(target.term)) == "ThisMapping") return true;
    }
  }
  return false;
}

void RmlReader::read_targets(TermId node, Expression& out) {
  for (const Value& value : rml_.values(node, Rml::logical_target)) {
    if (rml_local(rml_.graph().text(value.term)) == "ThisMapping") continue;
    read_target(value.term, rml_.place(value));
    out.targets.push_back(targets_.at(value.term));
  }
  for (const Value& value : rml_.values(node, Rml::logical_target_map)) {
    read_target_map(value);
    out.targets.push_back(targets_.at(value.term));
  }
}

void RmlReader::read_target(TermId node, const Place& place) {
  if (targets_.contains(node)) return;
  LogicalTarget target;
  target.place = place;
  target.name = rml_.text(node, rdfs::kLabel).value_or(name_of(node));
  rml_.check(node, kG, "logical target");
  if (const auto text = rml_.text(node, Rml::serialization))
    target.serialization = local_name(*text);
  if (const auto text = rml_.text(node, Rml::compression)) target.compression = local_name(*text);
  if (const auto text = rml_.text(node, Rml::encoding)) target.encoding = local_name(*text);
  target.event_stream = rml_.has(node, Rml::event_stream) || rml_.has(node, Rml::event_stream_base);
  if (const auto access = rml_.value(node, Rml::target); access && access->term.is_resource()) {
    if (const auto path = rml_.text(access->term, Rml::path)) target.path = *path;
    if (const auto root = rml_.value(access->term, Rml::root)) {
      std::tie(target.root, target.root_path) = read_root(*root);
    }
    for (const std::string_view property : kLocations) {
      if (const auto dump = rml_.text(access->term, property)) target.path = *dump;
    }
    if (const auto type = rml_.foreign_type(access->term)) target.kind = *type;
  } else {
    rml_.report(code::mapping_bad_value, place, "this logical target has no rml:target",
                "say where the statements go: rml:target [ a rml:FilePath; rml:path \"out.nt\" ]");
  }
  targets_.emplace(node, target.name);
  model_.targets.push_back(std::move(target));
}

// The IRI of a logical target, made of the record: another triples map, whose own target is
// rmle:ThisMapping, makes the description of it, and a third one that of its place.
void RmlReader::read_target_map(const Value& value) {
  if (targets_.contains(value.term)) return;
  const Place place = rml_.place(value);
  rml_.check(value.term, kM, "logical target map");
  targets_.emplace(value.term, name_of(value.term));
  LogicalTarget target;
  target.place = place;
  target.name = name_of(value.term);
  const Expression iri = read_expression(value.term, place, "logical target map");
  const auto made_by = [&](const std::string& text) {
    const auto found = std::ranges::find(target_makers_, text, [](const TriplesMap& map) {
      return expression_text(map.subject.expression);
    });
    return found == target_makers_.end() || text.empty() ? nullptr : &*found;
  };
  const TriplesMap* described = made_by(expression_text(iri));
  const Expression* where = described == nullptr ? nullptr : object_of(*described, "target");
  const TriplesMap* access = where == nullptr ? nullptr : made_by(expression_text(*where));
  const Expression* path = nullptr;
  for (const std::string_view property : kLocations) {
    if (access != nullptr && path == nullptr) path = object_of(*access, property);
  }
  if (path == nullptr) {
    rml_.report(code::mapping_unknown_reference, place,
                fmt::format("nothing makes the logical target \"{}\" and says where it is",
                            printable(expression_text(iri))),
                "a triples map whose subject has rml:logicalTarget rmle:ThisMapping does, with "
                "rmlt:target and void:dataDump");
    return;
  }
  target.path = expression_text(*path);
  if (!std::holds_alternative<ConstantTerm>(path->value)) target.path_map = *path;
  target.source = described->source;
  const auto local = [&](std::string_view property) {
    const Expression* text = object_of(*described, property);
    return text == nullptr ? std::string() : local_name(expression_text(*text));
  };
  target.serialization = local("serialization");
  target.compression = local("compression");
  target.encoding = local("encoding");
  model_.targets.push_back(std::move(target));
}

}  // namespace dossier
