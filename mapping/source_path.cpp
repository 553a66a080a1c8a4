#include "mapping/source_path.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/mapping.hpp"
#include "base/text.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

bool is_url(std::string_view path) {
  const std::size_t at = path.find("://");
  return at != std::string_view::npos && at > 1 && path.substr(0, at) != "file";
}

// Both made absolute, with links followed as far as the path exists.
bool is_inside(const fs::path& path, const fs::path& root) {
  std::error_code error;
  const fs::path inner = fs::weakly_canonical(path, error);
  const fs::path outer = fs::weakly_canonical(root, error);
  if (error) return false;
  const auto end = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return end.first == outer.end() || (end.first->empty() && std::next(end.first) == outer.end());
}

}  // namespace

Expected<fs::path> resolve_source_path(const LogicalSource& source, const CompileOptions& options) {
  if (source.path == "-") return fs::path("-");
  if (source.path.empty()) {
    return fail(code::mapping_no_source, source.place, "this source names no file",
                "give it a path: rml:path in RML, access in YARRRML");
  }
  if (is_url(source.path)) {
    const auto copy = options.copies.find(source.path);
    if (copy != options.copies.end()) return copy->second;
    return fail(code::network_refused, source.place,
                fmt::format("the source <{}> is on the network", printable(source.path)),
                "save the document and say where: --copy ADDRESS=FILE");
  }
  std::string_view text = source.path;
  if (text.starts_with("file://")) text.remove_prefix(7);
  fs::path path(text);
  if (path.is_relative()) {
    switch (source.root) {
      case PathRoot::mapping_directory: {
        // "./x" lies beside the mapping, whatever the source root.
        const bool beside = options.source_root.empty() || text.starts_with("./");
        path = (beside ? options.mapping_directory : options.source_root) / path;
        break;
      }
      case PathRoot::working_directory:
        if (!options.source_root.empty()) path = options.source_root / path;
        break;
      case PathRoot::given:
        path = fs::path(source.root_path) / path;
        if (path.is_relative()) path = options.mapping_directory / path;
        break;
    }
    path = path.lexically_normal();
  }
  if (auto allowed = check_allowed(path, source, options); !allowed) {
    return std::unexpected(std::move(allowed.error()));
  }
  return path;
}

Expected<void> check_allowed(const fs::path& path, const LogicalSource& source,
                             const CompileOptions& options) {
  if (options.allowed_root.empty() || is_inside(path, options.allowed_root)) return {};
  return fail(code::outside_root, source.place,
              fmt::format("the source {} is outside of {}", printable(path.string()),
                          printable(options.allowed_root.string())),
              "move the file inside, or start with a wider --root");
}

}  // namespace dossier
