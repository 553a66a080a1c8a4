// Every bound on input; limits.def is the list. A limit that is passed gives the diagnostic
// `limit_exceeded`, which names the limit, the value and the option that raises it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dossier {

struct Limits {
#define DOSSIER_LIMIT(name, option, value, meaning) std::size_t name = value;
#include "base/limits.def"
#undef DOSSIER_LIMIT
};

inline constexpr std::uint32_t kMaxTermsOfAKind = (1u << 30) - 1;
inline constexpr std::size_t kMaxLanguageTagBytes = 255;  // longer ones break librdf, and no tag is

}  // namespace dossier
