// Turtle and TriG as statements come, in bounded memory: consecutive statements of one subject (and
// graph) form a block, prefixes are declared before the block that first uses them, blank nodes
// keep their labels. A StatementSink. Prefixes may be given at the start and come with the
// statements; unused ones are never declared. One thread. Memory: kHeldBytes of the current block;
// a block that outgrows them is written on, and a prefix that turns up in it later ends it early.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/output.hpp"
#include "exporters/relative_iri.hpp"
#include "exporters/stream_namespaces.hpp"
#include "exporters/text_buffer.hpp"
#include "exporters/turtle_literals.hpp"
#include "graph/format.hpp"
#include "graph/prefixes.hpp"
#include "graph/statement.hpp"

namespace dossier {

class TurtleStreamWriter {
 public:
  static constexpr std::size_t kHeldBytes = std::size_t{64} << 10;

  // `format` is turtle or trig; Turtle stops with an error at a statement in a named graph.
  TurtleStreamWriter(Format format, ByteSink& out, const Prefixes& prefixes = {},
                     std::string_view base = {});
  // Writes a piece of a document that others join: all of it is held, and prefixes are not declared
  // but told by `take`.
  TurtleStreamWriter(Format format, const Prefixes& prefixes);

  // The piece since the last `take`, after `finish`, and the prefixes that it uses. The text is
  // swapped for `text`, which should be empty.
  using Used = std::vector<std::pair<std::string, std::string>>;  // name with colon, IRI
  void take(TextBuffer& text, Used& used);

  bool statement(const StatementView& statement);
  void prefix(std::string_view name, std::string_view iri);
  // Ends the last block. Must be called after the last statement; does not finish the sink.
  void finish();

  std::uint64_t count() const { return count_; }
  const std::optional<Error>& error() const { return error_; }

 private:
  // A term by its text, to compare with the next one.
  struct Last {
    TermKind kind = TermKind::triple;  // none
    std::string text;
    bool operator==(const TermView& term) const { return kind == term.kind && text == term.text; }
    void set(const TermView& term) {
      kind = term.kind;
      text.assign(term.text);
    }
  };

  bool begin_block(const StatementView& statement);
  bool write_predicate_and_object(const StatementView& statement);
  void end_block();
  void end_graph();
  bool refuse(const StatementView& statement);

  bool write_iri(std::string_view iri);
  bool write_verb(std::string_view predicate);
  bool write_resource(const TermView& term);
  template <class Target>
  static void write_text(Target& out, std::string_view text, bool one_line);
  bool write_literal(const TermView& literal, bool one_line);
  bool write_object(const TermView& object);

  bool is_undeclared(std::string_view iri);
  bool needs_prefix(const TermView& term);
  void write_out();  // what is held, behind the prefixes that it needs
  void begin_unit();
  void end_unit();

  ByteSink* out_ = nullptr;  // null: a piece
  bool graphs_;
  RelativeIris relative_;
  StreamNamespaces namespaces_;
  // The unit at work: a block of the default graph, or a named graph. Prefixes stand before it.
  TextBuffer held_;
  std::vector<StreamNamespaces::Entry*> to_declare_;
  bool spilled_ = false;  // its front is written already
  bool started_ = false;  // something has been written
  bool in_block_ = false;
  bool in_graph_ = false;
  bool gap_ = false;  // a blank line goes before the next block of the graph
  Last subject_;
  Last predicate_;
  Last graph_;
  std::uint64_t count_ = 0;
  std::optional<Error> error_;
};

}  // namespace dossier
