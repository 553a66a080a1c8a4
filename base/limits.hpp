// Every bound on input, by name, with its default. A limit that is passed gives the diagnostic
// `limit_exceeded`, which names the limit, the value and the option that raises it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dossier {

struct Limits {
  std::size_t max_cell_bytes = std::size_t{256} << 20;     // one CSV cell
  std::size_t max_columns = 1'100'000;                     // one CSV row
  std::size_t max_literal_bytes = std::size_t{512} << 20;  // one RDF literal or IRI
  std::size_t max_string_bytes = std::size_t{512} << 20;   // one JSON or XML string
  std::size_t max_depth = 2'000'000;                       // nesting in Turtle
  std::size_t max_tree_depth = 100'000;                    // nesting in JSON and XML records
  std::size_t max_document_bytes = std::size_t{2} << 30;   // JSON or XML held as a whole; a record
  std::size_t max_triple_depth = 1'000;                    // triple terms in triple terms
  std::size_t max_jsonld_depth = 256;                      // JSON-LD is expanded by recursion
  std::size_t max_attributes = 100'000;                    // on one XML element
  std::size_t max_yaml_nodes = 1'000'000;                  // after aliases are expanded
  std::size_t max_yaml_depth = 200;
  std::size_t max_yaml_bytes = std::size_t{64} << 20;
  std::size_t max_entity_expansion = std::size_t{8} << 20;  // bytes that XML entities may add
  std::size_t max_output_ratio = 500;                       // decompressed to compressed bytes
  std::size_t max_prefixes = 1'000'000;
  std::size_t max_join_rows = std::size_t{1} << 32;  // rows that a join without condition may give
  std::size_t max_path_length = 10'000;              // steps in a SHACL path, items in a shape list
  std::size_t max_canon_steps = 1'000'000;  // of the search among alike blank nodes in RDFC-1.0
  std::size_t max_expression_depth = 1'000;
  std::size_t max_link_pairs = 1'000'000;       // sources times targets of one link
  std::size_t max_shape_depth = 200;            // shapes within shapes, paths within paths
  std::size_t max_path_visits = 2'000'000'000;  // nodes that the paths of one validation may reach
  std::size_t max_inferred = 200'000'000;       // statements that one inference may add
  std::size_t max_diagnostics = 100'000;        // kept in memory; further ones are counted
};

inline constexpr std::uint32_t kMaxTermsOfAKind = (1u << 30) - 1;
inline constexpr std::size_t kMaxLanguageTagBytes = 255;  // longer ones break librdf, and no tag is

}  // namespace dossier
