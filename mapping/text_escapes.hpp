// Escaping for other formats, as the functions escape and unescape want it, and texts for keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dossier {

// Modes: html, xml, csv, url, javascript. Nothing for others.
std::optional<std::string> escaped_text(std::string_view text, std::string_view mode);
// Modes: html and xml (numbered characters and the five named ones), url.
std::optional<std::string> unescaped_text(std::string_view text, std::string_view mode);
std::string escape_modes();  // for messages

// One blank for each run of blanks and line ends; none around.
std::string squeezed(std::string_view text);
// "Bàn No. 7" -> "ban-no-7": for IRIs that people read.
std::string slug(std::string_view text);

}  // namespace dossier
