// The statements of a reader that does not split as pieces, one after the other, each of a bounded
// size: a StatementSink in front of an RdfPieceSink. One thread, while no piece is open elsewhere.
#pragma once

#include <memory>

#include "sources/rdf.hpp"

namespace dossier {

class PassingPieces {
 public:
  explicit PassingPieces(RdfPieceSink& to) : to_(to) {}

  bool statement(const StatementView& view) {
    const bool goes_on = piece().passing(view);
    const TermView* object = view.object;
    for (; object->kind == TermKind::triple; object = &object->triple->object) {
      bytes_ += kAroundObject;
    }
    bytes_ += kAroundObject + object->text.size();
    if (bytes_ < kPieceBytes) return goes_on;
    return close() && goes_on;
  }
  void prefix(std::string_view name, std::string_view iri) { piece().prefix(name, iri); }

  // Hands on what has come since the last piece; false when no more is wanted.
  bool close() {
    if (!piece_) return true;
    bytes_ = 0;
    piece_->end();
    return to_.close(std::move(piece_));
  }

 private:
  static constexpr std::size_t kPieceBytes = std::size_t{512} << 10;  // and one statement more
  static constexpr std::size_t kAroundObject = 128;                   // bytes of a statement, about

  RdfPiece& piece() {
    if (!piece_) piece_ = to_.open(0);
    return *piece_;
  }

  RdfPieceSink& to_;
  std::unique_ptr<RdfPiece> piece_;
  std::size_t bytes_ = 0;
};

}  // namespace dossier
