#include "exporters/shaclc.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/codes/exports.hpp"
#include "exporters/names.hpp"
#include "exporters/namespaces.hpp"
#include "exporters/refusal.hpp"
#include "exporters/turtle_term_writer.hpp"
#include "graph/datatypes.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

constexpr std::string_view kShaclNamespace = "http://www.w3.org/ns/shacl#";
constexpr std::size_t kMostNesting = 200;  // of shapes and of paths

constexpr std::string_view kKinds[] = {
    "BlankNode", "IRI", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"};
constexpr std::string_view kOfBoth[] = {"deactivated",
                                        "severity",
                                        "message",
                                        "class",
                                        "datatype",
                                        "nodeKind",
                                        "minExclusive",
                                        "minInclusive",
                                        "maxExclusive",
                                        "maxInclusive",
                                        "minLength",
                                        "maxLength",
                                        "pattern",
                                        "flags",
                                        "languageIn",
                                        "equals",
                                        "disjoint",
                                        "closed",
                                        "ignoredProperties",
                                        "hasValue",
                                        "in"};
constexpr std::string_view kOfNodes[] = {"targetNode", "targetObjectsOf", "targetSubjectsOf"};
constexpr std::string_view kOfProperties[] = {"uniqueLang",
                                              "lessThan",
                                              "lessThanOrEquals",
                                              "qualifiedValueShape",
                                              "qualifiedMinCount",
                                              "qualifiedMaxCount",
                                              "qualifiedValueShapesDisjoint"};

template <class Range>
bool contains_name(const Range& names, std::string_view name) {
  return std::ranges::find(names, name) != std::end(names);
}

// Each function writes its part and marks the statements that it stands for; false where the syntax
// has no form, with the statement in refused_.
class ShaclcWriter {
 public:
  ShaclcWriter(const Graph& graph, const WriteOrder& order, const RdfWriteOptions& options)
      : graph_(graph),
        namespaces_(graph, options.prefixes),
        terms_(graph, order, namespaces_, {}),
        written_(graph.size(), false) {
    for (const Statement& each : graph_.statements()) ++references_[each.object];
  }

  std::optional<Error> write(ByteSink& out) {
    TextBuffer shapes;
    text_ = &shapes;
    for (std::uint32_t i = 0; i < graph_.term_count(TermKind::iri); ++i) {
      const TermId subject(TermKind::iri, i);
      if (!has_type(subject, kShaclNamespace, "NodeShape")) continue;
      if (!shape(subject)) return error();
    }
    TextBuffer head;
    text_ = &head;
    if (!header()) return error();
    const auto left = std::ranges::find(written_, false);
    if (left != written_.end()) {
      refused_ = graph_.statements()[static_cast<std::size_t>(left - written_.begin())];
      return error();
    }
    out.append(head.text());
    out.append(shapes.text());
    return std::nullopt;
  }

 private:
  Error error() const {
    return refusal(graph_, refused_, code::export_term, "SHACL Compact Syntax has no form for it");
  }

  bool refuse(const Statement& statement) {
    refused_ = statement;
    return false;
  }

  void mark(const Statement& statement) { written_[graph_.position(statement)] = true; }
  void put(std::string_view text) { text_->append(text); }
  void indent(std::size_t depth) { text_->fill(2 * depth, ' '); }

  // ---- what stands above the shapes

  bool header() {
    const TermId ontology = graph_.find_iri(owl::kOntology);
    TermId document;
    for (const Statement& each : graph_.instances(ontology)) {
      if (document || !each.subject.is_iri()) return refuse(each);
      document = each.subject;
      mark(each);
    }
    if (document) {
      put("BASE <");
      put(graph_.text(document));
      put(">\n");
      for (const Statement& each : graph_.about(document, graph_.find_iri(owl::kImports))) {
        if (!each.object.is_iri()) return refuse(each);
        mark(each);
        put("IMPORTS <");
        put(graph_.text(each.object));
        put(">\n");
      }
    }
    for (const Namespaces::Entry& each : namespaces_.entries()) {
      if (!used_.contains(each.name)) continue;
      put("PREFIX ");
      put(each.name);
      put(" <");
      put(each.iri);
      put(">\n");
    }
    return true;
  }

  // ---- shapes

  bool has_type(TermId subject, std::string_view space, std::string_view local) const {
    const TermId cls = graph_.find_iri(std::string(space).append(local));
    return cls && std::ranges::any_of(graph_.about(subject, graph_.rdf_type()),
                                      [&](const Statement& s) { return s.object == cls; });
  }

  bool shape(TermId subject) {
    const bool is_class = has_type(subject, rdfs::kNamespace, "Class");
    put(is_class ? "\nshapeClass " : "\nshape ");
    if (!name(subject, graph_.about(subject).front())) return false;
    bool first = true;
    for (const Statement& each : graph_.about(subject)) {
      if (each.predicate == graph_.rdf_type()) {
        const std::string_view cls = graph_.text(each.object);
        const bool known = is_shacl(each.object, "NodeShape") || cls == rdfs::kClass;
        if (!known) return refuse(each);
        mark(each);
      } else if (is_shacl(each.predicate, "targetClass")) {
        if (is_class || !each.object.is_iri()) return refuse(each);
        put(first ? " -> " : " ");
        first = false;
        mark(each);
        if (!name(each.object, each)) return false;
      }
    }
    put(" {\n");
    if (!body(subject, 1)) return false;
    put("}\n");
    return true;
  }

  // The constraints of a node shape, one a line.
  bool body(TermId subject, std::size_t depth) {
    for (const Statement& each : graph_.about(subject)) {
      if (written_[graph_.position(each)]) continue;
      if (depth > kMostNesting) return refuse(each);
      mark(each);
      indent(depth);
      const bool fine = is_shacl(each.predicate, "property") ? property(each, depth)
                                                             : constraint(each, false, depth);
      if (!fine) return false;
      put(" .\n");
    }
    return true;
  }

  bool property(const Statement& reference, std::size_t depth) {
    const TermId node = reference.object;
    if (!is_own(node)) return refuse(reference);
    const auto paths = graph_.about(node, find_shacl("path"));
    if (paths.size() != 1) return refuse(reference);
    mark(paths[0]);
    if (!path(paths[0].object, paths[0], 0)) return false;
    if (!counts(node)) return false;
    for (const Statement& each : graph_.about(node)) {
      if (written_[graph_.position(each)]) continue;
      mark(each);
      put(" ");
      if (!constraint(each, true, depth)) return false;
    }
    return true;
  }

  // [min..max]; a minimum of 0 has no form.
  bool counts(TermId node) {
    std::string bounds[2] = {"0", "*"};
    bool any = false;
    constexpr std::string_view kNames[2] = {"minCount", "maxCount"};
    for (std::size_t i = 0; i < 2; ++i) {
      for (const Statement& each : graph_.about(node, find_shacl(kNames[i]))) {
        const TermView count = graph_.term(each.object);
        const bool fits = each.object.is_literal() && count.datatype == xsd::kInteger &&
                          terms_.is_shorthand(each.object) && (i == 1 || count.text != "0") &&
                          bounds[i] == (i == 0 ? "0" : "*");
        if (!fits) return refuse(each);
        mark(each);
        bounds[i] = count.text;
        any = true;
      }
    }
    if (any) put(" [" + bounds[0] + ".." + bounds[1] + "]");
    return true;
  }

  // What stands for the statement, which is marked: an alternative, or one constraint.
  bool constraint(const Statement& each, bool on_property, std::size_t depth) {
    if (!is_shacl(each.predicate, "or")) return negatable(each, on_property, depth);
    std::vector<TermId> members;
    if (!list(each, members) || members.size() < 2) return refuse(each);
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) put(" | ");
      const auto about = graph_.about(members[i]);
      if (!is_own(members[i]) || about.size() != 1) return refuse(each);
      mark(about[0]);
      if (!negatable(about[0], on_property, depth)) return false;
    }
    return true;
  }

  bool negatable(const Statement& each, bool on_property, std::size_t depth) {
    if (!is_shacl(each.predicate, "not")) return atom(each, on_property, depth);
    const auto about = graph_.about(each.object);
    if (!is_own(each.object) || about.size() != 1) return refuse(each);
    put("!");
    mark(about[0]);
    return atom(about[0], on_property, depth);
  }

  bool atom(const Statement& each, bool on_property, std::size_t depth) {
    const std::string_view local = shacl_name(each.predicate);
    if (local.empty()) return refuse(each);
    if (on_property) {
      if (local == "node") return shape_atom(each, depth);
      const std::string_view kind = shacl_name(each.object);
      if (local == "nodeKind" && contains_name(kKinds, kind)) {
        put(kind);
        return true;
      }
      if ((local == "datatype" || local == "class") && each.object.is_iri()) {
        const bool known = contains_name(known_datatypes(), graph_.text(each.object));
        if (known == (local == "datatype")) return name(each.object, each);
      }
    }
    const bool fits =
        contains_name(kOfBoth, local) ||
        (on_property ? contains_name(kOfProperties, local) : contains_name(kOfNodes, local));
    if (!fits) return refuse(each);
    put(local);
    put("=");
    return value(each);
  }

  // @shape or { ... }
  bool shape_atom(const Statement& each, std::size_t depth) {
    if (each.object.is_iri()) {
      put("@");
      return name(each.object, each);
    }
    if (!is_own(each.object)) return refuse(each);
    put("{\n");
    if (!body(each.object, depth + 1)) return false;
    indent(depth);
    put("}");
    return true;
  }

  bool value(const Statement& each) {
    if (!each.object.is_blank()) {
      if (each.object == graph_.find_iri(rdf::kNil)) {
        put("[]");
        return true;
      }
      return term(each.object, each);
    }
    std::vector<TermId> members;
    if (!list(each, members)) return refuse(each);
    put("[");
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) put(" ");
      if (!term(members[i], each)) return false;
    }
    put("]");
    return true;
  }

  // ---- paths

  // `level`: 0 for any path, 1 within a sequence, 2 for what a mark stands at.
  bool path(TermId node, const Statement& at, std::size_t level, std::size_t depth = 0) {
    if (node.is_iri()) return name(node, at);
    if (depth > kMostNesting || !is_own(node)) return refuse(at);
    const auto about = graph_.about(node);
    if (about.size() == 2) return path_members(node, at, "/", level, depth);
    if (about.size() != 1) return refuse(at);
    const Statement& step = about[0];
    const std::string_view kind = shacl_name(step.predicate);
    mark(step);
    if (kind == "alternativePath") return path_members(step.object, step, "|", level, depth);
    if (kind == "inversePath") {
      if (level == 2) put("(");
      put("^");
      // ^ stands before an element with its mark, which takes no second ^.
      if (!path(step.object, step, is_inverse(step.object) ? 2 : 1, depth + 1)) return false;
      if (level == 2) put(")");
      return true;
    }
    constexpr std::pair<std::string_view, std::string_view> kMarks[] = {
        {"zeroOrOnePath", "?"}, {"zeroOrMorePath", "*"}, {"oneOrMorePath", "+"}};
    for (const auto& [property, sign] : kMarks) {
      if (kind != property) continue;
      if (level == 2) put("(");
      if (!path(step.object, step, 2, depth + 1)) return false;
      put(sign);
      if (level == 2) put(")");
      return true;
    }
    return refuse(step);
  }

  bool is_inverse(TermId node) const {
    return node.is_blank() && !graph_.about(node, find_shacl("inversePath")).empty();
  }

  // A sequence or an alternative, in parentheses unless it is the whole path.
  bool path_members(TermId head, const Statement& at, std::string_view joint, std::size_t level,
                    std::size_t depth) {
    std::vector<TermId> members;
    Statement reference = at;
    reference.object = head;
    if (!list(reference, members) || members.size() < 2) return refuse(at);
    const bool grouped = level > 0 || depth > 0;
    if (grouped) put("(");
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) put(joint);
      if (!path(members[i], at, 1, depth + 1)) return false;
    }
    if (grouped) put(")");
    return true;
  }

  // ---- terms

  TermId find_shacl(std::string_view local) const {
    return graph_.find_iri(std::string(kShaclNamespace).append(local));
  }
  bool is_shacl(TermId id, std::string_view local) const { return shacl_name(id) == local; }
  // The local name; empty when it is no term of SHACL.
  std::string_view shacl_name(TermId id) const {
    if (!id.is_iri()) return {};
    const std::string_view iri = graph_.text(id);
    return iri.starts_with(kShaclNamespace) ? iri.substr(kShaclNamespace.size())
                                            : std::string_view();
  }

  // A blank node that stands in one place, so that it needs no label.
  bool is_own(TermId node) const {
    const auto found = references_.find(node);
    return node.is_blank() && found != references_.end() && found->second == 1;
  }

  // The members of the list that is the object; marks its cells.
  bool list(const Statement& reference, std::vector<TermId>& members) {
    const TermId nil = graph_.find_iri(rdf::kNil);
    for (TermId cell = reference.object; cell != nil;) {
      const auto about = graph_.about(cell);
      const auto first = graph_.about(cell, graph_.find_iri(rdf::kFirst));
      const auto rest = graph_.about(cell, graph_.find_iri(rdf::kRest));
      if (!is_own(cell) || about.size() != 2 || first.size() != 1 || rest.size() != 1 ||
          written_[graph_.position(rest[0])]) {
        return false;
      }
      mark(first[0]);
      mark(rest[0]);
      members.push_back(first[0].object);
      cell = rest[0].object;
    }
    return true;
  }

  bool name(TermId id, const Statement& at) {
    if (!id.is_iri()) return refuse(at);
    const Namespaces::Number number = namespaces_.find(id);
    if (number != Namespaces::kNone) {
      const Namespaces::Entry& entry = namespaces_.entries()[number];
      if (!is_predeclared(entry)) used_.insert(entry.name);
    }
    return terms_.write_iri(*text_, id) || refuse(at);
  }

  bool term(TermId id, const Statement& at) {
    if (id.is_iri()) return name(id, at);
    if (!id.is_literal()) return refuse(at);
    const TermView literal = graph_.term(id);
    if (literal.direction != Direction::none) return refuse(at);
    const Namespaces::Number number = namespaces_.find_text(literal.datatype);
    if (number != Namespaces::kNone && !is_predeclared(namespaces_.entries()[number])) {
      used_.insert(namespaces_.entries()[number].name);
    }
    return terms_.write_literal(*text_, id, true) != Written::refused || refuse(at);
  }

  static bool is_predeclared(const Namespaces::Entry& entry) {
    return (entry.name == "rdf:" && entry.iri == rdf::kNamespace) ||
           (entry.name == "rdfs:" && entry.iri == rdfs::kNamespace) ||
           (entry.name == "sh:" && entry.iri == kShaclNamespace) ||
           (entry.name == "xsd:" && entry.iri == xsd::kNamespace);
  }

  const Graph& graph_;
  Namespaces namespaces_;
  TurtleTermWriter terms_;
  std::vector<bool> written_;
  std::map<TermId, std::size_t> references_;
  std::set<std::string> used_;  // prefixes
  TextBuffer* text_ = nullptr;
  Statement refused_;
};

}  // namespace

Expected<std::uint64_t> write_shaclc(const Graph& graph, const WriteOrder& order,
                                     const RdfWriteOptions& options, ByteSink& out) {
  if (auto error = ShaclcWriter(graph, order, options).write(out)) {
    return std::unexpected(std::move(*error));
  }
  return graph.size();
}

}  // namespace dossier
