#include "sources/rasqal.hpp"

#include <string>

#include "base/shared_library.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

const unsigned char* as_bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.c_str());
}

std::string_view as_text(const unsigned char* bytes, std::size_t size) {
  return bytes == nullptr ? std::string_view()
                          : std::string_view(reinterpret_cast<const char*>(bytes), size);
}

}  // namespace

Expected<RasqalLibrary> load_rasqal() {
  const auto library = SharedLibrary::open("librasqal.so.3", "librasqal3");
  if (!library) return std::unexpected(library.error());
  const SharedLibrary& from = *library;
  RasqalLibrary out{};
  const bool whole = from.find(out.new_world, "rasqal_new_world") &&
                     from.find(out.world_open, "rasqal_world_open") &&
                     from.find(out.free_world, "rasqal_free_world") &&
                     from.find(out.get_raptor, "rasqal_world_get_raptor") &&
                     from.find(out.set_log_handler, "rasqal_world_set_log_handler") &&
                     from.find(out.set_source, "rasqal_set_triples_source_factory") &&
                     from.find(out.new_query, "rasqal_new_query") &&
                     from.find(out.free_query, "rasqal_free_query") &&
                     from.find(out.prepare, "rasqal_query_prepare") &&
                     from.find(out.verb, "rasqal_query_get_verb") &&
                     from.find(out.data_graphs, "rasqal_query_get_data_graph_sequence") &&
                     from.find(out.pattern, "rasqal_query_get_query_graph_pattern") &&
                     from.find(out.pattern_operator, "rasqal_graph_pattern_get_operator") &&
                     from.find(out.sub_pattern, "rasqal_graph_pattern_get_sub_graph_pattern") &&
                     from.find(out.execute, "rasqal_query_execute") &&
                     from.find(out.finished, "rasqal_query_results_finished") &&
                     from.find(out.next, "rasqal_query_results_next") &&
                     from.find(out.variables, "rasqal_query_get_bound_variable_sequence") &&
                     from.find(out.value, "rasqal_query_results_get_binding_value") &&
                     from.find(out.free_results, "rasqal_free_query_results") &&
                     from.find(out.new_uri_literal, "rasqal_new_uri_literal") &&
                     from.find(out.new_simple_literal, "rasqal_new_simple_literal") &&
                     from.find(out.new_string_literal, "rasqal_new_string_literal") &&
                     from.find(out.free_literal, "rasqal_free_literal") &&
                     from.find(out.literal_text, "rasqal_literal_as_counted_string") &&
                     from.find(out.as_variable, "rasqal_literal_as_variable") &&
                     from.find(out.literal_datatype, "rasqal_literal_datatype") &&
                     from.find(out.term_type, "rasqal_literal_get_rdf_term_type") &&
                     from.find(out.set_value, "rasqal_variable_set_value") &&
                     from.find(out.new_uri, "raptor_new_uri") &&
                     from.find(out.free_uri, "raptor_free_uri") &&
                     from.find(out.uri_text, "raptor_uri_as_counted_string") &&
                     from.find(out.sequence_size, "raptor_sequence_size") &&
                     from.find(out.sequence_at, "raptor_sequence_get_at");
  if (!whole) return library->incomplete();
  return out;
}

rasqal_literal* RasqalTerms::literal(const Graph& graph, TermId id) const {
  if (id.is_triple()) return nullptr;
  const std::string text(graph.text(id));
  raptor_world* const raptor = library_.get_raptor(world_);
  if (id.kind() == TermKind::iri) {
    return library_.new_uri_literal(world_, library_.new_uri(raptor, as_bytes(text)));
  }
  // rasqal takes the texts of these over, and frees them as it does its own.
  const auto taken = [](std::string_view bytes) {
    auto* const copy = static_cast<char*>(std::malloc(bytes.size() + 1));
    std::memcpy(copy, bytes.data(), bytes.size());
    copy[bytes.size()] = '\0';
    return copy;
  };
  auto* const own = reinterpret_cast<unsigned char*>(taken(text));
  if (id.kind() == TermKind::blank) {
    return library_.new_simple_literal(world_, RASQAL_LITERAL_BLANK, own);
  }
  const LiteralType& type = graph.literal_type(id);
  if (!type.language.empty()) {
    return library_.new_string_literal(world_, own, taken(type.language), nullptr, nullptr);
  }
  raptor_uri* const datatype =
      type.datatype == xsd::kString ? nullptr : library_.new_uri(raptor, as_bytes(type.datatype));
  return library_.new_string_literal(world_, own, nullptr, datatype, nullptr);
}

RasqalTerm RasqalTerms::term(rasqal_literal* literal) const {
  RasqalTerm out;
  std::size_t size = 0;
  const unsigned char* const bytes = library_.literal_text(literal, &size, 0, nullptr);
  out.text = as_text(bytes, size);
  const rasqal_literal_type type = library_.term_type(literal);
  if (type == RASQAL_LITERAL_URI) return out;
  if (type == RASQAL_LITERAL_BLANK) {
    out.kind = TermKind::blank;
    return out;
  }
  out.kind = TermKind::literal;
  out.datatype = xsd::kString;
  if (literal->language != nullptr) {
    out.language = literal->language;
    out.datatype = rdf::kLangString;
  } else if (raptor_uri* const datatype = library_.literal_datatype(literal)) {
    std::size_t length = 0;
    const unsigned char* const iri = library_.uri_text(datatype, &length);
    out.datatype = as_text(iri, length);
  }
  return out;
}

TermId RasqalTerms::find(const Graph& graph, rasqal_literal* literal) const {
  const RasqalTerm found = term(literal);
  if (found.kind == TermKind::iri) return graph.find_iri(found.text);
  if (found.kind == TermKind::blank) return graph.find(blank_view(found.text));
  if (!found.language.empty()) return graph.find(language_view(found.text, found.language));
  return graph.find(literal_view(found.text, found.datatype));
}

}  // namespace dossier
