#include "graph/language_tag.hpp"

#include "base/limits.hpp"
#include "graph/characters.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMaxSubtag = 8;  // BCP 47, 2.1

}  // namespace

bool is_language_tag(std::string_view tag) {
  if (tag.empty() || tag.size() > kMaxLanguageTagBytes) return false;
  unsigned allowed = kLetter;
  std::size_t size = 0;
  for (const char c : tag) {
    if (c == '-') {
      if (size == 0) return false;
      size = 0;
      allowed = kAlphanumeric;
    } else if (!has_class(c, allowed) || ++size > kMaxSubtag) {
      return false;
    }
  }
  return size != 0;
}

std::optional<LanguageTag> parse_language_tag(std::string_view text) {
  LanguageTag tag{text, Direction::none};
  const std::size_t dashes = text.find("--");
  if (dashes != std::string_view::npos) {
    const std::string_view direction = text.substr(dashes + 2);
    if (direction != "ltr" && direction != "rtl") return std::nullopt;
    tag.direction = direction == "ltr" ? Direction::ltr : Direction::rtl;
    tag.language = text.substr(0, dashes);
  }
  if (!is_language_tag(tag.language)) return std::nullopt;
  return tag;
}

std::string_view to_string(Direction direction) {
  switch (direction) {
    case Direction::none:
      return "";
    case Direction::ltr:
      return "ltr";
    case Direction::rtl:
      return "rtl";
  }
  return "";
}

}  // namespace dossier
