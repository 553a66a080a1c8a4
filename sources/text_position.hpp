// Line and column while bytes are passed by: for readers that drop what they have read. Line ends
// are LF, CRLF and lone CR, as in LineIndex; a CRLF may be cut in two.
#pragma once

#include <cstdint>
#include <string_view>

namespace dossier {

class TextPosition {
 public:
  TextPosition() = default;
  TextPosition(std::uint64_t line, std::uint64_t column) : line_(line), column_(column) {}

  void advance(std::string_view passed);
  // The same by what another position made of `passed`, beginning at line 1, column 1.
  void advance(std::string_view passed, const TextPosition& of_passed);

  std::uint64_t line() const { return line_; }      // from 1
  std::uint64_t column() const { return column_; }  // from 1, in code points

 private:
  void advance_slow(std::string_view passed);

  std::uint64_t line_ = 1;
  std::uint64_t column_ = 1;
  bool after_cr_ = false;
};

}  // namespace dossier
