#include "sources/xml_encoding.hpp"

#include <algorithm>

namespace dossier {
namespace {

// The value of encoding="..." in <?xml ... ?>.
std::string declared_encoding(std::string_view text) {
  if (!text.starts_with("<?xml")) return {};
  const std::string_view declaration = text.substr(0, text.find("?>"));
  std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  at = declaration.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const std::size_t end = declaration.find(declaration[at], at + 1);
  if (end == std::string_view::npos) return {};
  return std::string(declaration.substr(at + 1, end - at - 1));
}

}  // namespace

XmlEncoding find_xml_encoding(std::string_view first_bytes) {
  using std::string_view_literals::operator""sv;
  XmlEncoding out;
  if (first_bytes.starts_with("\xEF\xBB\xBF")) first_bytes.remove_prefix(3);
  if (first_bytes.starts_with("\xFF\xFE") || first_bytes.starts_with("<\0?\0"sv)) {
    out.encoding = TextEncoding::utf16le;
    return out;
  }
  if (first_bytes.starts_with("\xFE\xFF") || first_bytes.starts_with("\0<\0?"sv)) {
    out.encoding = TextEncoding::utf16be;
    return out;
  }
  out.declared = declared_encoding(first_bytes);
  out.encoding = out.declared.empty() ? TextEncoding::utf8 : find_encoding(out.declared);
  // The declaration could be read byte by byte, so it is not UTF-16 whatever it says.
  const bool wide = out.encoding == TextEncoding::utf16 || out.encoding == TextEncoding::utf16le ||
                    out.encoding == TextEncoding::utf16be;
  if (wide) out.encoding.reset();
  return out;
}

}  // namespace dossier
