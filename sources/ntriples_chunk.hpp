// What one chunk of lines gives, and how results of chunks come together in the order of the
// document: shared by the ways of reading N-Triples and N-Quads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/line_chunks.hpp"
#include "sources/ntriples_parser.hpp"

namespace dossier {

// A fault with its line in the chunk (from 0) and its column.
struct PlacedFault {
  std::uint64_t line = 0;
  std::uint64_t column = 0;
  SyntaxFault fault;
};

// `faults` has at most one that ended the chunk: when not recovering, or when a limit was passed.
struct ChunkResult {
  std::uint64_t statements = 0;
  std::uint64_t lines = 0;
  std::vector<PlacedFault> faults;
  bool broken = false;   // the last fault ended the chunk
  bool stopped = false;  // by the sink
};

// Parses chunks, one after the other; checks their UTF-8 first. One thread.
class ChunkParser {
 public:
  // For `keep` see NTriplesParser.
  ChunkParser(bool quads, const RdfReadOptions& options, StackArena& arena, bool keep)
      : recover_(options.recover), parser_(quads, options, arena, keep) {}

  ChunkResult parse(const LineChunk& chunk, StatementSinkRef sink, RdfPiece* canonical = nullptr);

 private:
  void parse_valid(std::string_view text, std::uint64_t offset, StatementSinkRef sink,
                   RdfPiece* canonical, ChunkResult& result);
  void add_bad_byte(std::string_view text, std::size_t line, std::size_t bad, ChunkResult& result);

  bool recover_;
  NTriplesParser parser_;
};

// Takes results in the order of the document: places for faults, counts, the first failure.
class ChunkCollector {
 public:
  ChunkCollector(const std::string& name, DiagnosticSink& diagnostics)
      : name_(name), diagnostics_(diagnostics) {}

  // False when reading ends here.
  bool take(const ChunkResult& result, const LineChunk& chunk);
  void count(std::uint64_t statements) { counts_.statements += statements; }
  Expected<RdfReadCounts> finish();

 private:
  const std::string& name_;
  DiagnosticSink& diagnostics_;
  std::uint64_t lines_ = 0;
  RdfReadCounts counts_;
  std::optional<Error> failure_;
};

}  // namespace dossier
