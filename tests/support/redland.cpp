#include "tests/support/redland.hpp"

#include <memory>

#include <librdf.h>

#include "base/codes/rdf.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"

namespace dossier::test {
namespace {

using namespace std::string_view_literals;

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using World = std::unique_ptr<librdf_world, Freed<librdf_free_world>>;
using Uri = std::unique_ptr<librdf_uri, Freed<librdf_free_uri>>;
using Parser = std::unique_ptr<librdf_parser, Freed<librdf_free_parser>>;
using Stream = std::unique_ptr<librdf_stream, Freed<librdf_free_stream>>;
using RaptorWorld = std::unique_ptr<raptor_world, Freed<raptor_free_world>>;
using RaptorUri = std::unique_ptr<raptor_uri, Freed<raptor_free_uri>>;
using RaptorParser = std::unique_ptr<raptor_parser, Freed<raptor_free_parser>>;

constexpr std::string_view kBase = "http://example.org/base/";

std::string_view view(const unsigned char* text) {
  return reinterpret_cast<const char*>(text);
}

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// A librdf_node is a raptor_term.
TermView term_view(const raptor_term* term) {
  if (term->type == RAPTOR_TERM_TYPE_URI)
    return iri_view(view(raptor_uri_as_string(term->value.uri)));
  if (term->type == RAPTOR_TERM_TYPE_BLANK) return blank_view(view(term->value.blank.string));
  const raptor_term_literal_value& literal = term->value.literal;
  const std::string_view lexical(reinterpret_cast<const char*>(literal.string), literal.string_len);
  if (literal.language != nullptr) return language_view(lexical, view(literal.language));
  if (literal.datatype == nullptr) return literal_view(lexical);
  return literal_view(lexical, view(raptor_uri_as_string(literal.datatype)));
}

void add(Dataset& dataset, const raptor_term* s, const raptor_term* p, const raptor_term* o,
         const raptor_term* g) {
  const TermView subject = term_view(s);
  const TermView predicate = term_view(p);
  const TermView object = term_view(o);
  const TermView graph = g != nullptr ? term_view(g) : TermView{};
  dataset.statement({&subject, &predicate, &object, g != nullptr ? &graph : nullptr});
}

Expected<Dataset> result(Dataset&& dataset, bool good, const std::string& message) {
  if (good && message.empty()) return std::move(dataset);
  return fail(code::rdf_syntax, {}, "Redland: " + message);
}

int take_message(void* to, librdf_log_message* message) {
  if (librdf_log_message_level(message) >= LIBRDF_LOG_ERROR)
    static_cast<std::string*>(to)->append(librdf_log_message_message(message)).append("\n");
  return 1;
}

Expected<Dataset> read_graph(std::string_view text, const char* syntax) {
  std::string message;
  const World world(librdf_new_world());
  librdf_world_open(world.get());
  librdf_world_set_logger(world.get(), &message, take_message);
  const Uri base(librdf_new_uri(world.get(), bytes(kBase)));
  const Parser parser(librdf_new_parser(world.get(), syntax, nullptr, nullptr));
  const Stream stream(librdf_parser_parse_counted_string_as_stream(parser.get(), bytes(text),
                                                                   text.size(), base.get()));
  Dataset dataset;
  for (; stream && librdf_stream_end(stream.get()) == 0; librdf_stream_next(stream.get())) {
    librdf_statement* s = librdf_stream_get_object(stream.get());
    add(dataset, librdf_statement_get_subject(s), librdf_statement_get_predicate(s),
        librdf_statement_get_object(s), nullptr);
  }
  return result(std::move(dataset), stream != nullptr, message);
}

void take_statement(void* to, raptor_statement* s) {
  add(*static_cast<Dataset*>(to), s->subject, s->predicate, s->object, s->graph);
}

void take_raptor_message(void* to, raptor_log_message* message) {
  if (message->level >= RAPTOR_LOG_LEVEL_ERROR)
    static_cast<std::string*>(to)->append(message->text).append("\n");
}

// librdf's streams forget the graph, so datasets are read with raptor itself.
Expected<Dataset> read_graphs(std::string_view text, const char* syntax) {
  std::string message;
  const RaptorWorld world(raptor_new_world());
  raptor_world_open(world.get());
  raptor_world_set_log_handler(world.get(), &message, take_raptor_message);
  const RaptorUri base(raptor_new_uri(world.get(), bytes(kBase)));
  const RaptorParser parser(raptor_new_parser(world.get(), syntax));
  Dataset dataset;
  raptor_parser_set_statement_handler(parser.get(), &dataset, take_statement);
  raptor_parser_parse_start(parser.get(), base.get());
  const int failed = raptor_parser_parse_chunk(parser.get(), bytes(text), text.size(), 1);
  return result(std::move(dataset), failed == 0, message);
}

}  // namespace

Expected<Dataset> read_with_redland(std::string_view text, const char* syntax) {
  if (text.empty()) return Dataset();  // which librdf takes for a mistake of the caller
  const bool graphs = syntax == "nquads"sv || syntax == "trig"sv;
  return graphs ? read_graphs(text, syntax) : read_graph(text, syntax);
}

// raptor resolves absolute IRIs too: http://e/a/../b becomes http://e/b.
bool has_dot_segment(std::string_view iri) {
  return iri.ends_with("/.") || iri.ends_with("/..") || iri.find("/./") != std::string_view::npos ||
         iri.find("/../") != std::string_view::npos;
}

bool is_fit_for_redland(const Graph& graph) {
  if (graph.term_count(TermKind::triple) > 0) return false;
  for (const LiteralType& type : graph.literal_types()) {
    if (type.direction != Direction::none || type.language.size() > 250) return false;
  }
  for (const TermKind kind : {TermKind::iri, TermKind::blank, TermKind::literal}) {
    for (std::uint32_t i = 0; i < graph.term_count(kind); ++i) {
      const std::string_view text = graph.text(TermId(kind, i));
      if (text.size() > 60'000 || (kind == TermKind::iri && has_dot_segment(text))) return false;
      for (const std::string_view bad : {"\0"sv, "\uFFFE"sv, "\uFFFF"sv}) {
        if (text.find(bad) != std::string_view::npos) return false;
      }
    }
  }
  return true;
}

Dataset as_redland_sees(const Dataset& dataset) {
  Dataset out;
  for (const Statement& each : dataset.statements()) {
    const TermView subject = dataset.term(each.subject);
    const TermView predicate = dataset.term(each.predicate);
    TermView object = dataset.term(each.object);
    const std::string language = to_lower_ascii(object.language);
    object.language = language;
    if (object.kind == TermKind::literal && object.datatype == xsd::kBoolean)
      object.text = object.text == "true" || object.text == "1" ? "true" : "false";
    const TermView name = each.graph ? dataset.term(each.graph) : TermView{};
    out.statement({&subject, &predicate, &object, each.graph ? &name : nullptr});
  }
  return out;
}

}  // namespace dossier::test
