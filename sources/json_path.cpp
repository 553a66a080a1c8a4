#include "sources/json_path.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "graph/characters.hpp"
#include "sources/json_path_eval.hpp"

namespace dossier {
namespace {

constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;  // RFC 9535, section 2.1: I-JSON

struct Function {
  std::string_view name;
  JsonFilter::Op op;
  bool takes_query;  // nodes, not a value
};
constexpr Function kFunctions[] = {
    {"length", JsonFilter::Op::length, false},
    {"count", JsonFilter::Op::count, true},
    {"value", JsonFilter::Op::value, true},
};

struct Comparison {
  std::string_view text;
  JsonFilter::Op op;
};
constexpr Comparison kComparisons[] = {
    {"==", JsonFilter::Op::equal},         {"!=", JsonFilter::Op::not_equal},
    {"<=", JsonFilter::Op::less_or_equal}, {">=", JsonFilter::Op::greater_or_equal},
    {"<", JsonFilter::Op::less},           {">", JsonFilter::Op::greater},
};

bool is_path_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// [name-first]
bool is_name_first(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_path_name_char(char c) {
  return is_name_first(c) || is_digit(c);
}

// Failures are thrown within this file only; parse_json_path catches them. Recursion (filters in
// brackets and in one another) is bounded by `max_depth`.
class Parser {
 public:
  Parser(std::string_view text, std::size_t max_depth, bool loose)
      : text_(text), max_depth_(max_depth), loose_(loose) {}

  // [jsonpath-query]
  JsonPath whole() {
    JsonPath path;
    if (loose_) {
      if (peek() != '[') path.segments.push_back({false, {loose_name()}});
    } else {
      if (peek() != '$') refuse("a JSONPath begins with $");
      ++at_;
    }
    read_segments(path);
    if (at_ < text_.size() && at_ > 0 && is_path_name_char(text_[at_ - 1])) {
      refuse_here(
          "names with other characters than letters, digits and _ stand in quotes: ['first-name']");
    }
    if (at_ < text_.size()) refuse_here("wanted a segment: .name or [...]");
    path.text = text_;
    return path;
  }

 private:
  [[noreturn]] void refuse(std::string message) const {
    throw JsonPathError{std::move(message), at_};
  }

  [[noreturn]] void refuse_here(std::string_view wanted) const {
    if (at_ >= text_.size()) refuse(fmt::format("it ends too early: {}", wanted));
    const CodePoint point = decode_utf8(text_.substr(at_));
    refuse(fmt::format("unexpected '{}': {}",
                       printable(text_.substr(at_, std::max<std::size_t>(point.size, 1))), wanted));
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }
  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  void expect(char c, std::string_view wanted) {
    if (!take(c)) refuse_here(wanted);
  }
  void skip_blanks() {
    while (at_ < text_.size() && is_path_blank(text_[at_])) ++at_;
  }

  // [segments]
  void read_segments(JsonPath& path) {
    for (;;) {
      const std::size_t before = at_;
      skip_blanks();
      if (peek() != '.' && peek() != '[') {
        at_ = before;
        return;
      }
      path.segments.push_back(segment());
    }
  }

  // [segment]: child-segment or descendant-segment
  JsonSegment segment() {
    JsonSegment out;
    if (peek() == '[') {
      bracketed(out.selectors);
      return out;
    }
    ++at_;
    out.descendant = take('.');
    if (out.descendant && peek() == '[') {
      bracketed(out.selectors);
    } else {
      out.selectors.push_back(loose_ ? loose_name() : member_name());
    }
    return out;
  }

  // [wildcard-selector], [member-name-shorthand]
  JsonSelector member_name() {
    JsonSelector out;
    if (take('*')) return out;
    if (!is_name_first(peek()) || at_ >= text_.size()) refuse_here("wanted a name or *");
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_path_name_char(text_[at_])) ++at_;
    out.kind = JsonSelector::Kind::name;
    out.name = text_.substr(begin, at_ - begin);
    return out;
  }

  JsonSelector loose_name() {
    JsonSelector out;
    const std::size_t end = std::min(text_.find_first_of(".[", at_), text_.size());
    const std::string_view name = text_.substr(at_, end - at_);
    if (name.empty()) refuse_here("wanted a name");
    at_ = end;
    if (name == "*") return out;
    out.kind = JsonSelector::Kind::name;
    out.name = name;
    return out;
  }

  // [bracketed-selection]
  void bracketed(std::vector<JsonSelector>& out) {
    expect('[', "wanted [");
    do {
      skip_blanks();
      out.push_back(selector());
      skip_blanks();
    } while (take(','));
    expect(']', "wanted , or ]");
  }

  // [selector]
  JsonSelector selector() {
    JsonSelector out;
    const char c = peek();
    if (c == '\'' || c == '"') {
      out.kind = JsonSelector::Kind::name;
      out.name = string_literal();
    } else if (take('*')) {
      out.kind = JsonSelector::Kind::wildcard;
    } else if (take('?')) {
      out.kind = JsonSelector::Kind::filter;
      skip_blanks();
      out.filter = std::make_shared<const JsonFilter>(logical_expression(1));
    } else if (c == '-' || c == ':' || is_digit(c)) {
      index_or_slice(out);
    } else {
      refuse_here("wanted a name in quotes, a number, a slice, * or ?");
    }
    return out;
  }

  // [index-selector], [slice-selector]
  void index_or_slice(JsonSelector& out) {
    if (peek() != ':') out.start = integer();
    const std::size_t before = at_;
    skip_blanks();
    if (!take(':')) {
      at_ = before;
      out.kind = JsonSelector::Kind::index;
      out.index = *out.start;
      return;
    }
    out.kind = JsonSelector::Kind::slice;
    skip_blanks();
    if (peek() == '-' || is_digit(peek())) out.end = integer();
    skip_blanks();
    if (!take(':')) return;
    skip_blanks();
    if (peek() == '-' || is_digit(peek())) out.step = integer();
  }

  // [int]
  std::int64_t integer() {
    const std::size_t begin = at_;
    const bool negative = take('-');
    if (!is_digit(peek())) refuse_here("wanted a digit");
    const std::size_t digits = at_;
    while (is_digit(peek())) ++at_;
    const bool leading_zero = text_[digits] == '0' && (at_ - digits > 1 || negative);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text_.data() + begin, text_.data() + at_, value);
    if (leading_zero || error != std::errc() || value > kMaxInteger || value < -kMaxInteger) {
      at_ = begin;
      refuse("an integer has no leading zeros and at most 53 bits");
    }
    return value;
  }

  // [string-literal]
  std::string string_literal() {
    const char quote = text_[at_++];
    std::string out;
    for (;;) {
      if (at_ >= text_.size()) refuse("a quote is not closed");
      const char c = text_[at_];
      if (static_cast<unsigned char>(c) < 0x20) refuse("a control character in quotes");
      ++at_;
      if (c == quote) return out;
      if (c == '\\') {
        read_escape(quote, out);
      } else {
        out += c;
      }
    }
  }

  // [escapable]
  void read_escape(char quote, std::string& out) {
    constexpr std::string_view kEscapeNames = "bfnrt/\\";
    constexpr std::string_view kEscapeValues = "\b\f\n\r\t/\\";
    const char c = peek();
    const std::size_t found = kEscapeNames.find(c);
    if (at_ < text_.size() && (c == quote || found != std::string_view::npos)) {
      ++at_;
      out += c == quote ? c : kEscapeValues[found];
      return;
    }
    if (!take('u')) refuse_here("wanted one of b f n r t u / \\ or the quote behind \\");
    char32_t value = hex4();
    if (value >= 0xDC00 && value < 0xE000) refuse("a low surrogate without a high one");
    if (value >= 0xD800 && value < 0xDC00) {
      const bool paired = take("\\u");
      const char32_t low = paired ? hex4() : 0;
      if (low < 0xDC00 || low > 0xDFFF) refuse("a high surrogate without a low one");
      value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
    }
    append_utf8(out, value);
  }

  char32_t hex4() {
    std::uint32_t value = 0;
    const std::string_view digits = text_.substr(at_, 4);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (digits.size() < 4 || error != std::errc() || end != digits.data() + 4) {
      refuse_here("wanted four hexadecimal digits");
    }
    at_ += 4;
    return value;
  }

  void check_depth(std::size_t depth) const {
    if (depth > max_depth_) refuse(fmt::format("nested more than {} deep", max_depth_));
  }

  // [logical-or-expr]
  JsonFilter logical_expression(std::size_t depth) {
    check_depth(depth);
    JsonFilter out;
    out.op = JsonFilter::Op::any_of;
    do {
      skip_blanks();
      out.children.push_back(conjunction(depth));
      skip_blanks();
    } while (take("||"));
    return out.children.size() == 1 ? JsonFilter(std::move(out.children.front())) : out;
  }

  // [logical-and-expr]
  JsonFilter conjunction(std::size_t depth) {
    JsonFilter out;
    out.op = JsonFilter::Op::all_of;
    do {
      skip_blanks();
      out.children.push_back(basic_expression(depth));
      skip_blanks();
    } while (take("&&"));
    return out.children.size() == 1 ? JsonFilter(std::move(out.children.front())) : out;
  }

  // [basic-expr]: paren-expr, comparison-expr or test-expr
  JsonFilter basic_expression(std::size_t depth) {
    if (peek() == '!' && !text_.substr(at_).starts_with("!=")) {
      ++at_;
      skip_blanks();
      JsonFilter out;
      out.op = JsonFilter::Op::negation;
      const bool bracket = peek() == '(';
      JsonFilter child = bracket ? parenthesis(depth) : operand(depth);
      if (!bracket) child = as_test(std::move(child));
      out.children.push_back(std::move(child));
      return out;
    }
    if (peek() == '(') return parenthesis(depth);
    const std::size_t begin = at_;
    JsonFilter left = operand(depth);
    const std::size_t after = at_;
    skip_blanks();
    for (const Comparison& comparison : kComparisons) {
      if (!take(comparison.text)) continue;
      JsonFilter out;
      out.op = comparison.op;
      skip_blanks();
      check_comparable(left, begin);
      out.children.push_back(std::move(left));
      const std::size_t right = at_;
      out.children.push_back(operand(depth));
      check_comparable(out.children.back(), right);
      return out;
    }
    at_ = after;
    return as_test(std::move(left));
  }

  // [paren-expr]
  JsonFilter parenthesis(std::size_t depth) {
    expect('(', "wanted (");
    JsonFilter out = logical_expression(depth + 1);
    expect(')', "wanted && or || or )");
    return out;
  }

  // [test-expr]: a query that gives something. The functions known here give values, not truth.
  JsonFilter as_test(JsonFilter operand) {
    if (operand.op != JsonFilter::Op::query) refuse_here("wanted a comparison");
    operand.op = JsonFilter::Op::exists;
    return operand;
  }

  // [comparable]: a literal, a singular query or a function that gives a value.
  void check_comparable(const JsonFilter& operand, std::size_t begin) {
    if (operand.op != JsonFilter::Op::query || operand.query.singular()) return;
    at_ = begin;
    refuse("only a path of names and indices can be compared");
  }

  // A literal, a query or a function call.
  JsonFilter operand(std::size_t depth) {
    JsonFilter out;
    const char c = peek();
    if (c == '$' || c == '@') {
      out.op = JsonFilter::Op::query;
      out.query = filter_query(depth);
    } else if (c == '\'' || c == '"') {
      out.literal = JsonFilter::Literal::string;
      out.string = string_literal();
    } else if (c == '-' || is_digit(c)) {
      out.literal = JsonFilter::Literal::number;
      out.number = number();
    } else if (c >= 'a' && c <= 'z') {
      return word(depth);
    } else {
      refuse_here("wanted a path, a literal or a function");
    }
    return out;
  }

  // [filter-query]; names inside follow the standard even in loose references.
  JsonPath filter_query(std::size_t depth) {
    check_depth(depth);
    const std::size_t begin = at_;
    JsonPath path;
    path.relative = text_[at_++] == '@';
    const bool loose = loose_;
    loose_ = false;
    max_depth_ -= depth;
    read_segments(path);
    max_depth_ += depth;
    loose_ = loose;
    path.text = text_.substr(begin, at_ - begin);
    return path;
  }

  // true, false, null or [function-expr]
  JsonFilter word(std::size_t depth) {
    const std::size_t begin = at_;
    while (is_path_name_char(peek()) && at_ < text_.size()) ++at_;
    const std::string_view name = text_.substr(begin, at_ - begin);
    JsonFilter out;
    if (peek() == '(') return function(name, begin, depth);
    if (name == "true" || name == "false") {
      out.literal = JsonFilter::Literal::boolean;
      out.boolean = name == "true";
    } else if (name != "null") {
      at_ = begin;
      refuse(fmt::format("the word {} is not known here", printable(name, 80)));
    }
    return out;
  }

  JsonFilter function(std::string_view name, std::size_t begin, std::size_t depth) {
    const auto* found = std::ranges::find(kFunctions, name, &Function::name);
    if (found == std::end(kFunctions)) {
      at_ = begin;
      refuse(fmt::format("the function {}() is not known; length(), count() and value() are",
                         printable(name, 80)));
    }
    check_depth(depth + 1);
    expect('(', "wanted (");
    skip_blanks();
    const std::size_t argument_at = at_;
    JsonFilter argument = operand(depth + 1);
    skip_blanks();
    JsonFilter out;
    out.op = found->op;
    if (found->takes_query) {
      if (argument.op != JsonFilter::Op::query) {
        at_ = argument_at;
        refuse(fmt::format("{}() wants a path", name));
      }
      out.query = std::move(argument.query);
    } else {
      check_comparable(argument, argument_at);
      out.children.push_back(std::move(argument));
    }
    expect(')', "wanted )");
    return out;
  }

  // [number]
  double number() {
    const std::size_t begin = at_;
    take('-');
    const std::size_t digits = at_;
    while (is_digit(peek())) ++at_;
    const std::size_t count = at_ - digits;
    bool good = count == 1 || (count > 1 && text_[digits] != '0');
    if (take('.')) {
      good = good && is_digit(peek());
      while (is_digit(peek())) ++at_;
    }
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (!take('-')) take('+');
      good = good && is_digit(peek());
      while (is_digit(peek())) ++at_;
    }
    if (!good) {
      at_ = begin;
      refuse("not a number as JSON has it");
    }
    return json_number(text_.substr(begin, at_ - begin));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t max_depth_;
  bool loose_;
};

std::expected<JsonPath, JsonPathError> parse(std::string_view text, std::size_t max_depth,
                                             bool loose) {
  if (!is_utf8(text)) return std::unexpected(JsonPathError{"it is not valid UTF-8", 0});
  try {
    return Parser(text, max_depth, loose).whole();
  } catch (const JsonPathError& error) {
    return std::unexpected(error);
  }
}

}  // namespace

bool JsonPath::singular() const {
  return std::ranges::all_of(segments, [](const JsonSegment& segment) {
    return !segment.descendant && segment.selectors.size() == 1 &&
           (segment.selectors[0].kind == JsonSelector::Kind::name ||
            segment.selectors[0].kind == JsonSelector::Kind::index);
  });
}

std::expected<JsonPath, JsonPathError> parse_json_path(std::string_view text,
                                                       std::size_t max_depth) {
  return parse(text, max_depth, false);
}

std::expected<JsonPath, JsonPathError> parse_json_reference(std::string_view text,
                                                            std::size_t max_depth) {
  return parse(text, max_depth, !text.starts_with('$'));
}

}  // namespace dossier
