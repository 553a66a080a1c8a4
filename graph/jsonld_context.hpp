// JSON-LD 1.1 contexts: the algorithms of "JSON-LD 1.1 Processing Algorithms and API", section 4
// (context processing, create term definition) and 5.2 (IRI expansion), step by step as the text
// numbers them. Contexts elsewhere come only from a map of documents that the caller loaded;
// nothing is fetched.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/json_document.hpp"

namespace dossier {

// An error of the algorithms: the code is the name that the specification gives ("invalid @id
// value").
struct JsonLdError {
  std::string code;
  std::string detail;
  std::size_t offset = 0;
};
template <class T>
using JsonLd = std::expected<T, JsonLdError>;

inline std::unexpected<JsonLdError> jsonld_fail(std::string code, std::string detail = {},
                                                std::size_t offset = 0) {
  return std::unexpected(JsonLdError{std::move(code), std::move(detail), offset});
}

// A member that may be absent, null or a string.
struct NullableText {
  bool present = false;
  std::optional<std::string> value;
  friend bool operator==(const NullableText&, const NullableText&) = default;
};

struct TermDefinition {
  std::optional<std::string> iri;  // nothing: the term is ignored
  bool prefix = false;
  bool is_protected = false;
  bool reverse = false;
  std::string type;  // type mapping; empty: none
  NullableText language;
  NullableText direction;
  std::vector<std::string> container;  // sorted
  std::string index;
  std::string nest;
  std::shared_ptr<const Json> context;  // local context
  std::string context_base;

  bool contains(std::string_view container_keyword) const;
};
// All but `is_protected`.
bool same_definition(const TermDefinition& a, const TermDefinition& b);

struct ActiveContext;
using ContextPtr = std::shared_ptr<const ActiveContext>;

struct ActiveContext {
  std::map<std::string, TermDefinition, std::less<>> terms;
  std::optional<std::string> base;
  std::string original_base;
  std::optional<std::string> vocab;
  std::optional<std::string> language;
  std::optional<std::string> direction;
  ContextPtr previous;

  const TermDefinition* find(std::string_view term) const;
};

// Documents by URL; null when there is none.
using DocumentMap = std::function<const Json*(const std::string& url)>;

class ContextProcessor {
 public:
  ContextProcessor(DocumentMap documents, bool mode_1_0)
      : documents_(std::move(documents)), mode_1_0_(mode_1_0) {}

  ContextPtr initial(const std::string& base) const;

  struct Options {
    std::vector<std::string> remote;  // URLs of the contexts being read
    bool override_protected = false;
    bool propagate = true;
    bool validate_scoped = true;
  };
  JsonLd<ContextPtr> process(const ContextPtr& active, const Json& local,
                             const std::string& base_url, Options options) const;

  // 5.2 without a local context: no term is defined on the way. Nothing: null.
  std::optional<std::string> expand_iri(const ActiveContext& active, std::string_view value,
                                        bool document_relative, bool vocab) const;

  bool mode_1_0() const { return mode_1_0_; }

 private:
  struct Definitions;  // what create term definition carries along

  JsonLd<ContextPtr> load(const ContextPtr& result, const Json& url, const std::string& base_url,
                          Options options) const;
  JsonLd<Json> with_import(const Json& context, const std::string& base_url) const;
  JsonLd<void> set_defaults(ActiveContext& result, const Json& context,
                            const Options& options) const;
  JsonLd<void> define(Definitions& state, const std::string& term) const;
  JsonLd<bool> define_reverse(Definitions& state, const std::string& term, const Json& value,
                              TermDefinition& definition) const;
  JsonLd<bool> define_iri(Definitions& state, const std::string& term, const Json& value,
                          bool simple, TermDefinition& definition) const;
  JsonLd<void> define_container(const Json& value, TermDefinition& definition) const;
  JsonLd<void> define_index(Definitions& state, const Json& value,
                            TermDefinition& definition) const;
  JsonLd<void> define_rest(Definitions& state, const std::string& term, const Json& value,
                           TermDefinition& definition) const;
  JsonLd<std::optional<std::string>> expand(Definitions& state, std::string_view value,
                                            bool vocab) const;

  DocumentMap documents_;
  bool mode_1_0_;
};

bool is_jsonld_keyword(std::string_view text);
bool has_keyword_form(std::string_view text);  // "@" and letters
bool has_iri_form(std::string_view text);      // a scheme and a colon

}  // namespace dossier
