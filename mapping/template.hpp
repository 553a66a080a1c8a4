// Templates of RML ("http://ex.org/{id}") and YARRRML ("http://ex.org/$(id)") -> parts. Cold path.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/model.hpp"

namespace dossier {

// What is wrong and where: `offset` in bytes of the template.
struct TemplateError {
  std::size_t offset = 0;
  std::string message;
  std::string hint;
};
template <class T>
using TemplateExpected = std::expected<T, TemplateError>;

// RML-Core, "String templates": references stand in braces; a backslash escapes `{`, `}` and `\`
// and nothing else. Braces do not nest.
TemplateExpected<std::vector<TemplatePart>> parse_rml_template(std::string_view text);

// YARRRML: references stand in `$(...)`; inside, `\(`, `\)` and `\\` stand for the character, and
// unescaped parentheses may nest in pairs; a `\` before another character is kept off. Outside,
// `\$`, `\(`, `\)`, `\~`, `\:` and `\\`.
TemplateExpected<std::vector<TemplatePart>> parse_yarrrml_template(std::string_view text);

// The parts as one RML template: for messages and for comparing mappings.
std::string to_rml_template(const std::vector<TemplatePart>& parts);

// Two lines for a message: the text and a caret under `offset`.
std::string with_caret(std::string_view text, std::size_t offset);

}  // namespace dossier
