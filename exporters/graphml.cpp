#include "exporters/graphml.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "exporters/network_writer.hpp"

namespace dossier {
namespace {

std::string_view graphml_type(AttributeType type) {
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

class GraphmlWriter : private NetworkWriter {
 public:
  GraphmlWriter(const EntityGraph& graph, const NetworkOptions& options, ByteSink& out)
      : NetworkWriter(graph, options, out) {
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
    write_elements<NodeId>(graph_.node_count(),
                           [this](Worker& worker, NodeId node, const Element& element) {
                             write_node(worker, node, element);
                           });
    write_elements<EdgeId>(graph_.edge_count(),
                           [this](Worker& worker, EdgeId edge, const Element& element) {
                             write_edge(worker, edge, element);
                           });
    out_.append("  </graph>\n</graphml>\n");
    if (diagnostics != nullptr) report_joined_values(plan_, *diagnostics);
    return finish(before, diagnostics);
  }

 private:
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
        id, element, name, graphml_type(type), xml_escaped(description, XmlContext::content)));
  }

  // ---- elements
  void write_node(Worker& worker, NodeId node, const Element& element) {
    TextBuffer& out = *worker.out;
    begin_node(worker, node);
    out.append("    <node id=\"n");
    append_number(out, node.value());
    out.append("\"><data key=\"iri\">");
    text(worker, text_of(worker, worker.term, element.text));
    out.append("</data><data key=\"label\">");
    append_label(worker, node, XmlContext::content);
    out.append("</data>");
    out.append(classes_[plan_.class_index(node)]);
    if (options_.for_gephi) {
      out.append("<data key=\"size\">");
      append_number(out, size_of(node));
      out.append("</data>");
    }
    write_attributes(worker, element, plan_.attributes().nodes, node_tags_);
    out.append("</node>\n");
  }

  void write_edge(Worker& worker, EdgeId edge, const Element& element) {
    TextBuffer& out = *worker.out;
    const KindText& kind = kinds_[graph_.kind_id(edge).index()];
    const TermId link = graph_.link(edge);
    begin_edge(worker, edge);
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
      text(worker, text_of(worker, link, element.text));
      out.append("</data>");
    }
    write_attributes(worker, element, plan_.attributes().edges, edge_tags_);
    write_sources(worker, element);
    out.append("</edge>\n");
  }

  void write_attributes(Worker& worker, const Element& element,
                        const std::vector<AttributeColumn>& columns,
                        const std::vector<std::string>& tags) {
    for (const ElementAttribute& attribute : worker.reader.attributes(element)) {
      const AttributeColumn& column = columns[attribute.slot];
      worker.out->append(tags[attribute.slot]);
      const std::span<const TermId> values = worker.reader.values(attribute);
      const std::span<const std::string_view> texts = worker.reader.texts(attribute);
      if (!column.list) {
        text(worker, typed_text(column.type, text_of(worker, values[0], texts[0])));
      } else {
        worker.joined.clear();
        for (std::size_t i = 0; i < values.size(); ++i) {
          join(worker.joined, i, text_of(worker, values[i], texts[i]));
        }
        text(worker, worker.joined);
      }
      worker.out->append("</data>");
    }
  }

  void write_sources(Worker& worker, const Element& element) {
    const AttributeColumn& column = plan_.attributes().sources;
    if (worker.reader.sources(element).empty()) return;
    worker.out->append("<data key=\"sources\">");
    worker.joined.clear();
    const std::span<const SourceId> sources = worker.reader.sources(element);
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const std::string& path = path_of(sources[i]);
      if (column.list) {
        join(worker.joined, i, path);
      } else {
        worker.joined = path;
      }
    }
    text(worker, worker.joined);
    worker.out->append("</data>");
  }

  void text(Worker& worker, std::string_view value) {
    append_text(worker, value, XmlContext::content);
  }

  struct KindText {
    std::string attribute;  // of the edge element
    std::string data;
  };

  std::vector<std::string> node_tags_;  // by slot
  std::vector<std::string> edge_tags_;
  std::vector<KindText> kinds_;       // by kind
  std::vector<std::string> classes_;  // by class index
};

}  // namespace

NetworkCounts write_graphml(const EntityGraph& graph, const NetworkOptions& options, ByteSink& out,
                            DiagnosticSink* diagnostics) {
  return GraphmlWriter(graph, options, out).run(diagnostics);
}

}  // namespace dossier
