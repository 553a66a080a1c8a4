// The values of one record put into the pieces of a term. Hot path.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

#include "mapping/plan.hpp"
#include "mapping/term_format.hpp"

namespace dossier {

enum class Presence : std::uint8_t { present, absent, list };

// Whether all values that `pieces` name are there, and whether one of them is several.
inline Presence presence(std::span<const Piece> pieces, std::span<const Value> row) {
  Presence found = Presence::present;
  for (const Piece& piece : pieces) {
    if (piece.slot == Piece::kConstant) continue;
    const ValueType type = row[piece.slot].type;
    if (type == ValueType::absent) return Presence::absent;
    if (type == ValueType::list) found = Presence::list;
  }
  return found;
}

// The pieces one after the other. A lone value without escaping is given as it stands, without a
// copy; all else is put together in `buffer`, which is emptied first.
inline std::string_view lexical(std::span<const Piece> pieces, std::span<const Value> row,
                                ByteBuffer& buffer) {
  if (pieces.size() == 1 && pieces[0].slot != Piece::kConstant &&
      pieces[0].escape == Escape::none) {
    return row[pieces[0].slot].text();
  }
  buffer.clear();
  for (const Piece& piece : pieces) {
    if (piece.slot == Piece::kConstant) {
      buffer.append(piece.text);
    } else {
      append_escaped(buffer, row[piece.slot].text(), piece.escape);
    }
  }
  return buffer.view();
}

// Calls `make(row)` for each way to take one item of every list that `pieces` name, in order, the
// last list fastest (RML-Core: several values give several terms). Lists are rare: this copies.
template <class Make>
void for_each_combination(std::span<const Piece> pieces, std::span<const Value> row, Make&& make) {
  std::vector<Value> values(row.begin(), row.end());
  std::vector<std::uint32_t> lists;
  for (const Piece& piece : pieces) {
    if (piece.slot == Piece::kConstant || row[piece.slot].type != ValueType::list) continue;
    if (std::ranges::find(lists, piece.slot) == lists.end()) lists.push_back(piece.slot);
    if (row[piece.slot].list().empty()) return;
  }
  std::vector<std::size_t> at(lists.size(), 0);
  for (;;) {
    bool whole = true;
    for (std::size_t i = 0; i < lists.size(); ++i) {
      values[lists[i]] = row[lists[i]].list()[at[i]];
      const ValueType type = values[lists[i]].type;
      whole = whole && type != ValueType::absent && type != ValueType::list;
    }
    if (whole) make(std::span<const Value>(values));
    std::size_t i = lists.size();
    while (i > 0 && ++at[i - 1] == row[lists[i - 1]].list().size()) at[--i] = 0;
    if (i == 0) return;
  }
}

}  // namespace dossier
