#include "sources/sql_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace dossier {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

// Goes over a query token by token; texts, quoted names and comments are stepped over whole.
class SqlScanner {
 public:
  explicit SqlScanner(std::string_view text) : text_(text) {}

  // The next word in lower case, or a single character; empty at the end.
  std::string next() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        ++at_;
      } else if (here("--")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (here("/*")) {
        // MySQL runs what stands in such comments.
        if (here("/*!") || here("/*M!")) return "/*!";
        skip_comment();
      } else {
        break;
      }
    }
    if (at_ >= text_.size()) return {};
    start_ = at_;
    const char c = text_[at_];
    if (c == '\'' || c == '"' || c == '`') {
      skip_quoted(c);
      return std::string(1, c);
    }
    if (c == '$' && skip_dollar_text()) return "'";
    if (is_word(c)) {
      while (at_ < text_.size() && is_word(text_[at_])) ++at_;
      return to_lower_ascii(text_.substr(start_, at_ - start_));
    }
    ++at_;
    return std::string(1, c);
  }
  std::size_t start() const { return start_; }

 private:
  bool here(std::string_view what) const { return text_.substr(at_).starts_with(what); }

  void skip_comment() {
    const std::size_t end = text_.find("*/", at_ + 2);
    at_ = end == std::string_view::npos ? text_.size() : end + 2;
  }
  // A doubled quote is one of the text; so it is for a backslash only in MySQL's texts. Either way
  // the read-only transaction holds: this is the first look, not the last.
  void skip_quoted(char quote) {
    const std::size_t end = text_.find(quote, at_ + 1);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
  }
  // PostgreSQL: $tag$ ... $tag$
  bool skip_dollar_text() {
    std::size_t close = at_ + 1;
    while (close < text_.size() && is_word(text_[close]) && text_[close] != '$') ++close;
    if (close >= text_.size() || text_[close] != '$') return false;
    const std::string_view tag = text_.substr(at_, close + 1 - at_);
    const std::size_t end = text_.find(tag, close + 1);
    at_ = end == std::string_view::npos ? text_.size() : end + tag.size();
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
};

}  // namespace

std::expected<std::string, std::string> single_query(std::string_view text) {
  static constexpr std::string_view kBegin[] = {"select", "with", "values", "table", "("};
  SqlScanner scanner(text);
  const std::string first = scanner.next();
  if (first.empty()) return std::unexpected("the query is empty");
  if (std::ranges::find(kBegin, first) == std::end(kBegin)) {
    return std::unexpected(
        fmt::format("this begins with {}, and only SELECT reads", printable(first)));
  }
  std::size_t end = text.size();
  for (std::string token = scanner.next(); !token.empty(); token = scanner.next()) {
    if (end < text.size()) return std::unexpected("these are several commands");
    if (token == ";") end = scanner.start();
    if (token == "into") return std::unexpected("INTO writes, and a source is only read");
    if (token == "/*!") return std::unexpected("a comment that is run (/*!) stands in it");
  }
  return std::string(text.substr(0, end));
}

std::expected<std::vector<SqlIdentifier>, std::string> table_name(std::string_view text) {
  std::vector<SqlIdentifier> parts;
  const auto bad = [&] {
    return std::unexpected(fmt::format("\"{}\" is not the name of a table", printable(text)));
  };
  std::string_view left = text;
  for (;;) {
    SqlIdentifier part;
    if (left.starts_with('"') || left.starts_with('`')) {
      const std::size_t end = left.find(left[0], 1);
      if (end == std::string_view::npos || end == 1) return bad();
      part = {std::string(left.substr(1, end - 1)), true};
      left.remove_prefix(end + 1);
    } else {
      const auto end = std::ranges::find_if_not(left, is_word);
      part.text.assign(left.begin(), end);
      if (part.text.empty()) return bad();
      left.remove_prefix(part.text.size());
    }
    parts.push_back(std::move(part));
    if (left.empty()) return parts;
    if (left[0] != '.') return bad();
    left.remove_prefix(1);
  }
}

}  // namespace dossier
