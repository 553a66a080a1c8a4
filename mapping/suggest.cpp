#include "mapping/suggest.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/input.hpp"
#include "base/text.hpp"
#include "mapping/column_profile.hpp"
#include "mapping/text_escapes.hpp"
#include "sources/csv.hpp"

namespace dossier {
namespace {

using Kind = ColumnProfile::Kind;

struct Table {
  std::vector<std::string> columns;
  std::vector<ColumnProfile> profiles;
  std::uint64_t records = 0;
};

CsvDialect dialect_of(const std::filesystem::path& table) {
  CsvDialect dialect;
  const std::string name = table.string();
  if (name.find(".tsv") != std::string::npos || name.find(".tab") != std::string::npos) {
    dialect.delimiter = '\t';
  }
  return dialect;
}

Expected<Table> look_at(const std::filesystem::path& path, const SuggestOptions& options) {
  Table table;
  const CsvDialect dialect = dialect_of(path);
  auto head = open_input(path, options.limits);
  if (!head) return std::unexpected(std::move(head.error()));
  const auto names = open_csv(std::move(*head), dialect, {}, options.limits);
  if (!names) return std::unexpected(names.error());
  table.columns.assign((*names)->columns().begin(), (*names)->columns().end());
  table.profiles.resize(table.columns.size());
  auto input = open_input(path, options.limits);
  if (!input) return std::unexpected(std::move(input.error()));
  const auto reader = open_csv(std::move(*input), dialect, table.columns, options.limits);
  if (!reader) return std::unexpected(reader.error());
  NoDiagnostics nowhere;
  RecordBatch batch;
  while (table.records < options.records) {
    auto block = (*reader)->next();
    if (!block) return std::unexpected(std::move(block.error()));
    if (!*block) break;
    if (auto parsed = (*reader)->parse(std::move(**block), batch, nowhere); !parsed) {
      return std::unexpected(std::move(parsed.error()));
    }
    for (std::size_t i = 0; i < batch.size() && table.records < options.records; ++i) {
      ++table.records;
      const auto row = batch.row(i);
      for (std::size_t c = 0; c < row.size(); ++c) {
        if (row[c].type == ValueType::text) table.profiles[c].add(row[c].text());
      }
    }
  }
  return table;
}

// A column that names the records: full, no value twice. One that is called a key wins.
std::optional<std::size_t> key_of(const Table& table) {
  std::optional<std::size_t> found;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const ColumnProfile& profile = table.profiles[c];
    if (table.records == 0 || profile.count() != table.records ||
        profile.different() != table.records) {
      continue;
    }
    const std::string name = slug(table.columns[c]);
    const bool named = name == "id" || name == "key" || name == "code" || name.ends_with("-id");
    if (named) return c;
    if (!found) found = c;
  }
  return found;
}

// "Date of birth" -> "dateOfBirth"
std::string property_name(std::string_view column) {
  std::string out;
  bool raise = false;
  for (const char c : slug(column)) {
    if (c == '-') {
      raise = true;
      continue;
    }
    out += raise && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    raise = false;
  }
  if (out.empty() || (out[0] >= '0' && out[0] <= '9')) out.insert(0, "column");
  return out;
}

// "companies.csv.gz" -> "company"
std::string thing_name(const std::filesystem::path& path) {
  const std::string file = path.filename().string();
  std::string name = slug(file.substr(0, file.find('.')));
  if (name.ends_with("ies")) {
    name.replace(name.size() - 3, 3, "y");
  } else if (name.ends_with('s') && !name.ends_with("ss")) {
    name.pop_back();
  }
  return name.empty() ? "thing" : name;
}

// A text of YAML in single quotes.
std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out.append(c == '\'' ? 2 : 1, c);
  return out + "'";
}

std::string reference(std::string_view column) {
  std::string out = "$(";
  for (const char c : column) {
    if (c == '(' || c == ')' || c == '\\') out += '\\';
    out += c;
  }
  return out + ")";
}

std::string remark(const Table& table, std::size_t c) {
  const ColumnProfile& profile = table.profiles[c];
  std::string out;
  if (profile.is_code()) {
    out = "one of ";
    std::size_t shown = 0;
    for (const std::string& value : profile.values()) {
      if (shown > 0) out += ", ";
      if (++shown > 5) {
        out += "...";
        break;
      }
      out += printable(squeezed(value), 30);
    }
  } else {
    out = "e.g. " + printable(squeezed(profile.example()), 40);
  }
  const std::uint64_t missing = table.records - profile.count();
  if (missing > 0) out += fmt::format("; {} of {} empty", missing, table.records);
  return out;
}

class Writer {
 public:
  Writer(const Table& table, const std::filesystem::path& path, const SuggestOptions& options)
      : table_(table), path_(path), options_(options), thing_(thing_name(path)) {}

  std::string run() {
    const auto key = key_of(table_);
    head(key);
    for (std::size_t c = 0; c < table_.columns.size(); ++c) property(c);
    return out_;
  }

 private:
  template <class... Args>
  void line(fmt::format_string<Args...> text, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), text, std::forward<Args>(args)...);
    out_ += '\n';
  }

  void head(std::optional<std::size_t> key) {
    std::string cls = property_name(thing_);
    cls[0] = static_cast<char>(cls[0] >= 'a' && cls[0] <= 'z' ? cls[0] - 'a' + 'A' : cls[0]);
    line("# A start for {}, from a look at {}. Names, classes and datatypes are",
         printable(path_.filename().string()), counted(table_.records, "record"));
    line("# guesses: change them, then look at what it makes with `dossier map FILE --test 5`.");
    line("prefixes:");
    line("  ex: {}", single_quoted(options_.base));
    line("  xsd: 'http://www.w3.org/2001/XMLSchema#'");
    line("  dfn: 'https://w3id.org/dossier/function#'");
    line("mappings:");
    line("  {}:", single_quoted(thing_));
    line("    sources:");
    line("      - [{}]", single_quoted(path_.filename().string() + "~csv"));
    if (key) {
      line("    s: {}  # no value twice, none empty",
           single_quoted(fmt::format("ex:{}/{}", thing_, reference(table_.columns[*key]))));
    } else {
      line(
          "    # No column is different for all records: they are blank nodes. A template of "
          "several");
      line("    # columns may do: s: ex:{}/$(a)/$(b)", thing_);
    }
    line("    po:");
    line("      - [a, 'ex:{}']", cls);
  }

  void property(std::size_t c) {
    const ColumnProfile& profile = table_.profiles[c];
    const std::string& column = table_.columns[c];
    std::string name = property_name(column);
    while (!names_.insert(name).second) name += "2";
    const std::string value = single_quoted(reference(column));
    switch (profile.kind()) {
      case Kind::empty:
        line("      # the column {} is empty in all of them", printable(squeezed(column), 60));
        return;
      case Kind::integer:
        return typed(name, value, "xsd:integer", c);
      case Kind::decimal:
        return typed(name, value, "xsd:decimal", c);
      case Kind::boolean:
        return typed(name, value, "xsd:boolean", c);
      case Kind::year:
        return typed(name, value, "xsd:gYear", c);
      case Kind::date:
        return typed(name, value, "xsd:date", c);
      case Kind::date_time:
        return typed(name, value, "xsd:dateTime", c);
      case Kind::iri:
        line("      - ['ex:{}', {}]  # {}", name, single_quoted(reference(column) + "~iri"),
             remark(table_, c));
        return;
      case Kind::written_date:
        return written_date(name, value, c);
      case Kind::country:
        line("      - ['ex:{}', {}]  # codes of countries: {}", name, value, remark(table_, c));
        return;
      case Kind::text:
        line("      - ['ex:{}', {}]  # {}", name, value, remark(table_, c));
        return;
    }
  }

  void typed(const std::string& name, const std::string& value, std::string_view type,
             std::size_t c) {
    line("      - ['ex:{}', {}, {}]  # {}", name, value, type, remark(table_, c));
  }

  void written_date(const std::string& name, const std::string& value, std::size_t c) {
    const std::string_view pattern = table_.profiles[c].pattern();
    const bool whole = pattern.find('d') != std::string_view::npos;
    line("      - p: 'ex:{}'  # {}", name, remark(table_, c));
    line("        o:");
    line("          function: dfn:parseDate");
    line("          parameters:");
    line("            - [dfn:valueParameter, {}]", value);
    line("            - [dfn:pattern, {}]", single_quoted(pattern));
    line("          datatype: {}", whole ? "xsd:date" : "xsd:gYearMonth");
  }

  const Table& table_;
  const std::filesystem::path& path_;
  const SuggestOptions& options_;
  std::string thing_;
  std::string out_;
  std::set<std::string> names_;
};

}  // namespace

Expected<std::string> suggest_mapping(const std::filesystem::path& table,
                                      const SuggestOptions& options) {
  auto looked = look_at(table, options);
  if (!looked) return std::unexpected(std::move(looked.error()));
  return Writer(*looked, table, options).run();
}

}  // namespace dossier
