#include "sources/turtle_split.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>

#include "base/spares.hpp"
#include "base/thread_pool.hpp"
#include "sources/passing_pieces.hpp"
#include "sources/turtle_chunks.hpp"
#include "sources/turtle_parser.hpp"
#include "sources/turtle_reader.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMaxPrefixes = 1000;     // more would cost each chunk too much
constexpr std::size_t kGoodChunks = 8;         // side by side: guessing was worth it
constexpr std::uint64_t kLongestAlone = 1024;  // blocks

// Tells its end and its failure again whenever it is asked.
class StickySource final : public ByteSource {
 public:
  explicit StickySource(ByteSource& source) : ByteSource(source.name()), source_(source) {}
  Expected<std::size_t> read(std::span<char> into) override {
    if (error_) return std::unexpected(*error_);
    if (ended_) return 0;
    Expected<std::size_t> got = source_.read(into);
    if (!got) error_ = got.error();
    ended_ = !got || *got < into.size();
    return got;
  }

 private:
  ByteSource& source_;
  bool ended_ = false;
  std::optional<Error> error_;
};

// Memory that is used again, because fresh memory costs more than parsing.
struct ChunkMemory {
  struct Entry {
    TermView subject;
    TermView predicate;
    TermView object;
    std::uint64_t offset = 0;
  };
  std::vector<Entry> unsettled;  // statements from the first one on that has an anonymous node
  StackArena arena;
};

// Statements of a chunk into its piece, as far as their nodes have labels already.
class ChunkSink {
 public:
  ChunkSink(RdfPiece& piece, ChunkMemory& memory) : piece_(piece), memory_(memory) {}
  bool statement(const StatementView& view) {
    if (view.object->kind == TermKind::triple && !settled(*view.object)) {
      possible_ = false;
      return false;
    }
    if (memory_.unsettled.empty() && !TurtleTerms::is_unsettled(*view.subject) &&
        !TurtleTerms::is_unsettled(*view.object)) {
      wanted_ = piece_.statement(view);
      return wanted_;
    }
    memory_.unsettled.push_back({*view.subject, *view.predicate, *view.object, view.offset});
    return true;
  }
  void prefix(std::string_view, std::string_view) {}
  bool possible() const { return possible_; }
  bool wanted() const { return wanted_; }

 private:
  // Terms inside of a triple term stay without labels; so it must not have anonymous nodes.
  static bool settled(const TermView& object) {
    const TermView* at = &object;
    for (; at->kind == TermKind::triple; at = &at->triple->object) {
      if (TurtleTerms::is_unsettled(at->triple->subject)) return false;
    }
    return !TurtleTerms::is_unsettled(*at);
  }

  RdfPiece& piece_;
  ChunkMemory& memory_;
  bool possible_ = true;
  bool wanted_ = true;
};

// A chunk and what its reader found.
struct ReadChunk {
  ReadChunk(ByteSource& source, TurtleChunk&& chunk, const RdfReadOptions& options,
            const TurtleContext& context, std::unique_ptr<RdfPiece> to,
            std::unique_ptr<ChunkMemory> with)
      : piece(std::move(to)),
        memory(std::move(with)),
        window(source, std::move(chunk.text), chunk.offset),
        sink(*piece, *memory),
        parser(window, options, sink, context, {std::move(memory->arena)}) {
    whole = parser.run() && sink.possible();
    if (!whole) return;
    if (memory->unsettled.empty()) piece->end();
    length.advance(window.text());
  }

  std::unique_ptr<RdfPiece> piece;
  std::unique_ptr<ChunkMemory> memory;
  ByteWindow window;
  ChunkSink sink;
  TurtleParser parser;
  bool whole = false;  // statements and nothing else, up to its end or to where no more was wanted
  TextPosition length;
};

class TurtleSplitReader {
 public:
  TurtleSplitReader(ByteSource& source, const RdfReadOptions& options, RdfPieceSink& sink,
                    DiagnosticSink& diagnostics)
      : source_(source),
        options_(options),
        sink_(sink),
        diagnostics_(diagnostics),
        context_{.base = IriBase(options.base)} {}

  Expected<RdfReadCounts> run() {
    for (std::uint64_t blocks = 1;;) {
      if (Expected<void> read = read_alone(blocks); !read) return std::unexpected(read.error());
      if (ended_) return counts_;
      std::size_t good = 0;
      if (context_.prefixes.size() <= kMaxPrefixes) good = read_side_by_side();
      if (ended_) return counts_;
      blocks = good >= kGoodChunks ? 1 : std::min(blocks * 2, kLongestAlone);
    }
  }

 private:
  // At least so many blocks, up to where a statement begins.
  Expected<void> read_alone(std::uint64_t blocks) {
    const std::uint64_t until = offset_ + blocks * options_.block_bytes;
    ByteWindow window(source_, options_.block_bytes, max_turtle_token(options_.limits),
                      {std::move(head_), offset_, position_});
    PassingPieces pieces(sink_);
    TurtleParser parser(window, options_, pieces, std::move(context_));
    Expected<void> passed;
    while (passed && !parser.run(until)) {
      passed = pass_turtle_fault(parser, window, options_.recover, counts_, diagnostics_);
    }
    const bool goes_on = pieces.close();
    if (!passed) return passed;
    counts_.statements += parser.statements();
    ended_ = !goes_on || parser.stopped() || parser.at_end();
    offset_ = window.offset(parser.at());
    position_ = window.position(parser.at());
    head_ = window.rest(parser.at());
    context_ = parser.terms().context();
    return {};
  }

  // Returns how many chunks were whole; what follows them is in head_ again.
  std::size_t read_side_by_side() {
    TurtleChunks chunks(source_, std::move(head_), offset_, options_.block_bytes);
    TurtleContext context = context_;
    context.anonymous = 0;
    std::size_t good = 0;
    std::atomic<bool> over = false;
    std::vector<char> left;
    const auto produce = [&]() -> std::optional<TurtleChunk> {
      if (over) return std::nullopt;
      return chunks.next();
    };
    const auto work = [&](TurtleChunk&& chunk, std::size_t worker) {
      return std::make_unique<ReadChunk>(source_, std::move(chunk), options_, context,
                                         sink_.open(worker), spare_.take());
    };
    const auto consume = [&](std::unique_ptr<ReadChunk>&& chunk) {
      const std::vector<char>& text = chunk->window.bytes();
      if (!over && chunk->whole) {
        ++good;
        if (!deliver(*chunk)) over = ended_ = true;
        position_.advance({text.data(), text.size()}, chunk->length);
        offset_ += text.size();
      } else {
        over = true;
        left.insert(left.end(), text.begin(), text.end());
      }
      give_back(*chunk);
    };
    ordered_pipeline(options_.threads, produce, work, consume);
    const std::vector<char> rest = chunks.take_rest();
    left.insert(left.end(), rest.begin(), rest.end());
    head_ = std::move(left);
    return good;
  }

  // False when the sink wants no more.
  bool deliver(ReadChunk& chunk) {
    TurtleTerms& terms = chunk.parser.terms();
    bool wanted = chunk.sink.wanted();
    counts_.statements += chunk.parser.statements();
    if (!chunk.memory->unsettled.empty()) {
      for (ChunkMemory::Entry& each : chunk.memory->unsettled) {
        terms.settle(each.subject, context_.anonymous);
        terms.settle(each.object, context_.anonymous);
        wanted = chunk.piece->statement(
            {&each.subject, &each.predicate, &each.object, nullptr, each.offset});
        if (!wanted) break;
      }
      chunk.piece->end();
    }
    context_.anonymous += terms.anonymous();
    return sink_.close(std::move(chunk.piece)) && wanted;
  }

  void give_back(ReadChunk& chunk) {
    std::unique_ptr<ChunkMemory> memory = std::move(chunk.memory);
    memory->arena = std::move(chunk.parser.terms().arena());
    memory->arena.clear();
    memory->unsettled.clear();
    spare_.give_back(std::move(memory));
  }

  StickySource source_;
  const RdfReadOptions& options_;
  RdfPieceSink& sink_;
  DiagnosticSink& diagnostics_;
  RdfReadCounts counts_;
  // Where the next statement begins, and what was read from there on.
  std::uint64_t offset_ = 0;
  TextPosition position_;
  TurtleContext context_;
  std::vector<char> head_;
  bool ended_ = false;
  Spares<ChunkMemory> spare_;
};

}  // namespace

bool can_split_turtle(const RdfReadOptions& options) {
  return max_turtle_token(options.limits) / TurtleChunks::kMostBlocks >= options.block_bytes;
}

Expected<RdfReadCounts> read_turtle_split(ByteSource& source, const RdfReadOptions& options,
                                          RdfPieceSink& sink, DiagnosticSink& diagnostics) {
  return TurtleSplitReader(source, options, sink, diagnostics).run();
}

}  // namespace dossier
