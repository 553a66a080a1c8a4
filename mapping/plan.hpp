// A mapping compiled once: what the engine runs. A source is opened with the references that are
// wanted, each a slot of its records; a term is a list of pieces, each constant bytes or a slot
// with its kind of escaping; triples maps of one source share one pass over it; a reference to
// another triples map is a hash join, built in a pass of its own. A Plan is immutable and shared by
// threads; workers keep their own state (ids of constants).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/limits.hpp"
#include "mapping/model.hpp"
#include "mapping/piece.hpp"
#include "mapping/row_program.hpp"

namespace dossier {

enum class TermShape : std::uint8_t { iri, blank, literal };

// Terms that are made of others: a statement as a term, a collection's first node.
enum class Compound : std::uint8_t { none, quoted, gathered };

// How a value becomes a term; the value is the pieces one after the other.
struct TermPlan {
  TermShape shape = TermShape::literal;
  bool constant = false;   // no slot: the same term for every record
  bool natural = false;    // literal of one slot whose datatype follows the value's type
  bool check_iri = false;  // may be relative, or hold characters that no IRI has
  bool unsafe = false;     // as it comes, whatever it is
  bool by_record = false;  // blank node without a value: one for each record
  bool default_graph = false;
  Compound compound = Compound::none;
  bool operand = false;   // made only for the compound that takes it
  bool computed = false;  // has conditions, or takes what a function gives
  std::vector<Piece> pieces;
  std::vector<std::uint32_t> conditions;  // slots: a term only where all are true
  std::string base;                       // what a relative IRI is put behind
  std::string datatype;  // constant datatype or language; both empty: natural or by pieces
  std::string language;
  std::vector<Piece> datatype_pieces;  // an IRI
  std::vector<Piece> language_pieces;
  std::string line_suffix;             // what closes the literal in N-Triples: "@en or "^^<...>
  std::uint64_t record_seed = 0;       // by_record: the label's first part
  std::uint32_t parts = 0;             // of a compound: into MapPlan::quoted or gathered
  std::uint32_t number = 0;            // counts the terms of the triples maps of a plan
  std::uint32_t uses = 0;              // statements that cannot be made without it
  std::vector<std::uint32_t> targets;  // into MappingModel::targets; see targets.hpp
  Place place;
};

// One statement a record: indices into MapPlan::terms.
struct StatementPlan {
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  std::uint32_t predicate = 0;
  std::uint32_t object = kNone;  // a term, or
  std::uint32_t join = kNone;    // an index into Plan::joins
  std::uint32_t graph = 0;
  bool inverse = false;  // subject and object change places
};

// A statement, or those of a join, as terms. Where a subject is wanted, RDF 1.2 has no triple
// terms: then it is a blank node that reifies the statement.
struct QuotedPlan {
  struct Part {
    std::uint32_t subject = 0;
    std::uint32_t predicate = 0;
    std::uint32_t object = 0;
  };
  std::vector<Part> parts;                    // indices into MapPlan::terms
  std::uint32_t join = StatementPlan::kNone;  // or an index into Plan::joins
  bool reified = false;
};

struct GatherItem {
  std::uint32_t term = StatementPlan::kNone;  // into MapPlan::terms, or
  std::uint32_t join = StatementPlan::kNone;  // into Plan::joins
};
struct GatherPlan {
  std::vector<GatherItem> items;
  CollectionKind kind = CollectionKind::list;
  bool cartesian = false;
  bool allow_empty = false;
  std::uint32_t head = StatementPlan::kNone;  // a term that names it, so that records share it
  std::vector<std::uint32_t> graphs;          // terms: where its statements are written
  std::uint64_t seed = 0;
};

// The path of a target that depends on the record.
struct TargetPath {
  std::uint32_t target = 0;  // into MappingModel::targets
  std::uint32_t term = 0;    // into MapPlan::terms
};

struct MapPlan {
  std::string name;
  std::size_t model_index = 0;  // into MappingModel::triples_maps
  Place place;
  std::uint32_t subject = 0;  // into terms
  std::vector<TermPlan> terms;
  std::vector<StatementPlan> statements;
  std::vector<QuotedPlan> quoted;
  std::vector<GatherPlan> gathered;
  std::vector<TargetPath> target_paths;
};

// The parent's side of joins: key -> subjects. Shared by joins on the same parent values.
struct JoinTablePlan {
  std::size_t parent_map = 0;      // index into MappingModel::triples_maps
  std::size_t source = 0;          // of the parent, read in a pass of its own
  std::vector<std::string> slots;  // references that this pass reads
  RowProgram program;              // of keys and subject
  std::vector<TermPlan> keys;      // literals; none: every parent matches
  TermPlan subject;
  std::vector<MapPlan> quoted;  // one: instead of the subject, the statements that it makes
};

struct JoinPlan {
  std::size_t source = 0;  // of the child
  std::size_t table = 0;
  std::vector<TermPlan> keys;  // on the child's slots, in the order of the table's
  std::vector<std::uint32_t> targets;
  Place place;
};

struct SourcePlan {
  std::size_t model_index = 0;  // into MappingModel::sources
  std::filesystem::path path;   // resolved; "-" for stdin
  std::string shown_path;       // as messages and evidence name it
  std::vector<std::string> slots;
  RowProgram program;  // computed slots, behind `slots`
  std::vector<MapPlan> maps;
  bool in_order = false;  // by one thread: collections that records share
  std::size_t files = 1;  // of a pattern or list: how many plans from here on are of its files
};

struct CompileOptions {
  std::filesystem::path mapping_directory;  // where relative paths begin ...
  std::filesystem::path source_root;        // ... unless this is given and they do not with "./"
  std::filesystem::path allowed_root;       // nothing outside is read; empty: no bound
  std::map<std::string, std::filesystem::path> copies;  // address on the network -> local file
  std::string base;            // for relative IRIs where the mapping names none
  bool allow_network = false;  // databases on other machines
  // Statements as terms are written << s p o >>, subjects included, as before RDF 1.2. Of lines
  // only.
  bool rdf_star = false;
  bool strict = false;  // rows with too few or too many cells are rejected
  Limits limits;
};

struct Plan {
  MappingModel model;
  std::vector<SourcePlan> sources;
  std::vector<JoinTablePlan> join_tables;
  std::vector<JoinPlan> joins;
  CompileOptions options;

  std::size_t map_count() const;
  std::uint32_t term_count = 0;
};

// Everything that is wrong is reported; the failure then says how much. Files are not opened.
Expected<Plan> compile(MappingModel model, const CompileOptions& options,
                       DiagnosticSink& diagnostics);

}  // namespace dossier
