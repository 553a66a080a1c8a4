// What another project writes to use dossier as a library.
#include <cstdio>

#include "graph/room.hpp"

int main() {
  dossier::Builder builder;
  dossier::Dictionary& terms = builder.shard().terms();
  builder.shard().add({terms.iri("http://example.org/tencent"),
                       terms.iri("http://example.org/owns"),
                       terms.iri("http://example.org/wechat")});
  const dossier::Graph graph = dossier::freeze(std::move(builder));
  std::printf("%zu statement, %zu terms\n", graph.size(), graph.term_count());
  return graph.size() == 1 ? 0 : 1;
}
