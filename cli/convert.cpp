#include "cli/convert.hpp"

#include <charconv>

#include "cli/load.hpp"
#include "cli/places.hpp"

namespace dossier {
namespace {

// Counts, from any thread.
class CheckPieces final : public RdfPieceSink {
 public:
  explicit CheckPieces(Progress& progress) : progress_(progress) {}
  std::unique_ptr<RdfPiece> open(std::size_t) override { return std::make_unique<Piece>(); }
  bool close(std::unique_ptr<RdfPiece> piece) override {
    progress_.advance(static_cast<Piece&>(*piece).count);
    return true;
  }

 private:
  struct Piece final : RdfPiece {
    std::uint64_t count = 0;
    bool statement(const StatementView&) override {
      ++count;
      return true;
    }
    bool takes_lines() const override { return true; }
    void lines(std::string_view, std::uint64_t statements) override { count += statements; }
  };
  Progress& progress_;
};

// Statements into a shard, past a fallback.
class FallbackShard {
 public:
  FallbackShard(ShardSink& shard, Fallback& fallback) : shard_(shard), fallback_(fallback) {}
  bool statement(const StatementView& view) {
    fallback_.pass(view, passed_);
    return passed_.view == nullptr || shard_.statement(*passed_.view);
  }
  void prefix(std::string_view name, std::string_view iri) { shard_.prefix(name, iri); }

 private:
  ShardSink& shard_;
  Fallback& fallback_;
  Fallback::Passed passed_;
};

// load_rdf_files, past a fallback: by one thread, since what is left out is rare and told in order.
Expected<LoadedGraph> load_with_fallback(const ConvertJob& job, const Settings& settings,
                                         Fallback& fallback, ConvertCounts& counts,
                                         DiagnosticSink& diagnostics, Progress& progress) {
  LoadedGraph loaded;
  Builder builder(1);
  progress.begin("read", "statements");
  for (std::size_t i = 0; i < job.inputs.size(); ++i) {
    builder.shard().begin_source(builder.add_source({.path = job.inputs[i]}));
    ShardSink shard(builder.shard(), loaded.prefixes, progress);
    FallbackShard sink(shard, fallback);
    const Expected<RdfReadCounts> read =
        read_rdf_file(job.inputs[i], settings, job.read_options(i), sink, diagnostics);
    if (!read) return std::unexpected(read.error());
    counts.read += read->statements;
    counts.errors += read->errors;
    fallback.report(job.inputs[i], diagnostics);
  }
  progress.begin("sort");
  loaded.graph = freeze(std::move(builder), {.threads = settings.threads}, &loaded.counts);
  return loaded;
}

// A writer knows the byte in the source only ("byte 17").
Error with_line(Error error, const Limits& limits) {
  constexpr std::string_view kByte = "byte ";
  const std::string& locator = error.place.locator;
  if (!locator.starts_with(kByte)) return error;
  std::uint64_t offset = 0;
  std::from_chars(locator.data() + kByte.size(), locator.data() + locator.size(), offset);
  const Place place = place_in(error.place.file, offset, limits);
  if (place.line > 0) error.place = place;
  return error;
}

Expected<LoadedGraph> load(const ConvertJob& job, const Settings& settings, Fallback& fallback,
                           ConvertCounts& counts, DiagnosticSink& diagnostics, Progress& progress) {
  if (fallback.active()) {
    return load_with_fallback(job, settings, fallback, counts, diagnostics, progress);
  }
  RdfLoadOptions options{.base = job.base, .recover = job.recover};
  Expected<LoadedGraph> loaded =
      load_rdf_files(job.inputs, settings, options, diagnostics, progress);
  if (loaded) {
    counts.read = loaded->counts.statements_in;
    counts.errors = loaded->errors;
  }
  return loaded;
}

}  // namespace

RdfReadOptions ConvertJob::read_options(std::size_t input) const {
  RdfReadOptions options;
  options.base = base;
  options.blank_scope = blank_scope(input, inputs.size());
  options.recover = recover;
  return options;
}

Expected<ConvertCounts> convert_graph(const ConvertJob& job, const Settings& settings,
                                      DiagnosticSink& diagnostics, Progress& progress) {
  ConvertCounts counts;
  Fallback fallback(job.fallback, job.format, settings.limits);
  Expected<LoadedGraph> loaded = load(job, settings, fallback, counts, diagnostics, progress);
  if (!loaded) return std::unexpected(loaded.error());
  RdfWriteOptions options;
  options.prefixes = job.prefixes.value_or(loaded->prefixes);
  options.threads = settings.threads;
  options.mode = job.mode;
  options.context = job.context;
  options.on_share = [&](double done) { progress.share(done); };
  progress.begin("write");
  Expected<std::unique_ptr<ByteSink>> out = open_output(settings.output);
  if (!out) return std::unexpected(out.error());
  const Expected<RdfWriteCounts> written = write_rdf(loaded->graph, job.format, options, **out);
  if (!written) return std::unexpected(with_line(written.error(), settings.limits));
  if (Expected<void> done = (*out)->finish(); !done) return std::unexpected(done.error());
  counts.left_out = fallback.left_out();
  counts.changed = fallback.changed();
  counts.duplicates = loaded->counts.duplicates;
  counts.written = written->statements;
  counts.bytes = written->bytes;
  return counts;
}

Expected<ConvertCounts> check_only(const ConvertJob& job, const Settings& settings,
                                   DiagnosticSink& diagnostics, Progress& progress) {
  ConvertCounts counts;
  progress.begin("check", "statements");
  CheckPieces pieces(progress);
  for (std::size_t i = 0; i < job.inputs.size(); ++i) {
    const Expected<RdfReadCounts> read =
        read_rdf_file(job.inputs[i], settings, job.read_options(i), pieces, diagnostics);
    if (!read) return std::unexpected(read.error());
    counts.read += read->statements;
    counts.errors += read->errors;
  }
  return counts;
}

}  // namespace dossier
