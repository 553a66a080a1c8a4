// Any bytes into one reader of records (DOSSIER_FUZZ_RECORDS: csv, json, xml). The first line says
// how to read: the delimiter of CSV, the iterator of JSON and XML, which comes to their parsers so.
// Not only that nothing crashes: the size of blocks leaves no trace in records, places, counts and
// diagnostics, nor in whether reading fails.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/sources/record_helpers.hpp"

namespace dossier {
namespace {

struct Outcome {
  std::vector<Cells> rows;
  std::vector<std::uint64_t> offsets;
  std::vector<std::string> columns;
  std::uint64_t read = 0;
  std::map<DiagnosticCode, std::uint64_t> rejected_by;
  std::vector<std::string> diagnostics;
  std::string failure;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Limits small_limits() {
  Limits limits;
  limits.max_tree_depth = 50;
  return limits;
}

[[maybe_unused]] std::unique_ptr<ReadRecords> csv(const std::string& how, std::string_view text,
                                                  std::size_t block) {
  CsvDialect dialect;
  if (!how.empty() && how[0] != '"' && how[0] != '\r' && (how[0] & 0x80) == 0 && how[0] != 0) {
    dialect.delimiter = how[0];
  }
  if (how.size() > 1) dialect.trim = CsvTrim::both;
  dialect.strict = how.size() > 2;
  return read_csv(text, dialect, {}, small_limits(), block);
}

[[maybe_unused]] std::unique_ptr<ReadRecords> json(const std::string& how, std::string_view text,
                                                   std::size_t block) {
  JsonOptions options{.iterator = how};
  options.lines = !how.empty() && how.back() == ' ';
  return read_json(text, options, {"a", "$.b[*]", "c.d"}, small_limits(), block);
}

[[maybe_unused]] std::unique_ptr<ReadRecords> xml(const std::string& how, std::string_view text,
                                                  std::size_t block) {
  XmlOptions options{.iterator = how, .namespaces = {{"n", "http://n/"}}};
  return read_xml(text, options, {"@a", "b", "n:c/d", "."}, small_limits(), block);
}

Outcome read(const std::string& how, std::string_view text, std::size_t block) {
  const std::unique_ptr<ReadRecords> got = DOSSIER_FUZZ_RECORDS(how, text, block);
  Outcome outcome;
  outcome.rows = got->rows;
  outcome.offsets = got->offsets;
  outcome.columns = got->columns;
  outcome.read = got->counts.read;
  outcome.rejected_by = got->counts.rejected_by;
  for (const Diagnostic& each : got->diagnostics.sorted()) {
    outcome.diagnostics.push_back(render(each));
  }
  if (got->error) outcome.failure = render(*got->error);
  return outcome;
}

void must(bool holds, const char* relation, std::size_t block) {
  if (holds) return;
  std::fprintf(stderr, "broken with blocks of %zu: %s\n", block, relation);
  std::abort();
}

void check(std::string_view input) {
  const std::size_t line_end = std::min(input.find('\n'), input.size());
  const std::string how(input.substr(0, line_end));
  const std::string_view text = input.substr(std::min(line_end + 1, input.size()));
  const Outcome whole = read(how, text, std::size_t{1} << 16);
  for (const std::size_t block : {16u, 61u}) {
    const Outcome cut = read(how, text, block);
    must(cut.columns == whole.columns, "the same columns", block);
    // Which of several faults ends the reading may depend on what was read with them.
    must(cut.failure.empty() == whole.failure.empty(), "failure in both", block);
    if (!whole.failure.empty()) continue;
    must(cut.rows == whole.rows, "the same values", block);
    must(cut.offsets == whole.offsets, "the same places", block);
    must(cut.read == whole.read && cut.rejected_by == whole.rejected_by, "the same counts", block);
    must(cut.diagnostics == whole.diagnostics, "the same diagnostics", block);
  }
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  dossier::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
