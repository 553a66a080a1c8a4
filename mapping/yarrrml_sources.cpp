// Sources, targets, authors. Part of the YARRRML loader.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "mapping/file_formulations.hpp"
#include "mapping/yarrrml_reader.hpp"

namespace dossier {
namespace {

constexpr std::string_view kSourceKeys[] = {"access",
                                            "referenceFormulation",
                                            "iterator",
                                            "delimiter",
                                            "quote",
                                            "quoteChar",
                                            "encoding",
                                            "header",
                                            "headerRowCount",
                                            "lineTerminators",
                                            "skipColumns",
                                            "skipInitialSpace",
                                            "skipBlankRows",
                                            "commentPrefix",
                                            "columns",
                                            "null",
                                            "nulls",
                                            "comment",
                                            "trim",
                                            "skipRows",
                                            "doubleQuote",
                                            "type",
                                            "query",
                                            "table",
                                            "queryFormulation",
                                            "credentials",
                                            "security",
                                            "contentType",
                                            "operationType",
                                            "compression"};
constexpr std::string_view kTargetKeys[] = {
    "access", "type",           "serialization", "compression", "ldes", "source",
    "id",     "authentication", "headers",       "methodName",  "rel"};

struct NamedSyntax {
  std::string_view name;
  Formulation formulation;
};
constexpr NamedSyntax kSyntaxes[] = {
    {"csv", Formulation::csv},       {"tsv", Formulation::csv},
    {"json", Formulation::jsonpath}, {"jsonpath", Formulation::jsonpath},
    {"xml", Formulation::xpath},     {"xpath", Formulation::xpath},
    {"xquery", Formulation::other},  {"sql2008", Formulation::sql_query},
};

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> endings) {
  return std::ranges::any_of(endings, [&](std::string_view each) { return text.ends_with(each); });
}

// By the extension, after that of the compression is taken off.
Formulation guess_formulation(std::string_view path) {
  if (const auto file = guess_file_formulation(path)) return *file;
  const std::string name = unpacked_name(path);
  if (ends_with_any(name, {".json", ".jsonl", ".ndjson", ".geojson"})) return Formulation::jsonpath;
  return name.ends_with(".xml") ? Formulation::xpath : Formulation::csv;
}

}  // namespace

void YarrrmlReader::read_sources(const YamlNode& node) {
  if (!want_map(node, "`sources`")) return;
  for (const auto& [key, value] : node.entries()) {
    auto read = source(value);
    if (!read) continue;
    read->name = key.text();
    model_.sources.push_back(std::move(*read));
    sources_.emplace(key.text(), model_.sources.size() - 1);
  }
}

std::optional<LogicalSource> YarrrmlReader::source(const YamlNode& node) {
  if (node.is_sequence()) return list_source(node);
  if (node.is_mapping()) return map_source(node);
  report(code::mapping_bad_value, node, "a source is a list or a map",
         "write ['table.csv~csv'], or a map with `access` and `referenceFormulation`");
  return std::nullopt;
}

// ['file.json~jsonpath', '$.items[*]']
LogicalSource YarrrmlReader::list_source(const YamlNode& node) {
  LogicalSource out;
  out.place = node.place();
  const auto all = items(node);
  if (all.empty() || all.size() > 2) {
    report(code::mapping_bad_value, node,
           fmt::format("a source in short form has one or two parts, not {}", all.size()),
           "write ['file.json~jsonpath', '$.items[*]']");
    if (all.empty()) return out;
  }
  read_access(*all[0], text(*all[0], "access"), out);
  if (all.size() > 1) out.iterator = text(*all[1], "iterator");
  return out;
}

void YarrrmlReader::read_access(const YamlNode& node, std::string_view whole, LogicalSource& out) {
  const Tagged tagged = split_tag(whole);
  out.path = with_externals(tagged.text);
  if (tagged.tag.empty()) {
    out.formulation = guess_formulation(out.path);
  } else {
    read_formulation(node, tagged.tag, out);
  }
}

void YarrrmlReader::read_formulation(const YamlNode& node, std::string_view name,
                                     LogicalSource& out) {
  out.formulation_name = name;
  const std::string lower = to_lower_ascii(name);
  const auto found = std::ranges::find(kSyntaxes, lower, &NamedSyntax::name);
  if (found != std::end(kSyntaxes)) {
    out.formulation = found->formulation;
    if (lower == "tsv") out.dialect.delimiter = "\t";
    return;
  }
  if (const auto file = find_file_formulation(name)) {
    out.formulation = *file;
    return;
  }
  std::vector<std::string_view> names;
  for (const NamedSyntax& each : kSyntaxes) names.push_back(each.name);
  const auto close = nearest_name(lower, std::span<const std::string_view>(names));
  report(code::mapping_unknown_name, node,
         fmt::format("there is no reference formulation \"{}\"", printable(name)),
         close ? fmt::format("did you mean {}?", *close) : "csv, jsonpath and xpath are known");
}

LogicalSource YarrrmlReader::map_source(const YamlNode& node) {
  check_keys(node, kSourceKeys, "source");
  LogicalSource out;
  out.place = node.place();
  if (const YamlNode* access = find(node, {"access"})) {
    const auto files = items(*access);
    if (!files.empty()) read_access(*files.front(), text(*files.front(), "access"), out);
    for (std::size_t i = 1; i < files.size(); ++i) {
      out.more_paths.push_back(with_externals(text(*files[i], "access")));
    }
  }
  if (const YamlNode* name = find(node, {"referenceFormulation"})) {
    read_formulation(*name, text(*name, "referenceFormulation"), out);
  }
  if (const YamlNode* iterator = find(node, {"iterator"})) {
    out.iterator = text(*iterator, "iterator");
  }
  if (const YamlNode* type = find(node, {"type"})) {
    out.kind = text(*type, "type");
    if (out.kind == "localfile" || out.kind == "file") out.kind.clear();
  }
  if (const YamlNode* query = find(node, {"query"})) {
    out.query = text(*query, "query");
    out.formulation = Formulation::sql_query;
  } else if (const YamlNode* table = find(node, {"table"})) {
    out.query = text(*table, "table");
    out.formulation = Formulation::sql_table;
  }
  read_database(node, out);
  read_dialect(node, out);
  if (out.path.empty() && out.query.empty()) {
    report(code::mapping_no_source, node, "this source has no `access`",
           "name the file: access: table.csv");
  }
  return out;
}

// `type: postgresql` and `access: localhost/shop` become one address; `credentials` have a user and
// a password, best as $VARIABLE.
void YarrrmlReader::read_database(const YamlNode& node, LogicalSource& out) {
  const std::string kind = to_lower_ascii(out.kind);
  if (kind == "sqlite") out.path = "sqlite:" + out.path;
  for (const std::string_view server : {"postgresql", "postgres", "mysql", "mariadb"}) {
    if (kind != server) continue;
    const std::size_t at = out.path.find("://");
    out.path = kind + "://" + (at == std::string::npos ? out.path : out.path.substr(at + 3));
  }
  if (out.path.find(kind + ":") == 0) out.kind.clear();
  const YamlNode* credentials = find(node, {"credentials"});
  if (credentials == nullptr || !want_map(*credentials, "`credentials`")) return;
  static constexpr std::string_view kKeys[] = {"username", "password"};
  check_keys(*credentials, kKeys, "credentials");
  if (const YamlNode* user = find(*credentials, {"username"})) out.user = text(*user, "username");
  if (const YamlNode* secret = find(*credentials, {"password"})) {
    out.password = text(*secret, "password");
  }
}

void YarrrmlReader::read_dialect(const YamlNode& map, LogicalSource& out) {
  const auto string_of = [&](std::initializer_list<std::string_view> keys,
                             std::optional<std::string>& into) {
    if (const YamlNode* node = find(map, keys)) into = text(*node, *keys.begin());
  };
  const auto flag_of = [&](std::string_view key, std::optional<bool>& into) {
    const YamlNode* node = find(map, {key});
    if (node == nullptr) return;
    const std::string value = to_lower_ascii(text(*node, key));
    if (value == "true" || value == "false") {
      into = value == "true";
    } else {
      report(code::mapping_bad_value, *node,
             fmt::format("`{}` is true or false, not \"{}\"", key, printable(value)));
    }
  };
  string_of({"delimiter"}, out.dialect.delimiter);
  string_of({"quote", "quoteChar"}, out.dialect.quote);
  const auto number_of = [&](std::string_view key, std::optional<std::uint32_t>& into) {
    const YamlNode* node = find(map, {key});
    if (node == nullptr) return;
    const std::string text_of_number = text(*node, key);
    std::uint32_t number = 0;
    const auto end = text_of_number.data() + text_of_number.size();
    if (std::from_chars(text_of_number.data(), end, number).ptr == end) {
      into = number;
    } else {
      report(code::mapping_bad_value, *node,
             fmt::format("`{}` is a number, not \"{}\"", key, printable(text_of_number)));
    }
  };
  string_of({"comment", "commentPrefix"}, out.dialect.comment);
  string_of({"trim"}, out.dialect.trim);
  std::optional<bool> header;
  flag_of("header", header);
  if (header) out.dialect.header_rows = *header ? 1 : 0;
  number_of("headerRowCount", out.dialect.header_rows);
  flag_of("doubleQuote", out.dialect.double_quote);
  flag_of("skipInitialSpace", out.dialect.skip_initial_space);
  flag_of("skipBlankRows", out.dialect.skip_blank_rows);
  number_of("skipRows", out.dialect.skip_rows);
  number_of("skipColumns", out.dialect.skip_columns);
  if (const YamlNode* node = find(map, {"lineTerminators"})) {
    for (const YamlNode* item : items(*node)) {
      out.dialect.line_ends.push_back(text(*item, "lineTerminators"));
    }
  }
  if (const YamlNode* node = find(map, {"columns"})) {
    for (const YamlNode* item : items(*node)) out.dialect.columns.push_back(text(*item, "columns"));
  }
  if (const YamlNode* node = find(map, {"null", "nulls"})) {
    for (const YamlNode* item : items(*node)) out.nulls.push_back(text(*item, "null"));
  }
  // Marks that are given stand instead of the empty cell.
  out.empty_is_null = out.nulls.empty() || std::ranges::find(out.nulls, "") != out.nulls.end();
  if (const YamlNode* node = find(map, {"encoding"})) out.encoding = text(*node, "encoding");
  if (const YamlNode* node = find(map, {"compression"})) {
    out.compression = text(*node, "compression");
  }
}

std::size_t YarrrmlReader::named_source(const YamlNode& node, const std::string& name) {
  if (const auto found = sources_.find(name); found != sources_.end()) return found->second;
  // A file instead of a name: "people.csv" or "people.csv~csv".
  if (name.find_first_of("~./") != std::string::npos) {
    LogicalSource out;
    out.place = node.place();
    read_access(node, name, out);
    model_.sources.push_back(std::move(out));
    return model_.sources.size() - 1;
  }
  std::vector<std::string> names;
  for (const auto& [key, index] : sources_) names.push_back(key);
  const auto close = nearest_name(name, std::span<const std::string>(names));
  report(code::mapping_unknown_reference, node,
         fmt::format("there is no source \"{}\"", printable(name)),
         close ? fmt::format("did you mean \"{}\"?", *close)
               : "define it under `sources`, or write it here as ['table.csv~csv']");
  return TriplesMap::kNoSource;
}

// Names, and sources written in place.
std::vector<std::size_t> YarrrmlReader::source_indices(const YamlNode& node) {
  std::vector<std::size_t> out;
  // A map in place of a list is one source.
  const auto all = node.is_mapping() ? std::vector<const YamlNode*>{&node} : items(node);
  for (const YamlNode* item : all) {
    if (item->is_scalar()) {
      const std::size_t index = named_source(*item, text(*item, "source"));
      if (index != TriplesMap::kNoSource) out.push_back(index);
      continue;
    }
    auto read = source(*item);
    if (!read) continue;
    model_.sources.push_back(std::move(*read));
    out.push_back(model_.sources.size() - 1);
  }
  return out;
}

void YarrrmlReader::read_targets_section(const YamlNode& node) {
  if (!want_map(node, "`targets`")) return;
  for (const auto& [key, value] : node.entries()) {
    LogicalTarget read = target(value);
    read.name = key.text();
    target_names_.emplace(read.name, read.name);
    if (value.is_mapping()) {
      if (const YamlNode* id = find(value, {"id"}))
        target_names_.emplace(text(*id, "id"), read.name);
    }
    model_.targets.push_back(std::move(read));
  }
}

// "$(country).nq~void": the path may depend on the record.
void YarrrmlReader::read_target_path(const YamlNode& node, LogicalTarget& out) {
  const Tagged tagged = split_tag(text(node, "access"));
  out.path = tagged.text;
  out.kind = tagged.tag;
  Expression path = expression(node, tagged.text, false);
  if (!std::holds_alternative<ConstantTerm>(path.value)) out.path_map = std::move(path);
}

// "file.nq", ['file.nq~void', serialization, compression], or a map.
LogicalTarget YarrrmlReader::target(const YamlNode& node) {
  LogicalTarget out;
  out.place = node.place();
  if (node.is_mapping()) {
    check_keys(node, kTargetKeys, "target");
    if (const YamlNode* access = find(node, {"access"})) read_target_path(*access, out);
    if (const YamlNode* name = find(node, {"source"})) {
      out.source = named_source(*name, text(*name, "source"));
    }
    if (const YamlNode* type = find(node, {"type"})) out.kind = text(*type, "type");
    out.event_stream = find(node, {"ldes"}) != nullptr;
    if (const YamlNode* name = find(node, {"serialization"})) {
      out.serialization = text(*name, "serialization");
    }
    if (const YamlNode* name = find(node, {"compression"})) {
      out.compression = text(*name, "compression");
    }
    return out;
  }
  const auto all = items(node);
  if (!all.empty()) read_target_path(*all[0], out);
  if (all.size() > 1) out.serialization = text(*all[1], "serialization");
  if (all.size() > 2) out.compression = text(*all[2], "compression");
  return out;
}

void YarrrmlReader::read_authors(const YamlNode& node) {
  for (const YamlNode* item : items(node)) {
    if (!item->is_mapping()) {
      model_.authors.push_back(text(*item, "author"));
      continue;
    }
    static constexpr std::string_view kKeys[] = {"name", "email", "website"};
    check_keys(*item, kKeys, "author");
    std::string author;
    for (const std::string_view key : kKeys) {
      const YamlNode* part = find(*item, {key});
      if (part == nullptr) continue;
      const std::string value = text(*part, key);
      author += key == "name" ? value : key == "email" ? " <" + value + ">" : " (" + value + ")";
    }
    model_.authors.push_back(std::move(author));
  }
}

}  // namespace dossier
