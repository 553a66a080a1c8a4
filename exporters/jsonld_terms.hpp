// Terms of a Graph as JSON-LD writes them. Immutable once made: any number of threads. The
// functions return false when JSON-LD cannot hold the term.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exporters/jsonld.hpp"
#include "exporters/namespaces.hpp"
#include "exporters/text_buffer.hpp"
#include "exporters/write_order.hpp"
#include "graph/graph.hpp"

namespace dossier {

class JsonLdTerms {
 public:
  // `namespaces` has no entries for the expanded form.
  JsonLdTerms(const Graph& graph, const WriteOrder& order, const Namespaces& namespaces,
              const JsonLdWriteOptions& options);

  bool write_id(TextBuffer& out, TermId resource) const;   // a JSON string
  bool write_full_id(TextBuffer& out, TermId iri) const {  // without prefix
    return write_iri(out, Namespaces::kNone, graph_.text(iri));
  }
  bool write_reference(TextBuffer& out, TermId resource) const;  // {"@id": ...}
  bool write_literal(TextBuffer& out, TermId literal) const;
  // {"@value": ..., "@language": ..., "@direction": ...}; an empty language is left out.
  bool write_directed(TextBuffer& out, std::string_view text, std::string_view language,
                      std::string_view direction) const;

  // Whether the literal is written without its datatype.
  bool hides_datatype(TermId literal) const;
  // Whether what follows a namespace can stand behind its name.
  static bool can_write_local(std::string_view local) { return !local.starts_with("//"); }

 private:
  enum class Kind : unsigned char { string, tagged, boolean, integer, double_, json, i18n, typed };
  struct Type {
    Kind kind = Kind::typed;
    std::string suffix;  // what follows the text, with the closing brace
    bool good = true;
  };

  Type make_type(const LiteralType& type) const;
  bool write_iri(TextBuffer& out, Namespaces::Number number, std::string_view iri) const;
  // The JSON value that stands for the literal, or empty.
  std::string native(Kind kind, std::string_view text) const;
  bool write_json(TextBuffer& out, std::string_view text) const;

  const Graph& graph_;
  const WriteOrder& order_;
  const Namespaces& namespaces_;
  JsonLdWriteOptions options_;
  std::vector<Type> types_;  // by literal type index
};

// Prefixes that can stand in a context without changing what an IRI of the graph means: named, no
// scheme of the graph's IRIs, and ending in a delimiter of RFC 3986, because others need "@prefix",
// which readers of JSON-LD 1.0 do not know.
Prefixes jsonld_prefixes(const Graph& graph, const Prefixes& prefixes);

}  // namespace dossier
