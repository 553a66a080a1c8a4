// Names of the Turtle grammar: which local names and blank node labels can be written, and how.
// ASCII goes through a table, a byte a step; other characters are decoded. No state, any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dossier {

// Writes `local` as [180s] PN_LOCAL, with a backslash before what needs one, or returns null when
// the grammar has no such name or it would be hard to read ('/', '#', '?' and a final '.' ask for a
// backslash; the IRI in full is clearer). Room: 2 * local.size().
char* write_local_name(char* to, std::string_view local);
bool is_local_name(std::string_view local);  // whether that would write it

// [167s] PN_PREFIX, or the empty name.
bool is_prefix_name(std::string_view name);

// [141s] BLANK_NODE_LABEL without "_:", and not what a bad label is written as.
bool is_plain_blank_label(std::string_view label);

// A label for one that is not plain: "__", then letters and digits as they are and other bytes as
// _XX. Different labels stay different.
std::string encoded_blank_label(std::string_view label);
// The label that is written so; none when there is no such.
std::optional<std::string> decoded_blank_label(std::string_view label);

// Whether a syntax for whose labels `good` holds can write this one as it is: "__b1" may stay where
// "b1" is good, since then nothing else is written so.
template <class Good>
bool keeps_blank_label(std::string_view label, const Good& good) {
  if (!good(label)) return false;
  std::optional<std::string> decoded = decoded_blank_label(label);
  while (decoded) {
    if (!good(*decoded)) return false;
    decoded = decoded_blank_label(*decoded);
  }
  return true;
}

}  // namespace dossier
