// The formats dossier speaks of: one closed list (formats.def) with command line names, media types
// and extensions. A format in the list need not be implemented on both sides; the readers and
// writers say so.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

namespace dossier {

enum class Format : unsigned char {
#define DOSSIER_FORMAT(name, cli, media, extensions, graphs, kind) name,
#include "graph/formats.def"
#undef DOSSIER_FORMAT
};
enum class FormatKind : unsigned char { rdf, network };

struct FormatInfo {
  Format format;
  FormatKind kind;
  std::string_view name;  // on the command line
  std::string_view media_type;
  std::string_view extensions;  // separated by blanks, without dots
  bool holds_graphs;            // named graphs
};

std::span<const FormatInfo> all_formats();
const FormatInfo& info(Format format);
// One statement a line: N-Triples and N-Quads.
constexpr bool is_line_format(Format format) {
  return format == Format::ntriples || format == Format::nquads;
}
// By command line name, enumerator or media type (parameters ignored), in any case.
std::optional<Format> find_format(std::string_view name);
// By the extension, after .gz or .zst is taken off.
std::optional<Format> guess_format(const std::filesystem::path& path);

}  // namespace dossier
