// An active context of JSON-LD, ready for compaction: its inverse, and the algorithms that say one
// IRI or one value by it ("JSON-LD 1.1 Processing Algorithms and API", sections 5.1.2 IRI
// Compaction and 5.2.2 Value Compaction). One thread: what was compacted is remembered.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "exporters/jsonld_inverse.hpp"
#include "graph/jsonld_context.hpp"

namespace dossier {

class JsonLdScope {
 public:
  JsonLdScope(const ContextProcessor& contexts, ContextPtr active);

  const ContextPtr& active() const { return active_; }
  const TermDefinition* find(const std::string* property) const {
    return property == nullptr ? nullptr : active_->find(*property);
  }

  // As a key or a type, where `value` (may be null) is what it will hold.
  JsonLd<std::string> name(const std::string& iri, const Json* value = nullptr,
                           bool reverse = false) const;
  // As the value of @id.
  JsonLd<std::string> reference(const std::string& iri) const;
  // The alias of a keyword, or itself.
  std::string keyword(std::string_view keyword) const;

  // What stands for `value` alone under `property`: a string, a number, a boolean or, for
  // @json, anything. Nothing: the value stays an object.
  JsonLd<std::optional<Json>> bare_value(const std::string* property, const Json& value) const;

 private:
  const std::string* select_term(const std::string& iri, const Json* value, bool reverse) const;
  JsonLd<std::string> by_prefix(const std::string& iri, bool has_value, bool vocab) const;
  bool means(std::string_view text, const std::string& iri, bool vocab) const;

  const ContextProcessor& contexts_;
  ContextPtr active_;
  InverseContext inverse_;
  mutable std::unordered_map<std::string, std::string> names_;  // without value
};

}  // namespace dossier
