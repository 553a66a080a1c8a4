// The one model of RML: what a mapping says, whatever language it was written in. The loaders
// (rml_loader.hpp, yarrrml_loader.hpp) make it, `compile` (plan.hpp) turns it into a plan. All of
// the language is in it, also what the engine cannot run yet; `compile` refuses that with a place.
// Plain values that own their texts; small, cold.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/diagnostic.hpp"
#include "graph/term.hpp"

namespace dossier {

// ---- terms and expressions

// What an expression gives becomes (RML-Core, "Term types"). `unsafe`: nothing is percent-encoded.
enum class TermType : std::uint8_t { iri, uri, unsafe_iri, unsafe_uri, blank_node, literal };
std::string_view to_string(TermType type);

struct ConstantTerm {
  TermKind kind = TermKind::literal;
  std::string text;
  std::string datatype;  // literals: never empty
  std::string language;
  friend bool operator==(const ConstantTerm&, const ConstantTerm&) = default;
};

// A template is literal text and references in turn; see template.hpp.
struct TemplatePart {
  std::string text;  // with escapes resolved
  bool is_reference = false;
  std::uint32_t offset = 0;  // in the template as written, in bytes
};

struct FunctionCall;

struct NoExpression {};
struct Reference {
  std::string text;
};
struct Template {
  std::string text;  // as written
  std::vector<TemplatePart> parts;
};
using Function = std::shared_ptr<FunctionCall>;  // never null

struct Expression {
  std::variant<NoExpression, ConstantTerm, Reference, Template, Function> value;
  std::vector<std::string> targets;  // names of logical targets (RML-IO)
  Place place;

  bool empty() const { return std::holds_alternative<NoExpression>(value); }
};

struct GatherMap;
struct QuotedMap;

struct TermMap {
  Expression expression;
  std::optional<TermType> type;  // as written; else by position and expression
  std::optional<Expression> datatype;
  std::optional<Expression> language;
  Function condition;  // null: always; else the term is made only where this is true
  std::shared_ptr<const GatherMap> gather;  // null, or a collection; `expression` then names it
  std::shared_ptr<const QuotedMap> quoted;  // null, or the statements of a triples map as terms
  Place place;
};

// ---- functions (RML-FNML): `inputs` by parameter IRI
struct FunctionInput {
  std::string parameter;
  TermMap value;
  // In a join condition: which side's record the value is taken from.
  enum class Side : std::uint8_t { child, parent } side = Side::child;
  Place place;
};
struct FunctionCall {
  std::string function;  // IRI
  std::string result;    // IRI of the wanted output; empty: the first
  std::vector<FunctionInput> inputs;
  Place place;
};

// A function of the mapping's own: an expression whose references are its parameters.
struct OwnFunction {
  std::string iri;
  std::vector<std::string> parameters;
  Expression body;
  Place place;
};

// ---- triples maps

struct JoinCondition {
  TermMap child;   // made from the child's record, as a string
  TermMap parent;  // made from the parent's record
  Place place;
};

// Objects that are the subjects of another triples map.
struct RefObjectMap {
  std::string parent;  // name of a triples map
  std::vector<JoinCondition> joins;
  Function condition;  // a join by another function than equality; null: none
  std::vector<std::string> targets;
  Place place;
};

using ObjectMap = std::variant<TermMap, RefObjectMap>;

// Collections and containers (RML-CC).
enum class CollectionKind : std::uint8_t { list, bag, seq, alt };
struct GatherMap {
  std::vector<ObjectMap> items;
  CollectionKind kind = CollectionKind::list;
  bool cartesian = false;    // a collection for each combination; else all values in one
  bool allow_empty = false;  // else nothing gathered gives no term
  Place place;
};

// RML-Star: the terms are the statements that a triples map makes of the record, or of those
// records of its own source that the conditions find.
struct QuotedMap {
  std::string triples_map;
  std::vector<JoinCondition> joins;
  Place place;
};

struct PredicateObjectMap {
  std::vector<TermMap> predicates;
  std::vector<ObjectMap> objects;
  std::vector<TermMap> graphs;
  bool inverse = false;  // YARRRML: the objects are the subjects, and the subject their object
  Place place;
};

enum class Formulation : std::uint8_t {
  csv,
  jsonpath,
  xpath,
  sql_table,
  sql_query,
  sparql_xml,  // results of a query, in a file; likewise the next three
  sparql_json,
  sparql_csv,
  sparql_tsv,
  rdf,
  spreadsheet,
  other
};
std::string_view to_string(Formulation formulation);

// How a table is written; only what the mapping says.
struct TableDialect {
  std::optional<std::string> delimiter;
  std::optional<std::string> quote;
  std::optional<bool> double_quote;
  std::optional<std::string> comment;
  std::optional<std::uint32_t> header_rows;
  std::optional<std::string> trim;  // true, false, start, end
  std::optional<bool> skip_initial_space;
  std::optional<bool> skip_blank_rows;
  std::optional<std::uint32_t> skip_rows;
  std::optional<std::uint32_t> skip_columns;
  std::vector<std::string> line_ends;
  std::vector<std::string> columns;
  friend bool operator==(const TableDialect&, const TableDialect&) = default;
};

// Where relative paths begin (RML-IO `rml:root`).
enum class PathRoot : std::uint8_t { mapping_directory, working_directory, given };

// Logical views (RML-LV): a table of named fields, made of the records of another source.
struct ViewField {
  std::string name;
  bool iterable = false;  // a row for each item of `iterator`; else a value or several
  Expression expression;
  std::string iterator;
  std::optional<Formulation> formulation;  // of the text that is iterated over; else the parent's
  std::vector<ViewField> fields;
  Place place;
};
struct ViewJoin {
  bool inner = false;      // rows without a match are dropped; else kept
  std::size_t parent = 0;  // into MappingModel::sources
  std::vector<JoinCondition> conditions;
  std::vector<ViewField> fields;
  Place place;
};
// What the mapping says of the data of a view (RML-LV, "Structural annotations"). What is made of
// the view does not depend on it (there, "Invariance principle"); lint.hpp holds the data to it.
enum class AnnotationKind : std::uint8_t {
  iri_safe,
  primary_key,
  unique,
  not_null,
  foreign_key,
  inclusion
};
std::string_view to_string(AnnotationKind kind);
struct StructuralAnnotation {
  AnnotationKind kind = AnnotationKind::unique;
  std::vector<std::string> fields;
  std::size_t target = 0;  // of foreign_key and inclusion: a view, into MappingModel::sources
  std::vector<std::string> target_fields;
  Place place;

  bool has_target() const {
    return kind == AnnotationKind::foreign_key || kind == AnnotationKind::inclusion;
  }
};
struct LogicalView {
  std::size_t on = 0;  // into MappingModel::sources
  std::vector<ViewField> fields;
  std::vector<ViewJoin> joins;
  std::vector<StructuralAnnotation> annotations;
};

struct LogicalSource {
  std::string path;  // of a file, a URL or a database; files may be a pattern, "data/*.csv"
  std::vector<std::string> more_paths;  // further files of the same source
  PathRoot root = PathRoot::mapping_directory;
  std::string root_path;  // of PathRoot::given
  Formulation formulation = Formulation::csv;
  std::string formulation_name;  // as written, for messages
  std::string iterator;
  std::map<std::string, std::string> namespaces;  // of XPaths: prefix -> IRI
  std::string query;                              // SQL: table name or query
  std::string user;      // of a database: as written, or $VARIABLE, or file:PATH
  std::string password;  // likewise
  std::string kind;      // of access that is no local file: "wot", "mysql" ...; empty: a file
  TableDialect dialect;
  std::vector<std::string> nulls;  // values that mean absent
  bool empty_is_null = true;       // the new RML vocabulary says false, unless "" is among `nulls`
  std::string encoding;            // empty: UTF-8
  std::string compression;         // as named; empty: told by the bytes
  std::string name;                // in the mapping file; may be empty
  std::shared_ptr<const LogicalView>
      view;  // not null: a view, and of the above only name and place
  Place place;
};

// Whether all that decides how a source is read is the same.
bool same_source(const LogicalSource& a, const LogicalSource& b);

struct TriplesMap {
  std::string name;  // IRI, label or key: names the rule in evidence
  std::string base;  // rml:baseIRI; empty: the mapping's
  std::size_t source = kNoSource;
  TermMap subject;
  std::vector<TermMap> subject_graphs;
  std::vector<TermMap> classes;  // constants, except where YARRRML allows more
  std::vector<PredicateObjectMap> predicate_objects;
  bool asserted = true;  // RML-Star: false for rml:NonAssertedTriplesMap
  Place place;
  std::uint64_t offset = 0;  // of the place, in bytes of the mapping file

  static constexpr std::size_t kNoSource = static_cast<std::size_t>(-1);
};

struct LogicalTarget {
  std::string name;
  std::string path;  // as written, also where it depends on the record
  // A path that depends on the record: a reference or a template; else empty. Its references are
  // those of `source`.
  Expression path_map;
  std::size_t source = TriplesMap::kNoSource;  // not said: that of the triples map
  bool event_stream = false;                   // a Linked Data Event Stream
  PathRoot root = PathRoot::working_directory;
  std::string root_path;  // of PathRoot::given
  std::string kind;
  std::string serialization;
  std::string compression;
  std::string encoding;
  Place place;
};

// A mapping: one or several files together.
struct MappingModel {
  std::string base;  // for relative IRIs that triples maps make; empty: the option's
  std::vector<LogicalSource> sources;
  std::vector<LogicalTarget> targets;
  std::vector<TriplesMap> triples_maps;
  std::vector<OwnFunction> functions;
  std::vector<std::string> authors;
  std::vector<std::pair<std::string, std::string>> prefixes;  // for writers

  const TriplesMap* find(std::string_view name) const;
};

}  // namespace dossier
