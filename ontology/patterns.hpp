// sh:pattern: XPath regular expressions (XPath and XQuery Functions 3.1, 5.6) run by RE2, which
// takes time linear in the text whatever the pattern. What RE2 lacks (back-references, character
// class subtraction) is refused with a message. Two deviations follow what other engines do: \w
// takes the underscore, and ^ and $ without the flag m mean the ends of the whole text.
// A Pattern is immutable; any number of threads match with it.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace dossier {

class Pattern {
 public:
  virtual ~Pattern() = default;
  virtual bool search(std::string_view text) const = 0;
};

// Flags: i, s, m, x, q. The error says what is wrong.
std::expected<std::unique_ptr<const Pattern>, std::string> compile_pattern(std::string_view pattern,
                                                                           std::string_view flags);

// The same expression in the syntax of RE2; for tests.
std::expected<std::string, std::string> to_re2(std::string_view pattern, std::string_view flags);

}  // namespace dossier
