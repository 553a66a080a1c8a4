#include "sources/json_cursor.hpp"

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/trees.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace dossier {

std::unexpected<Error> json_error(const JsonFailure& failure, Place place) {
  return fail(failure.limit ? code::limit_exceeded : code::json_syntax, std::move(place),
              failure.message);
}

std::unexpected<Error> json_utf8_error(std::size_t bad, std::uint64_t offset, Place place) {
  return fail(code::invalid_utf8, std::move(place),
              fmt::format("byte {} does not belong to valid UTF-8", offset + bad),
              "JSON is UTF-8; name the encoding if this is not: `encoding: utf-16`");
}

// Drops what was passed and reads on. Tokens are dropped whole, so code points are.
Expected<void> JsonCursor::settle() {
  const std::string_view passed = window_.text().substr(0, at_);
  if (const std::size_t bad = find_invalid_utf8(passed); bad != kUtf8Valid) {
    return json_utf8_error(bad, window_.offset(), window_.place(bad));
  }
  window_.advance(at_);
  at_ = 0;
  return window_.fill();
}

// Makes the token at hand longer: first by dropping what is before it, then by growing.
Expected<void> JsonCursor::more() {
  if (at_ > 0) return settle();
  if (window_.text().size() > limits_.max_string_bytes) {
    return fail(code::limit_exceeded, window_.place(0),
                fmt::format("a string or number is larger than {} bytes (max-string-bytes)",
                            with_separators(limits_.max_string_bytes)),
                "raise the limit with --limit max-string-bytes=N");
  }
  return window_.grow();
}

Expected<char> JsonCursor::peek() {
  for (;;) {
    const std::string_view text = window_.text();
    while (at_ < text.size() && json::is_blank(text[at_])) ++at_;
    if (at_ < text.size()) return text[at_];
    if (window_.ended()) return '\0';
    const Expected<void> read = settle();
    if (!read) return std::unexpected(read.error());
  }
}

std::unexpected<Error> JsonCursor::failure(const JsonFailure& failure) const {
  return json_error(failure,
                    window_.place(static_cast<std::size_t>(failure.at - window_.text().data())));
}

std::unexpected<Error> JsonCursor::unexpected(std::string_view wanted) const {
  const std::string_view text = window_.text();
  return failure(json::unexpected_character(text.data() + at_, text.data() + text.size(), wanted));
}

Expected<void> JsonCursor::expect(char c, std::string_view wanted) {
  const Expected<char> next = peek();
  if (!next) return std::unexpected(next.error());
  if (*next != c) return unexpected(wanted);
  ++at_;
  return {};
}

Expected<std::string_view> JsonCursor::string() {
  arena_ = Arena();
  // The closing quote must be in the window before the string is read.
  std::size_t scan = at_ + 1;
  for (;;) {
    const std::string_view text = window_.text();
    const char* const end = text.data() + text.size();
    const char* stop = text.data() + scan;
    while (stop < end && *stop != '"') {
      // Both bytes of an escape must be there to pass over it.
      if (*stop == '\\' && end - stop < 2) break;
      stop = json::find_string_stop(stop + (*stop == '\\' ? 2 : 1), end);
    }
    if ((stop < end && *stop == '"') || window_.ended()) break;
    scan = static_cast<std::size_t>(stop - text.data()) - at_;
    const Expected<void> read = more();
    if (!read) return std::unexpected(read.error());
    scan += at_;
  }
  const std::string_view text = window_.text();
  const auto read =
      json::read_string(text.data() + at_ + 1, text.data() + text.size(), arena_, limits_);
  if (!read) return failure(read.error());
  at_ = static_cast<std::size_t>(read->after - text.data());
  return read->text;
}

Expected<void> JsonCursor::skip_scalar(char first) {
  if (first == '"') {
    const Expected<std::string_view> read = string();
    return read ? Expected<void>() : std::unexpected(read.error());
  }
  // A number or word ends before a byte that is part of neither; that byte must be in the window.
  for (;;) {
    const std::string_view text = window_.text();
    const std::size_t end = text.find_first_of(" \t\r\n,:]}[{\"", at_);
    if (end != std::string_view::npos || window_.ended()) break;
    const Expected<void> read = more();
    if (!read) return read;
  }
  const std::string_view text = window_.text();
  const char* const begin = text.data() + at_;
  const char* const end = text.data() + text.size();
  const bool number = first == '-' || (first >= '0' && first <= '9');
  const auto after = number ? json::read_number(begin, end) : json::read_word(begin, end);
  if (!after) return failure(after.error());
  at_ = static_cast<std::size_t>(*after - text.data());
  return {};
}

// [member] up to its value
Expected<void> JsonCursor::skip_key() {
  Expected<char> next = peek();
  if (!next) return std::unexpected(next.error());
  if (*next != '"') return unexpected("wanted a key in double quotes");
  const Expected<std::string_view> key = string();
  if (!key) return std::unexpected(key.error());
  return expect(':', "wanted :");
}

// [value], with a stack of the containers around.
Expected<void> JsonCursor::skip_value() {
  std::vector<bool> objects;
  bool want_value = true;
  do {
    const Expected<char> next = peek();
    if (!next) return std::unexpected(next.error());
    const char c = *next;
    if (want_value) {
      if (c == '{' || c == '[') {
        if (objects.size() >= limits_.max_tree_depth) {
          return fail(code::limit_exceeded, place(),
                      fmt::format("nested more than {} deep (max-tree-depth)",
                                  with_separators(limits_.max_tree_depth)));
        }
        ++at_;
        objects.push_back(c == '{');
        const Expected<char> inner = peek();
        if (!inner) return std::unexpected(inner.error());
        if (*inner == (c == '{' ? '}' : ']')) {
          ++at_;
          objects.pop_back();
          want_value = false;
        } else if (c == '{') {
          if (const Expected<void> key = skip_key(); !key) return key;
        }
        continue;
      }
      if (c == '\0' && window_.ended() && at_ >= window_.text().size()) {
        return unexpected("wanted a value");
      }
      if (const Expected<void> scalar = skip_scalar(c); !scalar) return scalar;
      want_value = false;
    } else if (c == ',') {
      ++at_;
      want_value = true;
      if (objects.back()) {
        if (const Expected<void> key = skip_key(); !key) return key;
      }
    } else if (c == (objects.back() ? '}' : ']')) {
      ++at_;
      objects.pop_back();
    } else {
      return unexpected(objects.back() ? "wanted , or }" : "wanted , or ]");
    }
  } while (want_value || !objects.empty());
  return {};
}

}  // namespace dossier
