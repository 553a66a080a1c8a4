#include "cli/load.hpp"

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/text.hpp"
#include "cli/local_documents.hpp"
#include "cli/paths.hpp"
#include "sources/shard_pieces.hpp"

namespace dossier {
namespace {

Expected<Format> format_of(const std::string& path, std::optional<Format> told,
                           std::string_view option) {
  if (told) return *told;
  if (path == "-") {
    return fail(code::unknown_format, {option == "--from" ? "<stdin>" : "<stdout>"},
                fmt::format("has no name that tells its format; {} is wanted", option),
                fmt::format("as in {} turtle", option));
  }
  if (const std::optional<Format> guessed = guess_format(path)) return *guessed;
  return fail(code::unknown_format, {path}, "the name does not tell the format",
              fmt::format("name it, as in {} turtle", option));
}

struct OpenedFile {
  Format format;
  std::unique_ptr<ByteSource> source;
};

Expected<OpenedFile> open_rdf_file(const std::string& path, const Settings& settings) {
  const Expected<Format> format = format_of_input(path, settings.from);
  if (!format) return std::unexpected(format.error());
  if (Expected<void> inside = check_inside(path, settings.root, {path}); !inside) {
    return std::unexpected(inside.error());
  }
  Expected<std::unique_ptr<ByteSource>> source = open_input(path, settings.limits);
  if (!source) return std::unexpected(source.error());
  return OpenedFile{*format, std::move(*source)};
}

}  // namespace

Expected<Format> format_of_input(const std::string& path, std::optional<Format> told) {
  Expected<Format> format = format_of(path, told, "--from");
  if (!format || can_read_rdf(*format)) return format;
  return fail(code::unknown_format, {path},
              fmt::format("{} cannot be read as statements", info(*format).name),
              "name another format with --from");
}

Expected<Format> format_of_output(const std::string& path, std::optional<Format> told) {
  return format_of(path, told, "--to");
}

Expected<RdfReadCounts> read_rdf_file(const std::string& path, const Settings& settings,
                                      RdfReadOptions options, StatementSinkRef sink,
                                      DiagnosticSink& diagnostics) {
  Expected<OpenedFile> file = open_rdf_file(path, settings);
  if (!file) return std::unexpected(file.error());
  options.threads = settings.threads;
  options.load_context = local_documents(settings);
  options.limits = settings.limits;
  return read_rdf(*file->source, file->format, options, sink, diagnostics);
}

Expected<RdfReadCounts> read_rdf_file(const std::string& path, const Settings& settings,
                                      RdfReadOptions options, RdfPieceSink& sink,
                                      DiagnosticSink& diagnostics) {
  Expected<OpenedFile> file = open_rdf_file(path, settings);
  if (!file) return std::unexpected(file.error());
  options.threads = settings.threads;
  options.load_context = local_documents(settings);
  options.limits = settings.limits;
  return read_rdf_pieces(*file->source, file->format, options, sink, diagnostics);
}

Expected<RdfReadCounts> read_into(const LoadTarget& into, SourceInfo info, const Settings& settings,
                                  RdfReadOptions options, DiagnosticSink& diagnostics,
                                  Progress& progress) {
  const std::string path = info.path;
  Expected<OpenedFile> file = open_rdf_file(path, settings);
  if (!file) return std::unexpected(file.error());
  const SourceId source = into.builder.add_source(std::move(info));
  into.builder.shard().begin_source(source);
  options.threads = settings.threads;
  options.load_context = local_documents(settings);
  options.limits = settings.limits;
  ShardPieces pieces(
      into.builder.shard(),
      {[&](std::uint64_t statements) { progress.advance(statements); },
       [&](std::string_view name, std::string_view iri) { into.prefixes.set(name, iri); }});
  return read_rdf_pieces(*file->source, file->format, options, pieces, diagnostics);
}

std::string blank_scope(std::size_t index, std::size_t count) {
  return count > 1 ? fmt::format("f{}-", index + 1) : std::string();
}

Expected<LoadedGraph> load_rdf_files(std::span<const std::string> paths, const Settings& settings,
                                     const RdfLoadOptions& load_options,
                                     DiagnosticSink& diagnostics, Progress& progress) {
  LoadedGraph loaded;
  Builder builder;
  progress.begin("read", "statements");
  for (std::size_t i = 0; i < paths.size(); ++i) {
    RdfReadOptions options;
    options.base = load_options.base;
    options.recover = load_options.recover;
    options.blank_scope = blank_scope(i, paths.size());
    const Expected<RdfReadCounts> read =
        read_into({builder, loaded.prefixes}, {.path = paths[i]}, settings, std::move(options),
                  diagnostics, progress);
    if (!read) return std::unexpected(read.error());
    loaded.errors += read->errors;
  }
  progress.begin("sort");
  loaded.graph = freeze(std::move(builder), {.threads = settings.threads}, &loaded.counts);
  return loaded;
}

}  // namespace dossier
