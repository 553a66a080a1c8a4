#include "exporters/attributes.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/thread_pool.hpp"
#include "exporters/attribute_names.hpp"

namespace dossier {
namespace {

constexpr TypeMask bit(AttributeType type) {
  return static_cast<TypeMask>(1u << static_cast<unsigned>(type));
}
constexpr TypeMask kText = bit(AttributeType::text);
constexpr std::int64_t kExactInDouble = std::int64_t{1} << 53;
constexpr std::int64_t kExactInFloat = std::int64_t{1} << 24;

TypeMask integer_types(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return kText;
  TypeMask mask = kText | bit(AttributeType::int64);
  const auto within = [value](std::int64_t bound) { return -bound <= value && value <= bound; };
  if (std::numeric_limits<std::int32_t>::min() <= value &&
      value <= std::numeric_limits<std::int32_t>::max()) {
    mask |= bit(AttributeType::int32);
  }
  if (within(kExactInDouble)) mask |= bit(AttributeType::float64);
  if (within(kExactInFloat)) mask |= bit(AttributeType::float32);
  return mask;
}

// What one thread has seen at one slot.
struct Seen {
  TypeMask mask = kAnyType;
  std::uint64_t elements = 0;
  std::uint64_t several = 0;
  std::uint64_t values = 0;

  void merge(const Seen& other) {
    mask &= other.mask;
    elements += other.elements;
    several += other.several;
    values += other.values;
  }
};

struct SeenTables {
  explicit SeenTables(std::uint32_t slots) : nodes(slots), edges(slots) {}
  std::vector<Seen> nodes;
  std::vector<Seen> edges;
  Seen sources;
};

void look(const ElementReader& reader, const Element& element, const TypeFinder& types,
          std::vector<Seen>& seen) {
  for (const ElementAttribute& attribute : reader.attributes(element)) {
    Seen& at = seen[attribute.slot];
    ++at.elements;
    at.values += attribute.count;
    if (attribute.count > 1) ++at.several;
    const std::span<const TermId> values = reader.values(attribute);
    const std::span<const std::string_view> texts = reader.texts(attribute);
    for (std::size_t i = 0; i < values.size() && at.mask != kText; ++i) {
      at.mask &= types.fitting(values[i], texts[i]);
    }
  }
}

void look_at_sources(std::size_t count, Seen& seen) {
  seen.merge({kText, count > 0 ? 1u : 0u, count > 1 ? 1u : 0u, count});
}

// The elements [first, last) of part `part` of `parts`.
std::pair<std::size_t, std::size_t> share(std::size_t size, std::size_t part, std::size_t parts) {
  return {size * part / parts, size * (part + 1) / parts};
}

// Calls read(first, count) for batches of [range.first, range.second).
template <class Read>
void in_batches(std::pair<std::size_t, std::size_t> range, const Read& read) {
  for (std::size_t at = range.first; at < range.second; at += ElementReader::kBatch) {
    read(static_cast<std::uint32_t>(at), std::min(ElementReader::kBatch, range.second - at));
  }
}

SeenTables look_at_all(const EntityGraph& graph, const Slots& slots, std::size_t threads) {
  const TypeFinder types(graph.graph());
  const std::size_t parts = std::max<std::size_t>(threads, 1);
  const bool several_sources = graph.graph().sources().size() > 1;
  std::vector<SeenTables> seen(parts, SeenTables(slots.size()));
  parallel_for(threads, parts, [&](std::size_t part) {
    ElementReader reader(graph, slots);
    SeenTables& mine = seen[part];
    in_batches(share(graph.node_count(), part, parts), [&](std::uint32_t first, std::size_t count) {
      reader.read(NodeId(first), count);
      for (const Element& node : reader.elements()) look(reader, node, types, mine.nodes);
    });
    in_batches(share(graph.edge_count(), part, parts), [&](std::uint32_t first, std::size_t count) {
      reader.read(EdgeId(first), count, several_sources);
      for (const Element& edge : reader.elements()) {
        look(reader, edge, types, mine.edges);
        if (several_sources) look_at_sources(reader.sources(edge).size(), mine.sources);
      }
    });
  });
  for (std::size_t part = 1; part < parts; ++part) {
    for (std::uint32_t slot = 0; slot < slots.size(); ++slot) {
      seen[0].nodes[slot].merge(seen[part].nodes[slot]);
      seen[0].edges[slot].merge(seen[part].edges[slot]);
    }
    seen[0].sources.merge(seen[part].sources);
  }
  // One source needs no look: no edge can have two.
  if (!several_sources && !graph.graph().evidence_rows().empty()) {
    look_at_sources(1, seen[0].sources);
  }
  return std::move(seen[0]);
}

AttributeColumn make_column(const Seen& seen) {
  AttributeColumn column;
  column.type = seen.several > 0 ? AttributeType::text : narrowest(seen.mask);
  column.list = seen.several > 0;
  column.elements = seen.elements;
  column.several = seen.several;
  column.values = seen.values;
  return column;
}

}  // namespace

AttributeType narrowest(TypeMask mask) {
  for (unsigned type = 0; type < static_cast<unsigned>(AttributeType::text); ++type) {
    if ((mask >> type & 1u) != 0) return static_cast<AttributeType>(type);
  }
  return AttributeType::text;
}

TypeFinder::TypeFinder(const Graph& graph) : graph_(graph) {
  for (const LiteralType& type : graph.literal_types()) {
    datatypes_.push_back(find_datatype(type.datatype));
  }
}

TypeMask TypeFinder::fitting(TermId value, std::string_view text) const {
  if (!value.is_literal()) return kText;
  const Datatype datatype = datatypes_[graph_.literal_type_index(value)];
  if (datatype == Datatype::other) return kText;
  if (is_derived_from(datatype, Datatype::integer)) {
    return is_valid_lexical(datatype, text) ? integer_types(text) : kText;
  }
  const bool real = datatype == Datatype::double_ || datatype == Datatype::float_;
  if (!real && datatype != Datatype::decimal && datatype != Datatype::boolean) return kText;
  if (!is_valid_lexical(datatype, text) || text.ends_with("INF")) return kText;
  if (datatype == Datatype::boolean) return kText | bit(AttributeType::boolean);
  const TypeMask mask = kText | bit(AttributeType::float64);
  return datatype == Datatype::float_ ? mask | bit(AttributeType::float32) : mask;
}

AttributeTables find_attributes(const EntityGraph& graph, const Slots& slots,
                                const Prefixes& prefixes, std::size_t threads) {
  const SeenTables seen = look_at_all(graph, slots, threads);
  AttributeTables tables;
  for (std::uint32_t slot = 0; slot < slots.size(); ++slot) {
    tables.nodes.push_back(make_column(seen.nodes[slot]));
    tables.edges.push_back(make_column(seen.edges[slot]));
  }
  tables.sources = make_column(seen.sources);
  name_attributes(graph.graph(), slots, prefixes, tables);
  return tables;
}

}  // namespace dossier
