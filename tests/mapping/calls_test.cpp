// Calls of functions in mappings: what is wrong with one is told before anything runs, what is
// wrong with a value is told with the place of the record.
#include <gtest/gtest.h>

#include "tests/mapping/mapping_helpers.hpp"

namespace dossier::test {
namespace {

RunResult run_with(const std::string& object) {
  Folder folder;
  folder.write("people.csv", "id,name,born\n1,Ada,10.12.1815\n2,Bob,unknown\n");
  folder.write(
      "mapping.yarrrml",
      "prefixes: {ex: 'http://e/', grel: 'http://users.ugent.be/~bjdmeest/function/grel.ttl#',\n"
      "  idlab-fn: 'https://w3id.org/imec/idlab/function#',\n"
      "  dfn: 'https://w3id.org/dossier/function#'}\n"
      "mappings:\n"
      "  person:\n"
      "    sources: people.csv~csv\n"
      "    s: ex:$(id)\n"
      "    po:\n"
      "      - p: ex:p\n"
      "        o:\n" +
          object);
  return run_folder(folder);
}

TEST(CallsTest, AnUnknownFunctionIsToldWithTheNearestName) {
  const auto ran = run_with(
      "          function: grel:toUperCase\n"
      "          parameters: [[grel:valueParameter, $(name)]]\n");
  EXPECT_TRUE(ran.failed);
  EXPECT_EQ(ran.complaints().substr(0, ran.complaints().find('\n')),
            "11:11 mapping_bad_call: there is no function "
            "<http://users.ugent.be/~bjdmeest/function/grel.ttl#toUperCase> | did you mean "
            "grel:toUpperCase?");
}

TEST(CallsTest, AFunctionThatDependsOnTheClockIsRefusedWithTheReason) {
  const auto ran = run_with("          function: grel:date_now\n");
  EXPECT_NE(ran.complaints().find("is not offered | the same input must give the same output"),
            std::string::npos)
      << ran.complaints();
}

TEST(CallsTest, AMissingParameterIsNamed) {
  const auto ran = run_with(
      "          function: grel:string_replace\n"
      "          parameters: [[grel:valueParameter, $(name)]]\n");
  EXPECT_NE(ran.complaints().find("11:11 mapping_bad_call: grel:string_replace is called without "
                                  "p_string_find, p_string_replace"),
            std::string::npos)
      << ran.complaints();
}

TEST(CallsTest, AnOwnFunctionHasItsParametersByNamesOfAnyLength) {
  for (const std::string name : {"text", "a_rather_long_name_of_a_parameter"}) {
    Folder folder;
    folder.write("people.csv", "id,name\n1, Ada \n");
    folder.write(
        "mapping.yarrrml",
        "prefixes: {ex: 'http://e/', grel: 'http://users.ugent.be/~bjdmeest/function/grel.ttl#'}\n"
        "functions:\n"
        "  ex:clean: {parameters: [" +
            name +
            "],\n"
            "    value: 'grel:string_trim(valueParameter = $(" +
            name +
            "))'}\n"
            "mappings:\n"
            "  person:\n"
            "    sources: people.csv~csv\n"
            "    s: ex:$(id)\n"
            "    po:\n"
            "      - p: ex:p\n"
            "        o:\n"
            "          function: ex:clean\n"
            "          parameters: [[ex:" +
            name + ", $(name)]]\n");
    const RunResult ran = run_folder(folder);
    EXPECT_EQ(ran.lines, "<http://e/1> <http://e/p> \"Ada\" .\n") << ran.complaints();
  }
}

TEST(CallsTest, ASurplusParameterIsNamedWithTheNearest) {
  const auto ran = run_with(
      "          function: grel:toUpperCase\n"
      "          parameters:\n"
      "            - [grel:valueParameter, $(name)]\n"
      "            - [grel:valueParametre, $(id)]\n");
  EXPECT_NE(ran.complaints().find("14:15 mapping_bad_call: grel:toUpperCase has no parameter"),
            std::string::npos)
      << ran.complaints();
  EXPECT_NE(ran.complaints().find("did you mean valueParameter?"), std::string::npos);
}

TEST(CallsTest, AConstantOfTheWrongTypeIsToldBeforeTheRun) {
  const auto ran = run_with(
      "          function: grel:string_substring\n"
      "          parameters:\n"
      "            - [grel:valueParameter, $(name)]\n"
      "            - [grel:param_int_i_from, one]\n");
  EXPECT_NE(
      ran.complaints().find("14:15 mapping_bad_call: \"one\" for param_int_i_from is no integer | "
                            "wanted a whole number such as 12"),
      std::string::npos)
      << ran.complaints();
}

TEST(CallsTest, ANestedCallOfTheWrongTypeIsToldBeforeTheRun) {
  const auto ran = run_with(
      "          function: grel:math_round\n"
      "          parameters:\n"
      "            - parameter: grel:p_dec_n\n"
      "              value:\n"
      "                function: idlab-fn:equal\n"
      "                parameters:\n"
      "                  - [grel:valueParameter, $(name)]\n"
      "                  - [grel:valueParameter2, Ada]\n");
  EXPECT_NE(ran.complaints().find(
                "p_dec_n takes a value of type number, and the function gives a boolean"),
            std::string::npos)
      << ran.complaints();
}

TEST(CallsTest, AValueThatAFunctionCannotUseIsToldWithItsPlace) {
  const auto ran = run_with(
      "          function: dfn:parseDate\n"
      "          parameters:\n"
      "            - [dfn:valueParameter, $(born)]\n"
      "            - [dfn:pattern, d.M.yyyy]\n");
  EXPECT_EQ(
      ran.lines,
      "<http://e/1> <http://e/p> \"1815-12-10\"^^<http://www.w3.org/2001/XMLSchema#date> .\n");
  EXPECT_EQ(ran.complaints(),
            "3:7 map_function: \"unknown\" is no date of the pattern d.M.yyyy (born) | \n");
  EXPECT_EQ(ran.counts.rejected(), 1u);
}

TEST(CallsTest, AChoiceDoesNotMindWhatFailedElsewhere) {
  const auto ran = run_with(
      "          function: grel:controls_if\n"
      "          parameters:\n"
      "            - parameter: grel:bool_b\n"
      "              value:\n"
      "                function: dfn:matches\n"
      "                parameters: [[dfn:valueParameter, $(born)], [dfn:pattern, '^[0-9]']]\n"
      "            - parameter: grel:any_true\n"
      "              value:\n"
      "                function: dfn:parseDate\n"
      "                parameters: [[dfn:valueParameter, $(born)], [dfn:pattern, d.M.yyyy]]\n"
      "            - [grel:any_false, none]\n");
  EXPECT_EQ(ran.lines,
            "<http://e/1> <http://e/p> \"1815-12-10\"^^<http://www.w3.org/2001/XMLSchema#date> .\n"
            "<http://e/2> <http://e/p> \"none\" .\n");
  EXPECT_EQ(ran.complaints(), "");
}

TEST(CallsTest, ATermIsMadeOnlyWhereItsConditionHolds) {
  const auto ran = run_with(
      "          value: $(name)\n"
      "          condition:\n"
      "            function: idlab-fn:equal\n"
      "            parameters: [[grel:valueParameter, $(id)], [grel:valueParameter2, 2]]\n");
  EXPECT_EQ(ran.lines, "<http://e/2> <http://e/p> \"Bob\" .\n");
}

TEST(CallsTest, JoinsCompareComputedValues) {
  Folder folder;
  folder.write("a.csv", "id,country\n1,USA\n2,Nowhere\n");
  folder.write("b.csv", "code\nus\nfr\n");
  folder.write(
      "mapping.yarrrml",
      "prefixes: {ex: 'http://e/', grel: 'http://users.ugent.be/~bjdmeest/function/grel.ttl#',\n"
      "  dfn: 'https://w3id.org/dossier/function#'}\n"
      "mappings:\n"
      "  a:\n"
      "    sources: a.csv~csv\n"
      "    s: ex:$(id)\n"
      "    po:\n"
      "      - p: ex:in\n"
      "        o:\n"
      "          mapping: b\n"
      "          condition:\n"
      "            function: equal\n"
      "            parameters:\n"
      "              - parameter: str1\n"
      "                value:\n"
      "                  function: dfn:countryCode\n"
      "                  parameters: [[dfn:valueParameter, $(country)]]\n"
      "              - parameter: str2\n"
      "                value:\n"
      "                  function: grel:toUpperCase\n"
      "                  parameters: [[grel:valueParameter, $(code)]]\n"
      "  b:\n"
      "    sources: b.csv~csv\n"
      "    s: ex:$(code)\n"
      "    po: [[ex:code, $(code)]]\n");
  const auto ran = run_folder(folder);
  EXPECT_NE(ran.lines.find("<http://e/1> <http://e/in> <http://e/us> .\n"), std::string::npos)
      << ran.lines;
  EXPECT_EQ(ran.lines.find("<http://e/1> <http://e/in> <http://e/fr>"), std::string::npos);
  EXPECT_NE(ran.complaints().find("3:3 map_function: \"Nowhere\" is no country"), std::string::npos)
      << ran.complaints();
}

}  // namespace
}  // namespace dossier::test
