// The part of a network writer that every format has: the plan, a worker a thread, chunks of
// elements joined in order. A format derives from it and writes heads and elements.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/output.hpp"
#include "exporters/chunks.hpp"
#include "exporters/network_plan.hpp"
#include "exporters/network_report.hpp"
#include "exporters/xml_text.hpp"

namespace dossier {

class NetworkWriter {
 public:
  NetworkWriter(const EntityGraph& graph, const NetworkOptions& options, ByteSink& out)
      : graph_(graph), options_(options), out_(out), plan_(graph, options) {}

 protected:
  // What a thread needs besides the plan.
  struct Worker {
    ElementReader reader;
    TextBuffer* out = nullptr;
    std::uint64_t element = 0;  // nodes first, then edges
    TermId term;                // what to name when something is wrong
    std::string scratch;
    std::string joined;
    std::vector<std::uint32_t> numbers;
    Mishaps replaced;
    std::uint64_t intervals = 0;
    std::uint64_t intervals_unusable = 0;
  };

  static constexpr std::size_t kChunkElements = 16 * ElementReader::kBatch;

  // write(Worker&, id, element) for each id in [0, count), side by side, the texts in order.
  template <class IdType, class Write>
  void write_elements(std::size_t count, const Write& write) {
    std::vector<Worker> workers;
    for (std::size_t i = 0; i < std::max<std::size_t>(options_.threads, 1); ++i) {
      workers.push_back({.reader = ElementReader(graph_, plan_.slots())});
    }
    std::size_t next = 0;
    const std::size_t begun = std::is_same_v<IdType, EdgeId> ? graph_.node_count() : 0;
    write_chunks(
        options_.threads, out_,
        [&]() -> std::optional<std::size_t> {
          if (next >= count) return std::nullopt;
          const std::size_t first = next;
          next += kChunkElements;
          tell_share(begun + std::min(next, count));
          return first;
        },
        [&](std::size_t first, std::size_t worker, TextBuffer& out) -> std::optional<Error> {
          workers[worker].out = &out;
          const std::size_t last = std::min(first + kChunkElements, count);
          while (first < last) {
            const std::size_t size = std::min(ElementReader::kBatch, last - first);
            write_batch<IdType>(workers[worker], first, size, write);
            first += size;
          }
          return std::nullopt;
        });
    for (const Worker& worker : workers) {
      replaced_.merge(worker.replaced);
      intervals_ += worker.intervals;
      intervals_unusable_ += worker.intervals_unusable;
    }
  }

  void tell_share(std::size_t elements) const {
    const std::size_t all = std::max<std::size_t>(graph_.node_count() + graph_.edge_count(), 1);
    if (options_.on_share)
      options_.on_share(static_cast<double>(elements) / static_cast<double>(all));
  }

  template <class IdType, class Write>
  void write_batch(Worker& worker, std::size_t first, std::size_t size, const Write& write) const {
    const auto id = [first](std::size_t i) {
      return IdType(static_cast<std::uint32_t>(first + i));
    };
    if constexpr (std::is_same_v<IdType, EdgeId>) {
      worker.reader.read(id(0), size, plan_.attributes().sources.used());
    } else {
      worker.reader.read(id(0), size);
    }
    for (std::size_t i = 0; i < size; ++i) write(worker, id(i), worker.reader.elements()[i]);
  }

  void begin_node(Worker& worker, NodeId node) const {
    worker.element = node.value();
    worker.term = graph_.term(node);
  }
  void begin_edge(Worker& worker, EdgeId edge) const {
    const TermId link = graph_.link(edge);
    worker.element = graph_.node_count() + edge.value();
    worker.term = link ? link : graph_.term(graph_.source(edge));
  }

  static void append_number(TextBuffer& out, std::uint64_t number) {
    char* to = out.room(20);
    out.commit(std::to_chars(to, to + 20, number).ptr);
  }

  void append_text(Worker& worker, std::string_view value, XmlContext context) const {
    const std::uint64_t replaced = append_xml(*worker.out, value, context);
    worker.replaced.add(replaced, worker.element, worker.term);
  }
  void append_label(Worker& worker, NodeId node, XmlContext context) const {
    if (const TermId label = plan_.captions().find(graph_.term(node))) {
      append_text(worker, graph_.graph().text(label), context);
    } else {
      append_text(worker, plan_.made_up_label(node), context);
    }
  }
  // `text` is what the reader fetched.
  std::string_view text_of(Worker& worker, TermId term, std::string_view text) const {
    if (term.is_iri() || term.is_literal()) return text;
    return value_text(graph_.graph(), term, worker.scratch);
  }
  // xsd:boolean has four forms, of which readers know two.
  static std::string_view typed_text(AttributeType type, std::string_view text) {
    if (type != AttributeType::boolean) return text;
    return text == "1" || text == "true" ? "true" : "false";
  }
  // Value `number` of several in one text: "a | b", with \ before | and \ inside values.
  static void join(std::string& to, std::size_t number, std::string_view value) {
    if (number > 0) to += " | ";
    for (const char c : value) {
      if (c == '|' || c == '\\') to += '\\';
      to += c;
    }
  }
  const std::string& path_of(SourceId source) const {
    return graph_.graph().sources()[source.index()].path;
  }

  // 10 for a lone node and 4 more each time the edges double.
  std::uint64_t size_of(NodeId node) const {
    std::uint64_t size = 10;
    for (std::size_t degree = graph_.in_degree(node) + graph_.out_degree(node); degree > 0;
         degree /= 2) {
      size += 4;
    }
    return size;
  }

  // Figures and reports at the end; `start` is out_.bytes_written() at the beginning.
  NetworkCounts finish(std::uint64_t start, DiagnosticSink* diagnostics) const {
    NetworkCounts counts = plan_.counts();
    counts.characters_replaced = replaced_.count;
    counts.intervals = intervals_;
    counts.intervals_unusable = intervals_unusable_;
    counts.bytes = out_.bytes_written() - start;
    if (diagnostics != nullptr) {
      report_replaced_characters(plan_, replaced_.count, replaced_.first, *diagnostics);
    }
    return counts;
  }

  const EntityGraph& graph_;
  const NetworkOptions& options_;
  ByteSink& out_;
  NetworkPlan plan_;

 private:
  Mishaps replaced_;
  std::uint64_t intervals_ = 0;
  std::uint64_t intervals_unusable_ = 0;
};

}  // namespace dossier
