#include "tests/support/redland.hpp"

#include <memory>

#include <librdf.h>

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

std::string text_of(const unsigned char* text) {
  return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text));
}

// A librdf_node is a raptor_term.
std::string text_of(const raptor_term* term) {
  if (term == nullptr) return {};
  switch (term->type) {
    case RAPTOR_TERM_TYPE_URI:
      return to_string(iri_view(text_of(raptor_uri_as_string(term->value.uri))));
    case RAPTOR_TERM_TYPE_BLANK:
      return "_:" + text_of(term->value.blank.string);
    case RAPTOR_TERM_TYPE_LITERAL: {
      const raptor_term_literal_value& literal = term->value.literal;
      const std::string lexical(reinterpret_cast<const char*>(literal.string), literal.string_len);
      if (literal.language != nullptr)
        return to_string(language_view(lexical, text_of(literal.language)));
      if (literal.datatype == nullptr) return to_string(literal_view(lexical));
      return to_string(literal_view(lexical, text_of(raptor_uri_as_string(literal.datatype))));
    }
    default:
      return "?";
  }
}

int take_message(void* to, librdf_log_message* message) {
  if (librdf_log_message_level(message) >= LIBRDF_LOG_ERROR)
    *static_cast<std::string*>(to) += std::string(librdf_log_message_message(message)) + "\n";
  return 1;
}

// librdf's streams forget the graph, so datasets are read with raptor itself.
using RaptorWorld = std::unique_ptr<raptor_world, Freed<raptor_free_world>>;
using RaptorUri = std::unique_ptr<raptor_uri, Freed<raptor_free_uri>>;
using RaptorParser = std::unique_ptr<raptor_parser, Freed<raptor_free_parser>>;

void take_statement(void* to, raptor_statement* s) {
  static_cast<std::vector<TextStatement>*>(to)->push_back(
      {text_of(s->subject), text_of(s->predicate), text_of(s->object), text_of(s->graph)});
}

void take_raptor_message(void* to, raptor_log_message* message) {
  if (message->level >= RAPTOR_LOG_LEVEL_ERROR)
    *static_cast<std::string*>(to) += std::string(message->text) + "\n";
}

RedlandResult read_dataset(std::string_view text, const char* syntax) {
  RedlandResult result;
  const RaptorWorld world(raptor_new_world());
  raptor_world_open(world.get());
  raptor_world_set_log_handler(world.get(), &result.message, take_raptor_message);
  const std::string base = "http://example.org/base/";
  const RaptorUri uri(
      raptor_new_uri(world.get(), reinterpret_cast<const unsigned char*>(base.c_str())));
  const RaptorParser parser(raptor_new_parser(world.get(), syntax));
  std::vector<TextStatement> statements;
  raptor_parser_set_statement_handler(parser.get(), &statements, take_statement);
  raptor_parser_parse_start(parser.get(), uri.get());
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const int failed = raptor_parser_parse_chunk(parser.get(), bytes, text.size(), 1);
  if (failed == 0 && result.message.empty()) result.statements = std::move(statements);
  return result;
}

}  // namespace

RedlandResult read_with_redland(std::string_view text, const char* syntax) {
  if (syntax == "nquads"sv || syntax == "trig"sv) return read_dataset(text, syntax);
  RedlandResult result;
  const World world(librdf_new_world());
  librdf_world_open(world.get());
  librdf_world_set_logger(world.get(), &result.message, take_message);
  const std::string base = "http://example.org/base/";
  const Uri uri(librdf_new_uri(world.get(), reinterpret_cast<const unsigned char*>(base.c_str())));
  const Parser parser(librdf_new_parser(world.get(), syntax, nullptr, nullptr));
  const std::string copy(text);
  const Stream stream(librdf_parser_parse_counted_string_as_stream(
      parser.get(), reinterpret_cast<const unsigned char*>(copy.c_str()), copy.size(), uri.get()));
  std::vector<TextStatement> statements;
  for (; stream && librdf_stream_end(stream.get()) == 0; librdf_stream_next(stream.get())) {
    librdf_statement* s = librdf_stream_get_object(stream.get());
    statements.push_back({text_of(librdf_statement_get_subject(s)),
                          text_of(librdf_statement_get_predicate(s)),
                          text_of(librdf_statement_get_object(s)),
                          text_of(librdf_stream_get_context2(stream.get()))});
  }
  if (stream && result.message.empty()) result.statements = std::move(statements);
  return result;
}

bool is_fit_for_redland(const Graph& graph) {
  if (graph.term_count(TermKind::triple) > 0) return false;
  for (const LiteralType& type : graph.literal_types()) {
    if (type.direction != Direction::none || type.language.size() > 250) return false;
  }
  for (const TermKind kind : {TermKind::iri, TermKind::blank, TermKind::literal}) {
    for (std::uint32_t i = 0; i < graph.term_count(kind); ++i) {
      const std::string_view text = graph.text(TermId(kind, i));
      if (text.size() > 60'000) return false;
      for (const std::string_view bad : {std::string_view("\0", 1), "\uFFFE"sv, "\uFFFF"sv}) {
        if (text.find(bad) != std::string_view::npos) return false;
      }
    }
  }
  return true;
}

}  // namespace dossier::test
