#include "cli/identity.hpp"

#include <optional>

#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "base/input.hpp"
#include "base/text.hpp"
#include "graph/iri.hpp"
#include "sources/csv.hpp"

namespace dossier {
namespace {

const std::string kColumns[] = {"keep", "merge"};

std::optional<std::string> resource(const Value& cell, const Prefixes& prefixes) {
  if (cell.type != ValueType::text) return std::nullopt;
  const std::string_view text = trim_ascii(cell.text());
  std::string iri = prefixes.expand(text).value_or(std::string(text));
  if (find_iri_fault(iri) != kIriValid) return std::nullopt;
  return iri;
}

}  // namespace

Expected<void> load_identity(const std::filesystem::path& file, const Prefixes& prefixes,
                             const Limits& limits, std::vector<SameAs>& into,
                             DiagnosticSink& diagnostics) {
  Expected<std::unique_ptr<ByteSource>> source = open_input(file, limits);
  if (!source) return std::unexpected(source.error());
  Expected<std::unique_ptr<RecordReader>> reader =
      open_csv(std::move(*source), CsvDialect{}, kColumns, limits);
  if (!reader) return std::unexpected(reader.error());
  std::size_t bad = 0;
  RecordBatch batch;
  while (true) {
    Expected<std::optional<RecordBlock>> block = (*reader)->next();
    if (!block) return std::unexpected(block.error());
    if (!*block) break;
    const Expected<RecordCounts> counts = (*reader)->parse(std::move(**block), batch, diagnostics);
    if (!counts) return std::unexpected(counts.error());
    bad += counts->rejected;
    for (std::size_t row = 0; row < batch.size(); ++row) {
      std::optional<std::string> keep = resource(batch.row(row)[0], prefixes);
      std::optional<std::string> merge = resource(batch.row(row)[1], prefixes);
      if (keep && merge) {
        into.push_back({std::move(*keep), std::move(*merge)});
        continue;
      }
      ++bad;
      const std::string& column = kColumns[keep ? 1 : 0];
      Place place{file.string()};
      std::string found = "nothing";
      if (const auto cell = find_csv_cell(file.string(), {}, batch.offsets[row], column, limits)) {
        place = cell->place;
        if (!cell->text.empty()) found = fmt::format("\"{}\"", printable(cell->text, 80));
      }
      diagnostics.report(make_diagnostic(
          code::identity_bad_row, place,
          fmt::format("{}: found {}, wanted an IRI or prefix:name", column, found)));
    }
  }
  if (bad == 0) return {};
  return fail(code::identity_bad_row, {file.string()},
              fmt::format("{} cannot be used", counted(bad, "row")),
              "nothing is merged on a guess: mend or remove them");
}

}  // namespace dossier
