#include "sources/ntriples_reader.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include <fmt/format.h>

#include "base/thread_pool.hpp"
#include "base/utf8.hpp"
#include "sources/line_chunks.hpp"
#include "sources/ntriples_parser.hpp"

namespace dossier {
namespace {

constexpr std::size_t kAroundLiteral = std::size_t{1} << 20;  // the rest of a line

// A fault with its line in the chunk (from 0) and its column.
struct PlacedFault {
  std::uint64_t line = 0;
  std::uint64_t column = 0;
  SyntaxFault fault;
};

// What parsing a chunk gave. `faults` has at most one that ended it: when not recovering, or when a
// limit was passed.
struct ChunkResult {
  std::uint64_t statements = 0;
  std::uint64_t lines = 0;
  std::vector<PlacedFault> faults;
  bool broken = false;  // the last fault ended the chunk
};

class ChunkParser {
 public:
  ChunkParser(bool quads, const RdfReadOptions& options, StackArena& arena, bool keep)
      : recover_(options.recover), parser_(quads, options, arena, keep) {}

  ChunkResult parse(const LineChunk& chunk, StatementSinkRef sink) {
    ChunkResult result;
    std::string_view rest = chunk.text();
    while (!rest.empty() && !result.broken && !parser_.stopped()) {
      const std::size_t offset = chunk.size - rest.size();
      const std::size_t bad = find_invalid_utf8(rest);
      const std::size_t good = bad == kUtf8Valid ? rest.size() : line_start(rest, bad);
      parse_valid(rest.substr(0, good), chunk.offset + offset, sink, result);
      if (bad == kUtf8Valid || result.broken || parser_.stopped()) break;
      add_bad_byte(rest, good, bad, result);
      rest.remove_prefix(std::min(line_end(rest, bad), rest.size()));
    }
    return result;
  }

  bool stopped() const { return parser_.stopped(); }

 private:
  void parse_valid(std::string_view text, std::uint64_t offset, StatementSinkRef sink,
                   ChunkResult& result) {
    parser_.begin(text, offset);
    while (!parser_.run(sink)) {
      const SyntaxFault& fault = parser_.fault();
      const std::string_view before(parser_.line_start(),
                                    static_cast<std::size_t>(fault.at - parser_.line_start()));
      result.faults.push_back(
          {result.lines + parser_.lines(), 1 + count_code_points(before), fault});
      if (!recover_ || fault.code == DiagnosticCode::limit_exceeded) {
        result.broken = true;
        break;
      }
      parser_.skip_line();
    }
    result.statements += parser_.statements();
    result.lines += parser_.lines();
  }

  void add_bad_byte(std::string_view text, std::size_t line, std::size_t bad, ChunkResult& result) {
    SyntaxFault fault{
        DiagnosticCode::invalid_utf8, text.data() + bad,
        fmt::format("byte 0x{:02X} is not UTF-8", static_cast<unsigned char>(text[bad])),
        "RDF files are UTF-8: convert the file"};
    result.faults.push_back(
        {result.lines, 1 + count_code_points(text.substr(line, bad - line)), std::move(fault)});
    ++result.lines;
    result.broken = !recover_;
  }

  static std::size_t line_start(std::string_view text, std::size_t at) {
    const std::size_t before = text.substr(0, at).find_last_of("\r\n");
    return before == std::string_view::npos ? 0 : before + 1;
  }
  // Behind the line in which `at` stands.
  static std::size_t line_end(std::string_view text, std::size_t at) {
    const std::size_t end = text.find_first_of("\r\n", at);
    if (end == std::string_view::npos) return text.size();
    return end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
  }

  bool recover_;
  NTriplesParser parser_;
};

// Statements kept until their turn; texts stay in the chunk and its arena.
class Recorder {
 public:
  bool statement(const StatementView& view) {
    Entry& entry = entries_.emplace_back();
    entry.subject = *view.subject;
    entry.predicate = *view.predicate;
    entry.object = *view.object;
    if (view.graph != nullptr) entry.graph = *view.graph;
    entry.has_graph = view.graph != nullptr;
    entry.offset = view.offset;
    return true;
  }
  void prefix(std::string_view, std::string_view) {}
  void clear() { entries_.clear(); }

  // False when the sink wants no more.
  bool replay(StatementSinkRef sink, std::uint64_t& delivered) const {
    for (const Entry& entry : entries_) {
      ++delivered;
      if (!sink.statement({&entry.subject, &entry.predicate, &entry.object,
                           entry.has_graph ? &entry.graph : nullptr, entry.offset})) {
        return false;
      }
    }
    return true;
  }

 private:
  struct Entry {
    TermView subject;
    TermView predicate;
    TermView object;
    TermView graph;
    bool has_graph = false;
    std::uint64_t offset = 0;
  };
  std::vector<Entry> entries_;
};

// Takes results in the order of the document: places for faults, counts, the first failure.
class Collector {
 public:
  Collector(const std::string& name, const RdfReadOptions& options, DiagnosticSink& diagnostics)
      : name_(name), recover_(options.recover), diagnostics_(diagnostics) {}

  // False when reading ends here.
  bool take(const ChunkResult& result, const LineChunk& chunk) {
    for (const PlacedFault& each : result.faults) {
      const bool last = result.broken && &each == &result.faults.back();
      Diagnostic diagnostic =
          make_diagnostic(each.fault.code, {name_, lines_ + each.line + 1, each.column, {}},
                          each.fault.message, each.fault.hint);
      if (last) {
        failure_ = std::move(diagnostic);
        return false;
      }
      ++counts_.errors;
      diagnostics_.report(std::move(diagnostic));
    }
    lines_ += result.lines;
    if (chunk.error) failure_ = *chunk.error;
    return !chunk.error;
  }

  RdfReadCounts& counts() { return counts_; }
  Expected<RdfReadCounts> finish() {
    if (failure_) return std::unexpected(std::move(*failure_));
    return counts_;
  }

 private:
  const std::string& name_;
  bool recover_;
  DiagnosticSink& diagnostics_;
  std::uint64_t lines_ = 0;
  RdfReadCounts counts_;
  std::optional<Error> failure_;
};

Expected<RdfReadCounts> read_alone(LineChunks& chunks, bool quads, const RdfReadOptions& options,
                                   StatementSinkRef sink, Collector& collector) {
  StackArena arena;
  ChunkParser parser(quads, options, arena, false);
  while (std::optional<LineChunk> chunk = chunks.next()) {
    const ChunkResult result = parser.parse(*chunk, sink);
    collector.counts().statements += result.statements;
    if (!collector.take(result, *chunk) || parser.stopped()) break;
    chunks.give_back(std::move(*chunk));
  }
  return collector.finish();
}

// What a chunk's statements stand in until their turn; used again, because fresh memory costs more
// than parsing.
struct Record {
  StackArena arena;
  Recorder recorder;
};

class Records {
 public:
  std::unique_ptr<Record> take() {
    const std::scoped_lock lock(mutex_);
    if (spare_.empty()) return std::make_unique<Record>();
    std::unique_ptr<Record> record = std::move(spare_.back());
    spare_.pop_back();
    return record;
  }
  void give_back(std::unique_ptr<Record> record) {
    record->arena.release({});
    record->recorder.clear();
    const std::scoped_lock lock(mutex_);
    spare_.push_back(std::move(record));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Record>> spare_;
};

struct ParsedChunk {
  LineChunk chunk;
  std::unique_ptr<Record> record;
  ChunkResult result;
};

Expected<RdfReadCounts> read_together(LineChunks& chunks, bool quads, const RdfReadOptions& options,
                                      StatementSinkRef sink, Collector& collector) {
  Records records;
  std::atomic<bool> stop = false;
  const auto produce = [&]() -> std::optional<LineChunk> {
    if (stop) return std::nullopt;
    return chunks.next();
  };
  const auto work = [&](LineChunk&& chunk, std::size_t) {
    ParsedChunk parsed{std::move(chunk), records.take(), {}};
    ChunkParser parser(quads, options, parsed.record->arena, true);
    parsed.result = parser.parse(parsed.chunk, parsed.record->recorder);
    return parsed;
  };
  const auto consume = [&](ParsedChunk&& parsed) {
    if (stop) return;
    if (!parsed.record->recorder.replay(sink, collector.counts().statements) ||
        !collector.take(parsed.result, parsed.chunk)) {
      stop = true;
    }
    records.give_back(std::move(parsed.record));
    chunks.give_back(std::move(parsed.chunk));
  };
  ordered_pipeline(options.threads, produce, work, consume);
  return collector.finish();
}

}  // namespace

Expected<RdfReadCounts> read_ntriples(ByteSource& source, bool quads, const RdfReadOptions& options,
                                      StatementSinkRef sink, DiagnosticSink& diagnostics) {
  LineChunks chunks(source, options.block_bytes, options.limits.max_literal_bytes + kAroundLiteral);
  Collector collector(source.name(), options, diagnostics);
  return options.threads > 1 ? read_together(chunks, quads, options, sink, collector)
                             : read_alone(chunks, quads, options, sink, collector);
}

}  // namespace dossier
