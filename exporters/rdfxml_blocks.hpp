// Formats what is said of one subject as a node element of RDF/XML:
//
//   <ex:Company rdf:about="http://example.org/acme">
//     <ex:name xml:lang="en">ACME</ex:name>
//     <ex:owns rdf:resource="http://example.org/app"/>
//     <ex:address rdf:parseType="Resource">
//       <ex:city>Bonn</ex:city>
//     </ex:address>
//   </ex:Company>
//
// Blank nodes stand in place down to kMaxDepth elements, because XML readers do not bear deep
// nesting; deeper ones follow as node elements of their own. Lists of resources are collections.
// One thread; borrows all it is given.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "exporters/nesting.hpp"
#include "exporters/predicate_groups.hpp"
#include "exporters/rdfxml_names.hpp"
#include "exporters/relative_iri.hpp"
#include "exporters/text_buffer.hpp"
#include "exporters/write_order.hpp"
#include "exporters/xml_text.hpp"
#include "graph/graph.hpp"

namespace dossier {

class RdfXmlBlocks {
 public:
  static constexpr std::size_t kMaxDepth = 24;

  RdfXmlBlocks(const Graph& graph, const WriteOrder& order, const RdfXmlNames& names,
               const Nesting& nesting, const RelativeIris& relative, TextBuffer& out)
      : graph_(graph),
        order_(order),
        names_(names),
        nesting_(nesting),
        relative_(relative),
        out_(out) {}

  // The subject's node element, and those of the nodes below it that stand too deep in it.
  bool write(TermId subject);
  Error refusal() const;  // when `write` gave false

 private:
  // An element whose end tag is still to come. Two kinds hold others: a node or
  // parseType="Resource" its properties, a collection its items.
  struct Frame {
    std::string_view end;       // name of the element
    std::string_view property;  // that stands around it, or empty
    bool collection = false;
    PredicateGroups groups;
    std::span<const Statement> objects;
    TermId cell;
    bool skip_type = false;      // the first type is the element's name
    std::vector<Statement> own;  // what `groups` borrows, where the order is not that of ids
  };

  bool write_subject(TermId subject);
  bool step();
  bool step_collection(TermId cell);
  bool open_node(TermId node, std::string_view property, bool labelled);
  bool open_properties(TermId node, std::string_view name, std::string_view property);
  bool write_property(const Statement& statement);
  bool write_literal(std::string_view name, TermId literal);
  bool write_reference(std::string_view name, TermId resource);
  bool write_nested(std::string_view name, TermId blank);
  bool write_triple_term(std::string_view name, TermId triple);
  void close();

  bool is_collection(TermId list) const;
  std::string_view node_name(TermId node) const;
  bool write_identity(TermId node);  // rdf:about or rdf:nodeID
  bool write_attribute(std::string_view name, std::string_view value);
  bool write_iri_attribute(std::string_view name, std::string_view iri);
  void start(std::string_view name);  // "<name" on a line of its own
  void end(std::string_view name);
  void indent(std::size_t level);

  const Graph& graph_;
  const WriteOrder& order_;
  const RdfXmlNames& names_;
  const Nesting& nesting_;
  const RelativeIris& relative_;
  TextBuffer& out_;
  std::vector<Frame> stack_;
  std::vector<TermId> later_;
  std::size_t level_ = 0;  // of elements that are open
  Statement current_;
  DiagnosticCode code_{};
};

}  // namespace dossier
