// The encoding of an XML file, from its first bytes: byte order mark, XML declaration, or the form
// of the first characters (XML 1.0, appendix F).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sources/encoding.hpp"

namespace dossier {

// How many bytes of the file are enough.
inline constexpr std::size_t kXmlDeclarationBytes = 256;

struct XmlEncoding {
  std::optional<TextEncoding> encoding;  // nothing: `declared` is not known here
  std::string declared;                  // in the XML declaration; may be empty
};
XmlEncoding find_xml_encoding(std::string_view first_bytes);

}  // namespace dossier
