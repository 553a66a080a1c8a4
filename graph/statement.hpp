// Statements: by ids (16 bytes) and by terms' texts, and the seam through which everything that
// produces statements speaks to everything that takes them.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <string_view>

#include "graph/term.hpp"

namespace dossier {

// Default graph first, then by name: the +1 wraps kDefaultGraph to 0.
struct Statement {
  TermId subject;
  TermId predicate;
  TermId object;
  TermId graph = kDefaultGraph;

  friend constexpr bool operator==(const Statement&, const Statement&) = default;
  // SPO order, then graph.
  friend constexpr auto operator<=>(const Statement& a, const Statement& b) {
    if (const auto c = a.subject <=> b.subject; c != 0) return c;
    if (const auto c = a.predicate <=> b.predicate; c != 0) return c;
    if (const auto c = a.object <=> b.object; c != 0) return c;
    return a.graph.value() + 1 <=> b.graph.value() + 1;
  }
};
static_assert(sizeof(Statement) == 16);

// A statement by its terms; views are valid only during the call that hands it over.
struct StatementView {
  const TermView* subject = nullptr;
  const TermView* predicate = nullptr;
  const TermView* object = nullptr;
  const TermView* graph = nullptr;  // null: the default graph
  std::uint64_t offset = 0;         // byte offset of the object in the (decompressed) source
};

// What a reader speaks to: a Builder's shard, a line writer, a counter. `prefix` passes on
// declarations for pretty writers; sinks that do not care ignore it. Returns false to stop the
// reader.
template <class T>
concept StatementSink = requires(T& sink, const StatementView& statement, std::string_view text) {
  { sink.statement(statement) } -> std::same_as<bool>;
  sink.prefix(text, text);
};

// A StatementSink by reference, so that readers are compiled once. Costs one indirect call a
// statement.
class StatementSinkRef {
 public:
  // Not from another reference: that is copied, and not wrapped.
  template <class Sink>
    requires(!std::same_as<Sink, StatementSinkRef> && StatementSink<Sink>)
  StatementSinkRef(Sink& sink)  // NOLINT: implicit, as std::function_ref
      : sink_(&sink),
        statement_(
            [](void* to, const StatementView& s) { return static_cast<Sink*>(to)->statement(s); }),
        prefix_([](void* to, std::string_view name, std::string_view iri) {
          static_cast<Sink*>(to)->prefix(name, iri);
        }) {}

  bool statement(const StatementView& s) { return statement_(sink_, s); }
  void prefix(std::string_view name, std::string_view iri) { prefix_(sink_, name, iri); }

 private:
  void* sink_;
  bool (*statement_)(void*, const StatementView&);
  void (*prefix_)(void*, std::string_view, std::string_view);
};

}  // namespace dossier
