// The text that a writer makes of a graph, for tests.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "exporters/rdf.hpp"

namespace dossier::test {

inline std::string write(const Graph& graph, Format format, RdfWriteOptions options = {}) {
  StringSink sink;
  const auto counts = write_rdf(graph, format, options, sink);
  if (!counts) {
    ADD_FAILURE() << counts.error().message;
    return {};
  }
  EXPECT_EQ(counts->statements, graph.size());
  EXPECT_EQ(counts->bytes, sink.text().size());
  return sink.text();
}

inline RdfWriteOptions with_prefixes() {
  RdfWriteOptions options;
  options.prefixes = Prefixes::well_known();
  options.prefixes.set("ex", "http://example.org/");
  return options;
}

}  // namespace dossier::test
