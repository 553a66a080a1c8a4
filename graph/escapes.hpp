// Escapes of the Turtle family: UCHAR and ECHAR decoded. Writers have their own tables for the way
// out (they differ by syntax); what must never differ is what an escape means.
#pragma once

#include <cstddef>
#include <string_view>

namespace dossier {

inline constexpr std::size_t kEscapesFine = static_cast<std::size_t>(-1);

struct Unescaped {
  std::size_t size = 0;              // bytes written
  std::size_t fault = kEscapesFine;  // offset in `text` of the backslash of a bad escape
};

// Decodes `text` into `out`, which has room for text.size() bytes (no escape grows).
Unescaped unescape_string(std::string_view text, char* out);  // [26] UCHAR and [159s] ECHAR
Unescaped unescape_iri(std::string_view text, char* out);     // UCHAR only
Unescaped unescape_local(std::string_view text, char* out);   // [172s] PN_LOCAL_ESC only

}  // namespace dossier
