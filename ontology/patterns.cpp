#include "ontology/patterns.hpp"

#include <re2/re2.h>

namespace dossier {
namespace {

class Re2Pattern final : public Pattern {
 public:
  Re2Pattern(const std::string& pattern, const RE2::Options& options) : re2_(pattern, options) {}
  const RE2& re2() const { return re2_; }
  bool search(std::string_view text) const override {
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), re2_);
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

class Translator {
 public:
  Translator(std::string_view pattern, bool skip_blanks)
      : pattern_(pattern), skip_blanks_(skip_blanks) {}

  std::expected<std::string, std::string> run() {
    while (at_ < pattern_.size() && error_.empty()) step();
    if (!error_.empty()) return std::unexpected(error_);
    return std::move(out_);
  }

 private:
  void step() {
    const char c = pattern_[at_++];
    if (c == '\\') {
      escape();
    } else if (skip_blanks_ && !in_class_ && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
      // the flag x
    } else if (in_class_ && c == '[') {
      if (out_.ends_with('-')) {
        error_ = "subtraction of character classes is not supported";
      } else {
        out_ += "\\[";
      }
    } else {
      if (!in_class_ && c == '[') {
        in_class_ = true;
        out_ += c;
        if (at_ < pattern_.size() && pattern_[at_] == '^') out_ += pattern_[at_++];
        return;
      }
      if (in_class_ && c == ']') in_class_ = false;
      out_ += c;
    }
  }

  void escape() {
    if (at_ == pattern_.size()) {
      error_ = "the pattern ends in a lone backslash";
      return;
    }
    const char c = pattern_[at_++];
    if (c >= '1' && c <= '9' && !in_class_) {
      error_ = "back-references are not supported";
      return;
    }
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
    if (!in_class_) {
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
  bool in_class_ = false;
  std::string out_;
  std::string error_;
};

}  // namespace

std::expected<std::string, std::string> to_re2(std::string_view pattern, std::string_view flags) {
  std::string modifiers;
  bool skip_blanks = false;
  bool quote = false;
  for (const char flag : flags) {
    switch (flag) {
      case 'i':
      case 's':
      case 'm':
        modifiers += flag;
        break;
      case 'x':
        skip_blanks = true;
        break;
      case 'q':
        quote = true;
        break;
      default:
        return std::unexpected(std::string("unknown flag '") + flag + "'");
    }
  }
  std::string body;
  if (quote) {
    body = RE2::QuoteMeta(re2::StringPiece(pattern.data(), pattern.size()));
  } else {
    std::expected<std::string, std::string> translated = Translator(pattern, skip_blanks).run();
    if (!translated) return translated;
    body = std::move(*translated);
  }
  return modifiers.empty() ? body : "(?" + modifiers + ")" + body;
}

std::expected<std::unique_ptr<const Pattern>, std::string> compile_pattern(std::string_view pattern,
                                                                           std::string_view flags) {
  const std::expected<std::string, std::string> text = to_re2(pattern, flags);
  if (!text) return std::unexpected(text.error());
  RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  auto compiled = std::make_unique<Re2Pattern>(*text, options);
  if (!compiled->re2().ok()) return std::unexpected(compiled->re2().error());
  return compiled;
}

}  // namespace dossier
