#include "cli/options.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <sys/resource.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "base/text.hpp"
#include "base/thread_pool.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMaxThreads = 1024;

std::unexpected<Error> wrong_usage(std::string message, std::string hint = {}) {
  return fail(code::wrong_usage, {}, std::move(message), std::move(hint));
}

Expected<void> set_limit(Settings& settings, std::string_view assignment) {
  const std::size_t equals = assignment.find('=');
  const std::string_view name = assignment.substr(0, equals);
  std::size_t* const limit = find_limit(settings.limits, name);
  if (limit == nullptr) {
    const std::vector<std::string_view> names = limit_names();
    const auto near = nearest_name(name, names);
    return wrong_usage(fmt::format("--limit: there is no limit \"{}\"", name),
                       near ? fmt::format("did you mean {}?", *near)
                            : fmt::format("limits are {}", fmt::join(names, ", ")));
  }
  const auto value = equals == std::string_view::npos ? std::optional<std::uint64_t>{}
                                                      : parse_size(assignment.substr(equals + 1));
  if (!value) {
    return wrong_usage(
        fmt::format("--limit {}: a number is wanted, as in {}=1G", assignment, name));
  }
  *limit = *value;
  settings.named_limits[std::string(name)] = *value;
  return {};
}

Expected<void> add_copy(Settings& settings, const std::string& copy) {
  const std::size_t at = copy.rfind('=');
  if (at == std::string::npos) {
    return wrong_usage(fmt::format("--copy {} has no =", printable(copy)),
                       "write --copy http://example.org/list.json=list.json");
  }
  settings.copies[copy.substr(0, at)] = copy.substr(at + 1);
  return {};
}

bool wants_colour(const CommonOptions& options) {
  const char* const no_color = std::getenv("NO_COLOR");
  if (options.no_color || (no_color != nullptr && *no_color != '\0')) return false;
  return ::isatty(STDERR_FILENO) == 1;
}

}  // namespace

void add_common_options(VerbArguments& arguments, CommonOptions& o, OptionSet set) {
  const std::size_t own = arguments.items().size();
  if (has(set, OptionSet::output)) {
    arguments.option(o.output, {"-o", "--output"}, "FILE",
                     "where the result goes (default -, stdout)");
  }
  if (has(set, OptionSet::from)) {
    arguments.option(o.from, {"--from"}, "FORMAT",
                     "format of the input, if its name does not tell");
  }
  if (has(set, OptionSet::to)) {
    arguments.option(o.to, {"--to"}, "FORMAT", "format of the output, if its name does not tell");
  }
  arguments.flag(o.quiet, {"-q", "--quiet"}, "say only what went wrong");
  arguments.flag(o.verbose, {"-v", "--verbose"}, "every message and the time of each step");
  arguments.flag(o.json, {"--json"}, "the result as JSON");
  arguments.flag(o.no_color, {"--no-color"}, "no colours (NO_COLOR does the same)");
  if (has(set, OptionSet::reads)) {
    arguments.option(o.threads, {"--threads"}, "N",
                     "threads to use (default 0, all of the machine)");
    arguments.option(o.memory, {"--memory"}, "SIZE",
                     "ceiling on memory, such as 2G: the run ends past it");
    arguments.option(o.limits, {"--limit"}, "NAME=N", "raise a limit that a message named");
    arguments.option(o.root, {"--root"}, "DIR", "read nothing outside this folder");
    arguments.option(o.copies, {"--copy"}, "ADDRESS=FILE",
                     "read FILE where a document names this address on the network");
    arguments.flag(o.allow_network, {"--allow-network"},
                   "allow network sources (this version still fetches none)");
    arguments.flag(o.strict, {"--strict"}, "warnings about the data count as findings");
  }
  arguments.mark_common(own);
}

Expected<Format> format_named(std::string_view name) {
  if (const std::optional<Format> found = find_format(name)) return *found;
  std::vector<std::string_view> names;
  for (const FormatInfo& each : all_formats()) names.push_back(each.name);
  const auto near = nearest_name(name, names);
  return wrong_usage(fmt::format("there is no format \"{}\"", name),
                     near ? fmt::format("did you mean {}?", *near)
                          : fmt::format("formats are {}", fmt::join(names, ", ")));
}

Expected<Settings> resolve(const CommonOptions& options) {
  Settings settings;
  settings.output = options.output.empty() ? "-" : options.output;
  settings.quiet = options.quiet;
  settings.verbose = options.verbose && !options.quiet;
  settings.json = options.json;
  settings.colour = wants_colour(options);
  settings.allow_network = options.allow_network;
  settings.strict = options.strict;
  if (options.threads > kMaxThreads) {
    return wrong_usage(fmt::format("--threads {}: at most {}", options.threads, kMaxThreads));
  }
  settings.threads = thread_count(options.threads);
  settings.root = options.root;
  for (const auto& [name, into] :
       {std::pair(&options.from, &settings.from), std::pair(&options.to, &settings.to)}) {
    if (name->empty()) continue;
    const Expected<Format> format = format_named(*name);
    if (!format) return std::unexpected(format.error());
    *into = *format;
  }
  if (!options.memory.empty()) {
    const std::optional<std::uint64_t> bytes = parse_size(options.memory);
    if (!bytes || *bytes == 0) {
      return wrong_usage(fmt::format("--memory {}: a size is wanted, as in 2G", options.memory));
    }
    settings.memory = *bytes;
  }
  for (const std::string& each : options.limits) {
    if (Expected<void> set = set_limit(settings, each); !set) {
      return std::unexpected(set.error());
    }
  }
  for (const std::string& each : options.copies) {
    if (Expected<void> added = add_copy(settings, each); !added) {
      return std::unexpected(added.error());
    }
  }
  std::error_code error;
  if (!settings.root.empty() && !std::filesystem::is_directory(settings.root, error)) {
    return wrong_usage(fmt::format("--root {}: there is no such folder", options.root));
  }
  return settings;
}

// RLIMIT_DATA counts private writable memory (Linux 4.7 and later), so address space that is only
// reserved costs nothing.
Expected<void> apply_memory_ceiling(std::uint64_t bytes) {
  if (bytes == 0) return {};
  rlimit limit{};
  ::getrlimit(RLIMIT_DATA, &limit);
  limit.rlim_cur = std::min<rlim_t>(bytes, limit.rlim_max);
  if (::setrlimit(RLIMIT_DATA, &limit) != 0) {
    return wrong_usage(fmt::format("--memory {}: the machine does not accept it", bytes));
  }
  return {};
}

}  // namespace dossier
