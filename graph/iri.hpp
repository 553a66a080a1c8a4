// IRIs: their parts, what RFC 3987 allows in them, and the resolution of references against a base
// (RFC 3986, section 5). All of it is linear in the bytes, whatever the number of dot segments.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier {

inline constexpr std::size_t kIriValid = static_cast<std::size_t>(-1);

// The offset of the first character that the production IRIREF of the Turtle family forbids, or
// kIriValid. `text` is valid UTF-8 and stands without its angle brackets, escapes already decoded.
std::size_t find_iriref_fault(std::string_view text);

// The length of "scheme:" at the front of `text`, or 0: an IRI with it is absolute.
std::size_t scheme_size(std::string_view text);
inline bool is_absolute_reference(std::string_view text) {
  return scheme_size(text) != 0;
}

// The offset of the first byte that breaks the production IRI of RFC 3987 (scheme, authority with
// host and port, percent-encoding, characters of every part), or kIriValid. Stricter than the
// Turtle family: for validation and for IRIs that are made out of data.
std::size_t find_iri_fault(std::string_view iri);

// The parts of a reference, by the regular expression of RFC 3986, appendix B. Views borrow it.
struct IriParts {
  std::string_view scheme;  // without ':'
  std::string_view authority;
  std::string_view path;
  std::string_view query;
  std::string_view fragment;
  bool has_scheme = false;
  bool has_authority = false;
  bool has_query = false;
  bool has_fragment = false;
};
IriParts split_iri(std::string_view reference);

// A base IRI. Owns its text.
class IriBase {
 public:
  IriBase() = default;  // no base
  explicit IriBase(std::string_view iri) : text_(iri) {}

  bool empty() const { return text_.empty(); }
  const std::string& text() const { return text_; }

  // Appends the target of `reference` to `out`. An absolute reference stays as it is: its dot
  // segments are part of its name. The base must not be empty when the reference is relative.
  void resolve(std::string_view reference, std::string& out) const;

 private:
  std::string text_;
};

}  // namespace dossier
