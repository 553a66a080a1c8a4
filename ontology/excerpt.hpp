// A line of a source as reports show it: cut to what stands around a column, control characters
// shown, tabs as one space, so that a caret below it stands where it should.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dossier {

struct Excerpt {
  std::string before;     // the column
  std::string after;      // from the column on
  std::size_t caret = 0;  // code points of `before`
};

// `column` in code points, from 1; 0 when it is not known. At most about `width` code points.
Excerpt excerpt_of(std::string_view line, std::uint64_t column, std::size_t width);

}  // namespace dossier
