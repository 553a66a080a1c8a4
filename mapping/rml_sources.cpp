// Logical sources, their access and dialect. Part of the RML loader.
#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/file_formulations.hpp"
#include "mapping/rml_reader.hpp"
#include "mapping/sql_source.hpp"

namespace dossier {
namespace {

constexpr std::string_view kCsvw = "http://www.w3.org/ns/csvw#";
constexpr std::string_view kDcat = "http://www.w3.org/ns/dcat#";

struct NamedFormulation {
  std::string_view name;  // in lower case
  Formulation formulation;
};
constexpr NamedFormulation kFormulations[] = {
    {"csv", Formulation::csv},
    {"jsonpath", Formulation::jsonpath},
    {"xpath", Formulation::xpath},
    {"sql2008table", Formulation::sql_table},
    {"sql2008query", Formulation::sql_query},
};

bool is_true_word(std::string_view text) {
  return text == "true" || text == "1";
}

// Kinds of access that are no local file, by the type of the node.
constexpr std::pair<std::string_view, std::string_view> kAccessKinds[] = {
    {"http://www.w3.org/ns/sparql-service-description#Service", "a SPARQL service"},
};

}  // namespace

void RmlReader::read_formulation(TermId node, LogicalSource& out) {
  const auto value = rml_.value(node, Rml::reference_formulation);
  if (!value) {
    if (rml_.has(node, Rml::table_name)) out.formulation = Formulation::sql_table;
    if (rml_.has(node, Rml::query)) out.formulation = Formulation::sql_query;
    return;
  }
  std::string_view iri = rml_.graph().text(value->term);
  if (value->term.is_blank() && rml_.has_type(value->term, "XPathReferenceFormulation")) {
    iri = "http://w3id.org/rml/XPath";
    read_namespaces(value->term, out);
  }
  out.formulation_name = local_name(iri);
  const std::string lower = to_lower_ascii(rml_local(iri).value_or(iri));
  const auto found = std::ranges::find(kFormulations, lower, &NamedFormulation::name);
  if (found != std::end(kFormulations)) {
    out.formulation = found->formulation;
    return;
  }
  if (const auto file = find_file_formulation(out.formulation_name)) {
    out.formulation = *file;
    return;
  }
  out.formulation = Formulation::other;
  if (!rml_local(iri)) return;
  std::vector<std::string_view> names = {"CSV", "JSONPath", "XPath", "SQL2008Table",
                                         "SQL2008Query"};
  const auto close = nearest_name(out.formulation_name, std::span<const std::string_view>(names));
  if (close) {
    rml_.report(code::mapping_unknown_name, rml_.place(*value),
                fmt::format("there is no reference formulation \"{}\"", out.formulation_name),
                fmt::format("did you mean rml:{}?", *close));
  }
}

void RmlReader::read_namespaces(TermId formulation, LogicalSource& out) {
  for (const Value& value : rml_.values(formulation, Rml::name_space)) {
    const auto prefix = rml_.text(value.term, Rml::namespace_prefix);
    const auto url = rml_.text(value.term, Rml::namespace_url);
    if (prefix && url) {
      out.namespaces[*prefix] = *url;
    } else {
      rml_.report(code::mapping_bad_value, rml_.place(value),
                  "a namespace of XPaths has a prefix and an IRI",
                  "give it rml:namespacePrefix and rml:namespaceURL");
    }
  }
}

void RmlReader::read_nulls(TermId node, LogicalSource& out) {
  for (const Value& value : rml_.values(node, Rml::null)) {
    out.nulls.emplace_back(rml_.graph().text(value.term));
  }
}

std::size_t RmlReader::read_source(const Value& value) {
  const TermId node = value.term;
  if (const auto known = sources_.find(node); known != sources_.end()) return known->second;
  const bool is_view = rml_.has_type(node, "LogicalView") || rml_.has(node, Rml::view_on);
  rml_.check(node, is_view ? kL : kS, is_view ? "logical view" : "logical source");
  LogicalSource source;
  source.place = rml_.place(value);
  if (const auto label = rml_.text(node, rdfs::kLabel)) source.name = *label;
  if (is_view) {
    source.view = read_view(node, source.place);
    if (source.name.empty()) source.name = name_of(node);
    if (source.view && source.view->on < model_.sources.size()) {
      source.path = model_.sources[source.view->on].path;
    }
    model_.sources.push_back(std::move(source));
    sources_.emplace(node, model_.sources.size() - 1);
    return model_.sources.size() - 1;
  }
  if (const auto iterator = rml_.text(node, Rml::iterator)) source.iterator = *iterator;
  if (const auto query = rml_.text(node, Rml::query)) source.query = *query;
  if (const auto table = rml_.text(node, Rml::table_name)) source.query = *table;
  read_formulation(node, source);
  // The new vocabulary keeps empty cells, unless they are said to be null.
  const bool legacy = rml_.is_legacy(node);
  if (const auto access = rml_.value(node, Rml::source)) {
    read_access(*access, source);
  }
  // RML-IO names the table or the query by the iterator.
  if (is_sql(source) && source.query.empty()) source.query = std::exchange(source.iterator, {});
  read_nulls(node, source);
  source.empty_is_null = legacy || std::ranges::find(source.nulls, "") != source.nulls.end();
  if (const auto encoding = rml_.text(node, Rml::encoding)) {
    source.encoding = local_name(*encoding);
  }
  model_.sources.push_back(std::move(source));
  sources_.emplace(node, model_.sources.size() - 1);
  return model_.sources.size() - 1;
}

std::pair<PathRoot, std::string> RmlReader::read_root(const Value& root) {
  const std::string_view text = rml_.graph().text(root.term);
  const auto local = rml_local(text);
  if (local == "CurrentWorkingDirectory") return {PathRoot::working_directory, {}};
  if (local == "MappingDirectory") return {PathRoot::mapping_directory, {}};
  return {PathRoot::given, std::string(text)};
}

void RmlReader::read_access(const Value& value, LogicalSource& out) {
  const Graph& graph = rml_.graph();
  if (value.term.is_literal()) {
    out.path = graph.text(value.term);
    return;
  }
  const TermId node = value.term;
  rml_.check(node, kX, "source");
  const auto paths = rml_.values(node, Rml::path);
  if (!paths.empty()) out.path = graph.text(paths.front().term);
  for (std::size_t i = 1; i < paths.size(); ++i) {
    out.more_paths.emplace_back(graph.text(paths[i].term));
  }
  if (const auto root = rml_.value(node, Rml::root)) {
    std::tie(out.root, out.root_path) = read_root(*root);
  }
  read_nulls(node, out);
  if (const auto encoding = rml_.text(node, Rml::encoding)) out.encoding = local_name(*encoding);
  if (const auto compression = rml_.text(node, Rml::compression)) {
    out.compression = local_name(*compression);
  }
  if (!rml_.values(node, std::string(kCsvw) + "url").empty()) read_csvw(node, out);
  const auto d2rq = [&](std::string_view local) {
    return rml_.text(node,
                     "http://www.wiwiss.fu-berlin.de/suhl/bizer/D2RQ/0.1#" + std::string(local));
  };
  if (const auto address = d2rq("jdbcDSN")) out.path = *address;
  if (const auto user = d2rq("username")) out.user = *user;
  if (const auto password = d2rq("password")) out.password = *password;
  for (const std::string_view property : {"downloadURL", "accessURL"}) {
    if (const auto url = rml_.text(node, std::string(kDcat) + std::string(property))) {
      out.path = *url;
    }
  }
  read_things(node, out);
  if (const auto type = rml_.foreign_type(node)) {
    const auto found = std::ranges::find(kAccessKinds, *type,
                                         &std::pair<std::string_view, std::string_view>::first);
    if (found != std::end(kAccessKinds)) out.kind = found->second;
  }
}

// The Web of Things: a form of the thing, or of one of its properties, says where.
void RmlReader::read_things(TermId node, LogicalSource& out) {
  static const std::string kThings = "https://www.w3.org/2019/wot/td#";
  std::vector<Value> owners = rml_.values(node, kThings + "hasPropertyAffordance");
  owners.push_back({node, 0});
  for (const Value& owner : owners) {
    for (const Value& form : rml_.values(owner.term, kThings + "hasForm")) {
      const auto url = rml_.text(form.term, "https://www.w3.org/2019/wot/hypermedia#hasTarget");
      if (url) out.path = *url;
    }
  }
}

void RmlReader::read_csvw(TermId node, LogicalSource& out) {
  const auto property = [](std::string_view local) {
    return std::string(kCsvw) + std::string(local);
  };
  if (const auto url = rml_.text(node, property("url"))) out.path = *url;
  for (const Value& null : rml_.values(node, property("null"))) {
    out.nulls.emplace_back(rml_.graph().text(null.term));
  }
  const auto dialects = rml_.values(node, property("dialect"));
  if (!dialects.empty()) read_dialect(dialects.front().term, out);
}

// CSVW, "Model for Tabular Data", section 5.9.
void RmlReader::read_dialect(TermId node, LogicalSource& out) {
  TableDialect& dialect = out.dialect;
  const auto text_of = [&](std::string_view local) {
    return rml_.text(node, std::string(kCsvw) + std::string(local));
  };
  const auto flag_of = [&](std::string_view local) -> std::optional<bool> {
    const auto text = text_of(local);
    return text ? std::optional(is_true_word(*text)) : std::nullopt;
  };
  const auto number_of = [&](std::string_view local) -> std::optional<std::uint32_t> {
    const auto text = text_of(local);
    if (!text) return std::nullopt;
    std::uint32_t number = 0;
    const char* const end = text->data() + text->size();
    if (!text->empty() && std::from_chars(text->data(), end, number).ptr == end) return number;
    const Value value = rml_.values(node, std::string(kCsvw) + std::string(local)).front();
    rml_.report(code::mapping_bad_value, rml_.place(value),
                fmt::format("csvw:{} is a number, not \"{}\"", local, printable(*text)));
    return std::nullopt;
  };
  dialect.delimiter = text_of("delimiter");
  dialect.quote = text_of("quoteChar");
  dialect.comment = text_of("commentPrefix");
  dialect.trim = text_of("trim");
  dialect.double_quote = flag_of("doubleQuote");
  dialect.skip_initial_space = flag_of("skipInitialSpace");
  dialect.skip_blank_rows = flag_of("skipBlankRows");
  dialect.skip_rows = number_of("skipRows");
  dialect.skip_columns = number_of("skipColumns");
  if (const auto header = flag_of("header")) dialect.header_rows = *header ? 1 : 0;
  if (const auto rows = number_of("headerRowCount")) dialect.header_rows = rows;
  if (const auto text = text_of("encoding")) out.encoding = *text;
  for (const Value& each : rml_.values(node, std::string(kCsvw) + "lineTerminators")) {
    const auto all = each.term.is_literal() ? std::vector<Value>{each} : list_items(each);
    for (const Value& end : all) dialect.line_ends.emplace_back(rml_.graph().text(end.term));
  }
  check_dialect(node);
}

void RmlReader::check_dialect(TermId node) {
  static constexpr std::string_view kKnown[] = {
      "delimiter",  "quoteChar",        "doubleQuote",   "commentPrefix",
      "header",     "headerRowCount",   "trim",          "encoding",
      "skipRows",   "skipInitialSpace", "skipBlankRows", "lineTerminators",
      "skipColumns"};
  for (const Statement& each : rml_.graph().about(node)) {
    const std::string_view iri = rml_.graph().text(each.predicate);
    if (!iri.starts_with(kCsvw)) continue;
    const std::string_view local = iri.substr(kCsvw.size());
    if (std::ranges::find(kKnown, local) != std::end(kKnown)) continue;
    const auto close = nearest_name(local, std::span<const std::string_view>(kKnown));
    rml_.report(code::mapping_unknown_name,
                rml_.place(Value{each.object, rml_.graph().position(each)}),
                fmt::format("csvw:{} is not known in a dialect", printable(local)),
                close ? fmt::format("did you mean csvw:{}?", *close) : "");
  }
}

}  // namespace dossier
