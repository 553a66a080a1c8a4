// RDF files into one shard: threads parse and hash pieces of a file side by side, and one after the
// other is interned, in the order of the document. One shard for all threads, because two
// dictionaries that hold mostly the same terms cost more to merge than the second thread gains
// (docs/decisions/0010-one-shard-for-a-file.md).
#pragma once

#include <functional>
#include <memory>

#include "base/spares.hpp"
#include "graph/builder.hpp"
#include "sources/rdf.hpp"

namespace dossier {

class ShardPieces final : public RdfPieceSink {
 public:
  // What is told of the file beside its statements; called by one thread at a time.
  struct Listener {
    std::function<void(std::uint64_t statements)> on_statements;
    std::function<void(std::string_view name, std::string_view iri)> on_prefix;
  };
  ShardPieces(Shard& shard, Listener listener) : shard_(shard), listener_(std::move(listener)) {}

  std::unique_ptr<RdfPiece> open(std::size_t worker) override;
  bool close(std::unique_ptr<RdfPiece> piece) override;
  bool wants_lasting_views() const override { return true; }

 private:
  class Piece;

  Shard& shard_;
  Listener listener_;
  Spares<RdfPiece> spare_;
};

}  // namespace dossier
