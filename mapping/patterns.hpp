// Regular expressions of mappings: RE2, linear in the text whatever the pattern. Compiled patterns
// are kept, some dozens a thread, since nearly all are constants of a mapping.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dossier {

bool is_pattern(std::string_view pattern);
// Why not; empty when it is one.
std::string pattern_fault(std::string_view pattern);

// Of patterns that are: somewhere in the text, unless they are anchored.
bool pattern_matches(std::string_view pattern, std::string_view text);
// The whole text matched: its groups, or the text itself where the pattern has none. Empty when it
// does not match.
std::vector<std::string> pattern_groups(std::string_view pattern, std::string_view text);
// The first match of the pattern: its first group, or all of it. False when there is none.
bool pattern_extract(std::string_view pattern, std::string_view text, std::string& out);
// Every match replaced; \1 is the first group.
std::string pattern_replace(std::string_view pattern, std::string_view text,
                            std::string_view replacement);

}  // namespace dossier
