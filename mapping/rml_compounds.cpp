// Collections (RML-CC) and quoted triples maps (RML-Star). Part of the RML loader.
#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/rml_reader.hpp"

namespace dossier {
namespace {

struct NamedCollection {
  std::string_view name;
  CollectionKind kind;
};
constexpr NamedCollection kCollections[] = {{"List", CollectionKind::list},
                                            {"Bag", CollectionKind::bag},
                                            {"Seq", CollectionKind::seq},
                                            {"Alt", CollectionKind::alt}};
constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

}  // namespace

// The items of an RDF list.
std::vector<RmlReader::Value> RmlReader::list_items(const Value& list) {
  std::vector<Value> out;
  const std::string first = std::string(kRdf) + "first";
  const std::string rest = std::string(kRdf) + "rest";
  TermId node = list.term;
  while (rml_.graph().text(node) != std::string(kRdf) + "nil") {
    const auto items = rml_.values(node, std::string_view(first));
    const auto next = rml_.values(node, std::string_view(rest));
    if (out.size() == limits_.max_gather_items) {
      rml_.report(code::limit_exceeded, rml_.place(list),
                  fmt::format("this list has more than {} items (max-gather-items), or no end",
                              limits_.max_gather_items),
                  "raise the limit with --limit max-gather-items=N");
      return out;
    }
    if (items.size() != 1 || next.size() != 1) {
      rml_.report(code::mapping_bad_value, rml_.place(list), "this is no RDF list",
                  "write the items in parentheses: rml:gather ( [ rml:reference \"a\" ] )");
      return out;
    }
    out.push_back(items.front());
    node = next.front().term;
  }
  return out;
}

void RmlReader::read_gather(TermId node, TermMap& out) {
  const auto list = rml_.value(node, Rml::gather);
  const auto as = rml_.value(node, Rml::gather_as);
  if (!list && !as) return;
  if (!list || !as) {
    rml_.report(code::mapping_expression, out.place,
                fmt::format("this term map has {} without {}",
                            rml_name(list ? Rml::gather : Rml::gather_as),
                            rml_name(list ? Rml::gather_as : Rml::gather)),
                "a collection has both: what is gathered, and as what");
    return;
  }
  auto gather = std::make_shared<GatherMap>();
  gather->place = rml_.place(*list);
  if (!check_depth(++gather_depth_, gather->place, "collections")) {
    --gather_depth_;
    return;
  }
  for (const Value& item : list_items(*list)) gather->items.push_back(read_object(item));
  --gather_depth_;
  const std::string_view kind = rml_.graph().text(as->term);
  const auto* found = std::ranges::find_if(kCollections, [&](const NamedCollection& each) {
    return kind.starts_with(kRdf) && kind.substr(kRdf.size()) == each.name;
  });
  if (found == std::end(kCollections)) {
    rml_.report(code::mapping_bad_value, rml_.place(*as),
                fmt::format("{} is no kind of collection", printable(kind)),
                "rdf:List, rdf:Bag, rdf:Seq and rdf:Alt are");
  } else {
    gather->kind = found->kind;
  }
  if (const auto strategy = rml_.text(node, Rml::strategy)) {
    const std::string_view name = rml_local(*strategy).value_or(*strategy);
    gather->cartesian = name == "cartesianProduct";
    if (!gather->cartesian && name != "append") {
      rml_.report(code::mapping_bad_value, gather->place,
                  fmt::format("there is no strategy {}", printable(*strategy)),
                  "rml:append and rml:cartesianProduct are known");
    }
  }
  if (const auto allow = rml_.text(node, Rml::allow_empty)) {
    gather->allow_empty = *allow == "true" || *allow == "1";
  }
  out.gather = std::move(gather);
  // Without a value of its own the first node has no name.
  if (out.expression.empty() && !out.type) out.type = TermType::blank_node;
  if (!out.type && std::holds_alternative<Reference>(out.expression.value))
    out.type = TermType::iri;
}

void RmlReader::read_quoted(TermId node, TermMap& out) {
  const auto value = rml_.value(node, Rml::quoted_triples_map);
  if (!value) return;
  if (!out.expression.empty() || out.gather) {
    rml_.report(code::mapping_expression, rml_.place(*value),
                "this term map has rml:quotedTriplesMap and a value besides",
                "a term map has one value: keep one of them");
    return;
  }
  auto quoted = std::make_shared<QuotedMap>();
  quoted->place = rml_.place(*value);
  quoted->triples_map = name_of(value->term);
  for (const Value& join : rml_.values(node, Rml::join_condition)) {
    quoted->joins.push_back(read_join(join));
  }
  out.quoted = std::move(quoted);
}

}  // namespace dossier
