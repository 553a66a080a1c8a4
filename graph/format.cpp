#include "graph/format.hpp"

#include "base/text.hpp"

namespace dossier {
namespace {

constexpr FormatInfo kFormats[] = {
#define DOSSIER_FORMAT(name, cli, media, extensions, graphs, kind) \
  {Format::name, FormatKind::kind, cli, media, extensions, graphs},
#include "graph/formats.def"
#undef DOSSIER_FORMAT
};

bool has_word(std::string_view words, std::string_view word) {
  for (std::size_t at = 0; at <= words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    if (equals_ignoring_case(words.substr(at, end - at), word)) return true;
    at = end + 1;
  }
  return false;
}

}  // namespace

std::span<const FormatInfo> all_formats() {
  return kFormats;
}

const FormatInfo& info(Format format) {
  return kFormats[static_cast<std::size_t>(format)];
}

std::optional<Format> find_format(std::string_view name) {
  name = trim_ascii(name.substr(0, name.find(';')));
  for (const FormatInfo& each : kFormats) {
    if (equals_ignoring_case(each.name, name) || equals_ignoring_case(each.media_type, name) ||
        has_word(each.extensions, name)) {
      return each.format;
    }
  }
  return std::nullopt;
}

std::optional<Format> guess_format(const std::filesystem::path& path) {
  std::filesystem::path name = path.filename();
  for (const std::string_view packed : {".gz", ".zst"}) {
    if (name.extension() == packed) name = name.stem();
  }
  const std::string extension = name.extension().string();
  if (extension.size() < 2) return std::nullopt;
  for (const FormatInfo& each : kFormats) {
    if (has_word(each.extensions, std::string_view(extension).substr(1))) return each.format;
  }
  return std::nullopt;
}

}  // namespace dossier
