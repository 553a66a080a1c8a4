// Text for people: nearest names, terminal-safe text, numbers with separators. Cold path.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// As much of a token as a message shows.
inline constexpr std::size_t kShownBytes = 60;

// `text` with control characters (and so terminal escapes) and broken UTF-8 shown as \xNN, cut to
// about `max_bytes` with an ellipsis at a code point border.
std::string printable(std::string_view text, std::size_t max_bytes = 2000);

// The candidate with the smallest Damerau-Levenshtein distance to `name`, letter case ignored, if
// it is close enough to be a slip of the keyboard (a third of the length, at least one). Ties go to
// the first.
std::optional<std::string_view> nearest_name(std::string_view name,
                                             std::span<const std::string_view> candidates);
std::optional<std::string_view> nearest_name(std::string_view name,
                                             std::span<const std::string> candidates);

// "1,234,567"
std::string with_separators(std::uint64_t number);
// "1 statement", "2 statements"
std::string counted(std::uint64_t number, std::string_view noun);

// ASCII only, no locale.
std::string to_lower_ascii(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);
std::string_view trim_ascii(std::string_view text);

}  // namespace dossier
