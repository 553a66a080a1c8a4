#include "sources/ntriples_chunk.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/utf8.hpp"

namespace dossier {
namespace {

std::size_t line_start(std::string_view text, std::size_t at) {
  const std::size_t before = text.substr(0, at).find_last_of("\r\n");
  return before == std::string_view::npos ? 0 : before + 1;
}

// Behind the line in which `at` stands.
std::size_t line_end(std::string_view text, std::size_t at) {
  const std::size_t end = text.find_first_of("\r\n", at);
  if (end == std::string_view::npos) return text.size();
  return end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
}

}  // namespace

ChunkResult ChunkParser::parse(const LineChunk& chunk, StatementSinkRef sink, RdfPiece* canonical) {
  ChunkResult result;
  std::string_view rest = chunk.text();
  while (!rest.empty() && !result.broken) {
    const std::size_t offset = chunk.size - rest.size();
    const std::size_t bad = find_invalid_utf8(rest);
    const std::size_t good = bad == kUtf8Valid ? rest.size() : line_start(rest, bad);
    parse_valid(rest.substr(0, good), chunk.offset + offset, sink, canonical, result);
    result.stopped = parser_.stopped();
    if (bad == kUtf8Valid || result.broken || result.stopped) break;
    add_bad_byte(rest, good, bad, result);
    rest.remove_prefix(line_end(rest, bad));
  }
  return result;
}

void ChunkParser::parse_valid(std::string_view text, std::uint64_t offset, StatementSinkRef sink,
                              RdfPiece* canonical, ChunkResult& result) {
  parser_.begin(text, offset);
  while (!parser_.run(sink, canonical)) {
    const SyntaxFault& fault = parser_.fault();
    const std::string_view before(parser_.line_start(),
                                  static_cast<std::size_t>(fault.at - parser_.line_start()));
    result.faults.push_back({result.lines + parser_.lines(), 1 + count_code_points(before), fault});
    if (!recover_ || fault.code == code::limit_exceeded) {
      result.broken = true;
      break;
    }
    parser_.skip_line();
  }
  result.statements += parser_.statements();
  result.lines += parser_.lines();
}

void ChunkParser::add_bad_byte(std::string_view text, std::size_t line, std::size_t bad,
                               ChunkResult& result) {
  SyntaxFault fault{
      code::invalid_utf8, text.data() + bad,
      fmt::format("byte 0x{:02X} is not UTF-8", static_cast<unsigned char>(text[bad])),
      "RDF files are UTF-8: convert the file"};
  result.faults.push_back(
      {result.lines, 1 + count_code_points(text.substr(line, bad - line)), std::move(fault)});
  ++result.lines;
  result.broken = !recover_;
}

bool ChunkCollector::take(const ChunkResult& result, const LineChunk& chunk) {
  for (const PlacedFault& each : result.faults) {
    Diagnostic diagnostic =
        make_diagnostic(each.fault.code, {name_, lines_ + each.line + 1, each.column, {}},
                        each.fault.message, each.fault.hint);
    if (result.broken && &each == &result.faults.back()) {
      failure_ = std::move(diagnostic);
      return false;
    }
    ++counts_.errors;
    diagnostics_.report(std::move(diagnostic));
  }
  lines_ += result.lines;
  if (chunk.error) failure_ = *chunk.error;
  return !chunk.error && !result.stopped;
}

Expected<RdfReadCounts> ChunkCollector::finish() {
  if (failure_) return std::unexpected(std::move(*failure_));
  return counts_;
}

}  // namespace dossier
