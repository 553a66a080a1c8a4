// Records out of files, for mappings: the seam between sources (CSV, JSON, XML, SQL) and the
// mapping engine. A source is opened with the references that are wanted (projection first: nothing
// else leaves the reader); each becomes a slot. A RecordReader gives blocks of raw bytes cut at
// record borders, one thread at a time; `parse` turns a block into a batch of values, any number of
// threads side by side, so that reading is sequential and everything else is parallel.
#pragma once

#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "base/diagnostic.hpp"

namespace dossier {

// Natural types, as RML-IO maps them to datatypes. `list`: several values for one reference (JSON,
// XML).
enum class ValueType : std::uint8_t {
  absent,
  text,
  integer,
  decimal,
  real,        // a number of JSON: becomes the canonical double
  plain_real,  // a double whose text stands as the database wrote it
  boolean,
  date,
  date_time,
  time,
  binary,
  list
};

// 16 bytes. Bytes live in the batch (its block or its arena) and are valid UTF-8.
struct Value {
  union {
    const char* data = nullptr;
    const Value* items;  // list
  };
  std::uint32_t size = 0;  // bytes, or items
  ValueType type = ValueType::absent;

  std::string_view text() const { return {data, size}; }
  std::span<const Value> list() const { return {items, size}; }
  static Value of(std::string_view text, ValueType type = ValueType::text) {
    Value v;
    v.data = text.data();
    v.size = static_cast<std::uint32_t>(text.size());
    v.type = type;
    return v;
  }
};

// Several values as one, copied into `arena`.
inline Value list_value(std::span<const Value> items, Arena& arena) {
  char* const bytes = arena.allocate_aligned(items.size_bytes());
  std::memcpy(bytes, items.data(), items.size_bytes());
  Value out;
  out.items = reinterpret_cast<const Value*>(bytes);
  out.size = static_cast<std::uint32_t>(items.size());
  out.type = ValueType::list;
  return out;
}

struct RecordBlock {
  std::vector<char> bytes;
  std::uint64_t offset = 0;        // of the first byte in the (decompressed) source
  std::uint64_t first_record = 0;  // ordinal of the first record, from 0
  std::uint64_t first_line = 1;    // line of the first byte; 0 where lines mean nothing
  std::uint64_t first_column = 1;  // its column, in code points
  bool last = false;               // nothing follows
  // Of the records (of all elements in a whole XML document), where the block is not a piece of the
  // source as it stands; else empty.
  std::vector<std::uint64_t> record_offsets;
  std::vector<Diagnostic> notices;  // found while cutting; `parse` reports them
};

// Values of the records of one block, row by row: value(row, slot).
struct RecordBatch {
  std::size_t slots = 0;
  std::vector<Value> values;
  std::vector<std::uint64_t> offsets;  // byte offset of each record in the source: its place
  RecordBlock block;                   // owns the bytes that values point into ...
  Arena arena;                         // ... or those that had to be made (unescaped, converted)

  std::size_t size() const { return offsets.size(); }
  std::span<const Value> row(std::size_t i) const {
    return std::span(values).subspan(i * slots, slots);
  }
};

struct RecordCounts {
  std::uint64_t read = 0;                               // records seen
  std::uint64_t rejected = 0;                           // of these, bad ones; each has a diagnostic
  std::map<DiagnosticCode, std::uint64_t> rejected_by;  // adds up to `rejected`

  void reject(DiagnosticCode reason) {
    ++rejected;
    ++rejected_by[reason];
  }
};

class RecordReader {
 public:
  virtual ~RecordReader() = default;
  // The next block, or nothing at the end. One thread at a time.
  virtual Expected<std::optional<RecordBlock>> next() = 0;
  // Takes the block over into `out` (emptied first). Bad records are reported, counted and left
  // out. Thread-safe.
  virtual Expected<RecordCounts> parse(RecordBlock block, RecordBatch& out,
                                       DiagnosticSink& diagnostics) const = 0;
  // The names that references may have (columns); empty when the source does not know them
  // beforehand.
  virtual std::span<const std::string> columns() const { return {}; }
  const std::string& name() const { return name_; }  // of the source, for places

 protected:
  explicit RecordReader(std::string name) : name_(std::move(name)) {}

 private:
  std::string name_;
};

}  // namespace dossier
