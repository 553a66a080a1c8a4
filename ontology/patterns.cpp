#include "ontology/patterns.hpp"

#include <vector>

#include <re2/re2.h>

#include "ontology/backtracking_pattern.hpp"

namespace dossier {
namespace {

class Re2Pattern final : public Pattern {
 public:
  Re2Pattern(const std::string& pattern, const RE2::Options& options) : re2_(pattern, options) {}
  const RE2& re2() const { return re2_; }
  PatternMatch search(std::string_view text) const override {
    const bool found = RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), re2_);
    return found ? PatternMatch::yes : PatternMatch::no;
  }

 private:
  RE2 re2_;
};

// Multi-character escapes as lists that may stand inside brackets.
struct Escape {
  char letter;
  std::string_view inside;    // within [ ]
  std::string_view opposite;  // \D for \d: negated within [^ ]; empty when that cannot be said
};

constexpr Escape kEscapes[] = {
    {'d', R"(\p{Nd})", R"(\P{Nd})"},        {'s', R"( \t\n\r)", {}},
    {'w', R"(\p{L}\p{M}\p{N}\p{S}_)", {}},  {'i', R"(\p{L}_:)", {}},
    {'c', R"(\p{L}\p{M}\p{Nd}\-._:·)", {}},
};

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Writes an XPath expression in the syntax that RE2 and PCRE2 share, and notes whether it takes
// PCRE2 to run it.
class Translator {
 public:
  Translator(std::string_view pattern, bool skip_blanks)
      : pattern_(pattern), skip_blanks_(skip_blanks) {}

  std::expected<std::string, std::string> run() {
    while (at_ < pattern_.size() && error_.empty()) step();
    if (!error_.empty()) return std::unexpected(error_);
    return std::move(out_);
  }

  bool needs_backtracking() const { return needs_backtracking_; }

 private:
  static constexpr std::size_t kMostSubtractions = 100;

  struct OpenClass {
    std::size_t start = 0;      // in out_
    bool less_another = false;  // a class is subtracted from it
  };

  bool in_class() const { return !classes_.empty(); }

  void step() {
    const char c = pattern_[at_++];
    if (c == '\\') {
      escape();
    } else if (skip_blanks_ && !in_class() && is_blank(c)) {
      // the flag x
    } else if (c == '[') {
      open_class();
    } else if (c == ']' && in_class()) {
      close_class();
    } else {
      if (c == '(' && !in_class()) note_group();
      out_ += c;
    }
  }

  // (?= (?! (?<= (?<! (?>
  void note_group() {
    const std::string_view rest = pattern_.substr(at_);
    for (const std::string_view each : {"?=", "?!", "?<=", "?<!", "?>"}) {
      needs_backtracking_ |= rest.starts_with(each);
    }
  }

  // Within brackets a [ is itself, but for [a-z-[aeiou]]: a class subtracted from another.
  void open_class() {
    const bool subtracts = in_class() && out_.ends_with('-') && !out_.ends_with("\\-");
    if (in_class() && !subtracts) {
      out_ += "\\[";
      return;
    }
    if (subtracts) out_.pop_back();
    needs_backtracking_ |= subtracts;
    classes_.push_back({.start = out_.size()});
    if (classes_.size() > kMostSubtractions) error_ = "too many character classes are nested";
    out_ += '[';
    if (at_ < pattern_.size() && pattern_[at_] == '^') out_ += pattern_[at_++];
  }

  // What is subtracted goes before the class it is subtracted from: (?:(?![aeiou])[a-z])
  void close_class() {
    out_ += classes_.back().less_another ? "])" : "]";
    const std::size_t start = classes_.back().start;
    classes_.pop_back();
    if (!in_class()) return;
    const std::string subtracted = "(?:(?!" + out_.substr(start) + ")";
    out_.resize(start);
    out_.insert(classes_.back().start, subtracted);
    classes_.back().less_another = true;
    if (at_ == pattern_.size() || pattern_[at_] != ']') {
      error_ = "a subtracted character class ends the class around it";
    }
  }

  void escape() {
    if (at_ == pattern_.size()) {
      error_ = "the pattern ends in a lone backslash";
      return;
    }
    const char c = pattern_[at_++];
    needs_backtracking_ |= c >= '1' && c <= '9' && !in_class();
    for (const Escape& each : kEscapes) {
      if (lower(c) != each.letter) continue;
      append_class(each, c != each.letter);
      return;
    }
    if ((c == 'p' || c == 'P') && pattern_.substr(at_).starts_with("{Is")) {
      error_ = "Unicode blocks (\\p{Is...}) are not supported";
      return;
    }
    out_ += '\\';
    out_ += c;
  }

  void append_class(const Escape& escape, bool opposite) {
    if (!in_class()) {
      out_ += opposite ? "[^" : "[";
      out_.append(escape.inside).append("]");
    } else if (!opposite) {
      out_ += escape.inside;
    } else if (!escape.opposite.empty()) {
      out_ += escape.opposite;
    } else if (escape.letter == 's') {
      out_ += R"(\x{0}-\x{8}\x{B}\x{C}\x{E}-\x{1F}!-\x{10FFFF})";
    } else {
      error_ = std::string("\\") + static_cast<char>(escape.letter - 'a' + 'A') +
               " inside brackets is not supported";
    }
  }

  std::string_view pattern_;
  bool skip_blanks_;
  std::size_t at_ = 0;
  std::vector<OpenClass> classes_;
  std::string out_;
  std::string error_;
  bool needs_backtracking_ = false;
};

struct PatternFlags {
  std::string modifiers;  // of "ims"
  bool skip_blanks = false;
  bool quote = false;
};

std::expected<PatternFlags, std::string> read_flags(std::string_view flags) {
  PatternFlags out;
  for (const char flag : flags) {
    switch (flag) {
      case 'i':
      case 's':
      case 'm':
        out.modifiers += flag;
        break;
      case 'x':
        out.skip_blanks = true;
        break;
      case 'q':
        out.quote = true;
        break;
      default:
        return std::unexpected(std::string("unknown flag '") + flag + "'");
    }
  }
  return out;
}

std::expected<std::unique_ptr<const Pattern>, std::string> compile_re2(
    const std::string& body, const std::string& modifiers) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  auto compiled = std::make_unique<Re2Pattern>(
      modifiers.empty() ? body : "(?" + modifiers + ")" + body, options);
  if (!compiled->re2().ok()) return std::unexpected(compiled->re2().error());
  return compiled;
}

}  // namespace

std::expected<std::unique_ptr<const Pattern>, std::string> compile_pattern(std::string_view pattern,
                                                                           std::string_view flags,
                                                                           const Limits& limits) {
  const std::expected<PatternFlags, std::string> read = read_flags(flags);
  if (!read) return std::unexpected(read.error());
  if (read->quote) {
    return compile_re2(RE2::QuoteMeta(re2::StringPiece(pattern.data(), pattern.size())),
                       read->modifiers);
  }
  Translator translator(pattern, read->skip_blanks);
  const std::expected<std::string, std::string> body = translator.run();
  if (!body) return std::unexpected(body.error());
  if (translator.needs_backtracking()) return compile_backtracking(*body, read->modifiers, limits);
  return compile_re2(*body, read->modifiers);
}

}  // namespace dossier
