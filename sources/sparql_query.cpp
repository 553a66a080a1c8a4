#include "sources/sparql_query.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/tables.hpp"
#include "base/text.hpp"
#include "graph/builder.hpp"
#include "graph/freeze.hpp"
#include "sources/rasqal.hpp"
#include "sources/rdf.hpp"
#include "sources/row_reader.hpp"
#include "sources/sparql_results.hpp"

namespace dossier {
namespace {

// The graph as rasqal asks for it: statements that fit a pattern, one after another.
struct QueriedGraph {
  const Graph& graph;
  RasqalTerms terms;
  const RasqalLibrary& library;
};

constexpr std::size_t kTripleParts = 3;

// A triple pattern: what is known of its parts, and the statements that may fit.
class PatternMatch {
 public:
  PatternMatch(QueriedGraph& queried, const rasqal_triple& triple) : queried_(queried) {
    rasqal_literal* const parts[kTripleParts] = {triple.subject, triple.predicate, triple.object};
    for (std::size_t i = 0; i < kTripleParts; ++i) {
      rasqal_literal* value = parts[i];
      if (const rasqal_variable* const variable = queried.library.as_variable(value)) {
        value = variable->value;
      }
      if (value == nullptr) continue;
      known_[i] = queried.terms.find(queried.graph, value);
      if (!known_[i]) impossible_ = true;
    }
    choose();
  }

  bool at_end() const { return impossible_ || at_ == size_; }
  void next() {
    ++at_;
    skip();
  }

  // Sets the variables of `parts`; those that were set, or none where one variable would have two
  // values.
  rasqal_triple_parts bind(rasqal_variable* const* variables, rasqal_triple_parts parts) const {
    const Statement& found = statement(at_);
    const TermId values[kTripleParts] = {found.subject, found.predicate, found.object};
    constexpr rasqal_triple_parts kParts[] = {RASQAL_TRIPLE_SUBJECT, RASQAL_TRIPLE_PREDICATE,
                                              RASQAL_TRIPLE_OBJECT};
    for (std::size_t i = 0; i < kTripleParts; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (variables[i] != nullptr && variables[i] == variables[j] && values[i] != values[j]) {
          return RASQAL_TRIPLE_NONE;
        }
      }
    }
    int set = RASQAL_TRIPLE_NONE;
    for (std::size_t i = 0; i < kTripleParts; ++i) {
      if (variables[i] == nullptr || (parts & kParts[i]) == 0) continue;
      queried_.library.set_value(variables[i], queried_.terms.literal(queried_.graph, values[i]));
      set |= kParts[i];
    }
    return static_cast<rasqal_triple_parts>(set);
  }

 private:
  void choose() {
    const Graph& graph = queried_.graph;
    const auto [subject, predicate, object] = known_;
    if (impossible_) return;
    if (subject) {
      list_ = predicate ? graph.about(subject, predicate) : graph.about(subject);
    } else if (predicate) {
      range_ = object ? graph.with_object(predicate, object) : graph.with_predicate(predicate);
    } else {
      list_ = graph.statements();
    }
    size_ = range_ ? range_->size() : list_.size();
    skip();
  }
  const Statement& statement(std::size_t at) const { return range_ ? (*range_)[at] : list_[at]; }
  bool fits(const Statement& each) const {
    const TermId values[kTripleParts] = {each.subject, each.predicate, each.object};
    for (std::size_t i = 0; i < kTripleParts; ++i) {
      if ((known_[i] && known_[i] != values[i]) || values[i].is_triple()) return false;
    }
    return each.graph == kDefaultGraph;
  }
  void skip() {
    while (at_ < size_ && !fits(statement(at_))) ++at_;
  }

  QueriedGraph& queried_;
  std::array<TermId, kTripleParts> known_;
  bool impossible_ = false;
  std::span<const Statement> list_;
  std::optional<StatementRange> range_;
  std::size_t at_ = 0;
  std::size_t size_ = 0;
};

// ---- the callbacks of rasqal; `data` is a QueriedGraph* or a PatternMatch* in its own memory

PatternMatch& match_in(void* data) {
  return *static_cast<PatternMatch*>(data);
}

int begin_match(rasqal_triples_match* match, rasqal_triples_source*, void* data,
                rasqal_triple_meta* meta, rasqal_triple* triple) {
  QueriedGraph& queried = **static_cast<QueriedGraph**>(data);
  rasqal_literal* const terms[kTripleParts] = {triple->subject, triple->predicate, triple->object};
  for (std::size_t i = 0; i < kTripleParts; ++i) {
    meta->bindings[i] = queried.library.as_variable(terms[i]);
  }
  match->user_data = new PatternMatch(queried, *triple);
  match->bind_match = [](rasqal_triples_match*, void* own, rasqal_variable* variables[4],
                         rasqal_triple_parts parts) {
    return match_in(own).at_end() ? RASQAL_TRIPLE_NONE : match_in(own).bind(variables, parts);
  };
  match->next_match = [](rasqal_triples_match*, void* own) { match_in(own).next(); };
  match->is_end = [](rasqal_triples_match*, void* own) { return match_in(own).at_end() ? 1 : 0; };
  match->finish = [](rasqal_triples_match*, void* own) { delete &match_in(own); };
  return 0;
}

int open_queried(void* factory_data, void* data, rasqal_triples_source* source) {
  *static_cast<void**>(data) = factory_data;
  source->version = 1;
  source->init_triples_match = begin_match;
  source->triple_present = [](rasqal_triples_source*, void* own, rasqal_triple* triple) {
    return PatternMatch(**static_cast<QueriedGraph**>(own), *triple).at_end() ? 0 : 1;
  };
  source->free_triples_source = [](void*) {};
  return 0;
}

// Each form of the opening function is set: the factory holds those of rasqal's own source.
int register_queried(rasqal_triples_source_factory* factory) {
  factory->version = RASQAL_TRIPLES_SOURCE_FACTORY_MAX_VERSION;
  factory->user_data_size = sizeof(void*);
  factory->new_triples_source = [](rasqal_query*, void* given, void* data,
                                   rasqal_triples_source* source) {
    return open_queried(given, data, source);
  };
  factory->init_triples_source = [](rasqal_query*, void* given, void* data,
                                    rasqal_triples_source* source, rasqal_triples_error_handler) {
    return open_queried(given, data, source);
  };
  factory->init_triples_source2 = [](rasqal_world*, raptor_sequence*, void* given, void* data,
                                     rasqal_triples_source* source, rasqal_triples_error_handler2,
                                     unsigned int) { return open_queried(given, data, source); };
  return 0;
}

// ---- the solutions

class SolutionRows final : public RowSource {
 public:
  SolutionRows(const RasqalLibrary& library, Graph graph, std::string name,
               const SparqlQueryOptions& options, const Limits& limits)
      : library_(library),
        graph_(std::move(graph)),
        name_(std::move(name)),
        options_(options),
        limits_(limits),
        world_(library_.new_world(), library_.free_world) {}

  Expected<void> open(std::span<const std::string> wanted) {
    if (!world_ || library_.world_open(world_.get()) != 0) return bad("rasqal cannot be started");
    library_.set_log_handler(world_.get(), this, [](void* self, raptor_log_message* message) {
      static_cast<SolutionRows*>(self)->note(*message);
    });
    queried_.emplace(QueriedGraph{graph_, RasqalTerms(library_, world_.get()), library_});
    library_.set_source(world_.get(), register_queried, &*queried_);
    if (auto prepared = prepare(); !prepared) return prepared;
    results_ = {library_.execute(query_.get()), library_.free_results};
    if (!results_) return bad("it cannot be run");
    return choose_slots(wanted);
  }

  Expected<bool> next_row(RowWriter& row, std::uint64_t& number) override {
    if (library_.finished(results_.get()) != 0) {
      if (!complaint_.empty()) return bad("it cannot be run to the end");
      return false;
    }
    if (rows_ == limits_.max_query_rows) {
      return fail(code::limit_exceeded, {name_},
                  fmt::format("the query has more than {} solutions (max-query-rows)",
                              with_separators(limits_.max_query_rows)),
                  "do its patterns hang together? Raise the limit with --limit max-query-rows=N");
    }
    number = rows_++;
    for (const Slot& slot : slots_) add(slot, row);
    library_.next(results_.get());
    return true;
  }

  std::span<const std::string> columns() const override { return names_; }

 private:
  struct Slot {
    int index = 0;
    SparqlTermPart part = SparqlTermPart::value;
  };

  void note(const raptor_log_message& message) {
    if (message.level < RAPTOR_LOG_LEVEL_ERROR || !complaint_.empty()) return;
    const int line = message.locator == nullptr ? -1 : message.locator->line;
    complaint_ = line > 0 ? fmt::format("line {}: {}", line, message.text) : message.text;
  }

  std::unexpected<Error> bad(std::string_view why, std::string_view hint = {}) const {
    return fail(code::sparql_query, {name_},
                complaint_.empty() ? std::string(why)
                                   : fmt::format("{}: {}", why, printable(complaint_, 200)),
                std::string(hint));
  }

  Expected<void> prepare() {
    query_ = {library_.new_query(world_.get(), "sparql11-query", nullptr), library_.free_query};
    if (!query_) return bad("rasqal has no SPARQL 1.1");
    raptor_uri* const base =
        library_.new_uri(library_.get_raptor(world_.get()),
                         reinterpret_cast<const unsigned char*>(options_.base.c_str()));
    const int failed = library_.prepare(
        query_.get(), reinterpret_cast<const unsigned char*>(options_.query.c_str()), base);
    library_.free_uri(base);
    if (failed != 0) {
      return bad("it is no query of SPARQL 1.1 that rasqal knows",
                 "lines are those of the query; property paths are not known");
    }
    if (library_.verb(query_.get()) != RASQAL_QUERY_VERB_SELECT) {
      return bad("it is no SELECT", "the variables of a SELECT are what a mapping refers to");
    }
    raptor_sequence* const graphs = library_.data_graphs(query_.get());
    const bool elsewhere = (graphs != nullptr && library_.sequence_size(graphs) > 0) ||
                           leaves_file(library_.pattern(query_.get()), 0);
    if (!elsewhere) return {};
    return bad("it asks for other graphs than the file itself",
               "leave out FROM, GRAPH and SERVICE: the default graph of the file is asked");
  }

  // Deeper than the limit: held to leave, too.
  bool leaves_file(rasqal_graph_pattern* pattern, std::size_t depth) const {
    if (pattern == nullptr) return false;
    const auto kind = library_.pattern_operator(pattern);
    if (kind == RASQAL_GRAPH_PATTERN_OPERATOR_SERVICE ||
        kind == RASQAL_GRAPH_PATTERN_OPERATOR_GRAPH || depth > limits_.max_expression_depth) {
      return true;
    }
    for (int i = 0;; ++i) {
      rasqal_graph_pattern* const inner = library_.sub_pattern(pattern, i);
      if (inner == nullptr) return false;
      if (leaves_file(inner, depth + 1)) return true;
    }
  }

  Expected<void> choose_slots(std::span<const std::string> wanted) {
    raptor_sequence* const variables = library_.variables(query_.get());
    const int count = variables == nullptr ? 0 : library_.sequence_size(variables);
    for (int i = 0; i < count; ++i) {
      const auto* const each =
          static_cast<const rasqal_variable*>(library_.sequence_at(variables, i));
      names_.emplace_back(reinterpret_cast<const char*>(each->name));
    }
    for (const std::string& each : wanted) {
      const SparqlVariable variable = sparql_variable(each);
      const auto found = std::ranges::find(names_, variable.name);
      if (found == names_.end() || (!options_.typed && variable.part != SparqlTermPart::value)) {
        const auto close = nearest_name(variable.name, std::span<const std::string>(names_));
        return fail(code::column_unknown, {name_},
                    fmt::format("the query has no variable \"{}\"", printable(each)),
                    fmt::format("{}it selects: {}",
                                close ? fmt::format("did you mean \"{}\"? ", *close) : "",
                                fmt::join(names_, ", ")));
      }
      slots_.push_back({static_cast<int>(found - names_.begin()), variable.part});
    }
    return {};
  }

  void add(const Slot& slot, RowWriter& row) {
    rasqal_literal* const value = library_.value(results_.get(), slot.index);
    if (value == nullptr) return row.add_absent();
    const RasqalTerm term = queried_->terms.term(value);
    const bool literal = term.kind == TermKind::literal;
    switch (slot.part) {
      case SparqlTermPart::value:
        return row.add(term.text,
                       literal && options_.typed ? value_type_of(term.datatype) : ValueType::text);
      case SparqlTermPart::type:
        return row.add(literal                        ? "literal"
                       : term.kind == TermKind::blank ? "bnode"
                                                      : "uri",
                       ValueType::text);
      case SparqlTermPart::datatype:
        if (!literal || !term.language.empty()) return row.add_absent();
        return row.add(term.datatype, ValueType::text);
      case SparqlTermPart::language:
        return term.language.empty() ? row.add_absent() : row.add(term.language, ValueType::text);
    }
  }

  template <class T>
  using Owned = std::unique_ptr<T, void (*)(T*)>;

  RasqalLibrary library_;
  Graph graph_;
  std::string name_;
  SparqlQueryOptions options_;
  Limits limits_;
  std::string complaint_;  // the first of rasqal
  std::optional<QueriedGraph> queried_;
  Owned<rasqal_world> world_;
  Owned<rasqal_query> query_{nullptr, nullptr};
  Owned<rasqal_query_results> results_{nullptr, nullptr};
  std::vector<std::string> names_;
  std::vector<Slot> slots_;
  std::uint64_t rows_ = 0;
};

}  // namespace

Expected<std::unique_ptr<RecordReader>> open_sparql_query(std::unique_ptr<ByteSource> source,
                                                          const SparqlQueryOptions& options,
                                                          std::span<const std::string> wanted,
                                                          const Limits& limits) {
  auto library = load_rasqal();
  if (!library) return std::unexpected(std::move(library.error()));
  const std::string name = source->name();
  Builder builder;
  RdfReadOptions read;
  read.base = options.base;
  read.limits = limits;
  NoDiagnostics nowhere;
  if (auto counts = read_rdf(*source, options.format, read, builder.shard(), nowhere); !counts) {
    return std::unexpected(std::move(counts.error()));
  }
  auto rows =
      std::make_unique<SolutionRows>(*library, freeze(std::move(builder)), name, options, limits);
  if (auto opened = rows->open(wanted); !opened) {
    return std::unexpected(std::move(opened.error()));
  }
  return read_rows(std::move(rows), name, wanted.size());
}

}  // namespace dossier
