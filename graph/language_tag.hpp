// Language tags with base direction: LANG_DIR of RDF 1.2 Turtle, with the well-formedness of BCP 47
// (subtags of one to eight characters) and the house limit on length.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "graph/term.hpp"

namespace dossier {

struct LanguageTag {
  std::string_view language;
  Direction direction = Direction::none;
};

// `text` without '@': "en", "en-GB", "ar--rtl". Nothing when it is no tag.
std::optional<LanguageTag> parse_language_tag(std::string_view text);

// The tag without direction.
bool is_language_tag(std::string_view tag);

// "ltr", "rtl" or "".
std::string_view to_string(Direction direction);

}  // namespace dossier
