#include "cli/load.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/paths.hpp"

namespace dossier {
namespace {

Expected<Format> format_of(const std::string& path, std::optional<Format> told,
                           std::string_view option) {
  if (told) return *told;
  if (path == "-") {
    return fail(DiagnosticCode::unknown_format, {option == "--from" ? "<stdin>" : "<stdout>"},
                fmt::format("has no name that tells its format; {} is wanted", option),
                fmt::format("as in {} turtle", option));
  }
  if (const std::optional<Format> guessed = guess_format(path)) return *guessed;
  return fail(DiagnosticCode::unknown_format, {path}, "the name does not tell the format",
              fmt::format("name it, as in {} turtle", option));
}

}  // namespace

Expected<Format> format_of_input(const std::string& path, std::optional<Format> told) {
  Expected<Format> format = format_of(path, told, "--from");
  if (!format || can_read_rdf(*format)) return format;
  return fail(DiagnosticCode::unknown_format, {path},
              fmt::format("{} cannot be read as statements", info(*format).name),
              "name another format with --from");
}

Expected<Format> format_of_output(const std::string& path, std::optional<Format> told) {
  return format_of(path, told, "--to");
}

Expected<RdfReadCounts> read_rdf_file(const std::string& path, const Settings& settings,
                                      RdfReadOptions options, StatementSinkRef sink,
                                      DiagnosticSink& diagnostics) {
  const Expected<Format> format = format_of_input(path, settings.from);
  if (!format) return std::unexpected(format.error());
  if (Expected<void> inside = check_inside(path, settings.root, {path}); !inside) {
    return std::unexpected(inside.error());
  }
  const Expected<std::unique_ptr<ByteSource>> source = open_input(path, settings.limits);
  if (!source) return std::unexpected(source.error());
  options.threads = settings.threads;
  options.limits = settings.limits;
  return read_rdf(**source, *format, options, sink, diagnostics);
}

std::string blank_scope(std::size_t index, std::size_t count) {
  return count > 1 ? fmt::format("f{}-", index + 1) : std::string();
}

Expected<LoadedGraph> load_rdf_files(std::span<const std::string> paths, const Settings& settings,
                                     const std::string& base, DiagnosticSink& diagnostics,
                                     Progress& progress) {
  LoadedGraph loaded;
  Builder builder;
  progress.begin("read", "statements");
  for (std::size_t i = 0; i < paths.size(); ++i) {
    builder.shard().begin_source(builder.add_source({.path = paths[i]}));
    ShardSink sink(builder.shard(), loaded.prefixes, progress);
    RdfReadOptions options;
    options.base = base;
    options.blank_scope = blank_scope(i, paths.size());
    const Expected<RdfReadCounts> read =
        read_rdf_file(paths[i], settings, options, sink, diagnostics);
    if (!read) return std::unexpected(read.error());
  }
  progress.begin("sort");
  loaded.graph = freeze(std::move(builder), {.threads = settings.threads}, &loaded.counts);
  return loaded;
}

}  // namespace dossier
