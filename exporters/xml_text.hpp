// Text for XML 1.0 files: escapes and what XML cannot hold. No state, any thread; clean ASCII goes
// 16 bytes at a time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "exporters/text_buffer.hpp"

namespace dossier {

enum class XmlContext : unsigned char {
  content,    // between tags: ">" is escaped too, so "]]>" is never written
  attribute,  // between double quotes: tabs and line ends become references and so survive
};

// Appends `text` escaped. A carriage return becomes a reference. What is no [2] Char of XML 1.0
// (most controls, surrogates, U+FFFE, U+FFFF) and bytes that are no UTF-8 become U+FFFD. Returns
// how many were replaced.
std::uint64_t append_xml(TextBuffer& out, std::string_view text, XmlContext context);

std::string xml_escaped(std::string_view text, XmlContext context);  // cold path

}  // namespace dossier
