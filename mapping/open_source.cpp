#include "mapping/open_source.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace dossier {
namespace {

// One character, or one of the escapes that people write in mappings; 0 for the empty text.
Expected<char> dialect_char(const std::optional<std::string>& text, char standard,
                            std::string_view what, const Place& place) {
  if (!text) return standard;
  if (text->empty()) return '\0';
  if (*text == "\\t") return '\t';
  if (text->size() == 1) return text->front();
  return fail(DiagnosticCode::csv_bad_dialect, place,
              fmt::format("the {} \"{}\" is more than one character", what, printable(*text)),
              "a table has single characters there; write \\t for a tab");
}

}  // namespace

Expected<CsvDialect> csv_dialect(const LogicalSource& source) {
  const TableDialect& given = source.dialect;
  CsvDialect dialect;
  const bool tabs = std::string_view(source.path).ends_with(".tsv") ||
                    std::string_view(source.path).ends_with(".tab");
  const auto delimiter =
      dialect_char(given.delimiter, tabs ? '\t' : ',', "delimiter", source.place);
  const auto quote = dialect_char(given.quote, '"', "quote", source.place);
  const auto comment = dialect_char(given.comment, '\0', "comment prefix", source.place);
  for (const auto* each : {&delimiter, &quote, &comment}) {
    if (!*each) return std::unexpected(each->error());
  }
  dialect.delimiter = *delimiter;
  dialect.quote = *quote;
  dialect.comment = *comment;
  if (given.double_quote) dialect.double_quote = *given.double_quote;
  if (given.header) dialect.header = *given.header;
  if (given.trim) dialect.trim = *given.trim;
  if (given.skip_rows) dialect.skip_rows = *given.skip_rows;
  dialect.columns = given.columns;
  dialect.nulls = source.nulls;
  dialect.empty_is_null = source.empty_is_null;
  if (!source.encoding.empty()) {
    const auto encoding = find_encoding(source.encoding);
    if (!encoding) {
      return fail(DiagnosticCode::mapping_bad_value, source.place,
                  fmt::format("the encoding \"{}\" is not known", printable(source.encoding)),
                  "UTF-8, UTF-16, UTF-16LE, UTF-16BE and Latin-1 are");
    }
    dialect.encoding = *encoding;
  }
  return dialect;
}

Expected<std::unique_ptr<RecordReader>> open_source(const Plan& plan, const SourcePlan& source,
                                                    std::span<const std::string> wanted,
                                                    const Limits& limits) {
  const LogicalSource& described = plan.model.sources[source.model_index];
  auto input = open_input(source.path, limits);
  if (!input) {
    Error error = std::move(input.error());
    error.related = described.place;
    return std::unexpected(std::move(error));
  }
  if (described.formulation == Formulation::csv) {
    auto dialect = csv_dialect(described);
    if (!dialect) return std::unexpected(dialect.error());
    dialect->strict = plan.options.strict;
    return open_csv(std::move(*input), *dialect, wanted, limits);
  }
  return fail(DiagnosticCode::mapping_unsupported, described.place,
              fmt::format("{} sources cannot be read yet", to_string(described.formulation)));
}

}  // namespace dossier
