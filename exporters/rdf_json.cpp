#include "exporters/rdf_json.hpp"

#include "base/codes/rdf.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

void append_json_string(std::string_view text, ByteSink& out) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  out.append('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.append('\\');
      out.append(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out.append("\\u00");
      out.append(kDigits[static_cast<unsigned char>(c) >> 4]);
      out.append(kDigits[static_cast<unsigned char>(c) & 15]);
    } else {
      out.append(c);
    }
  }
  out.append('"');
}

// The name of a resource: an IRI, or a blank node as _:label.
void append_name(const TermView& term, ByteSink& out) {
  std::string name(term.kind == TermKind::blank ? "_:" : "");
  name += term.text;
  append_json_string(name, out);
}

void append_member(std::string_view name, std::string_view value, ByteSink& out) {
  out.append(", \"");
  out.append(name);
  out.append("\": ");
  append_json_string(value, out);
}

void append_object(const TermView& term, ByteSink& out) {
  const bool literal = term.kind == TermKind::literal;
  out.append("{ \"value\": ");
  literal ? append_json_string(term.text, out) : append_name(term, out);
  append_member("type", literal ? "literal" : term.kind == TermKind::blank ? "bnode" : "uri", out);
  if (literal && !term.language.empty()) {
    append_member("lang", term.language, out);
  } else if (literal && term.datatype != xsd::kString) {
    append_member("datatype", term.datatype, out);
  }
  out.append(" }");
}

}  // namespace

Expected<void> write_rdf_json(const Graph& graph, ByteSink& out) {
  const Statement* before = nullptr;
  out.append("{");
  for (const Statement& each : graph.statements()) {
    if (each.graph || each.object.is_triple()) {
      return fail(code::rdf_position, {}, "RDF/JSON holds neither named graphs nor triple terms",
                  "write N-Quads or TriG instead");
    }
    const bool same_subject = before != nullptr && before->subject == each.subject;
    const bool same_predicate = same_subject && before->predicate == each.predicate;
    if (!same_predicate && before != nullptr) out.append(" ]");
    if (!same_subject) {
      if (before != nullptr) out.append("\n  },");
      out.append("\n  ");
      append_name(graph.term(each.subject), out);
      out.append(": {");
    }
    if (same_predicate) {
      out.append(", ");
    } else {
      out.append(same_subject ? ",\n    " : "\n    ");
      append_name(graph.term(each.predicate), out);
      out.append(": [ ");
    }
    append_object(graph.term(each.object), out);
    before = &each;
  }
  out.append(before != nullptr ? " ]\n  }\n}\n" : "}\n");
  return {};
}

}  // namespace dossier
