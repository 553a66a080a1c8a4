#include "sources/json_tree.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "graph/characters.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace dossier {
namespace json {
namespace {

// \uXXXX at `at`, which points behind the `u`; the value is above 0xFFFF when it is none.
char32_t hex4(const char* at, const char* end) {
  if (end - at < 4) return 0x10000;
  char32_t value = 0;
  for (const char* digit = at; digit < at + 4; ++digit) {
    const char c = *digit;
    char32_t one = 0;
    if (is_digit(c)) {
      one = static_cast<char32_t>(c - '0');
    } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
      one = static_cast<char32_t>((c | 0x20) - 'a' + 10);
    } else {
      return 0x10000;
    }
    value = value * 16 + one;
  }
  return value;
}

// The escape at `at`, which points at the backslash. Returns what is behind it and writes to `out`.
std::expected<const char*, JsonFailure> read_escape(const char* at, const char* end, char*& out) {
  constexpr std::string_view kNames = "\"\\/bfnrt";
  constexpr std::string_view kValues = "\"\\/\b\f\n\r\t";
  const char name = at + 1 < end ? at[1] : '\0';
  const std::size_t found = kNames.find(name);
  if (found != std::string_view::npos) {
    *out++ = kValues[found];
    return at + 2;
  }
  const auto bad = [at](std::string message) {
    return std::unexpected(JsonFailure{at, std::move(message), false});
  };
  if (name != 'u') return bad("bad escape; there are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
  char32_t value = hex4(at + 2, end);
  if (value > 0xFFFF) return bad("\\u wants four hexadecimal digits");
  const char* after = at + 6;
  if (value >= 0xDC00 && value < 0xE000) {
    return bad(fmt::format("the low surrogate \\u{:04X} has no high one before it",
                           static_cast<std::uint32_t>(value)));
  }
  if (value >= 0xD800 && value < 0xDC00) {
    const bool escaped = end - after >= 6 && after[0] == '\\' && after[1] == 'u';
    const char32_t low = escaped ? hex4(after + 2, end) : 0;
    if (low < 0xDC00 || low > 0xDFFF) {
      return bad(fmt::format("the high surrogate \\u{:04X} has no low one behind it",
                             static_cast<std::uint32_t>(value)));
    }
    value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
    after += 6;
  }
  out += encode_utf8(out, value);
  return after;
}

JsonFailure string_limit(const char* at, const Limits& limits) {
  return {at,
          fmt::format("the string is larger than {} bytes (max-string-bytes)",
                      with_separators(limits.max_string_bytes)),
          true};
}

}  // namespace

const char* find_string_stop(const char* at, const char* end) {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i backslash = _mm_set1_epi8('\\');
  const __m128i controls = _mm_set1_epi8(0x1F);
  for (; end - at >= 16; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    // Unsigned: a byte is a control when it is its minimum with 0x1F.
    const __m128i stops =
        _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)),
                     _mm_cmpeq_epi8(_mm_min_epu8(bytes, controls), bytes));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(stops));
    if (mask != 0) return at + std::countr_zero(mask);
  }
#endif
  while (at < end && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20) ++at;
  return at;
}

std::expected<String, JsonFailure> read_string(const char* at, const char* end, Arena& arena,
                                               const Limits& limits) {
  const char* const begin = at;
  const char* stop = find_string_stop(at, end);
  if (stop < end && *stop == '"') {
    const std::string_view text(begin, static_cast<std::size_t>(stop - begin));
    if (text.size() > limits.max_string_bytes) {
      return std::unexpected(string_limit(begin - 1, limits));
    }
    return String{text, stop + 1};
  }
  // With escapes: an escape is never shorter than what it stands for, so the distance to the
  // closing quote is room enough.
  const char* close = stop;
  while (close < end && *close != '"') {
    close = find_string_stop(close + (*close == '\\' ? 2 : 1), end);
    close = std::min(close, end);
  }
  if (close >= end)
    return std::unexpected(JsonFailure{begin - 1, "the string is not closed", false});
  if (static_cast<std::size_t>(close - begin) > limits.max_string_bytes) {
    return std::unexpected(string_limit(begin - 1, limits));
  }
  char* const copy = arena.allocate(static_cast<std::size_t>(close - begin));
  char* out = copy;
  for (;;) {
    std::memcpy(out, at, static_cast<std::size_t>(stop - at));
    out += stop - at;
    if (*stop == '"') break;
    if (*stop != '\\') {
      return std::unexpected(
          JsonFailure{stop,
                      fmt::format("control character 0x{:02X} in a string; it must be escaped",
                                  static_cast<unsigned char>(*stop)),
                      false});
    }
    const auto after = read_escape(stop, end, out);
    if (!after) return std::unexpected(after.error());
    at = *after;
    stop = find_string_stop(at, end);
  }
  return String{{copy, static_cast<std::size_t>(out - copy)}, stop + 1};
}

// [number] = [ minus ] int [ frac ] [ exp ]
std::expected<const char*, JsonFailure> read_number(const char* at, const char* end) {
  const auto peek = [&] { return at < end ? *at : '\0'; };
  const auto bad = [&](std::string_view wanted) {
    return std::unexpected(unexpected_character(at, end, wanted));
  };
  if (peek() == '-') ++at;
  if (!is_digit(peek())) return bad("wanted a digit");
  const bool zero = peek() == '0';
  ++at;
  if (zero && is_digit(peek())) return bad("a number has no leading zero");
  while (is_digit(peek())) ++at;
  if (peek() == '.') {
    ++at;
    if (!is_digit(peek())) return bad("wanted a digit");
    while (is_digit(peek())) ++at;
  }
  if (peek() == 'e' || peek() == 'E') {
    ++at;
    if (peek() == '+' || peek() == '-') ++at;
    if (!is_digit(peek())) return bad("wanted a digit");
    while (is_digit(peek())) ++at;
  }
  return at;
}

std::expected<const char*, JsonFailure> read_word(const char* at, const char* end) {
  const std::string_view rest(at, static_cast<std::size_t>(end - at));
  for (const std::string_view word : {"true", "false", "null"}) {
    if (rest.starts_with(word)) return at + word.size();
  }
  return std::unexpected(unexpected_character(at, end, "wanted a value"));
}

JsonFailure unexpected_character(const char* at, const char* end, std::string_view wanted) {
  if (at >= end) return {end, fmt::format("it ends too early: {}", wanted), false};
  const std::string_view rest(at, static_cast<std::size_t>(end - at));
  const std::size_t size = std::max<std::size_t>(decode_utf8(rest).size, 1);
  return {at, fmt::format("unexpected '{}': {}", printable(rest.substr(0, size)), wanted), false};
}

}  // namespace json

namespace {

// From how many keys on an object is sorted to find those that stand twice.
constexpr std::size_t kSortedKeys = 24;

}  // namespace

class JsonTreeParser {
 public:
  JsonTreeParser(JsonTree& tree, std::string_view text, Arena& arena, const Limits& limits)
      : nodes_(tree.nodes_),
        repeated_(tree.repeated_),
        begin_(text.data()),
        at_(begin_),
        end_(begin_ + text.size()),
        arena_(arena),
        limits_(limits) {}

  std::expected<std::size_t, JsonFailure> run() {
    nodes_.clear();
    repeated_.clear();
    open_.reserve(16);
    do {
      if (!value()) return std::unexpected(failure_);
      while (!open_.empty()) {
        skip_blanks();
        if (at_ < end_ && *at_ == ',') {
          ++at_;
          if (in_object() && !key()) return std::unexpected(failure_);
          break;
        }
        if (at_ == end_ || *at_ != (in_object() ? '}' : ']')) {
          failure_ = json::unexpected_character(at_, end_,
                                                in_object() ? "wanted , or }" : "wanted , or ]");
          return std::unexpected(failure_);
        }
        ++at_;
        close();
      }
    } while (!open_.empty());
    return static_cast<std::size_t>(at_ - begin_);
  }

 private:
  struct Open {
    std::uint32_t node;
    std::uint32_t last = 0;    // child
    std::uint64_t hashes = 0;  // of the keys, a bit each
  };

  bool in_object() const { return nodes_[open_.back().node].kind == JsonNode::Kind::object; }

  void skip_blanks() {
    while (at_ < end_ && json::is_blank(*at_)) ++at_;
  }

  bool refuse(JsonFailure failure) {
    failure_ = std::move(failure);
    return false;
  }

  // Adds a node as the last child of the innermost open container.
  JsonNode& add(JsonNode::Kind kind) {
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    JsonNode& node = nodes_.emplace_back();
    node.kind = kind;
    node.data = at_;
    node.begin = static_cast<std::uint32_t>(at_ - begin_);
    node.key_data = key_.data();
    node.key_size = static_cast<std::uint32_t>(key_.size());
    key_ = {};
    if (!open_.empty()) {
      Open& parent = open_.back();
      (parent.last == 0 ? nodes_[parent.node].first : nodes_[parent.last].next) = index;
      parent.last = index;
      node.parent = parent.node;
      ++nodes_[parent.node].count;
    }
    return node;
  }

  // [value]; an opened container with members leaves the place of its first one.
  bool value() {
    for (;;) {
      skip_blanks();
      if (at_ == end_) return refuse(json::unexpected_character(at_, end_, "wanted a value"));
      switch (*at_) {
        case '{':
          if (!open(JsonNode::Kind::object)) return false;
          skip_blanks();
          if (at_ < end_ && *at_ == '}') {
            ++at_;
            close();
            return true;
          }
          if (!key()) return false;
          continue;
        case '[':
          if (!open(JsonNode::Kind::array)) return false;
          skip_blanks();
          if (at_ < end_ && *at_ == ']') {
            ++at_;
            close();
            return true;
          }
          continue;
        case '"':
          return string();
        case 't':
        case 'f':
          return plain(JsonNode::Kind::boolean, json::read_word(at_, end_));
        case 'n':
          return plain(JsonNode::Kind::null, json::read_word(at_, end_));
        case '-':
        case '0':
        case '1':
        case '2':
        case '3':
        case '4':
        case '5':
        case '6':
        case '7':
        case '8':
        case '9':
          return plain(JsonNode::Kind::number, json::read_number(at_, end_));
        default:
          return refuse(json::unexpected_character(at_, end_, "wanted a value"));
      }
    }
  }

  bool plain(JsonNode::Kind kind, const std::expected<const char*, JsonFailure>& after) {
    if (!after) return refuse(after.error());
    JsonNode& node = add(kind);
    node.size = static_cast<std::uint32_t>(*after - at_);
    at_ = *after;
    return true;
  }

  bool string() {
    const auto read = json::read_string(at_ + 1, end_, arena_, limits_);
    if (!read) return refuse(read.error());
    JsonNode& node = add(JsonNode::Kind::string);
    node.data = read->text.data();
    node.size = static_cast<std::uint32_t>(read->text.size());
    at_ = read->after;
    return true;
  }

  bool open(JsonNode::Kind kind) {
    if (open_.size() >= limits_.max_tree_depth) {
      return refuse({at_,
                     fmt::format("nested more than {} deep (max-tree-depth)",
                                 with_separators(limits_.max_tree_depth)),
                     true});
    }
    add(kind);
    open_.push_back({static_cast<std::uint32_t>(nodes_.size() - 1), 0, 0});
    ++at_;
    return true;
  }

  void close() {
    JsonNode& node = nodes_[open_.back().node];
    node.size = static_cast<std::uint32_t>(at_ - node.data);
    if (node.kind == JsonNode::Kind::object && node.count > kSortedKeys) find_repeated(node);
    open_.pop_back();
  }

  // [member] up to its value
  bool key() {
    skip_blanks();
    if (at_ == end_ || *at_ != '"') {
      return refuse(json::unexpected_character(at_, end_, "wanted a key in double quotes"));
    }
    const auto read = json::read_string(at_ + 1, end_, arena_, limits_);
    if (!read) return refuse(read.error());
    at_ = read->after;
    skip_blanks();
    if (at_ == end_ || *at_ != ':') {
      return refuse(json::unexpected_character(at_, end_, "wanted :"));
    }
    ++at_;
    key_ = read->text;
    Open& parent = open_.back();
    if (nodes_[parent.node].count < kSortedKeys) note_key(parent);
    return true;
  }

  // Compares the key with the earlier ones only when a cheap hash has been seen.
  void note_key(Open& parent) {
    const auto byte = [this](std::size_t i) { return static_cast<unsigned char>(key_[i]); };
    const std::size_t hash = key_.empty() ? 0
                                          : key_.size() * 5 + byte(0) * 3u +
                                                byte(key_.size() / 2) * 7u + byte(key_.size() - 1);
    const std::uint64_t bit = std::uint64_t{1} << (hash % 64);
    if ((parent.hashes & bit) != 0) {
      for (std::uint32_t child = nodes_[parent.node].first; child != 0;
           child = nodes_[child].next) {
        if (nodes_[child].key() != key_) continue;
        repeated_.push_back(static_cast<std::uint32_t>(nodes_.size()));
        break;
      }
    }
    parent.hashes |= bit;
  }

  // For objects with many keys: those behind the first kSortedKeys.
  void find_repeated(const JsonNode& object) {
    sorted_.clear();
    for (std::uint32_t child = object.first; child != 0; child = nodes_[child].next) {
      sorted_.push_back(child);
    }
    const std::uint32_t last_noted = sorted_[kSortedKeys - 1];
    std::ranges::sort(sorted_, [this](std::uint32_t a, std::uint32_t b) {
      const int order = nodes_[a].key().compare(nodes_[b].key());
      return order != 0 ? order < 0 : a < b;
    });
    for (std::size_t i = 1; i < sorted_.size(); ++i) {
      if (sorted_[i] > last_noted && nodes_[sorted_[i]].key() == nodes_[sorted_[i - 1]].key()) {
        repeated_.push_back(sorted_[i]);
      }
    }
  }

  std::vector<JsonNode>& nodes_;
  std::vector<std::uint32_t>& repeated_;
  const char* begin_;
  const char* at_;
  const char* end_;
  Arena& arena_;
  const Limits& limits_;
  std::string_view key_;  // of the next node
  std::vector<Open> open_;
  std::vector<std::uint32_t> sorted_;
  JsonFailure failure_;
};

std::expected<std::size_t, JsonFailure> JsonTree::parse(std::string_view text, Arena& arena,
                                                        const Limits& limits) {
  return JsonTreeParser(*this, text, arena, limits).run();
}

std::uint32_t JsonTree::find(std::uint32_t object, std::string_view key) const {
  std::uint32_t found = 0;
  for (std::uint32_t child = nodes_[object].first; child != 0; child = nodes_[child].next) {
    if (nodes_[child].key() == key) found = child;
  }
  return found;
}

}  // namespace dossier
