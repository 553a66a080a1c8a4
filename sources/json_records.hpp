// JSON and JSON Lines -> records. The iterator is a JSONPath (RFC 9535) that gives the records, the
// references are JSONPaths from a record: with `$` for the record itself, or short (`name`, `a.b`,
// `items[*].id`). Numbers keep their text (1e999 and 30 digits too) and are `integer` when they
// have no fraction and no exponent, else `real`; null is absent; several values are a list.
//
// An iterator that begins with names and then `[*]` (`$[*]`, `$.a.b[*].c`) is streamed: memory
// holds a block, and blocks are parsed side by side; JSON Lines likewise. Any other iterator reads
// the whole document into one block, up to Limits::max_document_bytes.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/input.hpp"
#include "base/limits.hpp"
#include "sources/encoding.hpp"
#include "sources/records.hpp"

namespace dossier {

struct JsonOptions {
  std::string iterator = "$";
  bool lines = false;  // JSON Lines: the iterator is used on each line; a bad line is rejected
  TextEncoding encoding = TextEncoding::utf8;  // a byte order mark decides over it
  std::vector<std::string> nulls;              // strings that mean absent
  bool empty_is_null = false;                  // so does the empty string
  // What a reference gives that leads to an array or object: its JSON text, for nested iterations;
  // else the record is rejected (RML-Core: a value is wanted).
  bool structures = false;
};

inline constexpr std::size_t kJsonBlockBytes = std::size_t{1} << 18;

// Slot i of the records is the reference `wanted[i]`. RecordBlock::first_record counts elements of
// the streamed container, which are the records when the iterator ends with it.
Expected<std::unique_ptr<RecordReader>> open_json(std::unique_ptr<ByteSource> source,
                                                  const JsonOptions& options,
                                                  std::span<const std::string> wanted,
                                                  const Limits& limits = {},
                                                  std::size_t block_bytes = kJsonBlockBytes);

}  // namespace dossier
