// JSON-LD 1.1 expansion ("JSON-LD 1.1 Processing Algorithms and API", sections 5.1 and 5.3), step
// by step as the text numbers them. Recursion follows the nesting of the document, which parse_json
// bounds.
#pragma once

#include "graph/jsonld_context.hpp"

namespace dossier {

class JsonLdExpander {
 public:
  explicit JsonLdExpander(const ContextProcessor& contexts) : contexts_(contexts) {}

  // The expanded document: an array. `expand_context` (may be null) is applied before the
  // document's own.
  JsonLd<Json> expand_document(const Json& document, const std::string& base,
                               const Json* expand_context) const;
  // One value under `property` (null: none), with a context that was processed before.
  JsonLd<Json> expand_value_of(const ContextPtr& active, const std::string* property,
                               const Json& element) const {
    return expand(active, property, element, false);
  }

 private:
  struct Node;  // what the steps over the keys of one element share

  JsonLd<Json> expand(const ContextPtr& active, const std::string* property, const Json& element,
                      bool from_map) const;
  JsonLd<Json> expand_object(ContextPtr active, const std::string* property, const Json& element,
                             bool from_map) const;
  JsonLd<ContextPtr> scope(const ContextPtr& active, const std::string* property,
                           const Json& element, bool from_map) const;
  JsonLd<void> expand_keys(Node& node, const Json& element) const;
  JsonLd<void> expand_keyword(Node& node, const std::string& key, const std::string& keyword,
                              const Json& value) const;
  JsonLd<void> expand_reverse(Node& node, const Json& value) const;
  JsonLd<void> expand_property(Node& node, const std::string& key, const std::string& iri,
                               const Json& value) const;
  JsonLd<Json> expand_language_map(const Node& node, const TermDefinition& definition,
                                   const Json& value) const;
  JsonLd<Json> expand_index_map(const Node& node, const TermDefinition& definition,
                                const std::string& key, const Json& value) const;
  JsonLd<void> place_in_map(const Node& node, const TermDefinition& definition,
                            const std::string& index_key, const std::string& index,
                            const std::optional<std::string>& expanded_index, Json& item) const;
  JsonLd<Json> finish(Json result, const std::string* property) const;
  Json expand_value(const ActiveContext& active, const std::string& property,
                    const Json& value) const;

  const ContextProcessor& contexts_;
};

}  // namespace dossier
