#include "sources/sparql_results.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/tables.hpp"
#include "base/text.hpp"
#include "graph/escapes.hpp"
#include "graph/vocabulary.hpp"
#include "sources/csv.hpp"
#include "sources/json_records.hpp"
#include "sources/xml_records.hpp"

namespace dossier {
namespace {

using TermPart = SparqlTermPart;
using Variable = SparqlVariable;

struct NamedTermPart {
  std::string_view name;
  TermPart part;
};
constexpr NamedTermPart kTermParts[] = {{"#type", TermPart::type},
                                        {"#datatype", TermPart::datatype},
                                        {"#language", TermPart::language}};

}  // namespace

SparqlVariable sparql_variable(std::string_view reference) {
  SparqlVariable out;
  for (const NamedTermPart& each : kTermParts) {
    if (!reference.ends_with(each.name)) continue;
    reference.remove_suffix(each.name.size());
    out.part = each.part;
    break;
  }
  if (reference.starts_with('?') || reference.starts_with('$')) reference.remove_prefix(1);
  out.name = reference;
  return out;
}

namespace {

struct TypedDatatype {
  std::string_view datatype;
  ValueType type;
};
constexpr TypedDatatype kValueTypes[] = {
    {xsd::kInteger, ValueType::integer},
    {xsd::kDecimal, ValueType::decimal},
    {xsd::kDouble, ValueType::plain_real},
    {xsd::kBoolean, ValueType::boolean},
    {xsd::kDate, ValueType::date},
    {xsd::kDateTime, ValueType::date_time},
    {"http://www.w3.org/2001/XMLSchema#time", ValueType::time},
    {"http://www.w3.org/2001/XMLSchema#hexBinary", ValueType::binary},
};

// ---- terms of TSV, which are those of Turtle without prefixes and long strings

struct TsvTerm {
  std::string_view text;
  std::string_view type;
  std::string_view datatype;
  std::string_view language;
};

bool is_number_term(std::string_view text, std::string_view& datatype) {
  const std::size_t digits = text.find_first_not_of("+-");
  if (digits == std::string_view::npos || digits > 1) return false;
  if (text.find_first_not_of("0123456789", digits) == std::string_view::npos) {
    datatype = xsd::kInteger;
  } else if (text.find_first_not_of("0123456789.", digits) == std::string_view::npos) {
    datatype = xsd::kDecimal;
  } else if (text.find_first_not_of("0123456789.eE+-", digits) == std::string_view::npos) {
    datatype = xsd::kDouble;
  } else {
    return false;
  }
  return true;
}

// Where the quoted string that begins at 0 is closed; npos: nowhere.
std::size_t closing_quote(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == text.front()) {
      return i;
    }
  }
  return std::string_view::npos;
}

bool read_literal(std::string_view cell, Arena& arena, TsvTerm& out) {
  const std::size_t close = closing_quote(cell);
  if (close == std::string_view::npos) return false;
  const std::string_view raw = cell.substr(1, close - 1);
  char* const text = arena.allocate(raw.size());
  const Unescaped done = unescape_string(raw, text);
  if (done.fault != kEscapesFine) return false;
  out.text = {text, done.size};
  out.type = "literal";
  std::string_view rest = cell.substr(close + 1);
  if (rest.starts_with('@')) {
    out.language = rest.substr(1);
    return !out.language.empty();
  }
  if (rest.empty()) return true;
  if (!rest.starts_with("^^<") || !rest.ends_with('>')) return false;
  out.datatype = rest.substr(3, rest.size() - 4);
  return true;
}

bool read_term(std::string_view cell, Arena& arena, TsvTerm& out) {
  if (cell.starts_with('<') && cell.ends_with('>')) {
    const std::string_view raw = cell.substr(1, cell.size() - 2);
    char* const text = arena.allocate(raw.size());
    const Unescaped done = unescape_iri(raw, text);
    out = {{text, done.size}, "uri", {}, {}};
    return done.fault == kEscapesFine;
  }
  if (cell.starts_with("_:")) {
    out = {cell.substr(2), "bnode", {}, {}};
    return true;
  }
  if (cell.starts_with('"') || cell.starts_with('\'')) return read_literal(cell, arena, out);
  out = {cell, "literal", {}, {}};
  if (cell == "true" || cell == "false") {
    out.datatype = xsd::kBoolean;
    return true;
  }
  return is_number_term(cell, out.datatype);
}

// ---- the reader: over that of the tree or table

constexpr std::string_view kResultsNamespace = "http://www.w3.org/2005/sparql-results#";

// The path to a part of a variable's binding.
std::string binding_xpath(const Variable& variable) {
  const std::string term = fmt::format("r:binding[@name='{}']/*", variable.name);
  switch (variable.part) {
    case TermPart::value:
      return term;
    case TermPart::type:
      return fmt::format("local-name({})", term);
    case TermPart::datatype:
      return term + "/@datatype";
    case TermPart::language:
      return term + "/@xml:lang";
  }
  return term;
}

std::string binding_json_path(const Variable& variable) {
  static constexpr std::string_view kKeys[] = {"value", "type", "datatype", "xml:lang"};
  return fmt::format("$['{}']['{}']", variable.name,
                     kKeys[static_cast<std::size_t>(variable.part)]);
}

// Names go into paths, so they must be names.
bool is_variable(std::string_view name) {
  return !name.empty() && name.find_first_of("'\"[]\\ \t\r\n<>&") == std::string_view::npos;
}

class SparqlResultsReader final : public RecordReader {
 public:
  SparqlResultsReader(std::unique_ptr<RecordReader> inner, SparqlSyntax syntax,
                      std::vector<Variable> wanted)
      : RecordReader(inner->name()),
        inner_(std::move(inner)),
        syntax_(syntax),
        wanted_(std::move(wanted)) {
    for (const std::string& column : inner_->columns()) {
      names_.push_back(column.starts_with('?') ? column.substr(1) : column);
    }
  }

  Expected<std::optional<RecordBlock>> next() override { return inner_->next(); }

  Expected<RecordCounts> parse(RecordBlock block, RecordBatch& out,
                               DiagnosticSink& diagnostics) const override {
    auto counts = inner_->parse(std::move(block), out, diagnostics);
    if (!counts) return counts;
    std::vector<Value> read = std::move(out.values);
    const std::size_t width = out.slots;
    out.slots = wanted_.size();
    out.values.clear();
    out.values.reserve(out.size() * out.slots);
    for (std::size_t row = 0; row < out.size(); ++row) {
      const Value* at = read.data() + row * width;
      for (const Variable& each : wanted_) {
        if (syntax_ == SparqlSyntax::tsv) {
          auto value = tsv_value(*at++, each, out);
          if (!value) return std::unexpected(std::move(value.error()));
          out.values.push_back(*value);
        } else {
          out.values.push_back(value_of(at, each));
        }
      }
    }
    return counts;
  }

  std::span<const std::string> columns() const override { return names_; }

 private:
  // Moves `at` behind what it takes: the text of a value is followed by its datatype.
  static Value value_of(const Value*& at, const Variable& variable) {
    Value value = *at++;
    if (variable.part != TermPart::value) {
      // The name of no node is the empty text in XPath.
      const bool none = value.type == ValueType::text && value.size == 0;
      return none ? Value{} : value;
    }
    const Value datatype = *at++;
    if (value.type == ValueType::absent) return value;
    value.type =
        datatype.type == ValueType::absent ? ValueType::text : value_type_of(datatype.text());
    return value;
  }

  Expected<Value> tsv_value(const Value& cell, const Variable& variable, RecordBatch& out) const {
    if (cell.type == ValueType::absent) return Value{};
    TsvTerm term;
    if (!read_term(cell.text(), out.arena, term)) {
      return fail(code::sparql_term, {name()},
                  fmt::format("\"{}\" of ?{} is no term", printable(cell.text(), 80),
                              printable(variable.name)),
                  "in TSV terms are written as in Turtle; is this CSV?");
    }
    const auto text_or_absent = [](std::string_view text) {
      return text.empty() ? Value{} : Value::of(text);
    };
    switch (variable.part) {
      case TermPart::value:
        return Value::of(term.text, value_type_of(term.datatype));
      case TermPart::type:
        return Value::of(term.type);
      case TermPart::datatype:
        return text_or_absent(term.datatype);
      case TermPart::language:
        return text_or_absent(term.language);
    }
    return Value{};
  }

  std::unique_ptr<RecordReader> inner_;
  SparqlSyntax syntax_;
  std::vector<Variable> wanted_;
  std::vector<std::string> names_;
};

Expected<std::unique_ptr<RecordReader>> open_tree(std::unique_ptr<ByteSource> source,
                                                  SparqlSyntax syntax,
                                                  std::span<const std::string> paths,
                                                  const Limits& limits) {
  if (syntax == SparqlSyntax::json) {
    JsonOptions options;
    options.iterator = "$.results.bindings[*]";
    return open_json(std::move(source), options, paths, limits);
  }
  XmlOptions options;
  options.iterator = "/r:sparql/r:results/r:result";
  options.namespaces["r"] = kResultsNamespace;
  return open_xml(std::move(source), options, paths, limits);
}

Expected<std::unique_ptr<RecordReader>> open_results_table(std::unique_ptr<ByteSource> source,
                                                           SparqlSyntax syntax,
                                                           const std::vector<Variable>& variables,
                                                           const Limits& limits) {
  const bool tsv = syntax == SparqlSyntax::tsv;
  CsvDialect dialect;
  dialect.delimiter = tsv ? '\t' : ',';
  if (tsv) dialect.quote = '\0';
  std::vector<std::string> columns;
  for (const Variable& each : variables) columns.push_back((tsv ? "?" : "") + each.name);
  return open_csv(std::move(source), dialect, columns, limits);
}

}  // namespace

ValueType value_type_of(std::string_view datatype) {
  const auto found = std::ranges::find(kValueTypes, datatype, &TypedDatatype::datatype);
  return found == std::end(kValueTypes) ? ValueType::text : found->type;
}

Expected<std::unique_ptr<RecordReader>> open_sparql_results(std::unique_ptr<ByteSource> source,
                                                            SparqlSyntax syntax,
                                                            std::span<const std::string> wanted,
                                                            const Limits& limits) {
  std::vector<Variable> variables;
  std::vector<std::string> paths;
  for (const std::string& each : wanted) {
    const Variable& variable = variables.emplace_back(
        syntax == SparqlSyntax::csv ? Variable{each.substr(each.starts_with('?') ? 1 : 0)}
                                    : sparql_variable(each));
    if (!is_variable(variable.name)) {
      return fail(code::column_unknown, {source->name()},
                  fmt::format("\"{}\" is no variable", printable(each)),
                  "references are the names of variables");
    }
    const auto add_path = [&](TermPart part) {
      const Variable of{variable.name, part};
      paths.push_back(syntax == SparqlSyntax::json ? binding_json_path(of) : binding_xpath(of));
    };
    add_path(variable.part);
    if (variable.part == TermPart::value) add_path(TermPart::datatype);
  }
  const bool table = syntax == SparqlSyntax::csv || syntax == SparqlSyntax::tsv;
  auto inner = table ? open_results_table(std::move(source), syntax, variables, limits)
                     : open_tree(std::move(source), syntax, paths, limits);
  if (!inner || syntax == SparqlSyntax::csv) return inner;
  return std::make_unique<SparqlResultsReader>(std::move(*inner), syntax, std::move(variables));
}

}  // namespace dossier
