// Escapes of the N-Triples family, 16 bytes at a time. The functions write to a plain pointer and
// return its new end; the caller gives the room. No state, any thread; about 0.1 ns a clean byte.
#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

namespace dossier {

// An escape makes one byte into at most six (\u00XX).
inline constexpr std::size_t kMaxEscapedPerByte = 6;

inline char* copy_text(char* to, std::string_view text) {
  if (!text.empty()) std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

// [9] STRING_LITERAL_QUOTE without its quotes, in the canonical form of RDF 1.2 N-Triples section
// 4:
// \b \t \n \f \r \" \\ by letter, other controls, U+007F, U+FFFE and U+FFFF as \uXXXX, the rest as
// it is. Room: kMaxEscapedPerByte * text.size().
char* escape_string(char* to, std::string_view text);

// [25] STRING_LITERAL_LONG_QUOTE of Turtle without its quotes: as above, but line feeds stay, and a
// quote is escaped only before another quote and at the end. Room as above.
char* escape_long_string(char* to, std::string_view text);

// Copies an IRI, or returns null when it holds a character that IRIREF does not allow (controls,
// blank, < > " { } | ^ ` \). Room: iri.size() + 16.
char* copy_iri(char* to, std::string_view iri);

// The number of bytes, at most `limit`, after which `text` can be cut without parting a character.
std::size_t piece_size(std::string_view text, std::size_t limit);

}  // namespace dossier
