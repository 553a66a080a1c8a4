// The key of a join, of a record of either side.
#pragma once

#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "mapping/plan.hpp"
#include "mapping/row_values.hpp"

namespace dossier {

// The key of a join from its parts, so that ("ab", "c") is not ("a", "bc").
inline void append_key_part(ByteBuffer& key, std::string_view part) {
  const auto size = static_cast<std::uint32_t>(part.size());
  std::memcpy(key.reserve(sizeof size), &size, sizeof size);
  key.advance(sizeof size);
  key.append(part);
}

// Calls `take(key)` for each key that `parts` make of `row`; none when a part is absent.
template <class Take>
void for_each_key(std::span<const TermPlan> parts, std::span<const Value> row, ByteBuffer& key,
                  ByteBuffer& part, Take&& take) {
  Presence found = Presence::present;
  for (const TermPlan& each : parts) {
    const Presence one = presence(each.pieces, row);
    if (one == Presence::absent) return;
    if (one == Presence::list) found = one;
  }
  const auto make = [&](std::span<const Value> values) {
    key.clear();
    for (const TermPlan& each : parts) append_key_part(key, lexical(each.pieces, values, part));
    take(key.view());
  };
  if (found == Presence::present) {
    make(row);
    return;
  }
  std::vector<Piece> all;
  for (const TermPlan& each : parts) all.insert(all.end(), each.pieces.begin(), each.pieces.end());
  for_each_combination(std::span<const Piece>(all), row, make);
}

}  // namespace dossier
