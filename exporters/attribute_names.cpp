#include "exporters/attribute_names.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "graph/captions.hpp"
#include "graph/characters.hpp"

namespace dossier {
namespace {

// Letters that are NameChar both in the second edition of XML 1.0 (on which XML Schema stands) and
// in the fifth.
struct Range {
  char32_t first;
  char32_t last;
};
constexpr Range kLetters[] = {
    {0x00C0, 0x00D6}, {0x00D8, 0x00F6}, {0x00F8, 0x0131}, {0x0134, 0x013E}, {0x0141, 0x0148},
    {0x014A, 0x017E}, {0x0388, 0x038A}, {0x038E, 0x03A1}, {0x03A3, 0x03CE}, {0x0401, 0x040C},
    {0x040E, 0x044F}, {0x0451, 0x045C}, {0x045E, 0x0481}, {0x0531, 0x0556}, {0x0561, 0x0586},
    {0x05D0, 0x05EA}, {0x0621, 0x063A}, {0x0641, 0x064A}, {0x0905, 0x0939}, {0x0E01, 0x0E2E},
    {0x10A0, 0x10C5}, {0x10D0, 0x10F6}, {0x3041, 0x3094}, {0x30A1, 0x30FA}, {0x4E00, 0x9FA5},
    {0xAC00, 0xD7A3}};

// Columns that the writers make themselves, or that readers take for something else: label, place,
// size and colour in Gephi (also under the ids that yEd gives them), `id` in igraph, parameter
// names in networkx.
constexpr std::string_view kNodeNames[] = {
    "iri",    "label",   "type",      "class",    "id",    "self",  "node_for_adding",
    "x",      "y",       "z",         "xpos",     "ypos",  "size",  "color",
    "colour", "r",       "g",         "b",        "a",     "alpha", "d3",
    "fixed",  "timeset", "timestamp", "interval", "nodes", "edges", "polygon"};
constexpr std::string_view kEdgeNames[] = {"kind",
                                           "predicate",
                                           "link",
                                           "link_class",
                                           "symmetric",
                                           "sources",
                                           "start",
                                           "end",
                                           "label",
                                           "id",
                                           "edgeid",
                                           "edgelabel",
                                           "weight",
                                           "key",
                                           "source",
                                           "target",
                                           "type",
                                           "directed",
                                           "self",
                                           "color",
                                           "colour",
                                           "r",
                                           "g",
                                           "b",
                                           "a",
                                           "alpha",
                                           "d7",
                                           "timeset",
                                           "timestamp",
                                           "interval",
                                           "start_precision",
                                           "end_precision",
                                           "u_for_edge",
                                           "v_for_edge"};

struct Names {
  NameSet nodes;
  NameSet edges;
  NameSet keys;  // of both
};

void name_column(AttributeColumn& column, NameSet& names, NameSet& keys,
                 std::string_view key_prefix, std::string_view iri, const Prefixes& prefixes) {
  const std::string local = nmtoken(local_name(iri));
  std::string fallback = local;
  if (const std::optional<Prefixes::Match> match = prefixes.match(iri);
      match && !match->name.empty()) {
    fallback = nmtoken(fmt::format("{}_{}", match->name, match->local));
  }
  column.name = names.claim(local, fallback);
  column.key = keys.claim(column.name, fmt::format("{}{}", key_prefix, column.name));
  column.description = iri;
}

void name_fixed(AttributeColumn& column, std::string_view name, std::string_view description) {
  column.name = name;
  column.key = name;
  column.description = description;
}

}  // namespace

std::string nmtoken(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    const std::size_t size = std::max<std::size_t>(point.size, 1);
    const bool ascii = size == 1 && (has_class(text[0], kPnChars) || text[0] == '.');
    const bool letter = size > 1 && std::ranges::any_of(kLetters, [&](const Range& range) {
                          return range.first <= point.value && point.value <= range.last;
                        });
    if (ascii || letter) {
      out += text.substr(0, size);
    } else if (!out.ends_with('_')) {
      out += '_';
    }
    text.remove_prefix(size);
  }
  return out.empty() ? "_" : out;
}

void NameSet::reserve(std::string_view name) {
  take(name);
}

bool NameSet::take(std::string_view name) {
  return taken_.emplace(to_lower_ascii(name), 2).second;
}

std::string NameSet::claim(std::string_view wanted, std::string_view fallback) {
  if (take(wanted)) return std::string(wanted);
  if (take(fallback)) return std::string(fallback);
  for (;;) {
    const std::size_t number = taken_.at(to_lower_ascii(fallback))++;
    std::string name = fmt::format("{}_{}", fallback, number);
    if (take(name)) return name;
  }
}

void name_attributes(const Graph& graph, const Slots& slots, const Prefixes& prefixes,
                     AttributeTables& tables) {
  Names names;
  for (const std::string_view name : kNodeNames) {
    names.nodes.reserve(name);
    names.keys.reserve(name);
  }
  for (const std::string_view name : kEdgeNames) {
    names.edges.reserve(name);
    names.keys.reserve(name);
  }
  name_fixed(tables.nodes[slots.of(ExtraSlot::classes)], "class", "classes of the node");
  name_fixed(tables.edges[slots.of(ExtraSlot::start)], "start", "first date of the link");
  name_fixed(tables.edges[slots.of(ExtraSlot::end)], "end", "last date of the link");
  name_fixed(tables.sources, "sources", "where the edge comes from");
  for (const bool nodes : {true, false}) {
    for (const TermId predicate : graph.predicates()) {
      AttributeColumn& column = (nodes ? tables.nodes : tables.edges)[slots.of(predicate)];
      if (!column.used()) continue;
      name_column(column, nodes ? names.nodes : names.edges, names.keys, nodes ? "n_" : "e_",
                  graph.text(predicate), prefixes);
    }
  }
}

}  // namespace dossier
