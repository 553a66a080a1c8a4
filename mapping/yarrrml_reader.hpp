// The parts of the YARRRML loader, one file each: texts (yarrrml_text.cpp), terms
// (yarrrml_terms.cpp), functions and joins (yarrrml_functions.cpp), sources and targets
// (yarrrml_sources.cpp), mappings (yarrrml_loader.cpp), changes (yarrrml_changes.cpp).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "graph/prefixes.hpp"
#include "mapping/yarrrml_loader.hpp"

namespace dossier {

class YarrrmlReader {
 public:
  YarrrmlReader(const YarrrmlOptions& options, MappingModel& model, DiagnosticSink& diagnostics)
      : options_(options), model_(model), diagnostics_(diagnostics) {
    // Where the translators of YARRRML differ from the general list.
    prefixes_.set("schema", "http://schema.org/");
    prefixes_.set("dc", "http://purl.org/dc/terms/");
  }

  void read_all(std::span<const YamlNode> documents);

 private:
  using Keys = std::span<const std::string_view>;

  // What a value becomes when nothing is said.
  enum class Role : std::uint8_t { subject, predicate, object, graph, type_object, parameter };

  // ---- YAML
  void report(DiagnosticCode code, const YamlNode& node, std::string message,
              std::string hint = {});
  // False, and reported, when `node` is no map.
  bool want_map(const YamlNode& node, std::string_view what);
  void check_keys(const YamlNode& map, Keys known, std::string_view what);
  // The value of the first of the keys that is there; several spellings of one are a fault.
  const YamlNode* find(const YamlNode& map, std::initializer_list<std::string_view> keys);
  // One item, or those of a list.
  std::vector<const YamlNode*> items(const YamlNode& node) const;
  std::string text(const YamlNode& node, std::string_view what);

  // ---- texts
  struct Tagged {
    std::string text;
    std::string tag;  // what follows the last unescaped '~'; empty: none
  };
  Tagged split_tag(std::string_view text) const;
  std::string with_externals(std::string_view text) const;
  // A prefixed name becomes an IRI; all else stays.
  std::string expand(std::string_view text) const;
  std::string expand_name(const YamlNode& node, std::string_view text);
  void report_prefix(const YamlNode& node, std::string_view name, Severity severity);
  // Constant, reference or template, with prefixes expanded.
  Expression expression(const YamlNode& node, std::string_view text, bool iri);

  // ---- terms
  std::vector<TermMap> terms(const YamlNode& node, Role role);
  std::optional<TermMap> term(const YamlNode& node, Role role);
  TermMap text_term(const YamlNode& node, std::string_view text, Role role);
  TermMap map_term(const YamlNode& node, Role role);
  TermMap quoted_term(const YamlNode& node, const YamlNode& name);
  void read_type(const YamlNode& node, TermMap& out);
  void read_tag(const YamlNode& node, std::string_view tag, Role role, TermMap& out);
  void read_third(const YamlNode& node, TermMap& out);
  Expression language(const YamlNode& node, std::string_view text);
  Expression datatype(const YamlNode& node, std::string_view text);
  void read_targets(const YamlNode& node, std::vector<std::string>& out);

  // ---- functions and joins
  Function function(const YamlNode& node);
  bool check_function_depth(const YamlNode& node);
  Function short_function(const YamlNode& node, std::string_view text);
  FunctionInput input(const YamlNode& node, bool is_equal);
  // Functions of the mapping's own, under `functions`.
  void read_functions(const YamlNode& node);
  std::optional<TermMap> nested_function(const YamlNode& node, std::string_view text);
  std::string function_name(const YamlNode& node, std::string_view name);
  std::string parameter_name(const YamlNode& node, std::string_view name, bool is_equal);
  std::vector<RefObjectMap> joins(const YamlNode& node);
  void read_join_condition(const YamlNode& node, RefObjectMap& out);
  Function condition(const YamlNode& map);

  // ---- sources and targets
  void read_sources(const YamlNode& node);
  std::optional<LogicalSource> source(const YamlNode& node);
  LogicalSource list_source(const YamlNode& node);
  LogicalSource map_source(const YamlNode& node);
  void read_access(const YamlNode& node, std::string_view text, LogicalSource& out);
  void read_formulation(const YamlNode& node, std::string_view name, LogicalSource& out);
  void read_database(const YamlNode& node, LogicalSource& out);
  void read_dialect(const YamlNode& map, LogicalSource& out);
  std::vector<std::size_t> source_indices(const YamlNode& node);
  std::size_t named_source(const YamlNode& node, const std::string& name);
  void read_targets_section(const YamlNode& node);
  LogicalTarget target(const YamlNode& node);
  void read_target_path(const YamlNode& node, LogicalTarget& out);
  void read_authors(const YamlNode& node);

  // ---- mappings
  void read_head(const YamlNode& document);
  struct MappingParts {
    TriplesMap map;  // without source and subject: a triples map for each of them
    std::vector<TermMap> subjects;
    std::vector<std::size_t> sources;
    bool has_sources = false;  // given, even if none of them is known
  };
  void read_mapping(const std::string& name, const YamlNode& key, const YamlNode& node);
  void read_parts(const YamlNode& node, MappingParts& out);
  void add_triples_maps(const std::string& name, MappingParts parts);
  void read_predicate_objects(const YamlNode& node, std::vector<PredicateObjectMap>& out);
  void read_short(const YamlNode& node, std::vector<PredicateObjectMap>& out);
  void read_long(const YamlNode& node, std::vector<PredicateObjectMap>& out);
  std::vector<ObjectMap> objects(const YamlNode& node, Role role);
  void check_parents();
  // Detection of changes.
  void add_changes(const std::string& name, const MappingParts& parts, const YamlNode& node);
  MappingParts changed(const MappingParts& parts, std::string_view kind, const YamlNode& node);
  TermMap watched_properties(const YamlNode& node);
  bool is_type(const std::vector<TermMap>& predicates) const;

  const YarrrmlOptions& options_;
  MappingModel& model_;
  DiagnosticSink& diagnostics_;
  Prefixes prefixes_ = Prefixes::well_known();
  std::map<std::string, std::string> externals_;
  std::map<std::string, std::size_t> sources_;            // by name, into model_.sources
  std::map<std::string, std::vector<std::string>> maps_;  // key -> names of its triples maps
  std::map<std::string, std::string> target_names_;       // keys and ids -> keys
  std::set<std::string> not_asserted_;                    // mappings that are quoted only
  std::size_t function_depth_ = 0;
};

}  // namespace dossier
