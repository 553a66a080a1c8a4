// The statements of all pieces to one StatementSink, in order: kept until the turn of their piece.
#pragma once

#include <memory>
#include <vector>

#include "base/spares.hpp"
#include "sources/rdf.hpp"

namespace dossier {

class PiecesInOrder final : public RdfPieceSink {
 public:
  explicit PiecesInOrder(StatementSinkRef to) : to_(to) {}

  std::unique_ptr<RdfPiece> open(std::size_t) override {
    return spare_.take([&] { return std::make_unique<Piece>(*this); });
  }
  bool close(std::unique_ptr<RdfPiece> piece) override {
    auto& mine = static_cast<Piece&>(*piece);  // `open` made it
    const bool goes_on = mine.hand_on();
    spare_.give_back(std::move(piece));
    return goes_on;
  }
  std::uint64_t delivered() const { return delivered_; }

 private:
  class Piece final : public RdfPiece {
   public:
    explicit Piece(PiecesInOrder& owner) : owner_(owner) {}
    bool statement(const StatementView& view) override {
      Entry& entry = entries_.emplace_back();
      entry.subject = *view.subject;
      entry.predicate = *view.predicate;
      entry.object = *view.object;
      if (view.graph != nullptr) entry.graph = *view.graph;
      entry.has_graph = view.graph != nullptr;
      entry.offset = view.offset;
      return true;
    }
    bool passing(const StatementView& view) override { return owner_.deliver(view); }
    void prefix(std::string_view name, std::string_view iri) override {
      owner_.to_.prefix(name, iri);
    }
    bool hand_on() {
      bool goes_on = true;
      for (const Entry& entry : entries_) {
        goes_on = owner_.deliver({&entry.subject, &entry.predicate, &entry.object,
                                  entry.has_graph ? &entry.graph : nullptr, entry.offset});
        if (!goes_on) break;
      }
      entries_.clear();
      return goes_on;
    }

   private:
    struct Entry {
      TermView subject;
      TermView predicate;
      TermView object;
      TermView graph;
      bool has_graph = false;
      std::uint64_t offset = 0;
    };
    PiecesInOrder& owner_;
    std::vector<Entry> entries_;
  };

  bool deliver(const StatementView& view) {
    ++delivered_;
    return to_.statement(view);
  }

  StatementSinkRef to_;
  std::uint64_t delivered_ = 0;
  Spares<RdfPiece> spare_;
};

}  // namespace dossier
