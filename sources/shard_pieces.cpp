#include "sources/shard_pieces.hpp"

namespace dossier {

class ShardPieces::Piece final : public RdfPiece {
 public:
  explicit Piece(ShardPieces& owner) : owner_(owner) {}
  bool statement(const StatementView& view) override {
    batch_.add(view);
    return true;
  }
  bool passing(const StatementView& view) override {
    ++passed_;
    return owner_.shard_.statement(view);
  }
  void prefix(std::string_view name, std::string_view iri) override {
    if (owner_.listener_.on_prefix) owner_.listener_.on_prefix(name, iri);
  }
  // How many statements there were.
  std::uint64_t intern() {
    const std::uint64_t count = passed_ + batch_.size();
    owner_.shard_.statements(batch_);
    batch_.clear();
    passed_ = 0;
    return count;
  }

 private:
  ShardPieces& owner_;
  StatementBatch batch_;
  std::uint64_t passed_ = 0;
};

std::unique_ptr<RdfPiece> ShardPieces::open(std::size_t) {
  return spare_.take([&] { return std::make_unique<Piece>(*this); });
}

bool ShardPieces::close(std::unique_ptr<RdfPiece> piece) {
  const std::uint64_t count = static_cast<Piece&>(*piece).intern();  // `open` made it
  if (listener_.on_statements) listener_.on_statements(count);
  spare_.give_back(std::move(piece));
  return true;
}

}  // namespace dossier
