// IRIs written relative to a base: only references that resolve back to the same IRI by the rules
// of RFC 3986 count. Immutable; about 100 ns an IRI, so only used where a base was asked for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "graph/iri.hpp"

namespace dossier {

class RelativeIris {
 public:
  explicit RelativeIris(std::string_view base);  // empty: no IRI has a reference

  bool empty() const { return base_.empty(); }
  const std::string& base() const { return base_.text(); }

  // "", "#name" or a path below the base's folder; a view into `iri`. Nothing where none is right.
  std::optional<std::string_view> shorten(std::string_view iri) const;

 private:
  IriBase base_;
  std::string document_;  // the base without fragment
  std::string folder_;    // up to the last '/' of its path
};

// The shortest reference by path, query or fragment that RFC 3986 resolves to `iri` against `base`,
// "../" included; as JSON-LD wants it, never empty. Nothing where none is right.
std::optional<std::string> relative_reference(std::string_view base, std::string_view iri);

}  // namespace dossier
