#include "mapping/text_escapes.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "mapping/term_format.hpp"
#include "mapping/unicode_text.hpp"

namespace dossier {
namespace {

struct Entity {
  char character;
  std::string_view text;
};
constexpr Entity kEntities[] = {
    {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};

std::string markup(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto* found = std::ranges::find(kEntities, c, &Entity::character);
    found == std::end(kEntities) ? out.push_back(c) : static_cast<void>(out += found->text);
  }
  return out;
}

std::string csv(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  return out + '"';
}

std::string javascript(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      if (c == '"' || c == '\'' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out;
}

// "&amp;", "&#65;", "&#x41;" at the start of `text`: the character, and how much it takes.
std::size_t read_entity(std::string_view text, std::string& out) {
  const std::size_t end = text.find(';');
  if (end == std::string_view::npos || end < 2 || end > 10) return 0;
  const std::string_view name = text.substr(1, end - 1);
  if (name[0] == '#') {
    const bool hex = name.size() > 2 && (name[1] == 'x' || name[1] == 'X');
    const std::string_view digits = name.substr(hex ? 2 : 1);
    std::uint32_t value = 0;
    const char* const last = digits.data() + digits.size();
    const bool number = std::from_chars(digits.data(), last, value, hex ? 16 : 10).ptr == last;
    if (!number || digits.empty() || value == 0 || value > 0x10FFFF ||
        (value >= 0xD800 && value < 0xE000)) {
      return 0;
    }
    append_utf8(out, value);
    return end + 1;
  }
  for (const Entity& each : kEntities) {
    if (each.text.substr(1, each.text.size() - 2) != name) continue;
    out += each.character;
    return end + 1;
  }
  if (name != "apos") return 0;
  out += '\'';
  return end + 1;
}

std::string plain_markup(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t taken = text[0] == '&' ? read_entity(text, out) : 0;
    if (taken == 0) out += text[0];
    text.remove_prefix(std::max<std::size_t>(taken, 1));
  }
  return out;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    unsigned value = 0;
    const char* const digits = text.data() + at + 1;
    if (text[at] == '%' && at + 2 < text.size() &&
        std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2) {
      out += static_cast<char>(value);
      at += 2;
    } else {
      out += text[at] == '+' ? ' ' : text[at];
    }
  }
  return is_utf8(out) ? out : std::string(text);
}

}  // namespace

std::optional<std::string> escaped_text(std::string_view text, std::string_view mode) {
  if (mode == "html" || mode == "xml") return markup(text);
  if (mode == "csv") return csv(text);
  if (mode == "javascript") return javascript(text);
  if (mode != "url") return std::nullopt;
  ByteBuffer out;
  append_percent_encoded(out, text, false);
  return std::string(out.view());
}

std::optional<std::string> unescaped_text(std::string_view text, std::string_view mode) {
  if (mode == "html" || mode == "xml") return plain_markup(text);
  if (mode == "url") return percent_decoded(text);
  return std::nullopt;
}

std::string escape_modes() {
  return "the mode is none of html, xml, csv, url, javascript (back: html, xml, url)";
}

std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? ' ' : c;
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string slug(std::string_view text) {
  std::string out;
  for (const char c : lower_case(latin_letters(text))) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      out += c;
    } else if (c != '\'' && !out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  if (out.ends_with('-')) out.pop_back();
  return out;
}

}  // namespace dossier
