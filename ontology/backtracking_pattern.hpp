// The few patterns that RE2 cannot run, run by PCRE2, which tries one way after the other. Its
// steps, its open choices and its memory are bounded by Limits::max_pattern_steps,
// max_pattern_depth and max_pattern_memory, so that no text and no pattern makes it run away.
#pragma once

#include "base/limits.hpp"
#include "ontology/patterns.hpp"

namespace dossier {

// Modifiers: letters out of "ims". The error is PCRE2's, with the place in the pattern.
std::expected<std::unique_ptr<const Pattern>, std::string> compile_backtracking(
    std::string_view pattern, std::string_view modifiers, const Limits& limits);

}  // namespace dossier
