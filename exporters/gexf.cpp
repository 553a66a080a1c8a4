#include "exporters/gexf.hpp"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/codes/exports.hpp"
#include "exporters/network_writer.hpp"
#include "exporters/validity.hpp"

namespace dossier {
namespace {

std::string_view gexf_type(AttributeType type) {
  switch (type) {
    case AttributeType::boolean:
      return "boolean";
    case AttributeType::int32:
      return "integer";
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

class GexfWriter : private NetworkWriter {
 public:
  GexfWriter(const EntityGraph& graph, const NetworkOptions& options, ByteSink& out,
             DiagnosticSink* diagnostics)
      : NetworkWriter(graph, options, out), diagnostics_(diagnostics) {
    for (const AttributeColumn& column : plan_.attributes().nodes) {
      node_tags_.push_back(tag(column));
    }
    for (const AttributeColumn& column : plan_.attributes().edges) {
      edge_tags_.push_back(tag(column));
    }
    timed_ = edge_column(ExtraSlot::start).used() || edge_column(ExtraSlot::end).used();
    for (const LiteralType& type : graph.graph().literal_types()) {
      datatypes_.push_back(find_datatype(type.datatype));
    }
    prepare_kinds();
    prepare_classes();
  }

  NetworkCounts run() {
    const std::uint64_t before = out_.bytes_written();
    write_head();
    out_.append(fmt::format("    <nodes count=\"{}\">\n", graph_.node_count()));
    write_elements<NodeId>(graph_.node_count(),
                           [this](Worker& worker, NodeId node, const Element& element) {
                             write_node(worker, node, element);
                           });
    out_.append(fmt::format("    </nodes>\n    <edges count=\"{}\">\n", graph_.edge_count()));
    write_elements<EdgeId>(graph_.edge_count(),
                           [this](Worker& worker, EdgeId edge, const Element& element) {
                             write_edge(worker, edge, element);
                           });
    out_.append("    </edges>\n  </graph>\n</gexf>\n");
    return finish(before, diagnostics_);
  }

 private:
  const AttributeColumn& edge_column(ExtraSlot slot) const {
    return plan_.attributes().edges[plan_.slots().of(slot)];
  }

  // `<attvalue for="name" value="`, or nothing for a column that no element has.
  static std::string tag(const AttributeColumn& column) {
    return column.used() ? fmt::format("<attvalue for=\"{}\" value=\"", column.name)
                         : std::string();
  }
  static std::string attvalue(std::string_view name, std::string_view value) {
    return fmt::format("<attvalue for=\"{}\" value=\"{}\"/>", name,
                       xml_escaped(value, XmlContext::attribute));
  }

  // ---- what is the same for many elements, escaped once
  void prepare_kinds() {
    for (std::uint32_t i = 0; i < graph_.kinds().size(); ++i) {
      const EdgeKind& kind = graph_.kinds()[i];
      const std::string name = xml_escaped(plan_.kind_name(KindId(i)), XmlContext::attribute);
      KindText& text = kinds_.emplace_back();
      text.attributes = fmt::format(" kind=\"{0}\" label=\"{0}\"", name);
      if (const std::string_view iri = graph_.predicate_iri(kind); !iri.empty()) {
        text.values = attvalue("predicate", iri);
      }
      if (kind.link == nullptr || !kind.link->cls) continue;
      std::string made;
      text.values += attvalue("link_class", value_text(graph_.graph(), kind.link->cls, made));
      if (plan_.has_symmetric()) {
        text.values += attvalue("symmetric", kind.link->symmetric ? "true" : "false");
      }
    }
  }

  void prepare_classes() {
    for (const NetworkPlan::ClassInfo& each : plan_.classes()) {
      classes_.push_back({attvalue("type", each.name), colour(each.colour)});
    }
    classes_.push_back({std::string(), colour(kNoClassColour)});
  }

  static std::string colour(Colour c) {
    return fmt::format("<viz:color r=\"{}\" g=\"{}\" b=\"{}\"/>", c.red, c.green, c.blue);
  }

  // ---- head
  void write_head() {
    out_.append(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" "
        "version=\"1.3\">\n"
        "  <meta><creator>dossier</creator></meta>\n");
    out_.append(fmt::format("  <graph defaultedgetype=\"directed\" mode=\"{}\"{}>\n",
                            timed_ ? "dynamic" : "static",
                            timed_ ? " timeformat=\"date\" timerepresentation=\"interval\"" : ""));
    out_.append("    <attributes class=\"node\">\n");
    declare("iri", "string");
    if (plan_.has_classes()) declare("type", "string");
    for (const AttributeColumn& column : plan_.attributes().nodes) declare(column);
    out_.append("    </attributes>\n    <attributes class=\"edge\">\n");
    declare("predicate", "string");
    if (plan_.has_links()) {
      declare("link", "string");
      declare("link_class", "string");
    }
    if (plan_.has_symmetric()) declare("symmetric", "boolean");
    if (edge_column(ExtraSlot::start).used()) declare("start_precision", "string");
    if (edge_column(ExtraSlot::end).used()) declare("end_precision", "string");
    for (const AttributeColumn& column : plan_.attributes().edges) declare(column);
    declare(plan_.attributes().sources);
    out_.append("    </attributes>\n");
  }

  void declare(const AttributeColumn& column) {
    if (column.used()) declare(column.name, column.list ? "liststring" : gexf_type(column.type));
  }
  void declare(std::string_view name, std::string_view type) {
    out_.append(
        fmt::format("      <attribute id=\"{0}\" title=\"{0}\" type=\"{1}\"/>\n", name, type));
  }

  // ---- elements
  void write_node(Worker& worker, NodeId node, const Element& element) {
    TextBuffer& out = *worker.out;
    const ClassText& cls = classes_[plan_.class_index(node)];
    begin_node(worker, node);
    out.append("      <node id=\"n");
    append_number(out, node.value());
    out.append("\" label=\"");
    append_label(worker, node, XmlContext::attribute);
    out.append("\"><attvalues><attvalue for=\"iri\" value=\"");
    text(worker, text_of(worker, worker.term, element.text));
    out.append("\"/>");
    out.append(cls.value);
    write_attributes(worker, element, plan_.attributes().nodes, node_tags_);
    out.append("</attvalues>");
    out.append(cls.colour);
    out.append("<viz:size value=\"");
    append_number(out, size_of(node));
    out.append("\"/></node>\n");
  }

  void write_edge(Worker& worker, EdgeId edge, const Element& element) {
    TextBuffer& out = *worker.out;
    const KindText& kind = kinds_[graph_.kind_id(edge).index()];
    begin_edge(worker, edge);
    out.append("      <edge id=\"e");
    append_number(out, edge.value());
    out.append("\" source=\"n");
    append_number(out, graph_.source(edge).value());
    out.append("\" target=\"n");
    append_number(out, graph_.target(edge).value());
    out.append('"');
    out.append(kind.attributes);
    const Validity validity = read_validity(worker, element);
    if (validity.from) write_date(out, " start=\"", *validity.from);
    if (validity.to) write_date(out, " end=\"", *validity.to);
    out.append("><attvalues>");
    out.append(kind.values);
    if (const TermId link = graph_.link(edge)) {
      out.append("<attvalue for=\"link\" value=\"");
      text(worker, text_of(worker, link, element.text));
      out.append("\"/>");
    }
    if (validity.from) write_precision(out, "start_precision", *validity.from);
    if (validity.to) write_precision(out, "end_precision", *validity.to);
    write_attributes(worker, element, plan_.attributes().edges, edge_tags_);
    write_sources(worker, element);
    out.append("</attvalues></edge>\n");
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
          list_item(worker.joined, text_of(worker, values[i], texts[i]));
        }
        worker.joined += ']';
        text(worker, worker.joined);
      }
      worker.out->append("\"/>");
    }
  }

  void write_sources(Worker& worker, const Element& element) {
    const std::span<const SourceId> sources = worker.reader.sources(element);
    if (sources.empty()) return;
    worker.out->append("<attvalue for=\"sources\" value=\"");
    if (!plan_.attributes().sources.list) {
      text(worker, path_of(sources[0]));
    } else {
      worker.joined.clear();
      for (const SourceId source : sources) list_item(worker.joined, path_of(source));
      worker.joined += ']';
      text(worker, worker.joined);
    }
    worker.out->append("\"/>");
  }

  // As Gephi reads lists: ["a", "b"], with \ before " and \.
  static void list_item(std::string& to, std::string_view value) {
    to += to.empty() ? "[\"" : ", \"";
    for (const char c : value) {
      if (c == '"' || c == '\\') to += '\\';
      to += c;
    }
    to += '"';
  }

  void text(Worker& worker, std::string_view value) {
    append_text(worker, value, XmlContext::attribute);
  }

  // ---- time
  struct Validity {
    std::optional<PaddedDate> from;
    std::optional<PaddedDate> to;
  };

  Validity read_validity(Worker& worker, const Element& element) const {
    Validity validity;
    if (!timed_) return validity;
    bool unreadable = false;
    for (const ElementAttribute& attribute : worker.reader.attributes(element)) {
      const bool start = attribute.slot == plan_.slots().of(ExtraSlot::start);
      if (!start && attribute.slot != plan_.slots().of(ExtraSlot::end)) continue;
      std::optional<PaddedDate>& bound = start ? validity.from : validity.to;
      const std::span<const TermId> values = worker.reader.values(attribute);
      for (std::size_t i = 0; i < values.size(); ++i) {
        const TermId value = values[i];
        const std::optional<PaddedDate> date =
            padded_date(datatype_of(value), worker.reader.texts(attribute)[i], !start);
        if (!date) {
          unreadable = true;
          report(code::interval_unreadable, worker,
                 fmt::format("{} is {}", start ? "start" : "end",
                             to_string(graph_.graph().term(value))));
        } else if (!bound || (start ? *date < *bound : *bound < *date)) {
          bound = date;
        }
      }
    }
    if (validity.from && validity.to && *validity.to < *validity.from) {
      report(
          code::interval_reversed, worker,
          fmt::format("starts on {} and ends on {}", validity.from->view(), validity.to->view()));
      unreadable = true;
      validity = {};
    }
    if (validity.from || validity.to) ++worker.intervals;
    if (unreadable) ++worker.intervals_unusable;
    return validity;
  }

  Datatype datatype_of(TermId value) const {
    if (!value.is_literal()) return Datatype::other;
    return datatypes_[graph_.graph().literal_type_index(value)];
  }

  void report(DiagnosticCode code, const Worker& worker, const std::string& what) const {
    if (diagnostics_ == nullptr) return;
    diagnostics_->report(make_diagnostic(
        code, {}, fmt::format("{}: {}", to_string(graph_.graph().term(worker.term)), what)));
  }

  static void write_date(TextBuffer& out, std::string_view name, const PaddedDate& date) {
    out.append(name);
    out.append(date.view());
    out.append('"');
  }
  static void write_precision(TextBuffer& out, std::string_view name, const PaddedDate& date) {
    out.append("<attvalue for=\"");
    out.append(name);
    out.append("\" value=\"");
    out.append(to_string(date.precision));
    out.append("\"/>");
  }

  struct KindText {
    std::string attributes;  // of the edge element
    std::string values;
  };
  struct ClassText {
    std::string value;
    std::string colour;
  };

  DiagnosticSink* diagnostics_;
  std::vector<Datatype> datatypes_;     // by literal type
  std::vector<std::string> node_tags_;  // by slot
  std::vector<std::string> edge_tags_;
  std::vector<KindText> kinds_;     // by kind
  std::vector<ClassText> classes_;  // by class index
  bool timed_ = false;
};

}  // namespace

NetworkCounts write_gexf(const EntityGraph& graph, const NetworkOptions& options, ByteSink& out,
                         DiagnosticSink* diagnostics) {
  return GexfWriter(graph, options, out, diagnostics).run();
}

}  // namespace dossier
