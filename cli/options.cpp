#include "cli/options.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/text.hpp"
#include "base/thread_pool.hpp"

namespace dossier {
namespace {

struct LimitName {
  std::string_view name;
  std::size_t Limits::* member;
};

constexpr LimitName kLimitNames[] = {
    {"max-cell-bytes", &Limits::max_cell_bytes},
    {"max-columns", &Limits::max_columns},
    {"max-literal-bytes", &Limits::max_literal_bytes},
    {"max-string-bytes", &Limits::max_string_bytes},
    {"max-depth", &Limits::max_depth},
    {"max-tree-depth", &Limits::max_tree_depth},
    {"max-document-bytes", &Limits::max_document_bytes},
    {"max-triple-depth", &Limits::max_triple_depth},
    {"max-jsonld-depth", &Limits::max_jsonld_depth},
    {"max-attributes", &Limits::max_attributes},
    {"max-yaml-nodes", &Limits::max_yaml_nodes},
    {"max-yaml-depth", &Limits::max_yaml_depth},
    {"max-yaml-bytes", &Limits::max_yaml_bytes},
    {"max-entity-expansion", &Limits::max_entity_expansion},
    {"max-output-ratio", &Limits::max_output_ratio},
    {"max-prefixes", &Limits::max_prefixes},
    {"max-join-rows", &Limits::max_join_rows},
    {"max-path-length", &Limits::max_path_length},
    {"max-canon-steps", &Limits::max_canon_steps},
    {"max-expression-depth", &Limits::max_expression_depth},
    {"max-link-pairs", &Limits::max_link_pairs},
    {"max-shape-depth", &Limits::max_shape_depth},
    {"max-path-visits", &Limits::max_path_visits},
    {"max-diagnostics", &Limits::max_diagnostics},
};
static_assert(std::size(kLimitNames) * sizeof(std::size_t) == sizeof(Limits),
              "each limit has a name; cli/project.schema.json lists them too");

std::unexpected<Error> wrong_usage(std::string message, std::string hint = {}) {
  return fail(DiagnosticCode::wrong_usage, {}, std::move(message), std::move(hint));
}

Expected<void> set_limit(Limits& limits, std::string_view assignment) {
  const std::size_t equals = assignment.find('=');
  const std::string_view name = assignment.substr(0, equals);
  std::size_t* const limit = find_limit(limits, name);
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
  return {};
}

CLI::Validator at_most(std::size_t most) {
  return {[most](std::string& text) {
            std::size_t number = 0;
            const auto [end, error] =
                std::from_chars(text.data(), text.data() + text.size(), number);
            const bool good =
                error == std::errc() && end == text.data() + text.size() && number <= most;
            return good ? std::string() : fmt::format("a number from 0 to {} is wanted", most);
          },
          ""};
}

bool wants_colour(const CommonOptions& options) {
  const char* const no_color = std::getenv("NO_COLOR");
  if (options.no_color || (no_color != nullptr && *no_color != '\0')) return false;
  return ::isatty(STDERR_FILENO) == 1;
}

}  // namespace

void add_common_options(CLI::App& app, CommonOptions& options, OptionSet set) {
  constexpr const char* kGroup = "Common options";
  if (has(set, OptionSet::output)) {
    app.add_option("-o,--output", options.output, "where the result goes (default -, stdout)")
        ->type_name("FILE")
        ->group(kGroup);
  }
  if (has(set, OptionSet::from)) {
    app.add_option("--from", options.from, "format of the input, if its name does not tell")
        ->type_name("FORMAT")
        ->group(kGroup);
  }
  if (has(set, OptionSet::to)) {
    app.add_option("--to", options.to, "format of the output, if its name does not tell")
        ->type_name("FORMAT")
        ->group(kGroup);
  }
  app.add_flag("-q,--quiet", options.quiet, "say only what went wrong")->group(kGroup);
  app.add_flag("-v,--verbose", options.verbose, "every message and the time of each step")
      ->group(kGroup);
  app.add_flag("--json", options.json, "the result as JSON")->group(kGroup);
  app.add_flag("--no-color", options.no_color, "no colours (NO_COLOR does the same)")
      ->group(kGroup);
  if (!has(set, OptionSet::reads)) return;
  app.add_option("--threads", options.threads, "threads to use (default 0, all of the machine)")
      ->type_name("N")
      ->check(at_most(1024))
      ->group(kGroup);
  app.add_option("--memory", options.memory, "ceiling on memory, such as 2G: the run ends past it")
      ->type_name("SIZE")
      ->group(kGroup);
  app.add_option("--limit", options.limits, "raise a limit that a message named")
      ->type_name("NAME=N")
      ->expected(1)
      ->take_all()
      ->group(kGroup);
  app.add_option("--root", options.root, "read nothing outside this folder")
      ->type_name("DIR")
      ->group(kGroup);
  app.add_flag("--allow-network", options.allow_network,
               "allow network sources (this version still fetches none)")
      ->group(kGroup);
  app.add_flag("--strict", options.strict, "warnings about the data count as findings")
      ->group(kGroup);
}

CLI::Validator one_of(std::vector<std::string> words) {
  return {[words = std::move(words)](std::string& text) {
            if (std::ranges::find(words, text) != words.end()) return std::string();
            const auto near = nearest_name(text, words);
            return near ? fmt::format("\"{}\" is not known; did you mean {}?", text, *near)
                        : fmt::format("\"{}\" is not one of {}", text, fmt::join(words, ", "));
          },
          ""};
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
    if (Expected<void> set = set_limit(settings.limits, each); !set) {
      return std::unexpected(set.error());
    }
  }
  std::error_code error;
  if (!settings.root.empty() && !std::filesystem::is_directory(settings.root, error)) {
    return wrong_usage(fmt::format("--root {}: there is no such folder", options.root));
  }
  return settings;
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  std::string unit = to_lower_ascii(text.substr(static_cast<std::size_t>(end - text.data())));
  if (unit.ends_with("ib")) {
    unit.resize(unit.size() - 2);
  } else if (unit.ends_with('b')) {
    unit.pop_back();
  }
  constexpr std::string_view kUnits = "kmgt";
  if (unit.empty()) return number;
  const std::size_t power = kUnits.find(unit);
  if (unit.size() != 1 || power == std::string_view::npos) return std::nullopt;
  const std::size_t shift = (power + 1) * 10;
  if (number > (UINT64_MAX >> shift)) return std::nullopt;
  return number << shift;
}

std::size_t* find_limit(Limits& limits, std::string_view name) {
  const auto* found = std::ranges::find(kLimitNames, name, &LimitName::name);
  return found == std::end(kLimitNames) ? nullptr : &(limits.*(found->member));
}

std::vector<std::string_view> limit_names() {
  std::vector<std::string_view> names;
  for (const LimitName& each : kLimitNames) names.push_back(each.name);
  return names;
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
