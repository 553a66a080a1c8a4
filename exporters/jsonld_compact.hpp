// JSON-LD 1.1 compaction ("JSON-LD 1.1 Processing Algorithms and API", section 5.1.1), step by step
// as the text numbers them, except for framing (@preserve). A name is only used where expansion
// gives the IRI back. Recursion follows the nesting of the document, which is bounded. One thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "exporters/jsonld_scope.hpp"
#include "graph/jsonld_context.hpp"

namespace dossier {

class JsonLdCompactor {
 public:
  // Borrows `contexts`. With `arrays`, a single value stands in an array too (compactArrays off).
  JsonLdCompactor(const ContextProcessor& contexts, const ContextPtr& active, bool arrays = false);

  // What is expanded in short. `property` is the key it will stand under; null: none.
  JsonLd<Json> compact(const Json& expanded, const std::string* property) const {
    return compact(scope_, property, expanded);
  }
  const JsonLdScope& scope() const { return *scope_; }

 private:
  using ScopePtr = std::shared_ptr<const JsonLdScope>;
  struct Node;  // what the steps over the members of one object share

  JsonLd<Json> compact(const ScopePtr& scope, const std::string* property,
                       const Json& element) const;
  JsonLd<Json> compact_array(const ScopePtr& scope, const std::string* property,
                             const Json& array) const;
  JsonLd<ScopePtr> scope_of_types(const ScopePtr& scope, const Json& element) const;
  JsonLd<void> compact_member(Node& node, const std::string& key, const Json& value) const;
  JsonLd<void> compact_types(Node& node, const Json& value) const;
  JsonLd<void> compact_reverse(Node& node, const Json& value) const;
  JsonLd<void> compact_item(Node& node, const std::string& key, const Json& item) const;
  JsonLd<bool> place_graph(const Node& node, const TermDefinition& definition, const Json& item,
                           Json& target, const std::string& name, Json compacted) const;
  JsonLd<void> place_in_map(const Node& node, const TermDefinition& definition, const Json& item,
                            Json& target, const std::string& name, Json compacted) const;
  JsonLd<Json*> nest(Node& node, const std::string& name) const;
  JsonLd<ScopePtr> enter(const ScopePtr& scope, const TermDefinition& definition,
                         const ContextProcessor::Options& options) const;

  const ContextProcessor& contexts_;
  bool arrays_;
  ScopePtr scope_;
  mutable std::map<std::pair<const ActiveContext*, const Json*>, ScopePtr> scopes_;
};

}  // namespace dossier
