#include "sources/xml_events.hpp"

#include <algorithm>
#include <cstring>
#include <exception>
#include <new>
#include <optional>
#include <vector>

#include <expat.h>
#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/trees.hpp"
#include "base/text.hpp"
#include "sources/text_position.hpp"

namespace dossier {
namespace {

// Stands in no XML document, so it parts the names that expat joins.
constexpr char kSeparator = '\x01';
constexpr std::uint64_t kExpansionPerByte = 10;
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
  State(ByteSource* from, std::string name_, const Limits& bounds, std::size_t block_bytes,
        const XmlEventOptions& with)
      : source(from),
        name(std::move(name_)),
        limits(bounds),
        options(with),
        block(std::max<std::size_t>(block_bytes, 16)),
        parser(XML_ParserCreateNS(with.utf8 ? "UTF-8" : nullptr, kSeparator)) {
    if (parser == nullptr) throw std::bad_alloc();
  }
  ~State() { XML_ParserFree(parser); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Place place() const {
    return {name, XML_GetCurrentLineNumber(parser), XML_GetCurrentColumnNumber(parser) + 1, {}};
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

  // Whether the element that begins is below the one whose content is skipped.
  bool skips() const { return depth > content_of; }

  // Counts bytes that came out of the document, to notice entities that grow.
  bool charge(std::size_t bytes) {
    produced += bytes;
    if (produced <= limits.max_entity_expansion + kExpansionPerByte * consumed) return true;
    fail(code::limit_exceeded,
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

  void start(const char* element, const char** raw) {
    guard([&] {
      if (++depth > limits.max_depth) {
        fail(code::limit_exceeded,
             fmt::format("elements nest deeper than {} ({})", with_separators(limits.max_depth),
                         options.depth_limit),
             fmt::format("raise it with --limit {}=N", options.depth_limit));
        return;
      }
      attributes.clear();
      std::size_t bytes = 0;
      const bool skipped = skips();
      for (; !skipped && !options.borders_only && *raw != nullptr; raw += 2) {
        attributes.push_back({split_name(raw[0]), raw[1]});
        bytes += attributes.back().value.size();
      }
      const int specified = XML_GetSpecifiedAttributeCount(parser) / 2;
      if (std::max(attributes.size(), static_cast<std::size_t>(specified)) >
          limits.max_attributes) {
        fail(code::limit_exceeded,
             fmt::format("an element has more than {} attributes (max-attributes)",
                         with_separators(limits.max_attributes)),
             "raise it with --limit max-attributes=N");
        return;
      }
      if (!skipped && charge(bytes)) handler->start_element(split_name(element), attributes);
    });
  }

  void end(const char* element) {
    guard([&] {
      if (depth-- > content_of) return;
      content_of = SIZE_MAX;
      handler->end_element(split_name(element));
    });
    if (depth == 0 && !stopped) enter_epilog();
  }

  void text(const char* bytes, int size) {
    guard([&] {
      const auto length = static_cast<std::size_t>(size);
      if (charge(length)) handler->text({bytes, length});
    });
  }

  void doctype(std::string_view system_id, bool internal_subset) {
    guard([&] {
      if (internal_subset) {
        options.borders_only = false;
        listen_to_text();
      }
      handler->doctype(system_id, internal_subset);
    });
  }

  void listen_to_text() {
    XML_SetCharacterDataHandler(
        parser, [](void* user, const char* bytes, int size) { state_of(user)->text(bytes, size); });
  }

  void refuse_external(std::string_view what, std::string_view id) {
    fail(code::xml_external, fmt::format("{} {} is not read", what, printable(id, kShownBytes)),
         "nothing outside of the document is read: put its text here");
  }

  static State* state_of(void* user) { return static_cast<State*>(user); }
  void enter_epilog();
  void pass_epilog(std::string_view bytes);
  Error epilog_error(XML_Error code) const;
  void set_handlers();
  Expected<void> run();
  Expected<void> outcome();

  ByteSource* source;
  std::string name;
  Limits limits;
  XmlEventOptions options;
  std::size_t block;
  XML_Parser parser;
  XmlHandler* handler = nullptr;
  std::vector<XmlAttribute> attributes;
  std::size_t depth = 0;
  std::size_t content_of = SIZE_MAX;  // depth of the element whose content is skipped
  std::uint64_t produced = 0;
  std::uint64_t consumed = 0;
  bool stopped = false;
  std::optional<TextPosition> epilog;  // behind the root element: where the next token begins
  std::uint64_t epilog_offset = 0;
  std::optional<Error> error;
  std::exception_ptr thrown;
};

void XmlEvents::State::set_handlers() {
  XML_SetUserData(parser, this);
  XML_SetReturnNSTriplet(parser, 1);
  XML_SetElementHandler(
      parser,
      [](void* user, const char* element, const char** raw) {
        state_of(user)->start(element, raw);
      },
      [](void* user, const char* element) { state_of(user)->end(element); });
  if (!options.borders_only) listen_to_text();
  XML_SetStartDoctypeDeclHandler(parser, [](void* user, const char*, const char* system,
                                            const char*, int has_internal_subset) {
    state_of(user)->doctype(view_of(system), has_internal_subset != 0);
  });
  XML_SetCommentHandler(parser, [](void* user, const char* text) {
    State* state = state_of(user);
    state->guard([&] { state->handler->comment(text); });
    if (state->epilog) XML_DefaultCurrent(state->parser);
  });
  XML_SetProcessingInstructionHandler(parser, [](void* user, const char* target, const char* data) {
    State* state = state_of(user);
    state->guard([&] { state->handler->instruction(target, data); });
    if (state->epilog) XML_DefaultCurrent(state->parser);
  });
  XML_SetStartNamespaceDeclHandler(parser, [](void* user, const char* prefix, const char* iri) {
    State* state = state_of(user);
    state->guard([&] { state->handler->namespace_declared(view_of(prefix), view_of(iri)); });
  });
  XML_SetExternalEntityRefHandlerArg(parser, this);
  XML_SetExternalEntityRefHandler(
      parser, [](XML_Parser user, const char*, const char*, const char* system, const char*) {
        state_of(user)->refuse_external("the external entity", view_of(system));
        return 0;
      });
  // Reached only when a DTD outside may have declared it.
  XML_SetSkippedEntityHandler(parser, [](void* user, const char* entity, int is_parameter) {
    if (is_parameter == 0) {
      state_of(user)->refuse_external("a DTD outside, which may declare the entity", entity);
    }
  });
  XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_NEVER);
}

// Behind the root element expat tells a fault where its scanner happens to stand, which depends on
// how the bytes came in. So places are counted here, token by token.
void XmlEvents::State::enter_epilog() {
  const Place here = place();
  epilog.emplace(here.line, here.column);
  XML_SetDefaultHandlerExpand(parser, [](void* user, const char* bytes, int size) {
    state_of(user)->pass_epilog({bytes, static_cast<std::size_t>(size)});
  });
  XML_DefaultCurrent(parser);
}

void XmlEvents::State::pass_epilog(std::string_view bytes) {
  epilog->advance(bytes);
  epilog_offset = static_cast<std::uint64_t>(XML_GetCurrentByteIndex(parser)) +
                  static_cast<std::uint64_t>(XML_GetCurrentByteCount(parser));
}

// A token that begins as markup is at fault where expat says, any other where it begins.
Error XmlEvents::State::epilog_error(XML_Error code) const {
  TextPosition fault = *epilog;
  int offset = 0;
  int size = 0;
  const char* context = XML_GetInputContext(parser, &offset, &size);
  const auto scanned = static_cast<std::uint64_t>(XML_GetCurrentByteIndex(parser)) - epilog_offset;
  std::string_view token;
  if (context != nullptr && scanned <= static_cast<std::uint64_t>(offset)) {
    token = std::string_view(context, static_cast<std::size_t>(size))
                .substr(static_cast<std::size_t>(offset) - scanned);
  }
  const bool markup = token.starts_with('<') || token.starts_with(std::string_view("\0<", 2));
  if (markup) fault.advance(token.substr(0, scanned));
  const Place where{name, fault.line(), fault.column(), {}};
  return dossier::fail(code::xml_syntax, where,
                       XML_ErrorString(markup ? code : XML_ERROR_JUNK_AFTER_DOC_ELEMENT))
      .error();
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
    const Expected<std::size_t> got = source->read({static_cast<char*>(buffer), step});
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
  if (epilog) return std::unexpected(epilog_error(code));
  const bool bomb = code == XML_ERROR_AMPLIFICATION_LIMIT_BREACH;
  return dossier::fail(bomb ? code::limit_exceeded : code::xml_syntax, place(),
                       bomb ? "entities expand without bounds (max-entity-expansion)"
                            : std::string(XML_ErrorString(code)));
}

XmlEvents::XmlEvents(ByteSource& source, const Limits& limits, std::size_t block_bytes)
    : state_(std::make_unique<State>(&source, source.name(), limits, block_bytes,
                                     XmlEventOptions())) {}

XmlEvents::XmlEvents(std::string name, const Limits& limits, XmlHandler& handler,
                     const XmlEventOptions& options)
    : state_(std::make_unique<State>(nullptr, std::move(name), limits, 0, options)) {
  state_->handler = &handler;
  state_->set_handlers();
}

XmlEvents::~XmlEvents() = default;

Expected<void> XmlEvents::run(XmlHandler& handler) {
  state_->handler = &handler;
  return state_->run();
}

Expected<void> XmlEvents::feed(std::string_view bytes, bool last) {
  constexpr std::size_t kLargestStep = std::size_t{1} << 30;
  do {
    const std::string_view step = bytes.substr(0, kLargestStep);
    bytes.remove_prefix(step.size());
    state_->consumed += step.size();
    const bool ends = last && bytes.empty();
    if (XML_Parse(state_->parser, step.data(), static_cast<int>(step.size()), ends ? 1 : 0) ==
        XML_STATUS_ERROR) {
      break;
    }
  } while (!bytes.empty());
  return state_->outcome();
}

void XmlEvents::skip_content() {
  state_->content_of = state_->depth;
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

std::size_t XmlEvents::size() const {
  return static_cast<std::size_t>(XML_GetCurrentByteCount(state_->parser));
}

}  // namespace dossier
