#include "exporters/network_tables.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "exporters/network_writer.hpp"

namespace dossier {
namespace {

constexpr std::uint32_t kNoPlace = 0xFFFF'FFFF;

// RFC 4180: a cell with a comma, a quote or a line end stands in quotes, quotes in it doubled. An
// empty text does too, so that it differs from no value. `backslashes`: those are doubled as well.
void append_cell(TextBuffer& out, std::string_view text, bool backslashes) {
  const std::string_view doubled = backslashes ? "\"\\" : "\"";
  const auto special = text.find_first_of(backslashes ? ",\"\r\n\\" : ",\"\r\n");
  if (!text.empty() && special == std::string_view::npos) {
    out.append(text);
    return;
  }
  out.append('"');
  for (std::size_t at = 0;;) {
    const std::size_t next = text.find_first_of(doubled, at);
    out.append(text.substr(at, next - at));
    if (next == std::string_view::npos) break;
    out.append(text[next]);
    out.append(text[next]);
    at = next + 1;
  }
  out.append('"');
}

class TableWriter : private NetworkWriter {
 public:
  TableWriter(const EntityGraph& graph, const NetworkOptions& options, ByteSink& out, bool nodes)
      : NetworkWriter(graph, options, out),
        columns_(nodes ? plan_.attributes().nodes : plan_.attributes().edges),
        place_of_(plan_.slots().size(), kNoPlace) {
    for (std::uint32_t slot = 0; slot < columns_.size(); ++slot) {
      if (!columns_[slot].used()) continue;
      place_of_[slot] = static_cast<std::uint32_t>(used_.size());
      used_.push_back(slot);
    }
  }

  NetworkCounts nodes() {
    const std::uint64_t before = out_.bytes_written();
    head({"Id", "Label", "iri", "type"});
    write_elements<NodeId>(graph_.node_count(),
                           [this](Worker& worker, NodeId node, const Element& element) {
                             write_node(worker, node, element);
                           });
    return finish(before, nullptr);
  }

  NetworkCounts edges() {
    const std::uint64_t before = out_.bytes_written();
    head({"Source", "Target", "Type", "Id", "Kind", "Label", "predicate", "link", "link_class",
          "symmetric", "sources"});
    write_elements<EdgeId>(graph_.edge_count(),
                           [this](Worker& worker, EdgeId edge, const Element& element) {
                             write_edge(worker, edge, element);
                           });
    return finish(before, nullptr);
  }

 private:
  void head(std::initializer_list<std::string_view> fixed) {
    std::string line;
    for (const std::string_view name : fixed)
      line += fmt::format("{}{}", line.empty() ? "" : ",", name);
    for (const std::uint32_t slot : used_) line += fmt::format(",{}", columns_[slot].name);
    out_.append(line + '\n');
  }

  void write_node(Worker& worker, NodeId node, const Element& element) const {
    TextBuffer& out = *worker.out;
    begin_node(worker, node);
    out.append('n');
    append_number(out, node.value());
    out.append(',');
    if (const TermId label = plan_.captions().find(worker.term)) {
      text(worker, graph_.graph().text(label));
    } else {
      text(worker, plan_.made_up_label(node));
    }
    out.append(',');
    text(worker, text_of(worker, worker.term, element.text));
    out.append(',');
    const std::size_t cls = plan_.class_index(node);
    if (cls < plan_.classes().size()) text(worker, plan_.classes()[cls].name);
    write_attributes(worker, element);
    out.append('\n');
  }

  void write_edge(Worker& worker, EdgeId edge, const Element& element) const {
    TextBuffer& out = *worker.out;
    const EdgeKind& kind = graph_.kind(edge);
    const std::string& name = plan_.kind_name(graph_.kind_id(edge));
    begin_edge(worker, edge);
    out.append('n');
    append_number(out, graph_.source(edge).value());
    out.append(",n");
    append_number(out, graph_.target(edge).value());
    out.append(",Directed,e");
    append_number(out, edge.value());
    out.append(',');
    text(worker, name);
    out.append(',');
    text(worker, name);
    out.append(',');
    if (const std::string_view iri = graph_.predicate_iri(kind); !iri.empty()) text(worker, iri);
    out.append(',');
    if (kind.link != nullptr) {
      text(worker, text_of(worker, element.term, element.text));
      out.append(',');
      text(worker, value_text(graph_.graph(), kind.link->cls, worker.scratch));
      out.append(kind.link->symmetric ? ",true," : ",false,");
    } else {
      out.append(",,,");
    }
    write_sources(worker, element);
    write_attributes(worker, element);
    out.append('\n');
  }

  void write_attributes(Worker& worker, const Element& element) const {
    // The attribute for each used column; attributes come in another order.
    std::vector<std::uint32_t>& at = worker.numbers;
    at.assign(used_.size(), kNoPlace);
    const std::span<const ElementAttribute> attributes = worker.reader.attributes(element);
    for (std::uint32_t i = 0; i < attributes.size(); ++i) at[place_of_[attributes[i].slot]] = i;
    for (std::size_t place = 0; place < used_.size(); ++place) {
      worker.out->append(',');
      if (at[place] != kNoPlace)
        write_values(worker, columns_[used_[place]], attributes[at[place]]);
    }
  }

  void write_values(Worker& worker, const AttributeColumn& column,
                    const ElementAttribute& attribute) const {
    const std::span<const TermId> values = worker.reader.values(attribute);
    const std::span<const std::string_view> texts = worker.reader.texts(attribute);
    if (!column.list) {
      const std::string_view value = typed_text(column.type, text_of(worker, values[0], texts[0]));
      if (column.type == AttributeType::text) {
        text(worker, value);
      } else {
        cell(worker, value);
      }
      return;
    }
    worker.joined.clear();
    for (std::size_t i = 0; i < values.size(); ++i) {
      join(worker.joined, i, text_of(worker, values[i], texts[i]));
    }
    text(worker, worker.joined);
  }

  void write_sources(Worker& worker, const Element& element) const {
    const std::span<const SourceId> sources = worker.reader.sources(element);
    if (sources.empty()) return;
    if (!plan_.attributes().sources.list) {
      text(worker, path_of(sources[0]));
      return;
    }
    worker.joined.clear();
    for (std::size_t i = 0; i < sources.size(); ++i) join(worker.joined, i, path_of(sources[i]));
    text(worker, worker.joined);
  }

  // A text that a spreadsheet would run gets an apostrophe in front when that is asked for.
  void text(Worker& worker, std::string_view value) const {
    constexpr std::string_view kFormula = "=+-@\t\r";
    if (options_.defuse_formulas && !value.empty() &&
        kFormula.find(value[0]) != std::string_view::npos) {
      cell(worker, std::string("'").append(value));
    } else {
      cell(worker, value);
    }
  }
  void cell(Worker& worker, std::string_view value) const {
    append_cell(*worker.out, value, options_.for_gephi);
  }

  const std::vector<AttributeColumn>& columns_;
  std::vector<std::uint32_t> used_;      // slots, in the order of columns
  std::vector<std::uint32_t> place_of_;  // by slot
};

}  // namespace

NetworkCounts write_node_table(const EntityGraph& graph, const NetworkOptions& options,
                               ByteSink& out) {
  return TableWriter(graph, options, out, true).nodes();
}

NetworkCounts write_edge_table(const EntityGraph& graph, const NetworkOptions& options,
                               ByteSink& out) {
  return TableWriter(graph, options, out, false).edges();
}

}  // namespace dossier
