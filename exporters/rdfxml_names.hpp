// Element names for the predicates and classes of a graph, and the namespaces that they need: those
// given, where what follows is an XML name, else made-up ones (ns1, ns2 ... in the order of their
// IRIs). Immutable once made. Cost: one look at each predicate and class.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exporters/predicate_index.hpp"
#include "graph/graph.hpp"
#include "graph/prefixes.hpp"

namespace dossier {

class RdfXmlNames {
 public:
  struct Namespace {
    std::string name;  // empty: the default namespace
    std::string iri;
  };

  RdfXmlNames(const Graph& graph, const Prefixes& prefixes);

  // What is declared on the root, besides rdf; in the order of names.
  const std::vector<Namespace>& declared() const { return declared_; }
  // Empty when the predicate cannot be an element.
  std::string_view predicate(TermId predicate) const;
  // The name of a node element that says this class, or empty. Only for the first type of a subject
  // (Graph::object).
  std::string_view node(TermId cls) const;

 private:
  struct Split {
    std::string_view iri;  // of the namespace; empty: none
    std::string_view local;
  };
  Split split(std::string_view iri) const;
  void declare(std::vector<std::string_view> used);
  std::string name(const Split& split) const;

  std::vector<Namespace> given_;  // usable prefixes, the longest namespace first
  std::vector<Namespace> declared_;
  std::vector<TermId> predicate_ids_;  // that occur, also in triple terms
  std::vector<TermId> class_ids_;
  std::vector<std::string> predicates_;
  std::vector<std::string> classes_;
};

}  // namespace dossier
