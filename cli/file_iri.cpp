#include "cli/file_iri.hpp"

#include <charconv>

#include <fmt/format.h>

#include "graph/iri.hpp"

namespace dossier {
namespace {

// What a path may hold and an IRI may not, or what an IRI would read as something else.
bool needs_percent(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7F ||
         std::string_view("<>\"{}|^`\\%?#").find(c) != std::string_view::npos;
}

}  // namespace

std::string file_iri(const std::filesystem::path& path) {
  std::error_code ignored;
  const std::filesystem::path whole = std::filesystem::absolute(path, ignored);
  std::string out = "file://";
  for (const char c : whole.lexically_normal().generic_string()) {
    if (needs_percent(c)) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

std::optional<std::filesystem::path> path_of_file_iri(std::string_view iri) {
  const IriParts parts = split_iri(iri);
  if (parts.scheme != "file" || (!parts.authority.empty() && parts.authority != "localhost")) {
    return std::nullopt;
  }
  std::string out;
  for (std::size_t i = 0; i < parts.path.size(); ++i) {
    unsigned value = 0;
    if (parts.path[i] == '%' && i + 2 < parts.path.size()) {
      const char* const digits = parts.path.data() + i + 1;
      if (std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2) {
        out += static_cast<char>(value);
        i += 2;
        continue;
      }
    }
    out += parts.path[i];
  }
  return std::filesystem::path(out);
}

}  // namespace dossier
