// JSON as text for people: what fits stands on one line, the rest a member or an item a line.
#pragma once

#include "base/json_document.hpp"
#include "exporters/text_buffer.hpp"

namespace dossier {

// `level` is the indentation of the value's own line. With `broken`, its members or items stand on
// lines of their own whether they fit or not. Recursion follows the nesting of `value`.
void write_laid_out(TextBuffer& out, const Json& value, std::size_t level, bool broken);

}  // namespace dossier
