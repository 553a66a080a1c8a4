// How a run is to be done, whatever is done: what the common options mean. The program makes it
// from the command line (options.hpp); whoever links the pipeline fills it in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/limits.hpp"
#include "graph/format.hpp"

namespace dossier {

using Copies = std::map<std::string, std::string>;  // address on the network -> file
using LimitValues = std::map<std::string, std::size_t, std::less<>>;  // by name: "max-cell-bytes"

struct Settings {
  std::string output = "-";
  std::optional<Format> from;
  std::optional<Format> to;
  bool quiet = false;
  bool verbose = false;
  bool json = false;
  bool colour = false;
  bool allow_network = false;
  bool strict = false;
  std::size_t threads = 1;
  std::uint64_t memory = 0;    // bytes; 0: no ceiling
  std::filesystem::path root;  // empty: no bound
  Copies copies;               // read in place of documents on the network
  Limits limits;
  LimitValues named_limits;  // those of `limits` that were asked for: they beat a project's
};

// Limits by name. Null when there is no such limit.
std::size_t* find_limit(Limits& limits, std::string_view name);
std::vector<std::string_view> limit_names();
void set_limits(Limits& limits, const LimitValues& values);  // names that there are

// "512M", "4G", "1000": bytes, in powers of 1024.
std::optional<std::uint64_t> parse_size(std::string_view text);

}  // namespace dossier
