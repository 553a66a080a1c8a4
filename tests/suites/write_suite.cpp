// Every graph of the W3C suites of the RDF syntaxes, written by every writer that can hold it in
// every mode, and read back: the same statements. So are those of the suites of JSON-LD and of
// RDFC-1.0. And the suites of the canonical forms, line by line.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/codes/exports.hpp"
#include "exporters/rdf.hpp"
#include "exporters/turtle_stream.hpp"
#include "graph/freeze.hpp"
#include "graph/iri.hpp"
#include "tests/support/isomorphism.hpp"
#include "tests/support/manifest.hpp"
#include "tests/support/redland.hpp"
#include "tests/support/shared_folder.hpp"
#include "tests/support/statement_views.hpp"
#include "tests/support/suite_table.hpp"

namespace dossier::test {
namespace {

// ---- canonical forms

struct CanonicalPart {
  std::string_view row;
  std::string_view folder;
  Format format;
};

constexpr CanonicalPart kCanonical[] = {
    {"N-Triples 1.2 C14N", "rdf12/rdf-n-triples/c14n", Format::ntriples},
    {"N-Quads 1.2 C14N", "rdf12/rdf-n-quads/c14n", Format::nquads},
};

std::string run_canonical(const ManifestEntry& entry, Format format) {
  const auto source = open_input(entry.action);
  if (!source) return render(source.error());
  StringSink out;
  LineWriter writer(format, out, RdfWriteMode::canonical);
  DiagnosticCollector diagnostics;
  const auto counts = read_rdf(**source, format, {}, writer, diagnostics);
  if (!counts) return render(counts.error());
  if (writer.error()) return render(*writer.error());
  const Expected<std::string> wanted = load_file(entry.result);
  if (!wanted) return render(wanted.error());
  return out.text() == *wanted ? "" : "got\n" + out.text() + "wanted\n" + *wanted;
}

class CanonicalSuite : public testing::TestWithParam<CanonicalPart> {};

TEST_P(CanonicalSuite, EveryLineIsExact) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/rdf-tests");
  const CanonicalPart& part = GetParam();
  const auto entries = read_manifest(suite / part.folder / "manifest.ttl");
  EXPECT_EQ(entries.size(), 41u);
  for (const ManifestEntry& entry : entries) {
    const std::string problem =
        SuiteTable::instance().add(part.row, entry.name, run_canonical(entry, part.format));
    if (!problem.empty()) ADD_FAILURE() << problem;
  }
}

// ---- round trips

struct Part {
  std::string_view folder;
  Format format;
};

constexpr Part kParts[] = {
    {"rdf11/rdf-n-triples", Format::ntriples},
    {"rdf11/rdf-n-quads", Format::nquads},
    {"rdf11/rdf-turtle", Format::turtle},
    {"rdf11/rdf-trig", Format::trig},
    {"rdf11/rdf-xml", Format::rdfxml},
    {"rdf12/rdf-n-triples/syntax", Format::ntriples},
    {"rdf12/rdf-n-quads/syntax", Format::nquads},
    {"rdf12/rdf-turtle/syntax", Format::turtle},
    {"rdf12/rdf-turtle/eval", Format::turtle},
    {"rdf12/rdf-trig/syntax", Format::trig},
    {"rdf12/rdf-trig/eval", Format::trig},
    {"rdf12/rdf-xml/eval", Format::rdfxml},
};

// A graph and the prefixes of its file.
struct GraphSink {
  Builder builder;
  Prefixes prefixes;
  bool statement(const StatementView& view) { return builder.shard().statement(view); }
  void prefix(std::string_view name, std::string_view iri) { prefixes.set(name, iri); }
};

struct Writing {
  std::string_view name;
  RdfWriteMode mode;
  bool nest;
  bool prefixes;
};

constexpr Writing kWritings[] = {
    {"pretty", RdfWriteMode::pretty, true, true},
    {"flat", RdfWriteMode::pretty, false, false},
    {"diff-stable", RdfWriteMode::diff_stable, true, true},
    {"canonical", RdfWriteMode::canonical, true, false},
};

const char* raptor_parser(Format format) {
  switch (format) {
    case Format::ntriples:
      return "ntriples";
    case Format::nquads:
      return "nquads";
    case Format::turtle:
      return "turtle";
    case Format::rdfxml:
      return "rdfxml";
    default:
      return nullptr;  // its TriG reader knows no blank graph names
  }
}

class RoundTrip {
 public:
  explicit RoundTrip(GraphSink&& sink)
      : prefixes_(std::move(sink.prefixes)), graph_(freeze(std::move(sink.builder))) {
    for (const Statement& s : graph_.statements()) has_graphs_ = has_graphs_ || s.graph;
  }

  void run(const std::string& name) {
    const Dataset wanted = dataset_of(graph_);
    for (const FormatInfo& each : all_formats()) {
      if (!can_write_rdf(each.format) || !can_read_rdf(each.format)) continue;
      if (each.format == Format::shaclc) continue;  // of shapes only: tests/exporters/shaclc_test
      if (has_graphs_ && !each.holds_graphs) continue;
      for (const Writing& writing : kWritings) {
        const auto outcome = write_and_read(each.format, writing, wanted);
        const std::string row =
            outcome ? row_name(each, writing) : "refused by " + std::string(each.name);
        tell(name, row, outcome.value_or(""));
      }
      if (can_stream(each.format)) {
        const std::string row = "round trip " + std::string(each.name) + " streamed";
        tell(name, row, check_text(each.format, streamed(each.format), wanted));
      }
    }
  }

 private:
  static void tell(const std::string& name, const std::string& row, const std::string& outcome) {
    const std::string problem = SuiteTable::instance().add(row, name, outcome);
    if (!problem.empty()) ADD_FAILURE() << name << ", " << row << ": " << problem;
  }

  static bool can_stream(Format format) {
    return format == Format::ntriples || format == Format::nquads || format == Format::turtle ||
           format == Format::trig;
  }

  // One statement after the other, by a writer that holds no graph.
  std::string streamed(Format format) const {
    StringSink out;
    LineWriter lines(format, out);
    TurtleStreamWriter turtle(format == Format::trig ? format : Format::turtle, out, prefixes_);
    const bool as_lines = format == Format::ntriples || format == Format::nquads;
    each_statement(graph_, [&](const StatementView& view) {
      if (as_lines) {
        lines.statement(view);
      } else {
        turtle.statement(view);
      }
    });
    if (!as_lines) turtle.finish();
    return out.text();
  }

  static std::string row_name(const FormatInfo& format, const Writing& writing) {
    return "round trip " + std::string(format.name) + " " + std::string(writing.name);
  }

  // What is wrong, "" when nothing is; nothing when the syntax cannot hold the graph.
  std::optional<std::string> write_and_read(Format format, const Writing& writing,
                                            const Dataset& wanted) const {
    RdfWriteOptions options{.nest = writing.nest, .mode = writing.mode};
    if (writing.prefixes) options.prefixes = prefixes_;
    StringSink out;
    const auto counts = write_rdf(graph_, format, options, out);
    if (!counts && is_refusal_right(format, counts.error())) return std::nullopt;
    if (!counts) return render(counts.error());
    if (writing.mode != RdfWriteMode::canonical) return check_text(format, out.text(), wanted);
    const Expected<Dataset> read = read_dataset(out.text(), format);
    if (!read) return render(read.error()) + "\n" + out.text();
    if (!isomorphic(as_redland_sees(*read), as_redland_sees(wanted)))
      return "differs\n" + out.text();
    return read_by_redland(format, out.text(), wanted);
  }

  // By our reader and by Redland's.
  std::string check_text(Format format, const std::string& text, const Dataset& wanted) const {
    const Expected<Dataset> read = read_dataset(text, format);
    if (!read) return render(read.error()) + "\n" + text;
    if (!isomorphic(*read, wanted)) return "differs\n" + text;
    return read_by_redland(format, text, wanted);
  }

  std::string read_by_redland(Format format, const std::string& text, const Dataset& wanted) const {
    const char* const parser = raptor_parser(format);
    if (parser == nullptr || !is_fit_for_redland(graph_)) return "";
    const Expected<Dataset> read = read_with_redland(text, parser);
    if (!read) return render(read.error()) + "\n" + text;
    if (isomorphic(as_redland_sees(*read), as_redland_sees(wanted))) return "";
    return "differs for Redland\n" + text;
  }

  bool has_odd_iri() const {
    for (std::uint32_t i = 0; i < graph_.term_count(TermKind::iri); ++i) {
      if (find_iri_fault(graph_.text(TermId(TermKind::iri, i))) != kIriValid) return true;
    }
    return false;
  }
  bool is_refusal_right(Format format, const Error& error) const {
    if (format == Format::jsonld) return graph_.term_count(TermKind::triple) > 0 || has_odd_iri();
    return format == Format::rdfxml &&
           (error.code == code::export_predicate_name || error.code == code::export_character);
  }

  Prefixes prefixes_;
  Graph graph_;
  bool has_graphs_ = false;
};

class RoundTripSuite : public testing::TestWithParam<Part> {};

TEST_P(RoundTripSuite, EveryWriterKeepsEveryGraph) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/rdf-tests");
  const Part& part = GetParam();
  if (!can_read_rdf(part.format)) GTEST_SKIP() << "no reader";
  for (const ManifestEntry& entry : read_manifest(suite / part.folder / "manifest.ttl")) {
    if (entry.type.find("Negative") != std::string::npos) continue;
    RdfReadOptions options;
    options.base = entry.base;
    const auto source = open_input(entry.action);
    ASSERT_TRUE(source);
    GraphSink sink;
    DiagnosticCollector diagnostics;
    const auto counts = read_rdf(**source, part.format, options, sink, diagnostics);
    ASSERT_TRUE(counts) << render(counts.error());
    RoundTrip(std::move(sink)).run(entry.name);
  }
}

struct QuadsFolder {
  std::string_view folder;
  std::string_view ending;
};

constexpr QuadsFolder kQuadsFolders[] = {
    {"suites/json-ld/toRdf", "-out.nq"},
    {"suites/json-ld/fromRdf", "-in.nq"},
    {"suites/rdf-canon/rdfc10", "-in.nq"},
};

// Its blank nodes are made so that telling them apart takes for ever.
constexpr std::string_view kPoison = "test074-in.nq";

class QuadsRoundTripSuite : public testing::TestWithParam<QuadsFolder> {};

TEST_P(QuadsRoundTripSuite, EveryWriterKeepsEveryGraph) {
  DOSSIER_REQUIRE_SHARED(folder, std::string(GetParam().folder));
  std::size_t graphs = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    if (!name.ends_with(GetParam().ending) || name == kPoison) continue;
    GraphSink sink;
    DiagnosticCollector diagnostics;
    const auto source = open_input(file.path());
    ASSERT_TRUE(source);
    // A few files of the JSON-LD suite have blank nodes as predicates, which is no RDF.
    if (!read_rdf(**source, Format::nquads, {}, sink, diagnostics)) continue;
    RoundTrip(std::move(sink)).run(name);
    ++graphs;
  }
  EXPECT_GT(graphs, 50u);
}

INSTANTIATE_TEST_SUITE_P(Folders, QuadsRoundTripSuite, testing::ValuesIn(kQuadsFolders));
INSTANTIATE_TEST_SUITE_P(Parts, CanonicalSuite, testing::ValuesIn(kCanonical));
INSTANTIATE_TEST_SUITE_P(Parts, RoundTripSuite, testing::ValuesIn(kParts));

}  // namespace
}  // namespace dossier::test
