// Names of the Turtle grammar: which local names and blank node labels can be written, and how.
// ASCII goes through a table, a byte a step; other characters are decoded. No state, any thread.
#pragma once

#include <cstddef>
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

// [141s] BLANK_NODE_LABEL without "_:". Labels starting with two underscores count as bad: they are
// what bad labels are written as.
bool is_plain_blank_label(std::string_view label);

// A label for one that is not plain: "__", then letters and digits as they are and other bytes as
// _XX. Different labels stay different.
std::string encoded_blank_label(std::string_view label);

}  // namespace dossier
