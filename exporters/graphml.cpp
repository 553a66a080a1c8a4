#include "exporters/graphml.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "exporters/chunks.hpp"
#include "exporters/network_plan.hpp"
#include "exporters/network_report.hpp"
#include "exporters/xml_text.hpp"

namespace dossier {
namespace {

constexpr std::uint32_t kChunkElements = 1024;

std::string_view name_of(AttributeType type) {
  switch (type) {
    case AttributeType::boolean:
      return "boolean";
    case AttributeType::int32:
      return "int";
    case AttributeType::int64:
      return "long";
    case AttributeType::float32:
      return "float";
    case AttributeType::float64:
      return "double";
    case AttributeType::text:
      return "string";
  }
  return {};
}

void append_number(TextBuffer& out, std::uint64_t number) {
  char* to = out.room(20);
  out.commit(std::to_chars(to, to + 20, number).ptr);
}

// xsd:boolean has four forms, of which readers know two.
std::string_view typed_text(AttributeType type, std::string_view text) {
  if (type != AttributeType::boolean) return text;
  return text == "1" || text == "true" ? "true" : "false";
}

class GraphmlWriter {
 public:
  GraphmlWriter(const EntityGraph& graph, const NetworkOptions& options, ByteSink& out)
      : graph_(graph), options_(options), out_(out), plan_(graph, options) {
    for (const AttributeColumn& column : plan_.attributes().nodes)
      node_tags_.push_back(tag(column));
    for (const AttributeColumn& column : plan_.attributes().edges)
      edge_tags_.push_back(tag(column));
    prepare_kinds();
    prepare_classes();
  }

  NetworkCounts run(DiagnosticSink* diagnostics) {
    const std::uint64_t before = out_.bytes_written();
    write_head();
    write_elements(static_cast<std::uint32_t>(graph_.node_count()),
                   [this](Worker& worker, std::uint32_t i) { write_node(worker, NodeId(i)); });
    write_elements(static_cast<std::uint32_t>(graph_.edge_count()),
                   [this](Worker& worker, std::uint32_t i) { write_edge(worker, EdgeId(i)); });
    out_.append("  </graph>\n</graphml>\n");
    NetworkCounts counts = plan_.counts();
    counts.characters_replaced = replaced_.count;
    counts.bytes = out_.bytes_written() - before;
    if (diagnostics != nullptr) {
      report_joined_values(plan_, *diagnostics);
      report_replaced_characters(plan_, replaced_.count, replaced_.first, *diagnostics);
    }
    return counts;
  }

 private:
  // What a thread needs besides the plan.
  struct Worker {
    ElementReader reader;
    TextBuffer* out = nullptr;
    std::uint64_t element = 0;  // nodes first, then edges
    TermId term;
    std::string scratch;
    std::string joined;
    Mishaps replaced;
  };

  // `<data key="name">`, or nothing for a column that no element has.
  static std::string tag(const AttributeColumn& column) {
    return column.used() ? fmt::format("<data key=\"{}\">", column.key) : std::string();
  }

  // ---- what is the same for many elements, escaped once
  void prepare_kinds() {
    for (std::uint32_t i = 0; i < graph_.kinds().size(); ++i) {
      const EdgeKind& kind = graph_.kinds()[i];
      const std::string name = plan_.kind_name(KindId(i));
      KindText& text = kinds_.emplace_back();
      if (options_.for_gephi) {
        text.attribute = fmt::format(" label=\"{}\"", xml_escaped(name, XmlContext::attribute));
        text.data =
            fmt::format("<data key=\"e_label\">{}</data>", xml_escaped(name, XmlContext::content));
      }
      text.data +=
          fmt::format("<data key=\"kind\">{}</data>", xml_escaped(name, XmlContext::content));
      if (const std::string_view iri = graph_.predicate_iri(kind); !iri.empty()) {
        text.data +=
            fmt::format("<data key=\"predicate\">{}</data>", xml_escaped(iri, XmlContext::content));
      }
      if (kind.link == nullptr || !kind.link->cls) continue;
      text.data += fmt::format("<data key=\"link_class\">{}</data>", escaped(kind.link->cls));
      if (plan_.has_symmetric()) {
        text.data += fmt::format("<data key=\"symmetric\">{}</data>", kind.link->symmetric);
      }
    }
  }

  void prepare_classes() {
    for (const NetworkPlan::ClassInfo& each : plan_.classes()) {
      std::string text =
          fmt::format("<data key=\"type\">{}</data>", xml_escaped(each.name, XmlContext::content));
      if (options_.for_gephi)
        text += fmt::format("<data key=\"color\">{}</data>", hex(each.colour));
      classes_.push_back(std::move(text));
    }
    classes_.push_back(options_.for_gephi
                           ? fmt::format("<data key=\"color\">{}</data>", hex(kNoClassColour))
                           : std::string());
  }

  std::string escaped(TermId term) const {
    std::string made;
    return xml_escaped(value_text(graph_.graph(), term, made), XmlContext::content);
  }

  // ---- head
  void write_head() {
    out_.append(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    key("iri", "iri", "node", AttributeType::text, "IRI of the thing; _:x for a blank node");
    key("label", "label", "node", AttributeType::text, "what people call the thing");
    if (plan_.has_classes()) {
      key("type", "type", "node", AttributeType::text, "its narrowest class");
    }
    if (options_.for_gephi) {
      key("color", "color", "node", AttributeType::text, "by type");
      key("size", "size", "node", AttributeType::float32, "by number of edges");
    }
    for (const AttributeColumn& column : plan_.attributes().nodes) key(column, "node");
    if (graph_.edge_count() > 0) write_edge_keys();
    out_.append(
        fmt::format("  <graph id=\"G\" edgedefault=\"directed\" parse.nodes=\"{}\" "
                    "parse.edges=\"{}\" parse.order=\"nodesfirst\">\n",
                    graph_.node_count(), graph_.edge_count()));
  }

  void write_edge_keys() {
    if (options_.for_gephi) {
      key("e_label", "label", "edge", AttributeType::text, "kind of the edge");
    }
    key("kind", "kind", "edge", AttributeType::text, "what the edge says");
    key("predicate", "predicate", "edge", AttributeType::text, "IRI of the predicate");
    if (plan_.has_links()) {
      key("link", "link", "edge", AttributeType::text, "IRI of the link behind the edge");
      key("link_class", "link_class", "edge", AttributeType::text, "IRI of the class of the link");
    }
    if (plan_.has_symmetric()) {
      key("symmetric", "symmetric", "edge", AttributeType::boolean, "true: holds both ways");
    }
    for (const AttributeColumn& column : plan_.attributes().edges) key(column, "edge");
    key(plan_.attributes().sources, "edge");
  }

  void key(const AttributeColumn& column, std::string_view element) {
    if (!column.used()) return;
    std::string description = column.description;
    if (column.list) description += " (values joined by ' | ', \\ before | and \\ in a value)";
    key(column.key, column.name, element, column.type, description);
  }

  void key(std::string_view id, std::string_view name, std::string_view element, AttributeType type,
           std::string_view description) {
    out_.append(fmt::format(
        "  <key id=\"{}\" for=\"{}\" attr.name=\"{}\" attr.type=\"{}\">"
        "<desc>{}</desc></key>\n",
        id, element, name, name_of(type), xml_escaped(description, XmlContext::content)));
  }

  // ---- elements
  template <class Write>
  void write_elements(std::uint32_t count, const Write& write) {
    std::vector<Worker> workers;
    for (std::size_t i = 0; i < std::max<std::size_t>(options_.threads, 1); ++i) {
      workers.push_back({.reader = ElementReader(graph_, plan_.slots())});
    }
    std::uint32_t next = 0;
    write_chunks(
        options_.threads, out_,
        [&]() -> std::optional<std::uint32_t> {
          if (next >= count) return std::nullopt;
          const std::uint32_t first = next;
          next = count - first > kChunkElements ? first + kChunkElements : count;
          return first;
        },
        [&](std::uint32_t first, std::size_t worker, TextBuffer& out) -> std::optional<Error> {
          workers[worker].out = &out;
          const std::uint32_t last =
              count - first > kChunkElements ? first + kChunkElements : count;
          for (std::uint32_t i = first; i < last; ++i) write(workers[worker], i);
          return std::nullopt;
        });
    for (const Worker& worker : workers) replaced_.merge(worker.replaced);
  }

  void write_node(Worker& worker, NodeId node) {
    TextBuffer& out = *worker.out;
    worker.element = node.value();
    worker.term = graph_.term(node);
    out.append("    <node id=\"n");
    append_number(out, node.value());
    out.append("\"><data key=\"iri\">");
    text(worker, value_text(graph_.graph(), worker.term, worker.scratch));
    out.append("</data><data key=\"label\">");
    if (const TermId label = plan_.captions().find(worker.term)) {
      text(worker, graph_.graph().text(label));
    } else {
      text(worker, plan_.captions().text(worker.term));
    }
    out.append("</data>");
    out.append(classes_[plan_.class_index(node)]);
    if (options_.for_gephi) write_size(out, node);
    worker.reader.read(node);
    write_attributes(worker, plan_.attributes().nodes, node_tags_);
    out.append("</node>\n");
  }

  // 10 for a lone node and 4 more each time the edges double.
  void write_size(TextBuffer& out, NodeId node) {
    const std::size_t degree = graph_.in_degree(node) + graph_.out_degree(node);
    out.append("<data key=\"size\">");
    append_number(out, 10 + 4 * static_cast<std::uint64_t>(std::bit_width(degree)));
    out.append("</data>");
  }

  void write_edge(Worker& worker, EdgeId edge) {
    TextBuffer& out = *worker.out;
    const KindText& kind = kinds_[graph_.kind_id(edge).index()];
    const TermId link = graph_.link(edge);
    worker.element = graph_.node_count() + edge.value();
    worker.term = link ? link : graph_.term(graph_.source(edge));
    out.append("    <edge id=\"e");
    append_number(out, edge.value());
    out.append("\" source=\"n");
    append_number(out, graph_.source(edge).value());
    out.append("\" target=\"n");
    append_number(out, graph_.target(edge).value());
    out.append('"');
    out.append(kind.attribute);
    out.append('>');
    out.append(kind.data);
    if (link) {
      out.append("<data key=\"link\">");
      text(worker, value_text(graph_.graph(), link, worker.scratch));
      out.append("</data>");
    }
    worker.reader.read(edge);
    write_attributes(worker, plan_.attributes().edges, edge_tags_);
    write_sources(worker);
    out.append("</edge>\n");
  }

  void write_attributes(Worker& worker, const std::vector<AttributeColumn>& columns,
                        const std::vector<std::string>& tags) {
    for (const ElementAttribute& attribute : worker.reader.attributes()) {
      const AttributeColumn& column = columns[attribute.slot];
      worker.out->append(tags[attribute.slot]);
      const std::span<const TermId> values = worker.reader.values(attribute);
      if (!column.list) {
        text(worker,
             typed_text(column.type, value_text(graph_.graph(), values[0], worker.scratch)));
      } else {
        worker.joined.clear();
        for (std::size_t i = 0; i < values.size(); ++i) {
          join(worker.joined, i, value_text(graph_.graph(), values[i], worker.scratch));
        }
        text(worker, worker.joined);
      }
      worker.out->append("</data>");
    }
  }

  void write_sources(Worker& worker) {
    const AttributeColumn& column = plan_.attributes().sources;
    if (worker.reader.sources().empty()) return;
    worker.out->append("<data key=\"sources\">");
    worker.joined.clear();
    const std::span<const SourceId> sources = worker.reader.sources();
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const std::string& path = graph_.graph().sources()[sources[i].index()].path;
      if (column.list) {
        join(worker.joined, i, path);
      } else {
        worker.joined = path;
      }
    }
    text(worker, worker.joined);
    worker.out->append("</data>");
  }

  static void join(std::string& to, std::size_t number, std::string_view value) {
    if (number > 0) to += " | ";
    for (const char c : value) {
      if (c == '|' || c == '\\') to += '\\';
      to += c;
    }
  }

  void text(Worker& worker, std::string_view value) {
    const std::uint64_t replaced = append_xml(*worker.out, value, XmlContext::content);
    worker.replaced.add(replaced, worker.element, worker.term);
  }

  struct KindText {
    std::string attribute;  // of the edge element
    std::string data;
  };

  const EntityGraph& graph_;
  const NetworkOptions& options_;
  ByteSink& out_;
  NetworkPlan plan_;
  std::vector<std::string> node_tags_;  // by slot
  std::vector<std::string> edge_tags_;
  std::vector<KindText> kinds_;       // by kind
  std::vector<std::string> classes_;  // by class index
  Mishaps replaced_;
};

}  // namespace

NetworkCounts write_graphml(const EntityGraph& graph, const NetworkOptions& options, ByteSink& out,
                            DiagnosticSink* diagnostics) {
  return GraphmlWriter(graph, options, out).run(diagnostics);
}

}  // namespace dossier
