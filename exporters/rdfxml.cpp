#include "exporters/rdfxml.hpp"

#include <algorithm>

#include "exporters/rdfxml_blocks.hpp"
#include "exporters/subject_chunks.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

std::optional<Error> format_subjects(const Graph& graph, const WriteOrder& order,
                                     const Nesting& nesting, SubjectRange range,
                                     RdfXmlBlocks& blocks) {
  for (std::size_t at = range.first; at < range.last; ++at) {
    const TermId subject = order.resource(at);
    if (graph.about(subject).empty() || nesting.is_nested(subject)) continue;
    if (!blocks.write(subject)) return blocks.refusal();
  }
  return std::nullopt;
}

void append_attribute(TextBuffer& out, std::string_view name, std::string_view value) {
  out.append("\n    ");
  out.append(name);
  out.append("=\"");
  append_xml(out, value, XmlContext::attribute);
  out.append('"');
}

// Versions are announced only where RDF 1.2 is used, so that older readers do not stumble.
void append_root(const Graph& graph, const RdfXmlNames& names, std::string_view base,
                 TextBuffer& out) {
  out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF");
  append_attribute(out, "xmlns:rdf", rdf::kNamespace);
  for (const RdfXmlNames::Namespace& each : names.declared())
    append_attribute(out, each.name.empty() ? "xmlns" : "xmlns:" + each.name, each.iri);
  const bool directions = std::ranges::any_of(
      graph.literal_types(), [](const LiteralType& t) { return t.direction != Direction::none; });
  if (directions) {
    append_attribute(out, "xmlns:its", "http://www.w3.org/2005/11/its");
    append_attribute(out, "its:version", "2.0");
  }
  if (directions || graph.term_count(TermKind::triple) > 0)
    append_attribute(out, "rdf:version", "1.2");
  if (!base.empty()) append_attribute(out, "xml:base", base);
  out.append(">\n");
}

}  // namespace

Expected<std::uint64_t> write_rdfxml(const Graph& graph, const WriteOrder& order,
                                     const RdfWriteOptions& options, ByteSink& out) {
  const RdfXmlNames names(graph, options.prefixes);
  const Nesting nesting(graph, order, options.nest);
  const RelativeIris relative(options.base);
  TextBuffer root;
  append_root(graph, names, options.base, root);
  out.append(root.text());
  auto error =
      write_chunks(options.threads, out, telling(SubjectChunks(graph, order), options.on_share),
                   [&](SubjectRange range, std::size_t, TextBuffer& text) {
                     RdfXmlBlocks blocks(graph, order, names, nesting, relative, text);
                     return format_subjects(graph, order, nesting, range, blocks);
                   });
  if (error) return std::unexpected(std::move(*error));
  out.append("\n</rdf:RDF>\n");
  return graph.size();
}

}  // namespace dossier
