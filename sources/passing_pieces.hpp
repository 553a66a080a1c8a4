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
    if (++statements_ < kStatements) return goes_on;
    return close() && goes_on;
  }
  void prefix(std::string_view name, std::string_view iri) { piece().prefix(name, iri); }

  // Hands on what has come since the last piece; false when no more is wanted.
  bool close() {
    if (!piece_) return true;
    statements_ = 0;
    piece_->end();
    return to_.close(std::move(piece_));
  }

 private:
  static constexpr std::size_t kStatements = 4096;  // of a piece

  RdfPiece& piece() {
    if (!piece_) piece_ = to_.open(0);
    return *piece_;
  }

  RdfPieceSink& to_;
  std::unique_ptr<RdfPiece> piece_;
  std::size_t statements_ = 0;
};

}  // namespace dossier
