#include "cli/load.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/text.hpp"
#include "cli/local_documents.hpp"
#include "cli/paths.hpp"

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

// Pieces of a file, each into the shard of the thread that reads it.
class ShardPieces final : public RdfPieceSink {
 public:
  ShardPieces(Builder& builder, Progress& progress) : builder_(builder), progress_(progress) {}
  std::unique_ptr<RdfPiece> open(std::size_t worker) override {
    return std::make_unique<Piece>(builder_.shard(worker), progress_);
  }
  bool close(std::unique_ptr<RdfPiece>) override { return true; }

 private:
  class Piece final : public RdfPiece {
   public:
    Piece(Shard& shard, Progress& progress) : shard_(shard), progress_(progress) {
      held_.reserve(kHeld);
    }
    // Views of pieces stay valid until the piece is closed (can_split_rdf).
    bool statement(const StatementView& statement) override {
      held_.emplace_back(statement);
      if (held_.size() == kHeld) end();
      return true;
    }
    void end() override {
      shard_.statements(held_);
      progress_.advance(held_.size());
      held_.clear();
    }

   private:
    static constexpr std::size_t kHeld = 64;
    Shard& shard_;
    Progress& progress_;
    std::vector<Shard::Held> held_;
  };
  Builder& builder_;
  Progress& progress_;
};

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
  for (std::size_t shard = 0; shard < into.builder.shard_count(); ++shard) {
    into.builder.shard(shard).begin_source(source);
  }
  options.threads = std::min(settings.threads, into.builder.shard_count());
  options.load_context = local_documents(settings);
  options.limits = settings.limits;
  if (can_split_rdf(file->format)) {
    ShardPieces pieces(into.builder, progress);
    return read_rdf_pieces(*file->source, file->format, options, pieces, diagnostics);
  }
  options.threads = settings.threads;
  ShardSink sink(into.builder.shard(), into.prefixes, progress);
  return read_rdf(*file->source, file->format, options, sink, diagnostics);
}

std::string blank_scope(std::size_t index, std::size_t count) {
  return count > 1 ? fmt::format("f{}-", index + 1) : std::string();
}

Expected<LoadedGraph> load_rdf_files(std::span<const std::string> paths, const Settings& settings,
                                     const RdfLoadOptions& load_options,
                                     DiagnosticSink& diagnostics, Progress& progress) {
  LoadedGraph loaded;
  Builder builder(std::max<std::size_t>(settings.threads, 1));
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
