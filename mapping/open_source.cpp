#include "mapping/open_source.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/codes/tables.hpp"
#include "base/text.hpp"
#include "mapping/file_formulations.hpp"
#include "mapping/open_view.hpp"
#include "mapping/sql_source.hpp"
#include "sources/json_records.hpp"
#include "sources/rdf_records.hpp"
#include "sources/sparql_query.hpp"
#include "sources/sparql_results.hpp"
#include "sources/xlsx.hpp"
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

// A line end as people write it in mappings.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    const bool known = next == 'n' || next == 'r' || next == 't';
    out += !known ? text[i] : next == 'n' ? '\n' : next == 'r' ? '\r' : '\t';
    if (known) ++i;
  }
  return out;
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

namespace {

struct NamedTrim {
  std::string_view name;
  CsvTrim trim;
};
constexpr NamedTrim kTrims[] = {{"true", CsvTrim::both},   {"1", CsvTrim::both},
                                {"false", CsvTrim::none},  {"0", CsvTrim::none},
                                {"start", CsvTrim::start}, {"end", CsvTrim::end}};

// CSVW: skipInitialSpace is another way to say that `trim` is "start".
Expected<CsvTrim> trim_of(const TableDialect& given, const Place& place) {
  if (!given.trim) return given.skip_initial_space.value_or(false) ? CsvTrim::start : CsvTrim::none;
  const auto found = std::ranges::find(kTrims, to_lower_ascii(*given.trim), &NamedTrim::name);
  if (found != std::end(kTrims)) return found->trim;
  return fail(code::csv_bad_dialect, place,
              fmt::format("a table cannot be trimmed by \"{}\"", printable(*given.trim)),
              "trim is true, false, start or end");
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
  for (const auto* each : {&delimiter, &quote}) {
    if (!*each) return std::unexpected(each->error());
  }
  const auto trim = trim_of(given, source.place);
  if (!trim) return std::unexpected(trim.error());
  dialect.delimiter = *delimiter;
  dialect.quote = *quote;
  dialect.trim = *trim;
  dialect.comment = given.comment.value_or("");
  dialect.double_quote = given.double_quote.value_or(true);
  dialect.header_rows = given.header_rows.value_or(1);
  dialect.skip_rows = given.skip_rows.value_or(0);
  dialect.skip_columns = given.skip_columns.value_or(0);
  if (given.skip_blank_rows) {
    dialect.blank_rows = *given.skip_blank_rows ? CsvBlankRows::skip : CsvBlankRows::keep;
  }
  for (const std::string& each : given.line_ends) dialect.line_ends.push_back(unescaped(each));
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
  const std::string name = unpacked_name(path);
  return name.ends_with(".jsonl") || name.ends_with(".ndjson");
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

std::optional<SparqlSyntax> sparql_syntax(Formulation formulation) {
  if (formulation == Formulation::sparql_xml) return SparqlSyntax::xml;
  if (formulation == Formulation::sparql_json) return SparqlSyntax::json;
  if (formulation == Formulation::sparql_csv) return SparqlSyntax::csv;
  if (formulation == Formulation::sparql_tsv) return SparqlSyntax::tsv;
  return std::nullopt;
}

std::string file_base(const SourcePlan& source) {
  return "file://" + std::filesystem::absolute(source.path).generic_string();
}

RdfRecordOptions rdf_options(const Plan& plan, const SourcePlan& source) {
  const LogicalSource& described = plan.model.sources[source.model_index];
  RdfRecordOptions options;
  options.format = rdf_format(described);
  options.iterator = described.iterator;
  options.prefixes = described.namespaces;
  options.prefixes.insert(plan.model.prefixes.begin(), plan.model.prefixes.end());
  options.base = file_base(source);
  return options;
}

SparqlQueryOptions query_options(const SourcePlan& source, const LogicalSource& described) {
  SparqlQueryOptions options;
  options.format = rdf_format(described);
  options.query = described.iterator;
  options.base = file_base(source);
  options.typed = described.formulation != Formulation::sparql_csv;
  return options;
}

SheetOptions sheet_options(const LogicalSource& source) {
  SheetOptions options;
  options.sheet = source.iterator;
  options.header_rows = source.dialect.header_rows.value_or(1);
  options.columns = source.dialect.columns;
  options.skip_rows = source.dialect.skip_rows.value_or(0);
  options.skip_columns = source.dialect.skip_columns.value_or(0);
  options.nulls = source.nulls;
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
  return fmt::format(
      "it was looked for in {}; --source-root names another folder",
      printable(std::filesystem::absolute(folder, error).lexically_normal().string()));
}

// A fault of opening, with the place in the mapping behind it.
Error with_place(Error error, const Plan& plan, const SourcePlan& source,
                 std::span<const std::string> wanted) {
  const Place& place = plan.model.sources[source.model_index].place;
  // What is wrong with a query stands in the mapping, not in the file.
  if (error.code == code::sparql_query) {
    error.place = place;
  } else {
    error.related = place;
  }
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
  const bool workbook = guess_file_formulation(source.path.string()) == Formulation::spreadsheet;
  if (described.formulation == Formulation::spreadsheet ||
      (described.formulation == Formulation::csv && workbook)) {
    return open_xlsx(source.path.string(), sheet_options(described), wanted, limits);
  }
  auto input = open_input(source.path, limits);
  if (!input) return std::unexpected(std::move(input.error()));
  const auto syntax = sparql_syntax(described.formulation);
  if (syntax && !described.iterator.empty()) {
    return open_sparql_query(std::move(*input), query_options(source, described), wanted, limits);
  }
  if (syntax && guess_file_formulation(source.path.string()) == Formulation::rdf) {
    return fail(
        code::mapping_bad_value, described.place,
        fmt::format("{} is an RDF file, and {} without a query is for files of results",
                    source.shown_path, described.formulation_name),
        "an iterator that is a query (SELECT ...) reads its answers; for its statements the "
        "formulation is formats:Turtle, formats:N-Triples and so on");
  }
  if (syntax) {
    return open_sparql_results(std::move(*input), *syntax, wanted, limits);
  }
  if (described.formulation == Formulation::rdf) {
    return open_rdf_records(std::move(*input), rdf_options(plan, source), wanted, limits);
  }
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
