#include "sources/text_position.hpp"

#include "base/utf8.hpp"
#include "sources/scan.hpp"

namespace dossier {

void TextPosition::advance(std::string_view passed) {
  if (passed.empty()) return;
  if (after_cr_ || passed.find('\r') != std::string_view::npos) {
    advance_slow(passed);
    return;
  }
  const std::size_t behind = behind_last(passed, '\n');
  if (behind == 0) {
    column_ += count_code_points(passed);
    return;
  }
  line_ += count_of(passed.substr(0, behind), '\n');
  column_ = 1 + count_code_points(passed.substr(behind));
}

void TextPosition::advance(std::string_view passed, const TextPosition& of_passed) {
  if (after_cr_) {
    advance_slow(passed);
    return;
  }
  column_ = of_passed.line_ == 1 ? column_ + of_passed.column_ - 1 : of_passed.column_;
  line_ += of_passed.line_ - 1;
  after_cr_ = of_passed.after_cr_;
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
