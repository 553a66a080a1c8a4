// Statements from one syntax to another as they come. Lines, read or written, go in pieces: each is
// read and formatted by one thread, and the texts are joined in order. The others are read and
// written by one thread, since where pieces of Turtle begin shows in its bytes. Memory: a few
// blocks a thread.
#include <memory>

#include "base/spares.hpp"
#include "cli/convert.hpp"
#include "cli/load.hpp"
#include "cli/places.hpp"
#include "exporters/pieces.hpp"
#include "exporters/turtle_stream.hpp"

namespace dossier {
namespace {

// What ended the writing, and where it stood in the input.
struct WriteFault {
  Error error;
  std::uint64_t offset = 0;
};

// ---- in pieces

class Pieces final : public RdfPieceSink {
 public:
  Pieces(const ConvertJob& job, ByteSink& out, Fallback& fallback, Progress& progress)
      : job_(job), out_(out), fallback_(fallback), progress_(progress), joiner_(job.format, out) {}

  // `from` is the format of the file whose pieces follow.
  void begin_file(Format from) {
    takes_lines_ =
        !fallback_.active() &&
        (from == job_.format || (from == Format::ntriples && is_line_format(job_.format)));
  }

  std::unique_ptr<RdfPiece> open(std::size_t) override {
    return spare_.take([&] { return std::make_unique<Piece>(*this); });
  }
  bool close(std::unique_ptr<RdfPiece> piece) override {
    auto& mine = static_cast<Piece&>(*piece);  // `open` made it
    mine.formatter.take(finished_);
    joiner_.join(finished_);
    written_ += finished_.statements;
    progress_.advance(finished_.statements);
    if (finished_.error) fault_ = WriteFault{std::move(*finished_.error), finished_.error_offset};
    finished_.text.clear();
    finished_.prefixes.clear();
    finished_.error.reset();
    spare_.give_back(std::move(piece));
    return !fault_ && !out_.failed();  // a full disk or a closed pipe: no use in reading on
  }

  std::uint64_t written() const { return written_; }
  const std::optional<WriteFault>& fault() const { return fault_; }

 private:
  struct Piece final : RdfPiece {
    explicit Piece(Pieces& to)
        : pieces(to), formatter(to.job_.format, to.job_.prefixes.value_or(Prefixes())) {}
    bool statement(const StatementView& view) override {
      if (!pieces.fallback_.active()) return formatter.statement(view);
      pieces.fallback_.pass(view, passed);
      return passed.view == nullptr || formatter.statement(*passed.view);
    }
    bool takes_lines() const override { return pieces.takes_lines_; }
    void lines(std::string_view text, std::uint64_t statements) override {
      formatter.lines(text, statements);
    }
    Pieces& pieces;
    PieceFormatter formatter;
    Fallback::Passed passed;
  };

  const ConvertJob& job_;
  ByteSink& out_;
  Fallback& fallback_;
  Progress& progress_;
  PieceJoiner joiner_;
  FormattedPiece finished_;
  bool takes_lines_ = false;
  std::uint64_t written_ = 0;
  std::optional<WriteFault> fault_;
  Spares<RdfPiece> spare_;
};

// ---- one statement after the other

// Passes statements to a writer of Turtle, and stops the reader at its first error.
class Direct {
 public:
  Direct(TurtleStreamWriter& writer, bool keeps_prefixes, ByteSink& out, Fallback& fallback,
         Progress& progress)
      : writer_(writer),
        keeps_prefixes_(keeps_prefixes),
        out_(out),
        fallback_(fallback),
        progress_(progress) {}

  bool statement(const StatementView& view) {
    if (++count_ % kReportEach == 0) {
      progress_.advance(kReportEach);
      if (out_.failed()) return false;
    }
    if (!fallback_.active()) return write(view);
    fallback_.pass(view, passed_);
    return passed_.view == nullptr || write(*passed_.view);
  }
  void prefix(std::string_view name, std::string_view iri) {
    if (keeps_prefixes_) writer_.prefix(name, iri);
  }
  const std::optional<WriteFault>& fault() const { return fault_; }

 private:
  static constexpr std::uint64_t kReportEach = 4096;
  bool write(const StatementView& view) {
    if (writer_.statement(view)) return true;
    if (writer_.error()) fault_ = WriteFault{*writer_.error(), view.offset};
    return false;
  }

  TurtleStreamWriter& writer_;
  bool keeps_prefixes_;
  ByteSink& out_;
  Fallback& fallback_;
  Progress& progress_;
  Fallback::Passed passed_;
  std::uint64_t count_ = 0;
  std::optional<WriteFault> fault_;
};

class StreamConversion {
 public:
  StreamConversion(const ConvertJob& job, const Settings& settings, ByteSink& out,
                   DiagnosticSink& diagnostics, Progress& progress)
      : job_(job),
        settings_(settings),
        out_(out),
        diagnostics_(diagnostics),
        progress_(progress),
        fallback_(job.fallback, job.format, settings.limits) {}

  Expected<ConvertCounts> run(bool pieces) {
    Expected<void> done = pieces ? in_pieces() : as_turtle();
    if (!done) return std::unexpected(done.error());
    counts_.left_out = fallback_.left_out();
    counts_.changed = fallback_.changed();
    return counts_;
  }

 private:
  Expected<void> in_pieces() {
    Pieces pieces(job_, out_, fallback_, progress_);
    // What a fallback counts must not come twice, as it may where Turtle is split.
    Settings alone = settings_;
    alone.threads = 1;
    for (std::size_t i = 0; i < job_.inputs.size() && !out_.failed(); ++i) {
      const Expected<Format> from = format_of_input(job_.inputs[i], settings_.from);
      if (!from) return std::unexpected(from.error());
      pieces.begin_file(*from);
      const bool once = fallback_.active() && *from == Format::turtle;
      if (Expected<void> done = file(i, once ? alone : settings_, pieces, pieces); !done) {
        return done;
      }
    }
    counts_.written = pieces.written();
    return {};
  }
  Expected<void> as_turtle() {
    TurtleStreamWriter writer(job_.format, out_, job_.prefixes.value_or(Prefixes()));
    Direct sink(writer, !job_.prefixes, out_, fallback_, progress_);
    for (std::size_t i = 0; i < job_.inputs.size() && !out_.failed(); ++i) {
      if (Expected<void> done = file(i, settings_, StatementSinkRef(sink), sink); !done)
        return done;
    }
    writer.finish();
    counts_.written = writer.count();
    return {};
  }

  // Reads a file into `to`; `faults` tells what its writer refused.
  template <class To, class Faults>
  Expected<void> file(std::size_t input, const Settings& settings, To&& to, const Faults& faults) {
    const std::string& path = job_.inputs[input];
    const Expected<RdfReadCounts> read =
        read_rdf_file(path, settings, job_.read_options(input), to, diagnostics_);
    fallback_.report(path, diagnostics_);
    if (const std::optional<WriteFault>& fault = faults.fault()) {
      Error error = fault->error;
      error.place = place_in(path, fault->offset, settings_.limits);
      return std::unexpected(std::move(error));
    }
    if (!read) return std::unexpected(read.error());
    counts_.read += read->statements;
    counts_.errors += read->errors;
    return {};
  }

  const ConvertJob& job_;
  const Settings& settings_;
  ByteSink& out_;
  DiagnosticSink& diagnostics_;
  Progress& progress_;
  Fallback fallback_;
  ConvertCounts counts_;
};

}  // namespace

bool can_convert_stream(Format to) {
  return can_write_pieces(to);
}

Expected<ConvertCounts> convert_stream(const ConvertJob& job, const Settings& settings,
                                       DiagnosticSink& diagnostics, Progress& progress) {
  bool pieces = true;
  for (const std::string& each : job.inputs) {
    const Expected<Format> from = format_of_input(each, settings.from);
    if (!from) return std::unexpected(from.error());
    pieces = pieces && (is_line_format(*from) || is_line_format(job.format));
  }
  Expected<std::unique_ptr<ByteSink>> out = open_output(settings.output);
  if (!out) return std::unexpected(out.error());
  progress.begin("convert", "statements");
  Expected<ConvertCounts> counts =
      StreamConversion(job, settings, **out, diagnostics, progress).run(pieces);
  if (!counts) return counts;
  if (Expected<void> done = (*out)->finish(); !done) return std::unexpected(done.error());
  counts->bytes = (*out)->bytes_written();
  return counts;
}

}  // namespace dossier
