// Letters of all scripts: case, composition, Latin letters for others. Over ICU, which no other
// file includes; ASCII goes a short way. Does not depend on the locale. Texts must be valid UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace dossier {

std::string upper_case(std::string_view text);
std::string lower_case(std::string_view text);
// Each word with a capital, the rest small.
std::string title_case(std::string_view text);
// Normalization Form C.
std::string composed(std::string_view text);
// ASCII letters for all others: "Müller" -> "Muller", "Путин" -> "Putin".
std::string latin_letters(std::string_view text);

}  // namespace dossier
