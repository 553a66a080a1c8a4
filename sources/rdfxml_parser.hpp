// The grammar of RDF/XML (RDF 1.2 XML Syntax, section 7) as a stack machine over XML events: a
// frame for each open element says what may stand in it. Statements go out as soon as they are
// known; inside parseType="Triple" the one statement is caught and becomes a term. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/codes/rdf.hpp"
#include "graph/iri.hpp"
#include "graph/statement.hpp"
#include "sources/blank_labels.hpp"
#include "sources/rdf.hpp"
#include "sources/rdfxml_attributes.hpp"
#include "sources/stack_arena.hpp"
#include "sources/xml_canonical.hpp"
#include "sources/xml_events.hpp"

namespace dossier {

class RdfXmlParser final : public XmlHandler {
 public:
  RdfXmlParser(XmlEvents& events, const RdfReadOptions& options, StatementSinkRef sink,
               DiagnosticSink& diagnostics);

  void start_element(const XmlName& name, std::span<const XmlAttribute> attributes) override;
  void end_element(const XmlName& name) override;
  void text(std::string_view text) override;
  void comment(std::string_view text) override;
  void instruction(std::string_view target, std::string_view data) override;
  void namespace_declared(std::string_view prefix, std::string_view iri) override;
  void doctype(std::string_view system, bool internal_subset) override;

  const RdfReadCounts& counts() const { return counts_; }
  const std::optional<Error>& failure() const { return failure_; }

 private:
  enum class Kind : std::uint8_t {
    root,        // rdf:RDF: node elements
    node,        // node element, or parseType="Resource": property elements
    property,    // text, or one node element
    empty,       // property with a resource or attributes: nothing
    collection,  // parseType="Collection": node elements
    literal,     // parseType="Literal": anything
    triple,      // parseType="Triple": one node element with one statement
  };

  // An IRI or a blank node; bytes in the arena or static.
  struct Resource {
    std::string_view text;
    TermKind kind = TermKind::iri;
    TermView view() const { return {.kind = kind, .text = text}; }
    explicit operator bool() const { return !text.empty(); }
  };

  struct Frame {
    Kind kind = Kind::root;
    bool own_scope = false;
    bool has_child = false;
    Resource subject;            // of a node; of the statement for a property
    std::string_view predicate;  // the rest is a property's
    std::string_view datatype;
    std::string_view statement_id;  // rdf:ID: the IRI that reifies as RDF 1.0 did
    Resource annotation;            // reifies as RDF 1.2 does
    std::uint64_t cell = 0;         // the newest cell of a collection; 0: none yet
    std::uint64_t members = 0;      // rdf:li so far, of a node
    std::uint64_t offset = 0;
    StackArena::Mark start;
  };

  struct Scope {
    IriBase base;
    std::string language;
    Direction direction = Direction::none;
    bool version_1_2 = false;
  };

  // A statement that owns its bytes; it stays where it is, for its views point into it.
  struct OwnedTriple;
  struct OwnedTerm {
    std::string text;
    std::string datatype;
    std::string language;
    std::unique_ptr<OwnedTriple> triple;
  };
  struct OwnedTriple {
    OwnedTerm parts[3];
    TripleView view;
  };
  struct Capture {
    std::size_t statements = 0;
    std::unique_ptr<OwnedTriple> first;
  };

  bool problem(DiagnosticCode code, std::string message, std::string hint = {});
  bool problem_at(Place place, DiagnosticCode code, std::string message, std::string hint = {});
  bool syntax(std::string message) { return problem(code::rdf_syntax, std::move(message)); }

  bool open(const XmlName& name, std::span<const XmlAttribute> attributes);
  bool open_root(const XmlName& name, const RdfXmlAttributes& attributes);
  bool open_child_node(const XmlName& name, const RdfXmlAttributes& attributes);
  bool open_node(const XmlName& name, const RdfXmlAttributes& attributes, Resource& subject);
  bool open_property(const XmlName& name, const RdfXmlAttributes& attributes);
  bool open_parse_type(Frame& frame, const RdfXmlAttributes& attributes);
  bool open_empty(Frame& frame, const RdfXmlAttributes& attributes);
  bool read_scope(const RdfXmlAttributes& attributes, Frame& frame);
  bool node_subject(const RdfXmlAttributes& attributes, Resource& out);
  bool predicate_of(const XmlName& name, Frame& parent, std::string_view& out);
  bool reifiers(const RdfXmlAttributes& attributes, Frame& frame);
  bool property_attributes(const RdfXmlAttributes& attributes, const Resource& subject);
  void close(Frame& frame);
  void close_property(Frame& frame);
  void close_triple(Frame& frame);
  void add_item(Frame& frame, const Resource& item);

  void stray_text(std::string_view text);
  bool iri(std::string_view reference, std::string_view& out);
  bool fragment_iri(std::string_view id, std::string_view& out);
  bool blank(std::string_view node_id, Resource& out);
  Resource fresh();
  Resource anonymous(std::uint64_t number);
  bool checked_iri(std::string_view iri);
  TermView literal(std::string_view text) const;

  void emit(const TermView& subject, std::string_view predicate, const TermView& object);
  void emit_property(const Frame& frame, const TermView& object);
  void capture(const TermView& subject, const TermView& predicate, const TermView& object);
  static TermView own(const TermView& term, OwnedTerm& owner);
  static std::unique_ptr<OwnedTriple> own(const TripleView& triple);

  XmlEvents& events_;
  RdfReadOptions options_;
  StatementSinkRef sink_;
  DiagnosticSink& diagnostics_;
  BlankLabels labels_;
  StackArena arena_;
  std::vector<Frame> frames_;
  std::vector<Scope> scopes_;
  std::vector<Capture> captures_;
  std::unordered_set<std::string> ids_;
  std::uint64_t anonymous_ = 0;
  std::uint64_t offset_ = 0;
  std::string text_;  // of the property on top
  XmlCanonicalizer canonical_;
  std::size_t skipped_ = 0;  // open elements that are not looked at
  bool found_stray_text_ = false;
  RdfReadCounts counts_;
  std::optional<Error> failure_;
};

}  // namespace dossier
