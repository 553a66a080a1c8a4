// Duplicates of lines: what is not remembered must not come twice. The oracle is the run that keeps
// duplicates, with every line that a std::set has seen left out.
#include <algorithm>
#include <random>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "mapping/duplicate_plan.hpp"
#include "mapping/subject_filter.hpp"
#include "tests/mapping/mapping_helpers.hpp"

namespace dossier::test {
namespace {

constexpr const char* kPrefixes = "prefixes: {ex: http://e/}\nmappings:\n";

std::string first_of_each(const std::string& text) {
  std::set<std::string> seen;
  std::string out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (seen.insert(line).second) out += line + "\n";
  }
  return out;
}

template <std::size_t N>
const char* pick(std::mt19937& random, const char* const (&choices)[N]) {
  return choices[random() % N];
}

// Triples maps that meet: few subjects, predicates, values and graphs for many records.
std::string random_mapping(std::mt19937& random, bool trees) {
  static constexpr const char* kSubjects[] = {"ex:$(a)",   "ex:$(b)", "ex:$(a)/$(b)", "ex:$(a)$(b)",
                                              "ex:k-$(c)", "$(c)",    "ex:x"};
  static constexpr const char* kPredicates[] = {"ex:p", "ex:q", "ex:r", "ex:$(b)", "a"};
  static constexpr const char* kObjects[] = {
      "$(a)", "$(b)", "$(c), en~lang", "ex:$(b)~iri", "ex:k-$(c)~iri", "x", "$(c), xsd:token"};
  std::string out = kPrefixes;
  const int maps = 1 + static_cast<int>(random() % 4);
  for (int i = 0; i < maps; ++i) {
    out += "  m" + std::to_string(i) + ":\n    sources: [[t" + std::to_string(random() % 2) +
           (trees ? ".json~jsonpath, '$[*]']]\n    s: " : ".csv~csv]]\n    s: ") +
           pick(random, kSubjects) + "\n";
    if (random() % 4 == 0) out += random() % 2 == 0 ? "    g: ex:g\n" : "    g: ex:$(b)\n";
    out += "    po:\n";
    const int groups = 1 + static_cast<int>(random() % 9);
    for (int k = 0; k < groups; ++k) {
      const std::string predicate = pick(random, kPredicates);
      const auto kind = random() % 8;
      if (kind == 0) {
        out += "      - {p: " + predicate + ", o: {mapping: m" +
               std::to_string(random() % static_cast<unsigned>(maps)) +
               ", condition: {function: equal, parameters: [[str1, $(a), s], [str2, $(b), o]]}}}\n";
      } else if (kind == 1 && predicate != "a") {
        out += "      - {i: " + predicate + ", o: 'ex:$(b)~iri'}\n";
      } else {
        out += "      - [" + predicate + ", " + pick(random, kObjects) + "]\n";
      }
    }
  }
  if (!trees) return out;
  for (std::size_t at = out.find(')'); at != std::string::npos; at = out.find(')', at + 3)) {
    out.insert(at, ".*");
  }
  return out;
}

std::string random_table(std::mt19937& random, unsigned values) {
  std::string out = "a,b,c\n";
  const auto rows = random() % 200;
  for (std::size_t i = 0; i < rows; ++i) {
    for (int column = 0; column < 3; ++column) {
      const auto value = random() % (values + 1);
      if (value > 0) out += "v" + std::to_string(value % 7 == 0 ? i : value);
      out += column < 2 ? "," : "\n";
    }
  }
  return out;
}

// The same as JSON, where a value may be several: $(a) is $(a.*) there.
std::string random_tree(std::mt19937& random, unsigned values) {
  std::string out = "[";
  const auto text = [&](std::size_t record) {
    const auto value = random() % values;
    return "\"v" + std::to_string(value % 7 == 0 ? record : value) + "\"";
  };
  const auto records = random() % 200;
  for (std::size_t i = 0; i < records; ++i) {
    out += i == 0 ? "{" : ",\n{";
    for (const char* key : {"a", "b", "c"}) {
      out += std::string(*key == 'a' ? "" : ", ") + "\"" + key + "\": {";
      const auto kind = random() % 8;
      if (kind > 0) out += "\"x\": " + text(i);
      if (kind == 1) out += ", \"y\": " + text(i);
      out += "}";
    }
    out += "}";
  }
  return out + "]\n";
}

TEST(DuplicatesTest, RandomMappingsWriteEachStatementOnceInTheOrderOfTheInput) {
  int compared = 0;
  int several = 0;
  for (unsigned seed = 0; seed < 225; ++seed) {
    std::mt19937 random(seed);
    Folder folder;
    const bool trees = seed % 3 == 0;
    const std::string mapping = random_mapping(random, trees);
    folder.write("mapping.yarrrml", mapping);
    folder.write(trees ? "t0.json" : "t0.csv",
                 trees ? random_tree(random, 3 + seed % 40) : random_table(random, 3 + seed % 40));
    folder.write(trees ? "t1.json" : "t1.csv",
                 trees ? random_tree(random, 3 + seed % 400) : random_table(random, 3 + seed % 90));
    TestRun all;
    all.run.keep_duplicates = true;
    const RunResult wanted = run_folder(folder, all);
    for (const std::uint64_t from : {std::uint64_t{1}, UINT64_MAX}) {
      for (const std::size_t threads : {1u, 2u}) {
        TestRun options;
        options.run.look_from_bytes = from;
        options.run.threads = threads;
        const RunResult got = run_folder(folder, options);
        ASSERT_EQ(got.failed, wanted.failed) << mapping << got.complaints();
        if (wanted.failed) continue;
        ++compared;
        several += trees && wanted.lines.size() > 1000 ? 1 : 0;
        ASSERT_EQ(got.lines, first_of_each(wanted.lines)) << "seed " << seed << "\n" << mapping;
        EXPECT_EQ(got.counts.statements, wanted.counts.statements) << mapping;
        EXPECT_EQ(got.counts.written(),
                  static_cast<std::uint64_t>(std::ranges::count(got.lines, '\n')))
            << mapping;
        EXPECT_EQ(got.counts.rejected(), wanted.counts.rejected()) << mapping;
        EXPECT_EQ(got.complaints(), wanted.complaints()) << mapping;
      }
    }
  }
  EXPECT_GT(compared, 600);
  EXPECT_GT(several, 150);
}

// The subject of a child comes once, so that only its parents tell whether lines are equal.
TEST(DuplicatesTest, ParentsOfOneRecordThatAreEqualMakeOneStatement) {
  Folder folder;
  folder.write("mapping.yarrrml", std::string(kPrefixes) + R"(
  child:
    sources: [[child.csv~csv]]
    s: ex:$(id)
    po:
      - [ex:a, $(id)]
      - [ex:b, $(id)]
      - [ex:c, $(key)]
      - {p: ex:parent, o: {mapping: parent, condition: {function: equal, parameters: [[str1, $(key), s], [str2, $(key), o]]}}}
  parent:
    sources: [[parent.csv~csv]]
    s: ex:$(name)
)");
  folder.write("parent.csv", "key,name\nk,p1\nk,p2\nk,p1\nm,p3\nm,p4\n");
  std::string children = "id,key\n";
  std::string wanted;
  for (int i = 0; i < 100; ++i) {  // more than are looked ahead for
    const std::string id = "c" + std::to_string(i);
    const std::string key = i % 3 == 0 ? "k" : i % 3 == 1 ? "m" : "";
    children += id + "," + key + "\n";
    const std::string begin = "<http://e/" + id + "> <http://e/";
    wanted += begin + "a> \"" + id + "\" .\n" + begin + "b> \"" + id + "\" .\n";
    if (key.empty()) continue;
    wanted += begin + "c> \"" + key + "\" .\n";
    for (const char* parent : {key == "k" ? "p1" : "p3", key == "k" ? "p2" : "p4"}) {
      wanted += begin + "parent> <http://e/" + parent + "> .\n";
    }
  }
  folder.write("child.csv", children);
  TestRun options;
  options.run.look_from_bytes = 1;
  const RunResult got = run_folder(folder, options);
  EXPECT_EQ(got.lines, wanted) << got.complaints();
  EXPECT_EQ(got.counts.duplicates, 34u);
}

// 'a' for a statement that is always checked, 's' for one that its subject can spare.
std::string checks_of(const std::string& mappings, const Limits& limits = {}) {
  Folder folder;
  folder.write("mapping.yarrrml", kPrefixes + mappings);
  DiagnosticCollector diagnostics;
  TestRun run;
  run.compile.limits = limits;
  const auto plan = compile_file(folder, run, diagnostics);
  if (!plan) return render(plan.error());
  std::string out;
  for (const SourceChecks& source : plan_duplicate_checks(*plan)) {
    for (const MapChecks& map : source.maps) {
      for (const StatementCheck check : map.statements) {
        out += check == StatementCheck::always ? 'a' : 's';
      }
      out += ' ';
    }
  }
  return out;
}

std::string map_of(const char* name, const char* rest) {
  return std::string("  ") + name + ":\n    sources: [[t.csv~csv]]\n" + rest;
}

TEST(DuplicatesTest, APredicateForEachStatementLetsTheSubjectDecide) {
  EXPECT_EQ(checks_of(map_of("m", "    s: ex:$(a)\n    po: [[ex:p, $(b)], [ex:q, $(b)]]\n")),
            "ss ");
}

TEST(DuplicatesTest, OnlySubjectsOfEnoughStatementsAreLookedAt) {
  Folder folder;
  folder.write(
      "mapping.yarrrml",
      std::string(kPrefixes) +
          map_of("few", "    s: ex:f-$(a)\n    po: [[ex:p, $(b)], [ex:q, $(b)]]\n") +
          map_of("many", "    s: ex:m-$(a)\n    po: [[ex:p, $(b)], [ex:q, $(b)], [ex:r, $(b)]]\n") +
          map_of("more", "    s: ex:m-$(a)\n    po: [[ex:s, $(b)]]\n"));
  DiagnosticCollector diagnostics;
  const auto plan = compile_file(folder, {}, diagnostics);
  ASSERT_TRUE(plan) << render(plan.error());
  const std::vector<SourceChecks> checks = plan_duplicate_checks(*plan);
  ASSERT_EQ(checks.size(), 1u);
  EXPECT_EQ(checks[0].subjects.size(), 1u);
  EXPECT_EQ(checks[0].maps[0].subject, MapChecks::kNone);
  EXPECT_EQ(checks[0].maps[1].subject, 0u);
  EXPECT_EQ(checks[0].maps[2].subject, 0u);
}

TEST(DuplicatesTest, PastTheLimitOfPairsEveryLineIsRemembered) {
  Limits limits;
  limits.max_statement_pairs = 0;
  const std::string map =
      map_of("m", "    s: ex:$(a)\n    po: [[ex:p, $(b)], [ex:p, $(b), en~lang], [ex:q, $(c)]]\n");
  EXPECT_EQ(checks_of(map), "sss ");
  EXPECT_EQ(checks_of(map, limits), "aas ");
}

TEST(DuplicatesTest, OnePredicateTwiceMayMeetUnlessTheObjectsDiffer) {
  EXPECT_EQ(checks_of(map_of("m", "    s: ex:$(a)\n    po: [[ex:p, $(b)], [ex:p, $(c)]]\n")),
            "aa ");
  EXPECT_EQ(
      checks_of(map_of("m", "    s: ex:$(a)\n    po: [[ex:p, $(b)], [ex:p, $(c), en~lang]]\n")),
      "ss ");
  EXPECT_EQ(checks_of(map_of("m", "    s: ex:$(a)\n    po: [[ex:p, x], [ex:p, y]]\n")), "ss ");
}

TEST(DuplicatesTest, MapsMeetOnlyWhereTheirSubjectsCan) {
  const std::string first = map_of("m", "    s: ex:a/$(a)\n    po: [[ex:p, $(b)], [ex:q, $(b)]]\n");
  EXPECT_EQ(checks_of(first + map_of("n", "    s: ex:b/$(a)\n    po: [[ex:p, $(b)]]\n")), "ss s ");
  EXPECT_EQ(checks_of(first + map_of("n", "    s: ex:$(c)\n    po: [[ex:p, $(b)]]\n")), "as a ");
}

TEST(DuplicatesTest, ASubjectThatIsTheSameForAllRecordsDecidesNothing) {
  EXPECT_EQ(checks_of(map_of("m", "    s: ex:x\n    po: [[ex:p, $(b)]]\n")), "a ");
}

TEST(SubjectFilterTest, WhatWasAddedTwiceRepeatsAndLittleElseDoes) {
  SubjectFilter filter(1 << 20);  // for about 8000 keys
  std::mt19937_64 random(7);
  std::vector<std::uint64_t> once;
  std::vector<std::uint64_t> twice;
  for (int i = 0; i < 4000; ++i) once.push_back(random());
  for (int i = 0; i < 4000; ++i) twice.push_back(random());
  for (const std::uint64_t key : once) filter.add(key);
  for (int i = 0; i < 2; ++i) {
    for (const std::uint64_t key : twice) filter.add(key);
  }
  for (const std::uint64_t key : twice) EXPECT_TRUE(filter.repeats(key));
  const auto wrong = std::ranges::count_if(once, [&](auto key) { return filter.repeats(key); });
  EXPECT_LT(wrong, 80);
}

}  // namespace
}  // namespace dossier::test
