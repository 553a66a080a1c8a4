#include "sources/rdfxml_parser.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/rdf.hpp"
#include "base/codes/trees.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "graph/characters.hpp"
#include "graph/language_tag.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

bool is_blank_text(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return has_class(c, kWhitespace); });
}

std::string shown(const XmlName& name) {
  return printable(
      name.prefix.empty() ? std::string(name.local) : fmt::format("{}:{}", name.prefix, name.local),
      kShownBytes);
}

}  // namespace

RdfXmlParser::RdfXmlParser(XmlEvents& events, const RdfReadOptions& options, StatementSinkRef sink,
                           DiagnosticSink& diagnostics)
    : events_(events),
      options_(options),
      sink_(sink),
      diagnostics_(diagnostics),
      labels_(options.blank_scope) {
  scopes_.push_back({IriBase(options.base), {}, Direction::none, false});
}

// Always false. When recovering, the caller skips the element.
bool RdfXmlParser::problem(DiagnosticCode code, std::string message, std::string hint) {
  return problem_at(events_.place(), code, std::move(message), std::move(hint));
}

bool RdfXmlParser::problem_at(Place place, DiagnosticCode code, std::string message,
                              std::string hint) {
  Diagnostic diagnostic =
      make_diagnostic(code, std::move(place), std::move(message), std::move(hint));
  if (options_.recover && code != code::limit_exceeded) {
    ++counts_.errors;
    diagnostics_.report(std::move(diagnostic));
  } else if (!failure_) {
    failure_ = std::move(diagnostic);
    events_.stop();
  }
  return false;
}

// ---- events

void RdfXmlParser::namespace_declared(std::string_view prefix, std::string_view iri) {
  if (skipped_ == 0 && !iri.empty()) sink_.prefix(prefix, iri);
}

void RdfXmlParser::doctype(std::string_view system, bool) {
  if (system.empty()) return;
  Diagnostic warning = make_diagnostic(
      code::xml_external, events_.place(), fmt::format("the DTD {} is not read", printable(system)),
      "what it declares is not known here: defaults of attributes, entities");
  warning.severity = Severity::warning;
  diagnostics_.report(std::move(warning));
}

void RdfXmlParser::start_element(const XmlName& name, std::span<const XmlAttribute> attributes) {
  found_stray_text_ = false;
  if (skipped_ > 0) {
    ++skipped_;
  } else if (!frames_.empty() && frames_.back().kind == Kind::literal) {
    canonical_.start_element(name, attributes);
  } else if (!open(name, attributes)) {
    skipped_ = 1;
  }
}

void RdfXmlParser::end_element(const XmlName& name) {
  found_stray_text_ = false;
  if (skipped_ > 0) {
    --skipped_;
    return;
  }
  Frame& frame = frames_.back();
  if (frame.kind == Kind::literal && canonical_.depth() > 0) {
    canonical_.end_element(name);
    return;
  }
  close(frame);
}

void RdfXmlParser::text(std::string_view text) {
  if (skipped_ > 0) return;
  Frame& frame = frames_.back();
  if (frame.kind == Kind::literal) {
    canonical_.text(text);
  } else if (frame.kind == Kind::property && !frame.has_child) {
    text_.append(text);
  } else {
    stray_text(text);
    return;
  }
  if (std::max(text_.size(), canonical_.size()) > options_.limits.max_literal_bytes) {
    problem(code::limit_exceeded,
            fmt::format("a literal is longer than {} bytes (max-literal-bytes)",
                        with_separators(options_.limits.max_literal_bytes)),
            "raise it with --limit max-literal-bytes=N");
  }
}

// Text where only elements may stand is one fault, in however many pieces it comes.
void RdfXmlParser::stray_text(std::string_view text) {
  const auto first =
      std::ranges::find_if_not(text, [](char c) { return has_class(c, kWhitespace); });
  if (first == text.end() || found_stray_text_) return;
  found_stray_text_ = true;
  const auto blanks = static_cast<std::size_t>(first - text.begin());
  const std::size_t size = decode_utf8(text.substr(blanks)).size;
  Place place = events_.place();
  place.column += blanks;
  problem_at(std::move(place), code::rdf_syntax,
             fmt::format("found text that begins with '{}', wanted an element",
                         printable(text.substr(blanks, size))));
}

void RdfXmlParser::comment(std::string_view text) {
  if (skipped_ == 0 && !frames_.empty() && frames_.back().kind == Kind::literal) {
    canonical_.comment(text);
  }
}

void RdfXmlParser::instruction(std::string_view target, std::string_view data) {
  if (skipped_ == 0 && !frames_.empty() && frames_.back().kind == Kind::literal) {
    canonical_.instruction(target, data);
  }
}

// ---- opening elements

bool RdfXmlParser::open(const XmlName& name, std::span<const XmlAttribute> raw) {
  RdfXmlAttributes attributes;
  if (std::string wrong = attributes.read(raw); !wrong.empty()) return syntax(std::move(wrong));
  offset_ = events_.offset();
  if (frames_.empty()) return open_root(name, attributes);
  switch (frames_.back().kind) {
    case Kind::root:
    case Kind::property:
    case Kind::collection:
    case Kind::triple:
      return open_child_node(name, attributes);
    case Kind::node:
      return open_property(name, attributes);
    case Kind::empty:
      return syntax(
          fmt::format("found the element '{}' in a property that has its value in its attributes",
                      shown(name)));
    case Kind::literal:
      break;
  }
  return false;
}

// [7.2.8] doc, [7.2.9] RDF. A document may also be one node element.
bool RdfXmlParser::open_root(const XmlName& name, const RdfXmlAttributes& attributes) {
  if (!name.is(rdf::kNamespace, "RDF")) return open_child_node(name, attributes);
  Frame frame;
  frame.start = arena_.mark();
  if (!attributes.properties.empty() || attributes.id || attributes.about || attributes.node_id ||
      attributes.resource) {
    return syntax("rdf:RDF has no attributes but xml:base, xml:lang and rdf:version");
  }
  if (!read_scope(attributes, frame)) return false;
  frames_.push_back(frame);
  return true;
}

// xml:base, xml:lang, its:dir and rdf:version hold for the element and what stands in it.
bool RdfXmlParser::read_scope(const RdfXmlAttributes& attributes, Frame& frame) {
  if (!attributes.changes_scope()) return true;
  Scope scope = scopes_.back();
  if (attributes.version) scope.version_1_2 = attributes.version->starts_with("1.2");
  if (attributes.base) {
    std::string_view base;
    if (!iri(*attributes.base, base)) return false;
    scope.base = IriBase(base);
  }
  if (attributes.language) {
    if (!attributes.language->empty() && !is_language_tag(*attributes.language)) {
      return problem(code::rdf_bad_language_tag,
                     fmt::format("xml:lang '{}' is no language tag",
                                 printable(*attributes.language, kShownBytes)));
    }
    scope.language = *attributes.language;
  }
  if (attributes.direction && scope.version_1_2) {
    const std::string_view dir = *attributes.direction;
    if (dir != "ltr" && dir != "rtl") {
      return syntax(fmt::format("its:dir is '{}', wanted ltr or rtl", printable(dir, kShownBytes)));
    }
    scope.direction = dir == "ltr" ? Direction::ltr : Direction::rtl;
  }
  scopes_.push_back(std::move(scope));
  frame.own_scope = true;
  return true;
}

// A node element where one may stand; tells the frame around it.
bool RdfXmlParser::open_child_node(const XmlName& name, const RdfXmlAttributes& attributes) {
  if (!frames_.empty()) {
    Frame& parent = frames_.back();
    const bool single = parent.kind == Kind::property || parent.kind == Kind::triple;
    if (single && parent.has_child) {
      return syntax(fmt::format("found a second element '{}' in a property", shown(name)));
    }
    if (parent.kind == Kind::property && (!is_blank_text(text_) || !parent.datatype.empty())) {
      return syntax(fmt::format("found the element '{}' in a literal", shown(name)));
    }
    parent.has_child = true;
    text_.clear();
  }
  Resource subject;
  return open_node(name, attributes, subject);
}

// [7.2.11] nodeElement
bool RdfXmlParser::open_node(const XmlName& name, const RdfXmlAttributes& attributes,
                             Resource& subject) {
  if (!may_be(RdfName::node_element, name)) {
    return syntax(fmt::format("'{}' is no name for a node element", shown(name)));
  }
  if (attributes.resource || attributes.datatype || attributes.parse_type ||
      attributes.annotation || attributes.annotation_node_id) {
    return syntax("found an attribute of property elements on a node element");
  }
  const std::size_t parent = frames_.size() - 1;  // wraps when there is none
  Frame frame;
  frame.kind = Kind::node;
  frame.start = arena_.mark();
  if (!read_scope(attributes, frame)) return false;
  if (!node_subject(attributes, subject)) {
    if (frame.own_scope) scopes_.pop_back();
    arena_.release(frame.start);
    return false;
  }
  const std::uint64_t offset = offset_;
  if (!frames_.empty()) {
    if (frames_[parent].kind == Kind::property) {
      emit_property(frames_[parent], subject.view());
    } else if (frames_[parent].kind == Kind::collection) {
      add_item(frames_[parent], subject);
    }
  }
  offset_ = offset;
  frame.subject = subject;
  frames_.push_back(frame);
  if (!name.is(rdf::kNamespace, "Description")) {
    const std::string type = std::string(name.space).append(name.local);
    if (name.space.empty() || !checked_iri(type)) {
      if (name.space.empty()) {
        syntax(fmt::format("the element '{}' has no namespace", shown(name)));
      }
    } else {
      emit(subject.view(), rdf::kType, iri_view(type));
    }
  }
  property_attributes(attributes, subject);
  return true;
}

bool RdfXmlParser::node_subject(const RdfXmlAttributes& attributes, Resource& out) {
  const int names = int{attributes.id.has_value()} + int{attributes.about.has_value()} +
                    int{attributes.node_id.has_value()};
  if (names > 1) return syntax("found two of rdf:ID, rdf:about and rdf:nodeID on one element");
  if (attributes.id) return fragment_iri(*attributes.id, out.text);
  if (attributes.about) return iri(*attributes.about, out.text);
  if (attributes.node_id) return blank(*attributes.node_id, out);
  out = fresh();
  return true;
}

bool RdfXmlParser::property_attributes(const RdfXmlAttributes& attributes,
                                       const Resource& subject) {
  for (const XmlAttribute* each : attributes.properties) {
    const StackArena::Mark mark = arena_.mark();
    const bool is_type = each->name.local == "type" &&
                         (each->name.space == rdf::kNamespace || each->name.space.empty());
    if (is_type) {
      std::string_view type;
      if (!iri(each->value, type)) return false;
      emit(subject.view(), rdf::kType, iri_view(type));
    } else {
      const std::string predicate = std::string(each->name.space).append(each->name.local);
      if (!checked_iri(predicate)) return false;
      emit(subject.view(), predicate, literal(each->value));
    }
    arena_.release(mark);
  }
  return true;
}

// [7.2.14] propertyElt
bool RdfXmlParser::open_property(const XmlName& name, const RdfXmlAttributes& attributes) {
  if (!may_be(RdfName::property_element, name)) {
    return syntax(fmt::format("'{}' is no name for a property element", shown(name)));
  }
  if (attributes.about) return syntax("found rdf:about on a property element");
  Frame frame;
  frame.kind = Kind::property;
  frame.start = arena_.mark();
  frame.offset = offset_;
  frame.subject = frames_.back().subject;
  if (!predicate_of(name, frames_.back(), frame.predicate)) return false;
  if (!read_scope(attributes, frame)) return false;
  const bool opened = reifiers(attributes, frame) && [&] {
    if (attributes.parse_type) return open_parse_type(frame, attributes);
    if (attributes.resource || attributes.node_id || !attributes.properties.empty()) {
      return open_empty(frame, attributes);
    }
    text_.clear();
    return !attributes.datatype || iri(*attributes.datatype, frame.datatype);
  }();
  if (!opened) {
    if (frame.own_scope) scopes_.pop_back();
    arena_.release(frame.start);
    return false;
  }
  frames_.push_back(frame);
  return true;
}

bool RdfXmlParser::predicate_of(const XmlName& name, Frame& parent, std::string_view& out) {
  if (name.space.empty()) {
    return syntax(fmt::format("the element '{}' has no namespace", shown(name)));
  }
  std::string predicate(name.space);
  if (name.is(rdf::kNamespace, "li")) {
    predicate += fmt::format("_{}", ++parent.members);
  } else {
    predicate += name.local;
  }
  if (!checked_iri(predicate)) return false;
  out = arena_.copy(predicate);
  return true;
}

// rdf:ID and rdf:annotation name the statement.
bool RdfXmlParser::reifiers(const RdfXmlAttributes& attributes, Frame& frame) {
  if (attributes.id && !fragment_iri(*attributes.id, frame.statement_id)) return false;
  if (attributes.annotation && attributes.annotation_node_id) {
    return syntax("found rdf:annotation and rdf:annotationNodeID on one element");
  }
  if (attributes.annotation) return iri(*attributes.annotation, frame.annotation.text);
  if (attributes.annotation_node_id) return blank(*attributes.annotation_node_id, frame.annotation);
  return true;
}

// [7.2.17] to [7.2.20], and parseTypeTriplePropertyElt of RDF 1.2.
bool RdfXmlParser::open_parse_type(Frame& frame, const RdfXmlAttributes& attributes) {
  if (attributes.resource || attributes.node_id || attributes.datatype ||
      !attributes.properties.empty()) {
    return syntax("a property element with rdf:parseType has no other value");
  }
  const std::string_view type = *attributes.parse_type;
  if (type == "Resource") {
    const Resource node = fresh();
    emit_property(frame, node.view());
    frame.kind = Kind::node;
    frame.subject = node;
  } else if (type == "Collection") {
    frame.kind = Kind::collection;
  } else if (type == "Triple") {
    // Of RDF 1.2: a document that does not announce it means nothing by it.
    if (!scopes_.back().version_1_2) return false;
    if (captures_.size() >= options_.limits.max_triple_depth) {
      return problem(code::limit_exceeded,
                     fmt::format("triple terms nest deeper than {} (max-triple-depth)",
                                 with_separators(options_.limits.max_triple_depth)),
                     "raise it with --limit max-triple-depth=N");
    }
    frame.kind = Kind::triple;
    captures_.emplace_back();
  } else {
    frame.kind = Kind::literal;
  }
  return true;
}

// [7.2.21] emptyPropertyElt
bool RdfXmlParser::open_empty(Frame& frame, const RdfXmlAttributes& attributes) {
  if (attributes.datatype) return syntax("found rdf:datatype on a property that is no literal");
  if (attributes.resource && attributes.node_id) {
    return syntax("found rdf:resource and rdf:nodeID on one element");
  }
  Resource object;
  if (attributes.resource) {
    if (!iri(*attributes.resource, object.text)) return false;
  } else if (attributes.node_id) {
    if (!blank(*attributes.node_id, object)) return false;
  } else {
    object = fresh();
  }
  emit_property(frame, object.view());
  frame.kind = Kind::empty;
  return property_attributes(attributes, object);
}

// ---- closing elements

void RdfXmlParser::close(Frame& frame) {
  switch (frame.kind) {
    case Kind::property:
      close_property(frame);
      break;
    case Kind::collection:
      if (frame.cell == 0) {
        emit_property(frame, iri_view(rdf::kNil));
      } else {
        emit(anonymous(frame.cell).view(), rdf::kRest, iri_view(rdf::kNil));
      }
      break;
    case Kind::literal: {
      const std::string text = canonical_.take();
      emit_property(frame, literal_view(text, rdf::kXmlLiteral));
      break;
    }
    case Kind::triple:
      close_triple(frame);
      break;
    case Kind::root:
    case Kind::node:
    case Kind::empty:
      break;
  }
  arena_.release(frame.start);
  if (frame.own_scope) scopes_.pop_back();
  frames_.pop_back();
}

// [7.2.16] literalPropertyElt
void RdfXmlParser::close_property(Frame& frame) {
  if (frame.has_child) return;
  if (frame.datatype.empty()) {
    emit_property(frame, literal(text_));
  } else if (frame.datatype == rdf::kLangString || frame.datatype == rdf::kDirLangString) {
    problem(code::rdf_bad_language_tag, "a literal of this datatype needs a language tag",
            "use xml:lang");
  } else {
    emit_property(frame, literal_view(text_, frame.datatype));
  }
  text_.clear();
}

void RdfXmlParser::close_triple(Frame& frame) {
  Capture capture = std::move(captures_.back());
  captures_.pop_back();
  if (capture.statements != 1) {
    syntax(fmt::format("rdf:parseType=\"Triple\" holds {}, wanted one",
                       counted(capture.statements, "statement")));
    return;
  }
  emit_property(frame, {.kind = TermKind::triple, .triple = &capture.first->view});
}

void RdfXmlParser::add_item(Frame& frame, const Resource& item) {
  const std::uint64_t before = frame.cell;
  frame.cell = ++anonymous_;
  const TermView cell = anonymous(frame.cell).view();
  if (before == 0) {
    emit_property(frame, cell);
  } else {
    emit(anonymous(before).view(), rdf::kRest, cell);
  }
  emit(cell, rdf::kFirst, item.view());
}

}  // namespace dossier
