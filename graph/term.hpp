// RDF 1.2 terms: IRI, blank node, literal (lexical form, datatype, language, base direction),
// triple term. A TermView is a term by its text and borrows every byte; a TermId is a term by its
// number in one Dictionary or Graph. Both are small and passed by value or const reference.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace dossier {

// The order is the order of ids in a Graph, and so of output.
enum class TermKind : std::uint8_t { iri = 0, blank = 1, literal = 2, triple = 3 };

enum class Direction : std::uint8_t { none = 0, ltr = 1, rtl = 2 };

// 32 bits: the kind in the top two, a number within the kind below.
class TermId {
 public:
  constexpr TermId() = default;  // no term; as a graph name: the default graph
  constexpr TermId(TermKind kind, std::uint32_t index)
      : value_((static_cast<std::uint32_t>(kind) << 30) | index) {}
  static constexpr TermId from_value(std::uint32_t value) {
    TermId id;
    id.value_ = value;
    return id;
  }

  constexpr TermKind kind() const { return static_cast<TermKind>(value_ >> 30); }
  constexpr std::uint32_t index() const { return value_ & 0x3FFF'FFFFu; }
  constexpr std::uint32_t value() const { return value_; }
  constexpr explicit operator bool() const { return value_ != kNone; }
  constexpr bool is_iri() const { return value_ >> 30 == 0; }
  constexpr bool is_blank() const { return value_ >> 30 == 1; }
  constexpr bool is_literal() const { return value_ >> 30 == 2; }
  constexpr bool is_triple() const { return value_ != kNone && value_ >> 30 == 3; }
  constexpr bool is_resource() const { return value_ >> 31 == 0; }  // IRI or blank node
  friend constexpr auto operator<=>(TermId, TermId) = default;

 private:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  std::uint32_t value_ = kNone;
};
inline constexpr TermId kDefaultGraph{};

struct TripleView;

// Bytes belong to whoever made the view: a reader's buffer, a Dictionary, a Graph.
struct TermView {
  TermKind kind = TermKind::iri;
  Direction direction = Direction::none;
  std::string_view
      text;  // IRI; blank node label without "_:"; lexical form; empty for a triple term
  std::string_view
      datatype;  // literals: the datatype IRI, never empty (xsd:string, rdf:langString ...)
  std::string_view language;           // literals of rdf:langString and rdf:dirLangString
  const TripleView* triple = nullptr;  // triple terms
};

struct TripleView {
  TermView subject;
  TermView predicate;
  TermView object;
};

TermView iri_view(std::string_view iri);
TermView blank_view(std::string_view label);
TermView literal_view(std::string_view lexical);  // xsd:string
TermView literal_view(std::string_view lexical, std::string_view datatype);
TermView language_view(std::string_view lexical, std::string_view language,
                       Direction direction = Direction::none);

bool operator==(const TermView& a, const TermView& b);

// As in N-Triples 1.2, for messages and tests: <http://a>, _:b, "x"@en, <<( s p o )>>.
std::string to_string(const TermView& term);

}  // namespace dossier

template <>
struct std::hash<dossier::TermId> {
  std::size_t operator()(dossier::TermId id) const noexcept {
    return static_cast<std::size_t>(id.value()) * 0x9E37'79B9'7F4A'7C15u;
  }
};
