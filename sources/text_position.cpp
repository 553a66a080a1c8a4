#include "sources/text_position.hpp"

#include "base/utf8.hpp"

namespace dossier {

void TextPosition::advance(std::string_view passed) {
  if (passed.empty()) return;
  if (after_cr_ || passed.find('\r') != std::string_view::npos) {
    advance_slow(passed);
    return;
  }
  const std::size_t last = passed.rfind('\n');
  if (last == std::string_view::npos) {
    column_ += count_code_points(passed);
    return;
  }
  for (std::size_t at = 0; at <= last; at = passed.find('\n', at) + 1) ++line_;
  column_ = 1 + count_code_points(passed.substr(last + 1));
}

void TextPosition::advance_slow(std::string_view passed) {
  for (const char c : passed) {
    const bool crlf = after_cr_ && c == '\n';
    after_cr_ = c == '\r';
    if (crlf) continue;
    if (c == '\n' || c == '\r') {
      ++line_;
      column_ = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ++column_;
    }
  }
}

}  // namespace dossier
