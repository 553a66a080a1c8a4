// Where a value stands in a record of a JSON or XML source: for messages that point at the very
// value. The record begins `text`, which may go on behind it, and has been read without complaint
// before. Cold path; linear in the record.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/limits.hpp"

namespace dossier {

// The offset in `text` of the first value that the reference (a JSONPath) leads to; a string begins
// at its quote. Nothing when there is none, or when the record is longer than the text.
std::optional<std::size_t> find_json_value(std::string_view text, std::string_view reference,
                                           const Limits& limits = {});

// The same for a reference of names along the child axis, `a/b`, which may end in `@c` or `text()`;
// other XPaths give nothing. An element begins at its text, an attribute at its value.
std::optional<std::size_t> find_xml_value(std::string_view text, std::string_view reference);

}  // namespace dossier
