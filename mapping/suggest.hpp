// A starting YARRRML mapping from a look at a table: a key for the subject, datatypes, dates by
// their pattern, countries, codes. A draft for people to change; it runs as it is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/diagnostic.hpp"
#include "base/limits.hpp"

namespace dossier {

struct SuggestOptions {
  std::uint64_t records = 10'000;  // looked at
  std::string base = "http://example.org/";
  std::filesystem::path beside;  // the folder that the mapping will lie in; empty: this one
  Limits limits;
};

// `table` is CSV or TSV, packed or not.
Expected<std::string> suggest_mapping(const std::filesystem::path& table,
                                      const SuggestOptions& options);

}  // namespace dossier
