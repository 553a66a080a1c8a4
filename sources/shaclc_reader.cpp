#include "sources/shaclc_reader.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/line_index.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "graph/datatypes.hpp"
#include "graph/vocabulary.hpp"
#include "sources/shaclc_parameters.hpp"
#include "sources/shaclc_scanner.hpp"
#include "sources/shaclc_statements.hpp"
#include "sources/turtle_terms.hpp"

namespace dossier {
namespace {

constexpr std::string_view kNodeKinds[] = {
    "BlankNode", "IRI", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"};

bool contains(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

class ShaclcParser {
 public:
  ShaclcParser(std::string_view text, const RdfReadOptions& options, StatementSinkRef sink)
      : text_(text),
        limits_(options.limits),
        scanner_(text),
        terms_(options.base, options.blank_scope, options.limits),
        sink_(sink),
        base_(options.base) {}

  // False at a fault.
  bool run() {
    for (const auto& [name, iri] : kKnownPrefixes) declare(name, iri);
    return advance() && document();
  }
  const SyntaxFault& fault() const { return fault_; }

  // Hands over what the document says; the number of statements.
  std::uint64_t deliver() { return made_.deliver(sink_); }

 private:
  static constexpr std::pair<std::string_view, std::string_view> kKnownPrefixes[] = {
      {"rdf", rdf::kNamespace},
      {"rdfs", rdfs::kNamespace},
      {"sh", kShaclNamespace},
      {"xsd", xsd::kNamespace}};

  // ---- the document and its directives

  bool document() {
    while (token_.kind != ShaclcToken::Kind::end) {
      if (token_.is_word("BASE") || token_.is_word("IMPORTS") || token_.is_word("PREFIX")) {
        if (shapes_seen_) return wanted("a shape: directives stand before the first one");
        if (!directive()) return false;
        continue;
      }
      const bool is_class = token_.is_word("shapeClass");
      if (!is_class && !token_.is_word("shape")) return wanted("shape, shapeClass or a directive");
      shapes_seen_ = true;
      if (!advance() || !shape(is_class)) return false;
    }
    if (base_.empty() && imports_.empty()) return true;
    if (base_.empty()) return fail("IMPORTS wants a BASE");
    const OwnedTerm document = OwnedTerm::iri(base_);
    emit(document, rdf::kType, OwnedTerm::iri(owl::kOntology));
    for (const OwnedTerm& each : imports_) {
      emit(document, owl::kImports, each);
    }
    return true;
  }

  bool directive() {
    const std::string_view word = token_.text;
    if (!advance()) return false;
    if (word == "PREFIX") return prefix();
    if (token_.kind != ShaclcToken::Kind::term || token_.term.kind != TokenKind::iri) {
      return wanted("an IRI in angle brackets");
    }
    const NameToken reference = token_.term.name;
    OwnedTerm iri;
    if (!name(iri)) return false;
    if (word == "IMPORTS") {
      imports_.push_back(std::move(iri));
      return true;
    }
    base_ = iri.text;
    return terms_.declare_base(reference) || fail_terms();
  }

  bool prefix() {
    const NameToken declared = token_.term.name;
    if (!token_.is_name() || declared.colon + 1 != declared.text.size()) {
      return wanted("a prefix with a colon");
    }
    if (!advance()) return false;
    if (token_.kind != ShaclcToken::Kind::term || token_.term.kind != TokenKind::iri) {
      return wanted("an IRI in angle brackets");
    }
    std::string_view iri;
    const std::string_view label = declared.text.substr(0, declared.colon);
    if (!terms_.declare_prefix(label, token_.term.name, iri)) return fail_terms();
    sink_.prefix(label, iri);
    return advance();
  }

  void declare(std::string_view label, std::string_view iri) {
    std::string_view resolved;
    terms_.declare_prefix(label, {.text = iri}, resolved);
    sink_.prefix(label, iri);
  }

  // ---- shapes

  bool shape(bool is_class) {
    OwnedTerm subject;
    if (!name(subject)) return false;
    emit(subject, rdf::kType, shacl("NodeShape"));
    if (is_class) emit(subject, rdf::kType, OwnedTerm::iri(rdfs::kClass));
    if (!is_class && token_.is_mark("->")) {
      if (!advance()) return false;
      do {
        OwnedTerm cls;
        if (!name(cls)) return false;
        emit_shacl(subject, "targetClass", cls);
      } while (token_.is_name());
    }
    return body(subject, 0);
  }

  // '{' constraint* '}'; recursion is bounded by Limits::max_shape_depth.
  bool body(const OwnedTerm& subject, std::size_t depth) {
    if (depth > limits_.max_shape_depth) return too_deep();
    if (!take("{")) return false;
    while (!token_.is_mark("}")) {
      const bool on_node = token_.kind == ShaclcToken::Kind::word || token_.is_mark("!");
      if (!on_node && !property_shape(subject, depth)) return false;
      while (on_node && !token_.is_mark(".")) {
        if (!alternatives(subject, ShaclcOn::node, depth)) return false;
      }
      if (!take(".")) return false;
    }
    return advance();
  }

  bool property_shape(const OwnedTerm& subject, std::size_t depth) {
    const OwnedTerm property = blank();
    OwnedTerm path;
    if (!alternative_path(path, depth)) return false;
    emit_shacl(subject, "property", property);
    emit_shacl(property, "path", path);
    while (!token_.is_mark(".")) {
      const bool fine = token_.is_mark("[") ? counts(property)
                                            : alternatives(property, ShaclcOn::property, depth);
      if (!fine) return false;
    }
    return true;
  }

  // '[' min '..' max ']'
  bool counts(const OwnedTerm& property) {
    if (!advance()) return false;
    OwnedTerm least;
    if (!integer(least) || !take("..")) return false;
    if (least.text != "0") emit_shacl(property, "minCount", least);
    if (token_.is_mark("*")) return advance() && take("]");
    OwnedTerm most;
    if (!integer(most)) return false;
    emit_shacl(property, "maxCount", most);
    return take("]");
  }

  bool integer(OwnedTerm& out) {
    if (token_.kind != ShaclcToken::Kind::term || token_.term.kind != TokenKind::integer) {
      return wanted("an integer");
    }
    return value(out);
  }

  // nodeOr and propertyOr: one constraint, or several of which one must hold.
  bool alternatives(const OwnedTerm& subject, ShaclcOn on, std::size_t depth) {
    std::vector<OwnedTerm> members;
    const std::size_t first = made_.size();
    for (bool more = true; more;) {
      members.push_back(blank());
      if (!constraint(members.back(), on, depth)) return false;
      more = token_.is_mark("|");
      if (more && !advance()) return false;
    }
    if (members.size() > 1) {
      emit_shacl(subject, "or", list(members));
      return true;
    }
    // One alone stands on the shape itself, which is known only here.
    made_.rename(first, members[0], subject);
    return true;
  }

  // nodeNot and propertyNot.
  bool constraint(const OwnedTerm& subject, ShaclcOn on, std::size_t depth) {
    if (!token_.is_mark("!")) return atom(subject, on, depth);
    const OwnedTerm negated = blank();
    emit_shacl(subject, "not", negated);
    return advance() && atom(negated, on, depth);
  }

  // nodeValue and propertyAtom.
  bool atom(const OwnedTerm& subject, ShaclcOn on, std::size_t depth) {
    if (token_.kind == ShaclcToken::Kind::word) {
      if (on == ShaclcOn::property && contains(kNodeKinds, token_.text)) {
        emit_shacl(subject, "nodeKind", shacl(token_.text));
        return advance();
      }
      return parameter(subject, on);
    }
    if (on == ShaclcOn::node) return wanted("the name of a parameter");
    if (token_.is_mark("{")) {
      const OwnedTerm nested = blank();
      emit_shacl(subject, "node", nested);
      return body(nested, depth + 1);
    }
    const bool is_shape = token_.kind == ShaclcToken::Kind::shape_ref;
    if (!is_shape && !token_.is_name()) {
      return wanted("a datatype, a class, a kind of node, a shape or a parameter");
    }
    OwnedTerm named;
    if (!name(named)) return false;
    const bool is_datatype = contains(known_datatypes(), named.text);
    emit_shacl(subject, is_shape ? "node" : is_datatype ? "datatype" : "class", named);
    return true;
  }

  // nodeParam or propertyParam '=' iriOrLiteralOrArray
  bool parameter(const OwnedTerm& subject, ShaclcOn on) {
    const std::string_view named = token_.text;
    const auto parameters = shaclc_parameters(on);
    if (!contains(parameters, named)) return unknown_parameter(on, parameters);
    OwnedTerm object;
    if (!advance() || !take("=")) return false;
    if (!token_.is_mark("[")) {
      if (!value(object)) return false;
    } else {
      if (!advance()) return false;
      std::vector<OwnedTerm> members;
      while (!token_.is_mark("]")) {
        members.emplace_back();
        if (!value(members.back())) return false;
      }
      if (!advance()) return false;
      object = list(members);
    }
    emit_shacl(subject, named, object);
    return true;
  }

  // ---- paths; the first of each is what SHACL makes of one alone

  bool alternative_path(OwnedTerm& out, std::size_t depth) {
    std::vector<OwnedTerm> members(1);
    if (!sequence_path(members[0], depth)) return false;
    while (token_.is_mark("|")) {
      members.emplace_back();
      if (!advance() || !sequence_path(members.back(), depth)) return false;
    }
    out = members.size() == 1 ? members[0] : path_node("alternativePath", list(members));
    return true;
  }

  bool sequence_path(OwnedTerm& out, std::size_t depth) {
    std::vector<OwnedTerm> members(1);
    if (!step_path(members[0], depth)) return false;
    while (token_.is_mark("/")) {
      members.emplace_back();
      if (!advance() || !step_path(members.back(), depth)) return false;
    }
    out = members.size() == 1 ? members[0] : list(members);
    return true;
  }

  // pathEltOrInverse; recursion is bounded by Limits::max_shape_depth.
  bool step_path(OwnedTerm& out, std::size_t depth) {
    if (depth > limits_.max_shape_depth) return too_deep();
    const bool inverse = token_.is_mark("^");
    if (inverse && !advance()) return false;
    if (token_.is_mark("(")) {
      if (!advance() || !alternative_path(out, depth + 1) || !take(")")) return false;
    } else if (!token_.is_name()) {
      return wanted("a property path");
    } else if (!name(out)) {
      return false;
    }
    constexpr std::pair<std::string_view, std::string_view> kModifiers[] = {
        {"?", "zeroOrOnePath"}, {"*", "zeroOrMorePath"}, {"+", "oneOrMorePath"}};
    for (const auto& [mark, property] : kModifiers) {
      if (!token_.is_mark(mark)) continue;
      out = path_node(property, out);
      if (!advance()) return false;
      break;
    }
    if (inverse) out = path_node("inversePath", out);
    return true;
  }

  OwnedTerm path_node(std::string_view property, const OwnedTerm& object) {
    const OwnedTerm node = blank();
    emit_shacl(node, property, object);
    return node;
  }

  // ---- terms

  // An IRI or a prefixed name, which is passed by.
  bool name(OwnedTerm& out) {
    const bool fits = token_.is_name() || token_.kind == ShaclcToken::Kind::shape_ref;
    if (!fits) return wanted("an IRI or a prefixed name");
    std::string_view iri;
    if (!terms_.iri(token_.term.name, iri)) return fail_terms();
    out = OwnedTerm::iri(iri);
    return advance();
  }

  // A name or a literal, which is passed by.
  bool value(OwnedTerm& out) {
    if (token_.is_name()) return name(out);
    if (token_.kind != ShaclcToken::Kind::term) return wanted("an IRI or a literal");
    TermView literal;
    if (!terms_.literal(token_.term, literal)) return fail_terms();
    out = {.kind = TermKind::literal,
           .text = std::string(literal.text),
           .datatype = std::string(literal.datatype),
           .language = std::string(literal.language)};
    return advance();
  }

  OwnedTerm blank() { return OwnedTerm::blank(terms_.fresh_blank()); }
  static OwnedTerm shacl(std::string_view local) {
    return OwnedTerm::iri(std::string(kShaclNamespace).append(local));
  }

  OwnedTerm list(const std::vector<OwnedTerm>& members) {
    return made_.list(members, offset(), [this] { return blank(); });
  }

  std::uint64_t offset() const {
    return static_cast<std::uint64_t>(token_.text.data() - text_.data());
  }
  void emit(const OwnedTerm& subject, std::string_view predicate, const OwnedTerm& object) {
    made_.add(subject, predicate, object, offset());
  }
  void emit_shacl(const OwnedTerm& subject, std::string_view local, const OwnedTerm& object) {
    emit(subject, std::string(kShaclNamespace).append(local), object);
  }

  // ---- tokens and faults

  bool advance() {
    std::optional<ShaclcToken> next = scanner_.next();
    if (!next) {
      fault_ = scanner_.fault();
      return false;
    }
    token_ = *next;
    return true;
  }

  bool take(std::string_view mark) {
    if (!token_.is_mark(mark)) return wanted(fmt::format("'{}'", mark));
    return advance();
  }

  bool wanted(std::string_view what) {
    const std::string found = token_.kind == ShaclcToken::Kind::end
                                  ? "the end of the document"
                                  : fmt::format("'{}'", printable(token_.text, 60));
    return fail(fmt::format("found {}, wanted {}", found, what));
  }

  bool unknown_parameter(ShaclcOn on, std::span<const std::string_view> known) {
    const auto nearest = nearest_name(token_.text, known);
    return fail(fmt::format("{} is no parameter of a {} shape", printable(token_.text, 60),
                            on == ShaclcOn::node ? "node" : "property"),
                nearest ? fmt::format("did you mean {}?", *nearest) : std::string());
  }

  bool too_deep() {
    return fail(fmt::format("shapes or paths are nested deeper than {} (max-shape-depth)",
                            limits_.max_shape_depth),
                {}, code::limit_exceeded);
  }

  bool fail(std::string message, std::string hint = {}, DiagnosticCode code = code::rdf_syntax) {
    fault_ = {code, token_.text.data(), std::move(message), std::move(hint)};
    return false;
  }

  bool fail_terms() {
    fault_ = terms_.fault();
    if (fault_.at == nullptr) fault_.at = token_.text.data();
    return false;
  }

  std::string_view text_;
  const Limits& limits_;
  ShaclcScanner scanner_;
  TurtleTerms terms_;
  StatementSinkRef sink_;
  std::string base_;
  std::vector<OwnedTerm> imports_;
  ShaclcStatements made_;
  bool shapes_seen_ = false;
  ShaclcToken token_;
  SyntaxFault fault_;
};

}  // namespace

Expected<RdfReadCounts> read_shaclc(ByteSource& source, const RdfReadOptions& options,
                                    StatementSinkRef sink) {
  const Expected<std::string> text = read_all(source, options.limits.max_document_bytes);
  if (!text) return std::unexpected(text.error());
  const auto place = [&](std::size_t offset) {
    const LineColumn at = line_column(*text, offset);
    return Place{.file = source.name(), .line = at.line, .column = at.column};
  };
  if (const std::size_t bad = find_invalid_utf8(*text); bad != kUtf8Valid) {
    return fail(code::invalid_utf8, place(bad),
                fmt::format("byte 0x{:02X} is not UTF-8", static_cast<unsigned char>((*text)[bad])),
                "RDF files are UTF-8: convert the file");
  }
  ShaclcParser parser(*text, options, sink);
  if (!parser.run()) {
    const SyntaxFault& fault = parser.fault();
    return std::unexpected(make_diagnostic(fault.code,
                                           place(static_cast<std::size_t>(fault.at - text->data())),
                                           fault.message, fault.hint));
  }
  return RdfReadCounts{.statements = parser.deliver()};
}

}  // namespace dossier
