// Mappings in RML that are wrong: each gives a diagnostic with the place of the fault and what to
// do.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/mapping/mapping_helpers.hpp"

namespace dossier::test {
namespace {

struct Fault {
  const char* name;
  const char* body;  // of the triples map, from line 4 on
  const char* code;
  std::uint64_t line;
  const char* said;  // part of the message or the hint
};

constexpr const char* kSource =
    "rml:logicalSource [ rml:source [ a rml:RelativePathSource; rml:root rml:MappingDirectory; "
    "rml:path \"t.csv\" ]; rml:referenceFormulation rml:CSV ];\n";

constexpr Fault kFaults[] = {
    {"NoSubjectMap", "rml:predicateObjectMap [ rml:predicate ex:p; rml:object ex:o ] .",
     "mapping_no_subject", 3, "has no subject map"},
    {"TwoSubjectMaps",
     "rml:subjectMap [ rml:template \"http://e/{id}\" ],\n  [ rml:template \"http://f/{id}\" ] .",
     "mapping_no_subject", 6, "has 2 subject maps"},
    {"OpenBrace", "rml:subjectMap [ rml:template \"http://e/{id\" ] .", "mapping_bad_template", 5,
     "http://e/{id\n         ^"},
    {"TemplateAndReference",
     "rml:subjectMap [ rml:template \"http://e/{id}\";\n  rml:reference \"id\" ] .",
     "mapping_expression", 5, "both rml:reference and rml:template"},
    {"NoValue", "rml:subjectMap [ rml:termType rml:IRI ] .", "mapping_expression", 5,
     "says nothing about its value"},
    {"MisspeltProperty", "rml:subjectMap [ rml:templat \"http://e/{id}\" ] .",
     "mapping_unknown_name", 5, "did you mean rml:template?"},
    {"PropertyInTheWrongPlace",
     "rml:template \"http://e/{id}\"; rml:subjectMap [ rml:template \"http://e/{id}\" ] .",
     "mapping_unknown_name", 5, "it belongs to term maps"},
    {"LiteralSubject",
     "rml:subjectMap [ rml:template \"http://e/{id}\"; rml:termType rml:Literal ] .",
     "mapping_term_type", 5, "a subject cannot be of term type Literal"},
    {"MisspeltTermType",
     "rml:subjectMap [ rml:template \"http://e/{id}\"; rml:termType rml:BlankNod ] .",
     "mapping_bad_value", 5, "did you mean rml:BlankNode?"},
    {"ConstantOfAnotherType",
     "rml:subjectMap [ rml:constant \"School\"; rml:termType rml:BlankNode ] .",
     "mapping_term_type", 5, "is not of term type BlankNode"},
    {"BadLanguage",
     "rml:subjectMap [ rml:template \"http://e/{id}\" ];\n"
     "  rml:predicateObjectMap [ rml:predicate ex:p;\n"
     "    rml:objectMap [ rml:reference \"id\"; rml:language \"a-english\" ] ] .",
     "mapping_bad_value", 7, "is not a language tag"},
    {"LanguageAndDatatype",
     "rml:subjectMap [ rml:template \"http://e/{id}\" ];\n"
     "  rml:predicateObjectMap [ rml:predicate ex:p;\n"
     "    rml:objectMap [ rml:reference \"id\"; rml:language \"en\"; rml:datatype ex:d ] ] .",
     "mapping_term_type", 7, "both a language and a datatype"},
    {"NoObject",
     "rml:subjectMap [ rml:template \"http://e/{id}\" ];\n"
     "  rml:predicateObjectMap [ rml:predicate ex:p ] .",
     "mapping_expression", 6, "has no object"},
    {"NoSuchParent",
     "rml:subjectMap [ rml:template \"http://e/{id}\" ];\n"
     "  rml:predicateObjectMap [ rml:predicate ex:p;\n"
     "    rml:objectMap [ rml:parentTriplesMap <http://e/Mapp> ] ] .",
     "mapping_unknown_reference", 7, "did you mean \"http://e/Map\"?"},
    {"JoinWithoutParent",
     "rml:subjectMap [ rml:template \"http://e/{id}\" ];\n"
     "  rml:predicateObjectMap [ rml:predicate ex:p;\n"
     "    rml:objectMap [ rml:parentTriplesMap <http://e/Map>;\n"
     "      rml:joinCondition [ rml:child \"id\" ] ] ] .",
     "mapping_bad_join", 8, "this join condition has no parent"},
    {"UnknownFunction",
     "rml:subjectMap [ rml:template \"http://e/{id}\" ];\n"
     "  rml:predicateObjectMap [ rml:predicate ex:p;\n"
     "    rml:objectMap [ rml:functionExecution [ rml:function ex:upper ] ] ] .",
     "mapping_bad_call", 7, "http://example.org/upper"},
    {"TargetThatSaysNoPlace",
     "rml:subjectMap [ rml:template \"http://e/{id}\"; rml:logicalTarget [ a rml:LogicalTarget ] "
     "] .",
     "mapping_bad_value", 5, "no rml:target"},
    {"RelativeConstant", "rml:subjectMap [ rml:template \"{id\\\\}\" ] .", "mapping_bad_template",
     5, "never closed"},
};

class RmlFaults : public testing::TestWithParam<Fault> {};

TEST_P(RmlFaults, AreReportedWithPlaceAndHint) {
  const Fault& fault = GetParam();
  Folder folder;
  folder.write("t.csv", "id,name\n1,a\n")
      .write("mapping.ttl", std::string("@prefix rml: <http://w3id.org/rml/> .\n"
                                        "@prefix ex: <http://example.org/> .\n"
                                        "<http://e/Map> a rml:TriplesMap;\n  ") +
                                kSource + "  " + fault.body + "\n");
  TestRun options;
  options.mapping = "mapping.ttl";
  const RunResult run = run_folder(folder, options);
  EXPECT_TRUE(run.failed);
  EXPECT_EQ(run.lines, "");
  ASSERT_GE(run.diagnostics.size(), 2u) << run.complaints();
  const Diagnostic& first = run.diagnostics.front();
  EXPECT_EQ(info(first.code).name, fault.code) << run.complaints();
  EXPECT_EQ(first.place.line, fault.line) << run.complaints();
  EXPECT_GT(first.place.column, 0u);
  EXPECT_NE((first.message + " " + first.hint).find(fault.said), std::string::npos)
      << run.complaints();
  EXPECT_EQ(run.diagnostics.size(), 2u) << "one fault, one diagnostic:\n" << run.complaints();
}

INSTANTIATE_TEST_SUITE_P(Mappings, RmlFaults, testing::ValuesIn(kFaults),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(RmlLoaderTest, TheOlderVocabulariesSayTheSame) {
  constexpr std::string_view kNew = R"(@prefix rml: <http://w3id.org/rml/> .
<http://e/M> a rml:TriplesMap;
  rml:logicalSource [ rml:source [ a rml:RelativePathSource; rml:path "t.csv" ]; rml:referenceFormulation rml:CSV ];
  rml:subjectMap [ rml:template "http://e/{id}"; rml:class <http://e/C> ];
  rml:predicateObjectMap [ rml:predicate <http://e/p>; rml:objectMap [ rml:reference "name" ] ] .)";
  constexpr std::string_view kOld = R"(@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
<http://e/M> rml:logicalSource [ rml:source "t.csv"; rml:referenceFormulation ql:CSV ];
  rr:subjectMap [ rr:template "http://e/{id}"; rr:class <http://e/C> ];
  rr:predicateObjectMap [ rr:predicate <http://e/p>; rr:objectMap [ rml:reference "name" ] ] .)";
  Folder folder;
  folder.write("t.csv", "id,name\n1,a\n").write("new.ttl", kNew).write("old.ttl", kOld);
  TestRun options;
  options.mapping = "new.ttl";
  const RunResult by_new = run_folder(folder, options);
  options.mapping = "old.ttl";
  const RunResult by_old = run_folder(folder, options);
  EXPECT_EQ(by_new.complaints(), "");
  EXPECT_EQ(by_old.complaints(), "");
  EXPECT_EQ(by_new.lines, by_old.lines);
  EXPECT_EQ(std::ranges::count(by_new.lines, '\n'), 2);
}

// What an empty cell is: a value to the new vocabulary, absent to all others.
TEST(RmlLoaderTest, TheNewVocabularyKeepsEmptyCellsUnlessTheyAreNull) {
  const auto lines = [](const char* more) {
    Folder folder;
    folder.write("t.csv", "id,name\n1,\n")
        .write("mapping.ttl",
               std::string("@prefix rml: <http://w3id.org/rml/> .\n<http://e/M> rml:logicalSource "
                           "[ rml:source [ a rml:FilePath; rml:path \"t.csv\"") +
                   more +
                   " ]; rml:referenceFormulation rml:CSV ]; rml:subjectMap [ rml:template "
                   "\"http://e/{id}\" ]; rml:predicateObjectMap [ rml:predicate <http://e/p>; "
                   "rml:objectMap [ rml:reference \"name\" ] ] .");
    TestRun options;
    options.mapping = "mapping.ttl";
    return run_folder(folder, options).lines;
  };
  EXPECT_EQ(lines(""), "<http://e/1> <http://e/p> \"\" .\n");
  EXPECT_EQ(lines("; rml:null \"\""), "");
}

}  // namespace
}  // namespace dossier::test
