#include "mapping/template.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace dossier {
namespace {

// Collects parts; texts next to each other become one.
class TemplateParts {
 public:
  void text(char c, std::size_t offset) {
    if (parts_.empty() || parts_.back().is_reference) {
      parts_.push_back({"", false, static_cast<std::uint32_t>(offset)});
    }
    parts_.back().text += c;
  }
  void reference(std::string name, std::size_t offset) {
    parts_.push_back({std::move(name), true, static_cast<std::uint32_t>(offset)});
  }
  std::vector<TemplatePart> take() { return std::move(parts_); }

 private:
  std::vector<TemplatePart> parts_;
};

std::unexpected<TemplateError> wrong(std::size_t offset, std::string message, std::string hint) {
  return std::unexpected(TemplateError{offset, std::move(message), std::move(hint)});
}

bool is_rml_special(char c) {
  return c == '{' || c == '}' || c == '\\';
}

// The character that a backslash at `at` stands for; advances `at` to it.
TemplateExpected<char> rml_escape(std::string_view text, std::size_t& at) {
  if (at + 1 < text.size() && is_rml_special(text[at + 1])) return text[++at];
  const std::string_view next = at + 1 < text.size() ? text.substr(at + 1, 1) : "its end";
  return wrong(at,
               fmt::format("a backslash in a template escapes only {{, }} and \\, not {}", next),
               "write \\\\ for a backslash (in Turtle, \"\\\\\\\\\")");
}

}  // namespace

TemplateExpected<std::vector<TemplatePart>> parse_rml_template(std::string_view text) {
  TemplateParts parts;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '}') {
      return wrong(at, "a closing brace without an opening one", "escape a literal brace: \\}");
    }
    if (text[at] == '\\') {
      const auto c = rml_escape(text, at);
      if (!c) return std::unexpected(c.error());
      parts.text(*c, at - 1);
      continue;
    }
    if (text[at] != '{') {
      parts.text(text[at], at);
      continue;
    }
    const std::size_t open = at;
    std::string name;
    for (++at; at < text.size() && text[at] != '}'; ++at) {
      if (text[at] == '{') {
        return wrong(at, "an opening brace inside a reference",
                     "braces do not nest; escape a brace that belongs to the name: \\{");
      }
      if (text[at] == '\\') {
        const auto c = rml_escape(text, at);
        if (!c) return std::unexpected(c.error());
        name += *c;
        continue;
      }
      name += text[at];
    }
    if (at >= text.size()) {
      return wrong(open, "this brace is never closed",
                   "close the reference with }, or escape a literal brace: \\{");
    }
    if (name.empty()) return wrong(open, "an empty reference", "name a column between the braces");
    parts.reference(std::move(name), open);
  }
  return parts.take();
}

TemplateExpected<std::vector<TemplatePart>> parse_yarrrml_template(std::string_view text) {
  TemplateParts parts;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (c == '\\' && next != '\0' && std::string_view("$()~:\\").find(next) != std::string::npos) {
      parts.text(next, at);
      ++at;
      continue;
    }
    if (c != '$' || next != '(') {
      parts.text(c, at);
      continue;
    }
    const std::size_t open = at;
    std::string name;
    std::size_t depth = 0;
    bool closed = false;
    for (at += 2; at < text.size(); ++at) {
      if (text[at] == '\\' && at + 1 < text.size()) {
        name += text[++at];
        // An escaped ')' closes the pair that an unescaped '(' opened.
        if (text[at] == ')' && depth > 0) --depth;
        continue;
      }
      if (text[at] == '(') ++depth;
      if (text[at] == ')') {
        if (depth == 0) {
          closed = true;
          break;
        }
        --depth;
      }
      name += text[at];
    }
    if (!closed) {
      return wrong(open, "this reference is never closed",
                   "close it with ), and escape a parenthesis that belongs to the name: \\)");
    }
    if (name.empty()) return wrong(open, "an empty reference", "name a column: $(column)");
    parts.reference(std::move(name), open);
  }
  return parts.take();
}

std::string to_rml_template(const std::vector<TemplatePart>& parts) {
  std::string out;
  for (const TemplatePart& part : parts) {
    if (part.is_reference) out += '{';
    for (const char c : part.text) {
      if (is_rml_special(c)) out += '\\';
      out += c;
    }
    if (part.is_reference) out += '}';
  }
  return out;
}

std::string with_caret(std::string_view text, std::size_t offset) {
  const std::size_t column = count_code_points(text.substr(0, std::min(offset, text.size())));
  return fmt::format("{}\n{}^", printable(text), std::string(column, ' '));
}

}  // namespace dossier
