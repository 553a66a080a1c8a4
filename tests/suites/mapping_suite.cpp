// The test cases of RML (knowledge graph construction community group). Those of sources that can
// be read are run both ways, through a Builder and as lines, and both results compared with the
// expected dataset; error cases must give an error.
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include <gtest/gtest.h>

#include "graph/freeze.hpp"
#include "mapping/mapping.hpp"
#include "tests/support/isomorphism.hpp"
#include "tests/support/shared_folder.hpp"
#include "tests/support/suite_table.hpp"

namespace dossier::test {
namespace {

namespace fs = std::filesystem;

struct Case {
  std::string id;
  bool error = false;
};

// metadata.csv, whose first column is the id and whose last says whether an error is expected.
// Descriptions in between may go over several lines.
std::vector<Case> read_cases(const fs::path& suite) {
  std::vector<Case> cases;
  std::ifstream file(suite / "metadata.csv");
  std::string line;
  std::string id;
  std::getline(file, line);
  while (std::getline(file, line)) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.starts_with("RML")) id = line.substr(0, line.find(','));
    const bool error = line.ends_with(",true");
    if (id.empty() || (!error && !line.ends_with(",false"))) continue;
    cases.push_back({std::exchange(id, {}), error});
  }
  return cases;
}

struct Ran {
  std::string error;  // empty: it ran, without data errors
  std::string lines;
  std::string built;
};

std::string errors_of(const DiagnosticCollector& diagnostics) {
  std::string out;
  for (const Diagnostic& each : diagnostics.sorted()) out += render(each) + "\n";
  return out;
}

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

// Documents on the network that lie beside the mapping: their address -> the file.
std::map<std::string, fs::path> local_copies(const fs::path& folder) {
  static const std::regex kAddress(R"re(["<](https?://[^">\s]+/([\w.]+))[">])re");
  std::map<std::string, fs::path> copies;
  const std::string mapping = read_text(folder / "mapping.ttl");
  for (std::sregex_iterator at(mapping.begin(), mapping.end(), kAddress), end; at != end; ++at) {
    const fs::path file = folder / (*at)[2].str();
    if (fs::exists(file)) copies.emplace((*at)[1].str(), file);
  }
  return copies;
}

Ran run_mapping(const fs::path& folder, const std::string& base = "http://example.com/",
                bool rdf_star = false) {
  Ran ran;
  DiagnosticCollector diagnostics;
  const auto failed = [&](const Error& error) {
    ran.error = errors_of(diagnostics) + render(error);
    return ran;
  };
  auto mapping = load_mapping(folder / "mapping.ttl", {}, diagnostics);
  if (!mapping) return failed(mapping.error());
  CompileOptions options;
  options.base = base;
  options.mapping_directory = folder;
  options.source_root = folder;
  options.copies = local_copies(folder);
  options.rdf_star = rdf_star;
  options.strict = true;  // a ragged row and a key that no record has are errors to the suite
  auto plan = compile(std::move(*mapping), options, diagnostics);
  if (!plan) return failed(plan.error());

  StringSink sink;
  RunOptions run;
  run.threads = 2;
  const auto lines = run_to_lines(*plan, sink, run, diagnostics);
  if (!lines) return failed(lines.error());
  ran.lines = sink.text();
  if (rdf_star) return ran;  // of lines only

  DiagnosticCollector again;
  Builder builder(2);
  const auto built = run_to_builder(*plan, builder, run, again);
  if (!built) return failed(built.error());
  const Graph graph = freeze(std::move(builder));
  for (const Statement& each : graph.statements()) {
    ran.built += to_string(graph.term(each.subject)) + " " + to_string(graph.term(each.predicate)) +
                 " " + to_string(graph.term(each.object));
    if (each.graph) ran.built += " " + to_string(graph.term(each.graph));
    ran.built += " .\n";
  }
  if (diagnostics.has_errors() || diagnostics.count(Severity::violation) > 0)
    ran.error = errors_of(diagnostics);
  return ran;
}

std::set<std::string> line_set(const std::string& text) {
  std::set<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) out.insert(line);
  }
  return out;
}

std::string compare(const std::string& got, const std::string& wanted, std::string_view what) {
  const auto expected = read_dataset(wanted, Format::nquads);
  // IRIs that no parser takes (RMLTC0027b): by lines.
  if (!expected) return line_set(got) == line_set(wanted) ? "" : "lines differ: " + got;
  const auto dataset = read_dataset(got, Format::nquads);
  if (!dataset) return std::string(what) + " cannot be read: " + render(dataset.error()) + got;
  if (isomorphic(*dataset, *expected)) return "";
  return std::string(what) + " gave\n" + dataset->text() + "wanted\n" + expected->text();
}

// Expected files older than the natural datatypes that RML-Core and most other cases ask for. They
// count as failed; that all else of them is right is checked.
constexpr std::string_view kNoDatatypes =
    "expects 33 of JSON without xsd:integer, against the registry's own \"Natural RDF mapping of "
    "JSON values\" (JSONPath), as RMLSTC0002a of RML-IO expects it of the same data and mapping; "
    "equal to the rest (checked)";
// The other way round.
constexpr std::string_view kNoSuchDatatypes =
    "expects \"33\"^^xsd:integer; Friends.nt has \"33\", and it is read as SPARQL_Results_CSV, "
    "which "
    "\"just gives a string without indicating the type of the term\" (SPARQL 1.1 Query Results CSV "
    "and TSV Formats, section 1); equal to the rest (checked)";
constexpr std::string_view kInteger = "^^<http://www.w3.org/2001/XMLSchema#integer>";

std::string without_integers(std::string lines) {
  for (std::size_t at = 0; (at = lines.find(kInteger, at)) != std::string::npos;) {
    lines.erase(at, kInteger.size());
  }
  return lines;
}

std::string run_case(const fs::path& folder, const Case& test, const std::string& expected_name) {
  // The cases of collections write their relative IRIs behind another base.
  const bool collections = test.id.starts_with("RMLTC-CC");
  const Ran ran =
      run_mapping(folder, collections ? "http://example.com/base/" : "http://example.com/");
  if (test.error) {
    if (!ran.error.empty()) return "";
    // Some have an output all the same.
    for (const std::string& name : {expected_name, std::string("output.nq")}) {
      const std::string output = read_text(folder / name);
      if (!output.empty()) {
        EXPECT_EQ(compare(ran.lines, output, "lines"), "") << test.id;
      }
    }
    return "no error was found; got\n" + ran.lines;
  }
  if (!ran.error.empty()) return ran.error;
  const std::string wanted = read_text(folder / expected_name);
  const std::string by_lines = compare(ran.lines, wanted, "lines");
  if (!by_lines.empty() && (SuiteTable::instance().is_known(test.id, kNoDatatypes) ||
                            SuiteTable::instance().is_known(test.id, kNoSuchDatatypes))) {
    const std::string rest = compare(without_integers(ran.lines), without_integers(wanted), "rest");
    EXPECT_EQ(rest, "") << test.id;
  }
  return by_lines.empty() ? compare(ran.built, wanted, "builder") : by_lines;
}

void run_suite(std::string_view row, const fs::path& suite, const std::string& expected_name,
               const std::function<bool(const fs::path&)>& wanted, std::size_t count) {
  std::size_t run = 0;
  for (const Case& test : read_cases(suite)) {
    const fs::path folder = suite / test.id;
    if (!wanted(folder)) continue;
    ++run;
    const std::string problem =
        SuiteTable::instance().add(row, test.id, run_case(folder, test, expected_name));
    if (!problem.empty()) ADD_FAILURE() << test.id << ": " << problem;
  }
  EXPECT_EQ(run, count) << row;
}

TEST(MappingSuite, RmlIoRegistryCsv) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/rml-io-registry");
  static constexpr SuiteTable::Known kKnown[] = {
      {"RMLIOREGTC0012i",
       "mapping.ttl and output.nq are of different cases: the mapping makes "
       "http://example.com/{ID}/{Name} and asks for ID and Name, Friends.csv has id, name and age, "
       "and the output is of http://example.org/{id} with foaf:age, which the mapping does not "
       "name"},
  };
  SuiteTable::instance().know("RML-IO registry, CSV", kKnown);
  run_suite(
      "RML-IO registry, CSV", suite, "output.nq",
      [](const fs::path& folder) {
        return read_text(folder / "mapping.ttl").find("rml:CSV") != std::string::npos;
      },
      11);
}

TEST(MappingSuite, RmlIoCsvSources) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/rml-io");
  static constexpr SuiteTable::Known kKnown[] = {
      {"RMLSTC0009a",
       "metadata.csv marks it as an error, and its folder has an output: names of columns in "
       "quotes "
       "are good CSV (RFC 4180, section 2, rules 3 and 5), and give that output (checked)"},
  };
  SuiteTable::instance().know("RML-IO, CSV sources", kKnown);
  run_suite(
      "RML-IO, CSV sources", suite, "default.nq",
      [](const fs::path& folder) {
        const std::string mapping = read_text(folder / "mapping.ttl");
        return folder.filename().string().starts_with("RMLSTC") &&
               mapping.find("rml:CSV") != std::string::npos &&
               mapping.find("rml:JSONPath") == std::string::npos;
      },
      8);
}

bool names(const fs::path& folder, std::string_view text) {
  return read_text(folder / "mapping.ttl").find(text) != std::string::npos;
}

TEST(MappingSuite, RmlIoRegistryTrees) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/rml-io-registry");
  static constexpr SuiteTable::Known kJson[] = {
      {"RMLIOREGTC0007a", kNoDatatypes},
      {"RMLIOREGTC0008a", kNoDatatypes},
      {"RMLIOREGTC0009a",
       "a Kafka stream; no Turtle: `;` ends its prefixes (RDF 1.1 Turtle, [4] prefixID)"},
      {"RMLIOREGTC0010a",
       "an MQTT stream; no Turtle: `;` ends its prefixes (RDF 1.1 Turtle, [4] prefixID)"},
  };
  static constexpr SuiteTable::Known kXml[] = {
      {"RMLIOREGTC0003d",
       "its mapping declares ex as http://example.org, student.xml is in http://example.org/ with "
       "a "
       "slash (Namespaces in XML, section 2.3: compared as strings); and it asks for `student` in "
       "no "
       "namespace (XPath 1.0, section 2.3: a name without prefix has none)"},
  };
  SuiteTable::instance().know("RML-IO registry, JSON", kJson);
  SuiteTable::instance().know("RML-IO registry, XML", kXml);
  run_suite(
      "RML-IO registry, JSON", suite, "output.nq",
      [](const fs::path& folder) { return names(folder, "rml:JSONPath"); }, 8);
  run_suite(
      "RML-IO registry, XML", suite, "output.nq",
      [](const fs::path& folder) { return names(folder, "rml:XPath"); }, 5);
}

TEST(MappingSuite, RmlIoTreeSources) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/rml-io");
  const auto source = [](const fs::path& folder) {
    return folder.filename().string().starts_with("RMLSTC");
  };
  run_suite(
      "RML-IO, JSON sources", suite, "default.nq",
      [&](const fs::path& folder) { return source(folder) && names(folder, "rml:JSONPath"); }, 15);
  run_suite(
      "RML-IO, XML sources", suite, "default.nq",
      [&](const fs::path& folder) { return source(folder) && names(folder, "rml:XPath"); }, 7);
}

// Databases have a suite of their own, database_suite.py; so have targets.
TEST(MappingSuite, RmlIoSparqlSources) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/rml-io");
  static constexpr SuiteTable::Known kKnown[] = {
      {"RMLSTC0003", kNoSuchDatatypes},
  };
  SuiteTable::instance().know("RML-IO, SPARQL sources", kKnown);
  run_suite(
      "RML-IO, SPARQL sources", suite, "default.nq",
      [](const fs::path& folder) { return names(folder, "SPARQL_Results"); }, 1);
}

TEST(MappingSuite, RmlCore) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/rml-core");
  run_suite("RML-Core", suite, "output.nq", [](const fs::path&) { return true; }, 76);
}

TEST(MappingSuite, RmlCc) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/rml-cc");
  run_suite("RML-CC", suite, "default.nq", [](const fs::path&) { return true; }, 35);
}

TEST(MappingSuite, RmlLv) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/rml-lv");
  run_suite("RML-LV", suite, "output.nq", [](const fs::path&) { return true; }, 41);
}

// The suite is older than RDF 1.2: "<< s p o >>" is the statement as a term. As an object that is a
// triple term; a subject cannot be one, and is a blank node that reifies it, one for each
// statement.
class StarText {
 public:
  explicit StarText(std::string_view text) : text_(text) {}

  std::string lines() {
    std::string out;
    for (skip(); at_ < text_.size(); skip()) {
      const std::string subject = term(true);
      const std::string predicate = term(false);
      out += subject + " " + predicate + " " + term(false) + " .\n";
      skip();
      at_ += text_[at_] == '.';
    }
    for (const auto& [statement, node] : reified_) {
      out += node + " <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> " + statement + " .\n";
    }
    return out;
  }

 private:
  void skip() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }
  std::string term(bool as_subject) {
    skip();
    if (text_.substr(at_, 2) != "<<") return plain();
    at_ += 2;
    std::string statement = "<<( " + term(true) + " ";
    statement += term(false) + " ";
    statement += term(false) + " )>>";
    skip();
    at_ += 2;  // >>
    if (!as_subject) return statement;
    return reified_.emplace(statement, "_:reifier" + std::to_string(reified_.size())).first->second;
  }
  std::string plain() {
    const std::size_t begin = at_;
    if (text_[at_] == '"') at_ = text_.find('"', at_ + 1) + 1;
    if (text_[at_] == '^') at_ += 2;
    if (text_[at_] == '<') {
      at_ = text_.find('>', at_) + 1;
    } else {
      while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) == 0) ++at_;
    }
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::map<std::string, std::string> reified_;
};

TEST(MappingSuite, RmlStar) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/rml-star");
  std::size_t run = 0;
  for (const std::string part : {"valid", "invalid"}) {
    for (const auto& entry : fs::directory_iterator(suite / part)) {
      const Ran ran = run_mapping(entry.path());
      std::string problem;
      if (part == "invalid") {
        problem = ran.error.empty() ? "no error was found" : "";
      } else {
        const std::string wanted = StarText(read_text(entry.path() / "output.nt")).lines();
        problem = ran.error;
        if (problem.empty()) problem = compare(ran.lines, wanted, "lines");
        if (problem.empty()) problem = compare(ran.built, wanted, "builder");
        const Ran star = run_mapping(entry.path(), "http://example.com/", true);
        EXPECT_EQ(star.lines.find("reifies"), std::string::npos) << star.lines;
        if (problem.empty()) problem = compare(StarText(star.lines).lines(), wanted, "<< >>");
      }
      ++run;
      const std::string name = entry.path().filename().string();
      const std::string failure = SuiteTable::instance().add("RML-Star", name, problem);
      if (!failure.empty()) ADD_FAILURE() << name << ": " << failure;
    }
  }
  EXPECT_EQ(run, 18u);
}

TEST(MappingSuite, RmlFnml) {
  DOSSIER_REQUIRE_SHARED(suite, "suites/rml-fnml");
  run_suite("RML-FNML", suite, "output.nq", [](const fs::path&) { return true; }, 20);
}

}  // namespace
}  // namespace dossier::test
