// Small graphs written down in tests. "a" is <http://e/a>, "_:b" a blank node, "a" as predicate is
// rdf:type; "\"text", "\"5^^integer" and "\"text@en" are literals; anything with "://" is an IRI as
// it stands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/freeze.hpp"
#include "graph/links.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {

class TinyGraph {
 public:
  TinyGraph& add(std::string_view s, std::string_view p, std::string_view o,
                 std::string_view graph = {}, std::string_view source = {}) {
    Shard& shard = builder_.shard();
    const TermId predicate = p == "a" ? shard.terms().iri(rdf::kType) : resource(p);
    Statement statement{resource(s), predicate, o.starts_with('"') ? literal(o) : resource(o)};
    if (!graph.empty()) statement.graph = resource(graph);
    EvidenceId evidence;
    if (!source.empty()) {
      evidence = shard.add_evidence({source_id(source), {}, next_offset_++});
    }
    shard.add(statement, evidence);
    return *this;
  }
  // The lexical form may hold anything.
  TinyGraph& add_text(std::string_view s, std::string_view p, std::string_view lexical,
                      std::string_view datatype = xsd::kString) {
    Dictionary& terms = builder_.shard().terms();
    builder_.shard().add(
        {resource(s), resource(p), terms.literal(lexical, terms.literal_type(datatype))});
    return *this;
  }
  Graph freeze(std::size_t threads = 1) {
    return dossier::freeze(std::move(builder_), {.threads = threads});
  }

  static std::string iri(std::string_view name) {
    if (name.find("://") != std::string_view::npos) return std::string(name);
    return "http://e/" + std::string(name);
  }

 private:
  TermId resource(std::string_view name) {
    Dictionary& terms = builder_.shard().terms();
    return name.starts_with("_:") ? terms.blank(name.substr(2)) : terms.iri(iri(name));
  }
  TermId literal(std::string_view text) {
    Dictionary& terms = builder_.shard().terms();
    text.remove_prefix(1);
    if (const std::size_t at = text.find("^^"); at != std::string_view::npos) {
      const std::string datatype = std::string(xsd::kNamespace) + std::string(text.substr(at + 2));
      return terms.literal(text.substr(0, at), terms.literal_type(datatype));
    }
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
      return terms.literal(text.substr(0, at),
                           terms.literal_type(rdf::kLangString, text.substr(at + 1)));
    }
    return terms.literal(text, terms.string_type());
  }
  SourceId source_id(std::string_view path) {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (sources_[i] == path) return SourceId(static_cast<std::uint32_t>(i));
    }
    sources_.emplace_back(path);
    return builder_.add_source({.path = std::string(path)});
  }

  Builder builder_;
  std::vector<std::string> sources_;
  std::uint64_t next_offset_ = 0;
};

inline TermId id(const Graph& graph, std::string_view name) {
  return graph.find_iri(TinyGraph::iri(name));
}

// Ban: authority -> target, "bans", from start to end; Partnership is symmetric.
inline LinkSchema ban_schema(const Graph& graph) {
  LinkSchema schema;
  schema.links.push_back({.cls = id(graph, "Ban"),
                          .source_end = id(graph, "authority"),
                          .target_end = id(graph, "target"),
                          .direct_predicate = id(graph, "bans"),
                          .inverse_predicate = id(graph, "bannedBy"),
                          .direct_iri = TinyGraph::iri("bans"),
                          .start = id(graph, "start"),
                          .end = id(graph, "end"),
                          .label = "bans"});
  schema.links.push_back({.cls = id(graph, "Partnership"),
                          .source_end = id(graph, "partner"),
                          .target_end = id(graph, "counterpart"),
                          .direct_predicate = id(graph, "partnersWith"),
                          .direct_iri = TinyGraph::iri("partnersWith"),
                          .symmetric = true,
                          .label = "partners with"});
  schema.links.push_back({.cls = id(graph, "Suspension"),
                          .source_end = id(graph, "court"),
                          .target_end = id(graph, "measure"),
                          .direct_predicate = id(graph, "suspends"),
                          .direct_iri = TinyGraph::iri("suspends"),
                          .start = id(graph, "date"),
                          .label = "suspends"});
  schema.label_properties = {id(graph, "name"), graph.find_iri(rdfs::kLabel)};
  return schema;
}

}  // namespace dossier
