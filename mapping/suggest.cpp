#include "mapping/suggest.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/codes/tables.hpp"
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
  bool has_header = true;
  std::vector<std::string> nulls;  // texts that stand for no value
};

CsvDialect dialect_of(const std::filesystem::path& table) {
  CsvDialect dialect;
  const std::string name = table.string();
  if (name.find(".tsv") != std::string::npos || name.find(".tab") != std::string::npos) {
    dialect.delimiter = '\t';
  }
  return dialect;
}

// What people write where there is no value: some cannot be anything else; the others count when
// several columns have them, for a single one may mean it (NA is a country, "none" an answer), and
// when none of these has only values that look the same (NA among codes of countries).
struct NullMark {
  std::string_view text;
  std::ptrdiff_t columns = 2;  // that must have it
};
constexpr NullMark kNullMarks[] = {{"-0- ", 1}, {"-0-", 1}, {"\\N", 1}, {"NULL", 1}, {"#N/A", 1},
                                   {"null"},    {"N/A"},    {"n/a"},    {"NA"},      {"NaN"},
                                   {"nan"},     {"None"},   {"-"},      {"--"}};

// How a text looks: capitals, small letters and digits are each alike.
std::string shape_of(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = 'A';
    if (c >= 'a' && c <= 'z') c = 'a';
    if (c >= '0' && c <= '9') c = '0';
  }
  return out;
}

bool all_look_like(const ColumnProfile& profile, std::string_view mark) {
  const std::string shape = shape_of(mark);
  return profile.count() > 0 && std::ranges::all_of(profile.values(), [&](const std::string& each) {
           return shape_of(each) == shape;
         });
}

// Values of a column that may be marks, held back until all columns are known.
using HeldBack = std::map<std::string_view, std::uint64_t>;

class TableLook {
 public:
  explicit TableLook(const SuggestOptions& options) : options_(options) {}

  Expected<Table> run(const std::filesystem::path& path, const CsvDialect& dialect) {
    table_.has_header = dialect.header_rows > 0;
    auto head = open_input(path, options_.limits);
    if (!head) return std::unexpected(std::move(head.error()));
    const auto names = open_csv(std::move(*head), dialect, {}, options_.limits);
    if (!names) return std::unexpected(names.error());
    table_.columns.assign((*names)->columns().begin(), (*names)->columns().end());
    table_.profiles.resize(table_.columns.size());
    held_back_.resize(table_.columns.size());
    auto input = open_input(path, options_.limits);
    if (!input) return std::unexpected(std::move(input.error()));
    const auto reader = open_csv(std::move(*input), dialect, table_.columns, options_.limits);
    if (!reader) return std::unexpected(reader.error());
    if (auto read = read_all(**reader); !read) return std::unexpected(std::move(read.error()));
    settle_marks();
    return std::move(table_);
  }

 private:
  Expected<void> read_all(RecordReader& reader) {
    NoDiagnostics nowhere;
    RecordBatch batch;
    while (table_.records < options_.records) {
      auto block = reader.next();
      if (!block) return std::unexpected(std::move(block.error()));
      if (!*block) break;
      if (auto parsed = reader.parse(std::move(**block), batch, nowhere); !parsed) {
        return std::unexpected(std::move(parsed.error()));
      }
      for (std::size_t i = 0; i < batch.size() && table_.records < options_.records; ++i) {
        ++table_.records;
        add(batch.row(i));
      }
    }
    return {};
  }
  void add(std::span<const Value> row) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (row[c].type != ValueType::text) continue;
      const auto mark = std::ranges::find(kNullMarks, row[c].text(), &NullMark::text);
      if (mark == std::end(kNullMarks)) {
        table_.profiles[c].add(row[c].text());
      } else {
        ++held_back_[c][mark->text];
      }
    }
  }
  bool stands_for_nothing(std::string_view mark, std::ptrdiff_t columns) const {
    std::ptrdiff_t found = 0;
    for (std::size_t c = 0; c < held_back_.size(); ++c) {
      if (!held_back_[c].contains(mark)) continue;
      ++found;
      if (columns > 1 && all_look_like(table_.profiles[c], mark)) return false;
    }
    return found >= columns;
  }
  void settle_marks() {
    for (const auto& [mark, columns] : kNullMarks) {
      if (stands_for_nothing(mark, columns)) {
        table_.nulls.emplace_back(mark);
        continue;
      }
      for (std::size_t c = 0; c < held_back_.size(); ++c) {
        const auto found = held_back_[c].find(mark);
        if (found == held_back_[c].end()) continue;
        for (std::uint64_t i = 0; i < found->second; ++i) table_.profiles[c].add(mark);
      }
    }
  }

  const SuggestOptions& options_;
  Table table_;
  std::vector<HeldBack> held_back_;
};

// Whether the names of a table look like its first record: some are what only values of their
// column are (numbers, dates, one of few texts), and none is what those never are.
bool has_no_header(const Table& table) {
  std::size_t alike = 0;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const ColumnProfile& profile = table.profiles[c];
    if (profile.kind() == Kind::empty || table.columns[c].empty()) continue;
    ColumnProfile name;
    name.add(table.columns[c]);
    const bool plain = profile.kind() == Kind::text;
    if (!plain && name.kind() != profile.kind()) return false;
    if (!plain || profile.values().contains(table.columns[c])) ++alike;
  }
  return alike > 0 && table.records > 1;
}

Expected<Table> look_at(const std::filesystem::path& path, const SuggestOptions& options) {
  CsvDialect dialect = dialect_of(path);
  auto table = TableLook(options).run(path, dialect);
  const bool twice = !table && table.error().code == code::csv_duplicate_column;
  if (!twice && (!table || !has_no_header(*table))) return table;
  dialect.header_rows = 0;
  auto without = TableLook(options).run(path, dialect);
  if (!without) return without;
  // Names that occur twice may be a slip in a header, too: then its error stands.
  const bool all_text = std::ranges::all_of(without->profiles, [](const ColumnProfile& each) {
    return each.kind() == Kind::text || each.kind() == Kind::empty;
  });
  if (twice && all_text) return table;
  for (std::string& name : without->columns) name.insert(0, "column");
  return without;
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

// Columns whose digits are no numbers to reckon with, and may have leading zeros in other rows.
bool is_code_name(std::string_view column) {
  static constexpr std::string_view kWords[] = {"code",     "zip", "zipcode", "postcode", "postal",
                                                "phone",    "tel", "fax",     "isbn",     "issn",
                                                "passport", "plz", "iban",    "dial"};
  std::string_view rest;
  const std::string name = slug(column);
  for (rest = name; !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find('-'));
    if (std::ranges::find(kWords, word) != std::end(kWords)) return true;
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  }
  return false;
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
    source();
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

  void source() {
    const std::string path = source_path();
    if (table_.has_header && table_.nulls.empty()) {
      line("      - [{}]", single_quoted(path + "~csv"));
      return;
    }
    line("      - access: {}", single_quoted(path));
    line("        referenceFormulation: csv");
    if (!table_.has_header) {
      std::string names;
      for (const std::string& each : table_.columns) {
        names += (names.empty() ? "" : ", ") + single_quoted(each);
      }
      line("        header: false  # the first line looks like a record: give the columns names");
      line("        columns: [{}]", names);
    }
    if (table_.nulls.empty()) return;
    std::string marks = "''";
    for (const std::string& each : table_.nulls) marks += ", " + single_quoted(each);
    line("        null: [{}]  # these stand as if for no value", marks);
  }

  // As a mapping that lies in `beside` names the table.
  std::string source_path() const {
    if (path_.is_absolute() && options_.beside.empty()) return path_.generic_string();
    std::error_code error;
    const std::filesystem::path folder = options_.beside.empty() ? "." : options_.beside;
    const auto path = std::filesystem::proximate(path_, folder, error);
    return (error ? path_ : path).generic_string();
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
        if (is_code_name(column)) break;
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
        break;
    }
    line("      - ['ex:{}', {}]  # {}", name, value, remark(table_, c));
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
