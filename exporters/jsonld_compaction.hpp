// Node objects of a document, compacted one by one with a context of the user's. Each is expanded
// again and compared, so a context that would change what a node says is found out. One thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "exporters/jsonld_compact.hpp"
#include "exporters/rdf.hpp"
#include "exporters/text_buffer.hpp"
#include "graph/jsonld_expand.hpp"

namespace dossier {

class JsonLdCompaction {
 public:
  // Errors of the context name its file, line and column.
  static Expected<std::unique_ptr<JsonLdCompaction>> make(const JsonLdContext& context);

  // What is written as @context.
  const Json& context() const { return written_; }
  std::string keyword(std::string_view word) const { return compactor_->scope().keyword(word); }
  // The name of a graph, as the value of @id.
  JsonLd<std::string> reference(const std::string& iri) const;

  // Puts the node objects that stand in `text` from `start` on, between commas and blanks, into
  // compacted form; `level` is their indentation. What is returned says why that is not possible.
  std::optional<std::string> compact(TextBuffer& text, std::size_t start, std::size_t level) const;

 private:
  explicit JsonLdCompaction(const JsonLdContext& context);
  std::optional<Error> process(const JsonLdContext& context);
  std::optional<std::string> compact_node(const Json& node, Json& compacted) const;

  mutable DiagnosticCollector diagnostics_;
  mutable JsonLdDocuments documents_;
  ContextProcessor contexts_;
  JsonLdExpander expander_;
  Json written_;
  ContextPtr active_;
  std::unique_ptr<JsonLdCompactor> compactor_;
};

}  // namespace dossier
