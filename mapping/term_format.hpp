// Values -> bytes of terms: percent-encoding for templates, escapes of N-Triples, checks of IRIs
// and language tags, canonical numbers. Hot path: appends to a ByteBuffer, no allocation beyond its
// growth.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "sources/records.hpp"

namespace dossier {

// Bytes that grow; cleared and used again for every block of records.
class ByteBuffer {
 public:
  std::size_t size() const { return size_; }
  std::string_view view() const { return {data_.get(), size_}; }
  std::string_view view(std::size_t from) const { return view().substr(from); }
  void clear() { size_ = 0; }
  void truncate(std::size_t size) { size_ = size; }

  void append(std::string_view bytes) {
    if (bytes.empty()) return;  // it may be null
    char* at = reserve(bytes.size());
    std::memcpy(at, bytes.data(), bytes.size());
    size_ += bytes.size();
  }
  void append(char c) {
    *reserve(1) = c;
    ++size_;
  }
  // Room for `size` bytes at the end; `advance` says how many were used.
  char* reserve(std::size_t size) {
    if (size > capacity_ - size_) grow(size);
    return data_.get() + size_;
  }
  void advance(std::size_t size) { size_ += size; }

 private:
  void grow(std::size_t size);
  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

// What happens to the bytes of a reference in a term.
enum class Escape : std::uint8_t {
  none,
  iri,   // percent-encoded, except iunreserved of RFC 3987
  uri,   // percent-encoded, except unreserved of RFC 3986
  label  // blank node label: letters and digits stay, the rest becomes _XX
};

void append_percent_encoded(ByteBuffer& out, std::string_view text, bool keep_unicode);
void append_label(ByteBuffer& out, std::string_view text);
inline void append_escaped(ByteBuffer& out, std::string_view text, Escape escape) {
  switch (escape) {
    case Escape::none:
      out.append(text);
      break;
    case Escape::iri:
      append_percent_encoded(out, text, true);
      break;
    case Escape::uri:
      append_percent_encoded(out, text, false);
      break;
    case Escape::label:
      append_label(out, text);
      break;
  }
}

// Inside the quotes of a literal, as canonical N-Triples (RDF 1.2 N-Triples, section 4).
void append_literal_escaped(ByteBuffer& out, std::string_view text);
// Inside the angle brackets of an IRI that was not checked: only what would break the line.
void append_iri_escaped(ByteBuffer& out, std::string_view text);

// A language tag whose first subtag can be one: BCP 47 has two to eight letters there, or "i" or
// "x" followed by more. Stricter than the Turtle family, which takes any letters.
bool is_real_language_tag(std::string_view tag);

// The lexical form that RML's natural mapping gives (RML-IO, "Natural mapping"): canonical doubles,
// "true" and "false"; other types as they stand.
void append_natural(ByteBuffer& out, const Value& value);
std::string_view natural_datatype(ValueType type);

}  // namespace dossier
