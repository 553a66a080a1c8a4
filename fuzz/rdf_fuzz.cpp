// Any bytes into one RDF reader (DOSSIER_FUZZ_FORMAT). Not only that nothing crashes; these
// relations must hold:
//   - the size of blocks and the number of threads leave no trace in statements, errors or places;
//   - what strict reading accepts, recovering reads to the same statements without an error;
//   - what strict reading refuses has a place and a message, and recovering delivers at least the
//     statements that came before;
//   - what was read and written as N-Quads is read again as the same statements;
//   - lines that pass in canonical form are what writing their statements gives.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "base/output.hpp"
#include "exporters/pieces.hpp"
#include "exporters/rdf.hpp"
#include "sources/rdf.hpp"

namespace dossier {
namespace {

constexpr Format kFormat = Format::DOSSIER_FUZZ_FORMAT;

// The statements as lines, in order.
struct Lines {
  std::vector<std::string> lines;
  bool statement(const StatementView& view) {
    std::string line =
        to_string(*view.subject) + " " + to_string(*view.predicate) + " " + to_string(*view.object);
    if (view.graph != nullptr) line += " " + to_string(*view.graph);
    lines.push_back(std::move(line));
    return true;
  }
  void prefix(std::string_view, std::string_view) {}
};

struct Outcome {
  std::vector<std::string> lines;
  std::uint64_t errors = 0;
  std::string failure;  // with its place; empty: none
  std::vector<std::string> diagnostics;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome read(std::string_view text, Format format, const RdfReadOptions& options) {
  const auto source = memory_input(text, "fuzz");
  Lines lines;
  DiagnosticCollector collector;
  const auto counts = read_rdf(*source, format, options, lines, collector);
  Outcome outcome;
  outcome.lines = std::move(lines.lines);
  if (!counts) outcome.failure = render(counts.error());
  if (counts) outcome.errors = counts->errors;
  for (const Diagnostic& each : collector.sorted()) outcome.diagnostics.push_back(render(each));
  return outcome;
}

void must(bool holds, const char* relation) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", relation);
  std::abort();
}

std::string written(std::string_view text, const RdfReadOptions& options) {
  const auto source = memory_input(text, "fuzz");
  StringSink sink;
  LineWriter writer(Format::nquads, sink);
  DiagnosticCollector collector;
  must(read_rdf(*source, kFormat, options, writer, collector).has_value(),
       "reading twice gives the same");
  return sink.text();
}

// As `written`, in pieces, canonical lines as they are.
class CanonicalPieces final : public RdfPieceSink {
 public:
  std::unique_ptr<RdfPiece> open(std::size_t) override { return std::make_unique<Piece>(); }
  bool close(std::unique_ptr<RdfPiece> piece) override {
    FormattedPiece finished;
    static_cast<Piece&>(*piece).formatter.take(finished);
    text.append(finished.text.text());
    return true;
  }
  std::string text;

 private:
  struct Piece final : RdfPiece {
    PieceFormatter formatter{Format::nquads, {}};
    bool statement(const StatementView& view) override { return formatter.statement(view); }
    bool takes_lines() const override { return true; }
    void lines(std::string_view some, std::uint64_t statements) override {
      formatter.lines(some, statements);
    }
  };
};

std::string written_in_pieces(std::string_view text, const RdfReadOptions& options) {
  const auto source = memory_input(text, "fuzz");
  CanonicalPieces pieces;
  DiagnosticCollector collector;
  must(read_rdf_pieces(*source, kFormat, options, pieces, collector).has_value(),
       "reading in pieces finds no error");
  return pieces.text;
}

void check(std::string_view text) {
  RdfReadOptions options;
  options.base = "http://base/";
  options.limits.max_triple_depth = 50;
  for (const bool recover : {false, true}) {
    options.recover = recover;
    options.block_bytes = std::size_t{1} << 12;
    const Outcome whole = read(text, kFormat, options);
    for (const std::size_t block : {16u, 61u}) {
      options.block_bytes = block;
      must(read(text, kFormat, options) == whole, "blocks leave no trace");
    }
    // Threads cost a hundred times what the rest does: one input in sixteen.
    if (can_split_rdf(kFormat) && hash_bytes(text) % 16 == 0) {
      options.threads = 2;
      must(read(text, kFormat, options) == whole, "threads leave no trace");
      options.threads = 1;
    }
  }
  options.block_bytes = std::size_t{1} << 12;
  const Outcome recovered = read(text, kFormat, options);
  options.recover = false;
  const Outcome strict = read(text, kFormat, options);
  if (!strict.failure.empty()) {
    must(strict.failure.starts_with("fuzz"), "a refusal has a place");
    must(recovered.errors > 0 || !recovered.failure.empty(), "recovering finds the error too");
    must(recovered.lines.size() >= strict.lines.size() &&
             std::equal(strict.lines.begin(), strict.lines.end(), recovered.lines.begin()),
         "recovering delivers what strict reading did");
    return;
  }
  must(recovered == strict, "recovering changes nothing in a good document");
  const std::string lines = written(text, options);
  must(read(lines, Format::nquads, options).lines == strict.lines,
       "what is written is read as the same");
  must(written_in_pieces(text, options) == lines, "canonical lines pass as they are");
  if (can_split_rdf(kFormat) && hash_bytes(text) % 16 == 0) {
    options.threads = 2;
    must(written_in_pieces(text, options) == lines, "pieces of two threads are those of one");
  }
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  dossier::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
