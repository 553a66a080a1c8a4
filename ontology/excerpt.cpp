#include "ontology/excerpt.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace dossier {
namespace {

constexpr std::string_view kCut = "…";

// Where each code point begins; one more for the end.
std::vector<std::size_t> code_point_starts(std::string_view text) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0u) != 0x80u) out.push_back(i);
  }
  out.push_back(text.size());
  return out;
}

}  // namespace

Excerpt excerpt_of(std::string_view line, std::uint64_t column, std::size_t width) {
  std::string text(line);
  std::ranges::replace(text, '\t', ' ');
  const std::vector<std::size_t> starts = code_point_starts(text);
  const std::size_t count = starts.size() - 1;
  const std::size_t at = std::min<std::uint64_t>(column == 0 ? 0 : column - 1, count);
  std::size_t first = 0;
  std::size_t last = count;
  if (count > width) {
    first = std::min(at - std::min(at, width / 2), count - width);
    last = first + width;
  }
  const auto part = [&](std::size_t from, std::size_t to) {
    return printable(std::string_view(text).substr(starts[from], starts[to] - starts[from]),
                     text.size() * 4 + 1);
  };
  Excerpt out;
  if (first > 0) out.before = kCut;
  out.before += part(first, at);
  out.after = part(at, last);
  if (last < count) out.after += kCut;
  out.caret = count_code_points(out.before);
  return out;
}

}  // namespace dossier
