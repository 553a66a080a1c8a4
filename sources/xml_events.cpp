#include "sources/xml_events.hpp"

#include <algorithm>
#include <cstring>
#include <exception>
#include <new>
#include <optional>
#include <vector>

#include <expat.h>
#include <fmt/format.h>

#include "base/text.hpp"

namespace dossier {
namespace {

// Stands in no XML document, so it parts the names that expat joins.
constexpr char kSeparator = '\x01';
constexpr std::uint64_t kExpansionPerByte = 10;
constexpr std::size_t kShown = 60;

// namespace, local name and prefix, as far as there are any.
XmlName split_name(const char* joined) {
  const std::string_view text(joined);
  const std::size_t first = text.find(kSeparator);
  if (first == std::string_view::npos) return {{}, text, {}};
  const std::size_t second = text.find(kSeparator, first + 1);
  if (second == std::string_view::npos) return {text.substr(0, first), text.substr(first + 1), {}};
  return {text.substr(0, first), text.substr(first + 1, second - first - 1),
          text.substr(second + 1)};
}

std::string_view view_of(const char* text) {
  return text == nullptr ? std::string_view{} : std::string_view(text);
}

}  // namespace

struct XmlEvents::State {
  State(ByteSource& from, const Limits& bounds, std::size_t block_bytes)
      : source(from),
        limits(bounds),
        block(std::max<std::size_t>(block_bytes, 16)),
        parser(XML_ParserCreateNS(nullptr, kSeparator)) {
    if (parser == nullptr) throw std::bad_alloc();
  }
  ~State() { XML_ParserFree(parser); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Place place() const {
    return {source.name(),
            XML_GetCurrentLineNumber(parser),
            XML_GetCurrentColumnNumber(parser) + 1,
            {}};
  }

  void fail(DiagnosticCode code, std::string message, std::string hint = {}) {
    if (!error) {
      error = dossier::fail(code, place(), std::move(message), std::move(hint)).error();
    }
    stop();
  }

  void stop() {
    stopped = true;
    XML_StopParser(parser, XML_FALSE);
  }

  // Counts bytes that came out of the document, to notice entities that grow.
  bool charge(std::size_t bytes) {
    produced += bytes;
    if (produced <= limits.max_entity_expansion + kExpansionPerByte * consumed) return true;
    fail(DiagnosticCode::limit_exceeded,
         fmt::format("entities add more than {} bytes (max-entity-expansion)",
                     with_separators(limits.max_entity_expansion)),
         "raise it with --limit max-entity-expansion=N if you trust the document");
    return false;
  }

  // No exception may pass through expat.
  template <class Function>
  void guard(Function&& function) {
    if (stopped) return;
    try {
      function();
    } catch (...) {
      thrown = std::current_exception();
      stop();
    }
  }

  void start(const char* name, const char** raw) {
    guard([&] {
      if (++depth > limits.max_depth) {
        fail(DiagnosticCode::limit_exceeded,
             fmt::format("elements nest deeper than {} (max-depth)",
                         with_separators(limits.max_depth)),
             "raise it with --limit max-depth=N");
        return;
      }
      attributes.clear();
      std::size_t bytes = 0;
      for (; *raw != nullptr; raw += 2) {
        attributes.push_back({split_name(raw[0]), raw[1]});
        bytes += attributes.back().value.size();
      }
      if (attributes.size() > limits.max_attributes) {
        fail(DiagnosticCode::limit_exceeded,
             fmt::format("an element has more than {} attributes (max-attributes)",
                         with_separators(limits.max_attributes)),
             "raise it with --limit max-attributes=N");
        return;
      }
      if (charge(bytes)) handler->start_element(split_name(name), attributes);
    });
  }

  void end(const char* name) {
    guard([&] {
      --depth;
      handler->end_element(split_name(name));
    });
  }

  void text(const char* bytes, int size) {
    guard([&] {
      const auto length = static_cast<std::size_t>(size);
      if (charge(length)) handler->text({bytes, length});
    });
  }

  void refuse_external(std::string_view what, std::string_view id) {
    fail(DiagnosticCode::xml_external,
         fmt::format("{} {} is not read", what, printable(id, kShown)),
         "nothing outside of the document is read: put its text here");
  }

  static State* state_of(void* user) { return static_cast<State*>(user); }
  void set_handlers();
  Expected<void> run();
  Expected<void> outcome();

  ByteSource& source;
  Limits limits;
  std::size_t block;
  XML_Parser parser;
  XmlHandler* handler = nullptr;
  std::vector<XmlAttribute> attributes;
  std::size_t depth = 0;
  std::uint64_t produced = 0;
  std::uint64_t consumed = 0;
  bool stopped = false;
  std::optional<Error> error;
  std::exception_ptr thrown;
};

void XmlEvents::State::set_handlers() {
  XML_SetUserData(parser, this);
  XML_SetReturnNSTriplet(parser, 1);
  XML_SetElementHandler(
      parser,
      [](void* user, const char* name, const char** raw) { state_of(user)->start(name, raw); },
      [](void* user, const char* name) { state_of(user)->end(name); });
  XML_SetCharacterDataHandler(
      parser, [](void* user, const char* bytes, int size) { state_of(user)->text(bytes, size); });
  XML_SetCommentHandler(parser, [](void* user, const char* text) {
    State* state = state_of(user);
    state->guard([&] { state->handler->comment(text); });
  });
  XML_SetProcessingInstructionHandler(parser, [](void* user, const char* target, const char* data) {
    State* state = state_of(user);
    state->guard([&] { state->handler->instruction(target, data); });
  });
  XML_SetStartNamespaceDeclHandler(parser, [](void* user, const char* prefix, const char* iri) {
    State* state = state_of(user);
    state->guard([&] { state->handler->namespace_declared(view_of(prefix), view_of(iri)); });
  });
  XML_SetStartDoctypeDeclHandler(parser,
                                 [](void* user, const char*, const char* system, const char*, int) {
                                   State* state = state_of(user);
                                   if (system == nullptr) return;
                                   state->guard([&] { state->handler->external_dtd(system); });
                                 });
  XML_SetExternalEntityRefHandlerArg(parser, this);
  XML_SetExternalEntityRefHandler(
      parser, [](XML_Parser user, const char*, const char*, const char* system, const char*) {
        state_of(user)->refuse_external("the external entity", view_of(system));
        return 0;
      });
  // Reached only when a DTD outside may have declared it.
  XML_SetSkippedEntityHandler(parser, [](void* user, const char* name, int is_parameter) {
    if (is_parameter == 0) {
      state_of(user)->refuse_external("a DTD outside, which may declare the entity", name);
    }
  });
  XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_NEVER);
}

Expected<void> XmlEvents::State::run() {
  set_handlers();
  std::size_t step = block;
  for (bool last = false; !last && !stopped;) {
    // One tag larger than a block is looked at again with each piece; pieces that double keep that
    // linear.
    constexpr std::size_t kLargestStep = std::size_t{512} << 20;
    step = std::min(step, kLargestStep);
    void* buffer = XML_GetBuffer(parser, static_cast<int>(step));
    if (buffer == nullptr) return outcome();
    const Expected<std::size_t> got = source.read({static_cast<char*>(buffer), step});
    if (!got) return std::unexpected(got.error());
    last = *got < step;
    consumed += *got;
    const auto before = XML_GetCurrentByteIndex(parser);
    if (XML_ParseBuffer(parser, static_cast<int>(*got), last ? 1 : 0) == XML_STATUS_ERROR) {
      return outcome();
    }
    step = XML_GetCurrentByteIndex(parser) == before ? step * 2 : block;
  }
  return outcome();
}

Expected<void> XmlEvents::State::outcome() {
  if (thrown) std::rethrow_exception(thrown);
  if (error) return std::unexpected(std::move(*error));
  const XML_Error code = XML_GetErrorCode(parser);
  if (stopped || code == XML_ERROR_NONE) return {};
  if (code == XML_ERROR_NO_MEMORY) throw std::bad_alloc();
  const bool bomb = code == XML_ERROR_AMPLIFICATION_LIMIT_BREACH;
  return dossier::fail(bomb ? DiagnosticCode::limit_exceeded : DiagnosticCode::xml_syntax, place(),
                       bomb ? "entities expand without bounds (max-entity-expansion)"
                            : std::string(XML_ErrorString(code)));
}

XmlEvents::XmlEvents(ByteSource& source, const Limits& limits, std::size_t block_bytes)
    : state_(std::make_unique<State>(source, limits, block_bytes)) {}

XmlEvents::~XmlEvents() = default;

Expected<void> XmlEvents::run(XmlHandler& handler) {
  state_->handler = &handler;
  return state_->run();
}

void XmlEvents::stop() {
  state_->stop();
}

Place XmlEvents::place() const {
  return state_->place();
}

std::uint64_t XmlEvents::offset() const {
  return static_cast<std::uint64_t>(
      std::max<XML_Index>(XML_GetCurrentByteIndex(state_->parser), 0));
}

}  // namespace dossier
