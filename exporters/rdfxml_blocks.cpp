#include "exporters/rdfxml_blocks.hpp"

#include "base/codes/exports.hpp"
#include "exporters/refusal.hpp"
#include "exporters/xml_names.hpp"
#include "graph/characters.hpp"
#include "graph/language_tag.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

constexpr std::string_view kDescription = "rdf:Description";

}  // namespace

bool RdfXmlBlocks::write(TermId subject) {
  if (!write_subject(subject)) return false;
  while (!later_.empty()) {
    const TermId next = later_.back();
    later_.pop_back();
    if (!write_subject(next)) return false;
  }
  return true;
}

bool RdfXmlBlocks::write_subject(TermId subject) {
  out_.append('\n');
  stack_.clear();
  level_ = 1;
  current_ = graph_.about(subject).front();
  code_ = code::export_term;
  if (!open_node(subject, {}, !nesting_.is_anonymous(subject))) return false;
  while (!stack_.empty()) {
    if (!step()) return false;
  }
  return true;
}

Error RdfXmlBlocks::refusal() const {
  switch (code_) {
    case code::export_predicate_name:
      return dossier::refusal(graph_, current_, code_, "the predicate does not end in an XML name");
    case code::export_character:
      return dossier::refusal(graph_, current_, code_, "XML 1.0 cannot hold a character of it");
    default:
      return term_refusal(graph_, current_);
  }
}

void RdfXmlBlocks::indent(std::size_t level) {
  out_.fill(level * 2, ' ');
}

void RdfXmlBlocks::start(std::string_view name) {
  indent(level_);
  out_.append('<');
  out_.append(name);
}

void RdfXmlBlocks::end(std::string_view name) {
  indent(level_);
  out_.append("</");
  out_.append(name);
  out_.append(">\n");
}

bool RdfXmlBlocks::write_attribute(std::string_view name, std::string_view value) {
  out_.append(' ');
  out_.append(name);
  out_.append("=\"");
  const bool good = append_xml(out_, value, XmlContext::attribute) == 0;
  out_.append('"');
  if (!good) code_ = code::export_character;
  return good;
}

bool RdfXmlBlocks::write_iri_attribute(std::string_view name, std::string_view iri) {
  for (const char c : iri) {
    if (has_class(c, kIriStop)) return false;
  }
  return write_attribute(name, relative_.shorten(iri).value_or(iri));
}

bool RdfXmlBlocks::write_identity(TermId node) {
  if (node.is_iri()) return write_iri_attribute("rdf:about", graph_.text(node));
  return write_attribute("rdf:nodeID", node_id(order_.label(node)));
}

// [7.2.11] nodeElement: the first type as name where it is one.
std::string_view RdfXmlBlocks::node_name(TermId node) const {
  const TermId type = graph_.rdf_type() ? graph_.object(node, graph_.rdf_type()) : TermId();
  const std::string_view name = type ? names_.node(type) : std::string_view();
  return name.empty() ? kDescription : name;
}

bool RdfXmlBlocks::open_node(TermId node, std::string_view property, bool labelled) {
  const std::string_view name = node_name(node);
  start(name);
  if (labelled && !write_identity(node)) return false;
  return open_properties(node, name, property);
}

bool RdfXmlBlocks::open_properties(TermId node, std::string_view name, std::string_view property) {
  Frame frame{.end = name, .property = property};
  const std::span<const Statement> about = order_.sorted(graph_.about(node), frame.own);
  frame.groups = PredicateGroups(about, graph_.rdf_type());
  frame.skip_type = name != kDescription && name != property && name == node_name(node);
  const bool empty = about.empty() || (about.size() == 1 && frame.skip_type);
  out_.append(empty ? "/>\n" : ">\n");
  if (!empty) {
    ++level_;
    stack_.push_back(std::move(frame));
  } else if (!property.empty() && name != property) {
    --level_;
    end(property);
  }
  return true;
}

void RdfXmlBlocks::close() {
  const Frame& frame = stack_.back();
  --level_;
  end(frame.end);
  if (!frame.property.empty() && frame.property != frame.end) {
    --level_;
    end(frame.property);
  }
  stack_.pop_back();
}

bool RdfXmlBlocks::step() {
  Frame& frame = stack_.back();
  if (frame.collection) {
    if (nesting_.is_empty_list(frame.cell)) {
      close();
      return true;
    }
    const TermId cell = frame.cell;
    frame.cell = nesting_.rest(cell);
    return step_collection(cell);
  }
  if (frame.objects.empty()) {
    if (frame.groups.done()) {
      close();
      return true;
    }
    frame.objects = frame.groups.next();
    if (frame.skip_type) frame.objects = frame.objects.subspan(1);
    frame.skip_type = false;
    return true;
  }
  current_ = frame.objects.front();
  frame.objects = frame.objects.subspan(1);
  return write_property(current_);
}

// An item of a collection is a node element.
bool RdfXmlBlocks::step_collection(TermId cell) {
  current_ = graph_.about(cell)[0];
  const TermId item = nesting_.first(cell);
  if (nesting_.is_nested(item)) {
    if (stack_.size() < kMaxDepth) return open_node(item, {}, false);
    later_.push_back(item);
  }
  start(kDescription);
  const bool good = write_identity(item);
  out_.append("/>\n");
  return good;
}

bool RdfXmlBlocks::write_property(const Statement& statement) {
  const std::string_view name = names_.predicate(statement.predicate);
  if (name.empty()) {
    code_ = code::export_predicate_name;
    return false;
  }
  const TermId object = statement.object;
  if (object.is_literal()) return write_literal(name, object);
  if (object.is_triple()) return write_triple_term(name, object);
  if (nesting_.is_nested(object)) return write_nested(name, object);
  return write_reference(name, object);
}

// [7.2.16] literalPropertyElt
bool RdfXmlBlocks::write_literal(std::string_view name, TermId literal) {
  start(name);
  const LiteralType& type = graph_.literal_type(literal);
  if (!type.language.empty()) {
    if (!is_language_tag(type.language)) return false;
    write_attribute("xml:lang", type.language);
    if (type.direction != Direction::none)
      write_attribute("its:dir", type.direction == Direction::ltr ? "ltr" : "rtl");
  } else if (type.datatype != xsd::kString && !write_iri_attribute("rdf:datatype", type.datatype)) {
    return false;
  }
  out_.append('>');
  if (append_xml(out_, graph_.text(literal), XmlContext::content) > 0) {
    code_ = code::export_character;
    return false;
  }
  out_.append("</");
  out_.append(name);
  out_.append(">\n");
  return true;
}

// [7.2.21] emptyPropertyElt
bool RdfXmlBlocks::write_reference(std::string_view name, TermId resource) {
  start(name);
  const bool good = resource.is_iri()
                        ? write_iri_attribute("rdf:resource", graph_.text(resource))
                        : write_attribute("rdf:nodeID", node_id(order_.label(resource)));
  out_.append("/>\n");
  return good;
}

// [7.2.15] resourcePropertyElt, [7.2.18] parseTypeResourcePropertyElt or
// [7.2.19] parseTypeCollectionPropertyElt
bool RdfXmlBlocks::write_nested(std::string_view name, TermId blank) {
  if (is_collection(blank)) {
    start(name);
    out_.append(" rdf:parseType=\"Collection\">\n");
    ++level_;
    stack_.push_back({.end = name, .collection = true, .cell = blank});
    return true;
  }
  if (stack_.size() >= kMaxDepth) {
    if (!graph_.about(blank).empty()) later_.push_back(blank);
    return write_reference(name, blank);
  }
  start(name);
  if (node_name(blank) == kDescription) {
    out_.append(" rdf:parseType=\"Resource\"");
    return open_properties(blank, name, name);
  }
  out_.append(">\n");
  ++level_;
  return open_node(blank, name, false);
}

bool RdfXmlBlocks::is_collection(TermId list) const {
  if (!nesting_.is_list(list)) return false;
  for (TermId cell = list; !nesting_.is_empty_list(cell); cell = nesting_.rest(cell)) {
    if (!nesting_.first(cell).is_resource()) return false;
  }
  return true;
}

// RDF 1.2: a node element with one property. They nest in the object only, so closing tags can wait
// in a list.
bool RdfXmlBlocks::write_triple_term(std::string_view name, TermId triple) {
  std::vector<std::string_view> open;
  TermId at = triple;
  for (; at.is_triple(); at = graph_.triple(at).object) {
    const Statement parts = graph_.triple(at);
    start(name);
    out_.append(" rdf:parseType=\"Triple\">\n");
    open.push_back(name);
    ++level_;
    start(kDescription);
    if (!write_identity(parts.subject)) return false;
    out_.append(">\n");
    ++level_;
    name = names_.predicate(parts.predicate);
    if (name.empty()) {
      code_ = code::export_predicate_name;
      return false;
    }
  }
  if (!(at.is_literal() ? write_literal(name, at) : write_reference(name, at))) return false;
  for (; !open.empty(); open.pop_back()) {
    --level_;
    end(kDescription);
    --level_;
    end(open.back());
  }
  return true;
}

}  // namespace dossier
