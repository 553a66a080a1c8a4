// XML as a stream of events, over expat: names with namespaces, places, and the limits that expat
// does not have. External entities and DTDs are never read; a document that refers to one is an
// error. Entities of the document itself may add max_entity_expansion bytes, or ten times what has
// been read, whichever is more. One thread; linear in input and expansion; memory is one block, the
// largest single tag and the open elements.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "base/input.hpp"
#include "base/limits.hpp"

namespace dossier {

inline constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";

// Views are valid during the event.
struct XmlName {
  std::string_view space;  // namespace IRI; empty: none
  std::string_view local;
  std::string_view prefix;  // empty: none

  bool is(std::string_view in_space, std::string_view name) const {
    return local == name && space == in_space;
  }
};

struct XmlAttribute {
  XmlName name;
  std::string_view value;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start_element(const XmlName& name, std::span<const XmlAttribute> attributes) = 0;
  virtual void end_element(const XmlName& name) = 0;
  virtual void text(std::string_view text) = 0;  // in pieces
  virtual void comment(std::string_view) {}
  virtual void instruction(std::string_view target, std::string_view data) = 0;
  virtual void namespace_declared(std::string_view prefix, std::string_view iri) = 0;
  // `system_id`: of a DTD outside, which is not read; empty: none.
  virtual void doctype(std::string_view /*system_id*/, bool /*internal_subset*/) {}
};

struct XmlEventOptions {
  // No text, no attributes, but in documents with an internal DTD subset: expat is faster so.
  bool borders_only = false;
  bool utf8 = false;  // the bytes are UTF-8, whatever the XML declaration says
  std::string_view depth_limit = "max-depth";  // the name that messages have for limits.max_depth
};

class XmlEvents {
 public:
  XmlEvents(ByteSource& source, const Limits& limits, std::size_t block_bytes);
  // Without a source, to be fed.
  XmlEvents(std::string name, const Limits& limits, XmlHandler& handler,
            const XmlEventOptions& options);
  ~XmlEvents();
  XmlEvents(const XmlEvents&) = delete;
  XmlEvents& operator=(const XmlEvents&) = delete;

  // Reads all, or up to a `stop`. The failure is that of the document or of reading.
  Expected<void> run(XmlHandler& handler);

  // Takes the next bytes of the document; `last` ends it.
  Expected<void> feed(std::string_view bytes, bool last);

  // During the start of an element: the elements in it are checked, but no event tells of them.
  void skip_content();
  // During an event: no event follows it.
  void stop();
  Place place() const;
  std::uint64_t offset() const;  // of the event, in bytes; behind `feed`: of what is not used yet
  std::size_t size() const;      // of the event, in bytes; 0 within an entity

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dossier
