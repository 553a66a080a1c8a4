// sh:pattern: XPath regular expressions (XPath and XQuery Functions 3.1, 5.6) run by RE2, which
// takes time linear in the text whatever the pattern. What RE2 lacks (back-references, look-around,
// which XPath has not either but people write, and character class subtraction) goes to PCRE2 under
// limits. Two deviations follow what other engines do: \w takes the underscore, and ^ and $ without
// the flag m mean the ends of the whole text.
// A Pattern is immutable; any number of threads match with it.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "base/limits.hpp"

namespace dossier {

// `too_costly`: the limits for patterns that RE2 cannot run ended the search.
enum class PatternMatch : std::uint8_t { no, yes, too_costly };

class Pattern {
 public:
  virtual ~Pattern() = default;
  virtual PatternMatch search(std::string_view text) const = 0;
};

// Flags: i, s, m, x, q. The error says what is wrong.
std::expected<std::unique_ptr<const Pattern>, std::string> compile_pattern(
    std::string_view pattern, std::string_view flags, const Limits& limits = {});

}  // namespace dossier
