// The inverse of a JSON-LD context: from an IRI and the kind of a value to the term that says it
// best ("JSON-LD 1.1 Processing Algorithms and API", sections 4.3 and 4.4). Immutable; borrows
// nothing.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/jsonld_context.hpp"

namespace dossier {

class InverseContext {
 public:
  // What a term is chosen by: the language of a value, its type, or neither.
  enum class By : unsigned char { language, type, any };

  explicit InverseContext(const ActiveContext& active);

  bool has(std::string_view iri) const { return iris_.find(iri) != iris_.end(); }
  // 4.4: the term for `iri`, by the first container and then the first value that has one; or null.
  const std::string* select(std::string_view iri, std::span<const std::string> containers, By by,
                            std::span<const std::string> preferred) const;

  struct Prefix {
    std::string term;
    std::string iri;
  };
  const std::vector<Prefix>& prefixes() const { return prefixes_; }

 private:
  using Terms = std::map<std::string, std::string, std::less<>>;  // value -> term
  struct Choice {
    Terms by_language;
    Terms by_type;
    Terms by_any;
  };
  using Containers = std::map<std::string, Choice, std::less<>>;

  static void add(Choice& choice, const TermDefinition& definition, const ActiveContext& active,
                  const std::string& term);

  std::map<std::string, Containers, std::less<>> iris_;
  std::vector<Prefix> prefixes_;
};

// "en", "_rtl", "ar_rtl": how languages and directions are named when a term is chosen.
std::string language_and_direction(std::string_view language, std::string_view direction);

}  // namespace dossier
