// Sorting of many strings with long common prefixes (IRIs): eight bytes at a time as big-endian
// keys, radix fashion, so that strings are touched only once per eight equal bytes. Linear in the
// bytes that have to be looked at; takes twice 16 bytes a record; an explicit stack, so the depth
// of equal bytes is free.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/dictionary.hpp"

namespace dossier {

// The indices of `records` in the order of their text (bytes), then of `type_rank[type]`.
// An empty `type_rank` leaves types out.
std::vector<std::uint32_t> sorted_order(std::span<const TermRecord> records,
                                        std::span<const std::uint32_t> type_rank);

}  // namespace dossier
