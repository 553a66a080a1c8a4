#include "mapping/term_maker.hpp"

#include <charconv>

namespace dossier {

std::string_view record_label(ByteBuffer& buffer, std::uint64_t seed, std::uint64_t offset) {
  buffer.clear();
  buffer.append('r');
  char* at = buffer.reserve(40);
  buffer.advance(static_cast<std::size_t>(std::to_chars(at, at + 20, seed, 36).ptr - at));
  buffer.append('-');
  at = buffer.reserve(40);
  buffer.advance(static_cast<std::size_t>(std::to_chars(at, at + 20, offset).ptr - at));
  return buffer.view();
}

std::string_view checked_iri(std::string_view text, std::string_view base, ByteBuffer& buffer) {
  if (find_iriref_fault(text) != kIriValid) return {};
  if (is_absolute_reference(text)) return text;
  if (base.empty()) return {};
  buffer.clear();
  buffer.append(base);
  buffer.append(text);
  return buffer.view();
}

std::uint32_t first_slot(const TermPlan& term) {
  for (const auto* pieces : {&term.pieces, &term.datatype_pieces, &term.language_pieces}) {
    for (const Piece& piece : *pieces) {
      if (piece.slot != Piece::kConstant) return piece.slot;
    }
  }
  return Piece::kConstant;
}

}  // namespace dossier
