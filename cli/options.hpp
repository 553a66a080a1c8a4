// The options that every verb has, as they are typed (CommonOptions) and as they are meant
// (Settings).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "cli/arguments.hpp"
#include "cli/settings.hpp"

namespace dossier {

struct CommonOptions {
  std::string output = "-";
  std::string from;
  std::string to;
  bool quiet = false;
  bool verbose = false;
  bool json = false;
  bool no_color = false;
  bool allow_network = false;
  bool strict = false;
  std::size_t threads = 0;
  std::string memory;
  std::string root;
  std::vector<std::string> limits;
  std::vector<std::string> copies;  // ADDRESS=FILE
};

// Which of the common options make sense for a verb.
enum class OptionSet : unsigned { output = 1, from = 2, to = 4, reads = 8 };
constexpr OptionSet operator|(OptionSet a, OptionSet b) {
  return static_cast<OptionSet>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool has(OptionSet set, OptionSet part) {
  return (static_cast<unsigned>(set) & static_cast<unsigned>(part)) != 0;
}

void add_common_options(VerbArguments& arguments, CommonOptions& options, OptionSet set);

// The failure is wrong usage: exit code 64.
Expected<Settings> resolve(const CommonOptions& options);

// A ceiling on the memory of this process; allocations past it fail (std::bad_alloc, exit code 2).
Expected<void> apply_memory_ceiling(std::uint64_t bytes);

// The number of a format named by --from or --to, or the usage error that lists those there are.
Expected<Format> format_named(std::string_view name);

}  // namespace dossier
