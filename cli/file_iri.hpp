// Paths of files as IRIs and back: where relative IRIs of a file begin, and what an import of file:
// names. They stay inside the program.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace dossier {

// "file:///home/ada/my%20graph/o.ttl", absolute and without dot segments.
std::string file_iri(const std::filesystem::path& path);

// The path that a file: IRI of this machine names; nothing for any other IRI.
std::optional<std::filesystem::path> path_of_file_iri(std::string_view iri);

}  // namespace dossier
