// Expanded JSON-LD -> statements ("JSON-LD 1.1 Processing Algorithms and API", section 8.1).
// Statements are a set, so the node map of section 7 need not be built: the tree is walked once and
// each value gives its statements. What the text drops (relative IRIs, ill-formed tags, blank-node
// predicates) is dropped.
#pragma once

#include <string>

#include "graph/jsonld_context.hpp"
#include "graph/statement.hpp"
#include "sources/blank_labels.hpp"
#include "sources/jsonld.hpp"

namespace dossier {

class JsonLdEmitter {
 public:
  JsonLdEmitter(const JsonLdOptions& options, const std::string& scope, StatementSinkRef sink)
      : options_(options), labels_(scope), sink_(sink) {}

  // `expanded` is an array. Stops early when the sink wants no more.
  JsonLd<void> emit(const Json& expanded);

  std::uint64_t statements() const { return statements_; }
  std::uint64_t dropped() const { return dropped_; }

 private:
  // A term with bytes of its own.
  struct Term {
    TermKind kind = TermKind::iri;
    std::string text;
    std::string datatype;
    std::string language;
    Direction direction = Direction::none;
    TermView view() const;
  };

  JsonLd<void> emit_node(const Json& node, const Term* graph, Term* subject);
  JsonLd<void> emit_values(const Term& subject, const Term& predicate, const Json& values,
                           const Term* graph, bool reverse);
  JsonLd<bool> object_of(const Json& item, const Term* graph, Term& object);
  JsonLd<bool> list_of(const Json& list, const Term* graph, Term& head);
  bool literal_of(const Json& value, const Term* graph, Term& literal);
  bool direction_of(const Json& value, const Term* graph, Term& literal);
  bool resource(const std::string& id, Term& term);
  Term anonymous();
  void add(const Term& subject, const Term& predicate, const Term& object, const Term* graph,
           std::size_t offset);

  const JsonLdOptions& options_;
  BlankLabels labels_;
  StatementSinkRef sink_;
  std::uint64_t anonymous_ = 0;
  std::uint64_t statements_ = 0;
  std::uint64_t dropped_ = 0;
  bool stopped_ = false;
};

}  // namespace dossier
