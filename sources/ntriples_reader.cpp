#include "sources/ntriples_reader.hpp"

#include <atomic>
#include <memory>

#include "base/spares.hpp"
#include "base/thread_pool.hpp"
#include "sources/ntriples_chunk.hpp"
#include "sources/pieces_in_order.hpp"

namespace dossier {
namespace {

constexpr std::size_t kAroundLiteral = std::size_t{1} << 20;  // the rest of a line

LineChunks chunks_of(ByteSource& source, const RdfReadOptions& options) {
  return {source, options.block_bytes, options.limits.max_literal_bytes + kAroundLiteral};
}

Expected<RdfReadCounts> read_alone(ByteSource& source, bool quads, const RdfReadOptions& options,
                                   StatementSinkRef sink, DiagnosticSink& diagnostics) {
  LineChunks chunks = chunks_of(source, options);
  ChunkCollector collector(source.name(), diagnostics);
  StackArena arena;
  ChunkParser parser(quads, options, arena, false);
  while (std::optional<LineChunk> chunk = chunks.next()) {
    const ChunkResult result = parser.parse(*chunk, sink);
    collector.count(result.statements);
    if (!collector.take(result, *chunk)) break;
    chunks.give_back(std::move(*chunk));
  }
  return collector.finish();
}

struct ParsedChunk {
  LineChunk chunk;
  std::unique_ptr<StackArena> arena;
  std::unique_ptr<RdfPiece> piece;
  ChunkResult result;
};

}  // namespace

Expected<RdfReadCounts> read_ntriples_pieces(ByteSource& source, bool quads,
                                             const RdfReadOptions& options, RdfPieceSink& sink,
                                             DiagnosticSink& diagnostics) {
  LineChunks chunks = chunks_of(source, options);
  ChunkCollector collector(source.name(), diagnostics);
  Spares<StackArena> arenas;
  std::atomic<bool> stop = false;
  const auto produce = [&]() -> std::optional<LineChunk> {
    if (stop) return std::nullopt;
    return chunks.next();
  };
  const auto work = [&](LineChunk&& chunk, std::size_t worker) {
    ParsedChunk parsed{std::move(chunk), arenas.take(), sink.open(worker), {}};
    ChunkParser parser(quads, options, *parsed.arena, true);
    PieceSink piece(*parsed.piece);
    parsed.result = parser.parse(parsed.chunk, piece,
                                 parsed.piece->takes_lines() ? parsed.piece.get() : nullptr);
    parsed.piece->end();
    return parsed;
  };
  const auto consume = [&](ParsedChunk&& parsed) {
    if (stop) return;
    collector.count(parsed.result.statements);
    const bool goes_on = sink.close(std::move(parsed.piece));
    if (!goes_on || !collector.take(parsed.result, parsed.chunk)) stop = true;
    parsed.arena->release({});
    arenas.give_back(std::move(parsed.arena));
    chunks.give_back(std::move(parsed.chunk));
  };
  ordered_pipeline(options.threads, produce, work, consume);
  return collector.finish();
}

Expected<RdfReadCounts> read_ntriples(ByteSource& source, bool quads, const RdfReadOptions& options,
                                      StatementSinkRef sink, DiagnosticSink& diagnostics) {
  if (options.threads <= 1) return read_alone(source, quads, options, sink, diagnostics);
  PiecesInOrder in_order(sink);
  Expected<RdfReadCounts> counts =
      read_ntriples_pieces(source, quads, options, in_order, diagnostics);
  if (counts) counts->statements = in_order.delivered();
  return counts;
}

}  // namespace dossier
