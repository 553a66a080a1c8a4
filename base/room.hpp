// The room `base`: bytes, errors, threads. It knows no domain word, no RDF, no file format.
//
// clang-format off
//   id.hpp           typed 32-bit ids: a NodeId is not an EdgeId
//   diagnostic.hpp   Place, Severity, Diagnostic, Error, sinks
//   codes/           the closed list of diagnostics, a file a section
//   limits.hpp       every bound on input, by name; limits.def is the list
//   input.hpp        byte sources: files, stdin, gzip, zstd; whole files as text
//   output.hpp       buffered byte sinks; files that appear whole or not at all
//   archive_input.hpp, archive_output.hpp  zip, tar and the compressions of libarchive
//   interrupt.hpp    SIGINT and SIGTERM leave no temporary file
//   arena.hpp        bytes that live as long as their owner
//   spares.hpp       objects that are used again, from any thread
//   hash.hpp         64-bit hashing of bytes
//   utf8.hpp         validation and decoding
//   text.hpp         nearest name, terminal-safe text, numbers with separators
//   line_index.hpp   byte offset -> line and column
//   json_document.hpp  JSON as a tree that knows its places
//   temporary_file.hpp, spill_memory.hpp, sorted_runs.hpp  what does not fit into --memory
//   thread_pool.hpp  a small fixed pool, parallel loops, pipelines that keep input order
// clang-format on
#pragma once

#include "base/arena.hpp"
#include "base/diagnostic.hpp"
#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/input.hpp"
#include "base/interrupt.hpp"
#include "base/limits.hpp"
#include "base/line_index.hpp"
#include "base/output.hpp"
#include "base/text.hpp"
#include "base/thread_pool.hpp"
#include "base/utf8.hpp"
