#include "mapping/open_source.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/codes/tables.hpp"
#include "base/text.hpp"
#include "mapping/open_view.hpp"
#include "mapping/sql_source.hpp"
#include "sources/json_records.hpp"
#include "sources/xml_records.hpp"

namespace dossier {
namespace {

// One character, or one of the escapes that people write in mappings; 0 for the empty text.
Expected<char> dialect_char(const std::optional<std::string>& text, char standard,
                            std::string_view what, const Place& place) {
  if (!text) return standard;
  if (text->empty()) return '\0';
  if (*text == "\\t") return '\t';
  if (text->size() == 1) return text->front();
  return fail(code::csv_bad_dialect, place,
              fmt::format("the {} \"{}\" is more than one character", what, printable(*text)),
              "a table has single characters there; write \\t for a tab");
}

Expected<TextEncoding> encoding_of(const LogicalSource& source) {
  if (source.encoding.empty()) return TextEncoding::utf8;
  return named_encoding(source);
}

}  // namespace

Expected<TextEncoding> named_encoding(const LogicalSource& source) {
  if (const auto encoding = find_encoding(source.encoding)) return *encoding;
  return fail(code::mapping_bad_value, source.place,
              fmt::format("the encoding \"{}\" is not known", printable(source.encoding)),
              "UTF-8, UTF-16, UTF-16LE, UTF-16BE, Latin-1 and windows-1252 are");
}

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
  const auto encoding = encoding_of(source);
  if (!encoding) return std::unexpected(encoding.error());
  dialect.encoding = *encoding;
  return dialect;
}

namespace {

bool is_json_lines(std::string_view path) {
  std::string lower = to_lower_ascii(path);
  for (const std::string_view packed : {".tar.gz", ".tar.xz", ".gz", ".zst", ".zip", ".xz"}) {
    if (lower.ends_with(packed)) lower.resize(lower.size() - packed.size());
  }
  return lower.ends_with(".jsonl") || lower.ends_with(".ndjson");
}

Expected<JsonOptions> json_options(const LogicalSource& source) {
  JsonOptions options;
  if (!source.iterator.empty()) options.iterator = source.iterator;
  options.lines = is_json_lines(source.path);
  const auto encoding = encoding_of(source);
  if (!encoding) return std::unexpected(encoding.error());
  options.encoding = *encoding;
  options.nulls = source.nulls;
  return options;
}

Expected<XmlOptions> xml_options(const LogicalSource& source) {
  XmlOptions options;
  if (!source.iterator.empty()) options.iterator = source.iterator;
  options.namespaces = source.namespaces;
  options.nulls = source.nulls;
  if (source.encoding.empty()) return options;  // the file tells
  const auto encoding = named_encoding(source);
  if (!encoding) return std::unexpected(encoding.error());
  options.encoding = *encoding;
  return options;
}

bool uses(const TermPlan& term, std::uint32_t slot) {
  for (const auto* pieces : {&term.pieces, &term.datatype_pieces, &term.language_pieces}) {
    for (const Piece& piece : *pieces) {
      if (piece.slot == slot) return true;
    }
  }
  return false;
}

}  // namespace

Place place_of_reference(const Plan& plan, const SourcePlan& source, std::string_view reference) {
  const auto slot_in = [&](const std::vector<std::string>& slots) {
    return static_cast<std::uint32_t>(std::ranges::find(slots, reference) - slots.begin());
  };
  const std::uint32_t slot = slot_in(source.slots);
  for (const MapPlan& map : source.maps) {
    for (const TermPlan& term : map.terms) {
      if (uses(term, slot)) return term.place;
    }
    for (const StatementPlan& statement : map.statements) {
      if (statement.join == StatementPlan::kNone) continue;
      const JoinPlan& join = plan.joins[statement.join];
      for (const TermPlan& key : join.keys) {
        if (uses(key, slot)) return key.place;
      }
    }
  }
  for (const RowStep& step : source.program.steps()) {
    if (std::ranges::find(step.arguments, slot) != step.arguments.end()) return step.place;
  }
  for (const JoinTablePlan& table : plan.join_tables) {
    if (&plan.sources[table.source] != &source) continue;
    for (const TermPlan& key : table.keys) {
      if (uses(key, slot_in(table.slots))) return key.place;
    }
  }
  return plan.model.sources[source.model_index].place;
}

namespace {

// What to do when a file is not there: the nearest name in its folder, or where it was looked for.
std::string hint_for_missing(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  std::vector<std::string> names;
  constexpr std::size_t kLookedAt = 10'000;  // a folder may hold any number
  for (std::filesystem::directory_iterator at(folder, error), end;
       !error && at != end && names.size() < kLookedAt; at.increment(error)) {
    names.push_back(at->path().filename().string());
  }
  const auto close = nearest_name(path.filename().string(), std::span<const std::string>(names));
  if (close) return fmt::format("did you mean {}?", printable(*close));
  return fmt::format("it was looked for in {}; --source-root names another folder",
                     printable(std::filesystem::absolute(folder, error).string()));
}

// A fault of opening, with the place in the mapping behind it.
Error with_place(Error error, const Plan& plan, const SourcePlan& source,
                 std::span<const std::string> wanted) {
  error.related = plan.model.sources[source.model_index].place;
  std::error_code ignored;
  if (error.hint.empty() && error.place.line == 0 && !source.path.empty() &&
      !is_sql(plan.model.sources[source.model_index]) &&
      !std::filesystem::exists(source.path, ignored)) {
    error.hint = hint_for_missing(source.path);
  }
  for (const std::string& reference : wanted) {
    const bool named = error.message.find('"' + reference + '"') != std::string::npos ||
                       error.message.find(" " + reference + " ") != std::string::npos;
    if (named) {
      error.related = place_of_reference(plan, source, reference);
      break;
    }
  }
  return error;
}

Expected<std::unique_ptr<RecordReader>> open_reader(const Plan& plan, const SourcePlan& source,
                                                    std::span<const std::string> wanted,
                                                    const Limits& limits, SourceValues values) {
  const LogicalSource& described = plan.model.sources[source.model_index];
  if (described.view) return open_view(plan, source, wanted, limits);
  if (is_sql(described)) {
    const auto address = sql_address(described, plan.options, nullptr);
    if (!address) return std::unexpected(address.error());
    SqlQuery query;
    query.text = described.query;
    query.is_table = described.formulation == Formulation::sql_table;
    query.name = source.shown_path;
    return open_sql(*address, query, wanted, limits);
  }
  auto input = open_input(source.path, limits);
  if (!input) return std::unexpected(std::move(input.error()));
  if (described.formulation == Formulation::csv) {
    auto dialect = csv_dialect(described);
    if (!dialect) return std::unexpected(dialect.error());
    dialect->strict = plan.options.strict;
    return open_csv(std::move(*input), *dialect, wanted, limits);
  }
  if (described.formulation == Formulation::jsonpath) {
    auto options = json_options(described);
    if (!options) return std::unexpected(options.error());
    options->structures = values == SourceValues::structures;
    return open_json(std::move(*input), *options, wanted, limits);
  }
  if (described.formulation == Formulation::xpath) {
    const auto options = xml_options(described);
    if (!options) return std::unexpected(options.error());
    return open_xml(std::move(*input), *options, wanted, limits);
  }
  return fail(code::mapping_unsupported, described.place,
              fmt::format("{} sources cannot be read yet", to_string(described.formulation)));
}

}  // namespace

Expected<std::unique_ptr<RecordReader>> open_source(const Plan& plan, const SourcePlan& source,
                                                    std::span<const std::string> wanted,
                                                    const Limits& limits, SourceValues values) {
  auto reader = open_reader(plan, source, wanted, limits, values);
  if (reader) return reader;
  return std::unexpected(with_place(std::move(reader.error()), plan, source, wanted));
}

}  // namespace dossier
