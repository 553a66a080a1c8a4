#include "mapping/template.hpp"

#include <gtest/gtest.h>

namespace dossier {
namespace {

std::string shape(const TemplateExpected<std::vector<TemplatePart>>& parts) {
  if (!parts) return "error at " + std::to_string(parts.error().offset);
  std::string out;
  for (const TemplatePart& part : *parts) {
    out += part.is_reference ? "<" + part.text + ">" : part.text;
  }
  return out;
}

TEST(TemplateTest, RmlReferencesStandInBraces) {
  EXPECT_EQ(shape(parse_rml_template("http://e/{a}/{b c}")), "http://e/<a>/<b c>");
  EXPECT_EQ(shape(parse_rml_template(R"(\{\{ {$['ISO 3166']} \}\})")), "{{ <$['ISO 3166']> }}");
  EXPECT_EQ(shape(parse_rml_template(R"({$['\{Name\}']})")), "<$['{Name}']>");
  EXPECT_EQ(shape(parse_rml_template("")), "");
}

TEST(TemplateTest, RmlFaultsAreFoundWhereTheyAre) {
  EXPECT_EQ(shape(parse_rml_template("http://e/{{Name}}")), "error at 10");
  EXPECT_EQ(shape(parse_rml_template(R"(http://e/{N\ame})")), "error at 11");
  EXPECT_EQ(shape(parse_rml_template(R"(http://e/{Name\})")), "error at 9");
  EXPECT_EQ(shape(parse_rml_template(R"(http://e/{\\{Name\\}})")), "error at 12");
  EXPECT_EQ(shape(parse_rml_template("a}b")), "error at 1");
  EXPECT_EQ(shape(parse_rml_template("a{}b")), "error at 1");
  EXPECT_EQ(shape(parse_rml_template("a\\")), "error at 1");
}

TEST(TemplateTest, YarrrmlReferencesStandInDollarParentheses) {
  EXPECT_EQ(shape(parse_yarrrml_template("http://e/$(a)_$(b c)")), "http://e/<a>_<b c>");
  EXPECT_EQ(shape(parse_yarrrml_template(R"(http://e/$((test\)))")), "http://e/<(test)>");
  EXPECT_EQ(shape(parse_yarrrml_template("$(f(x))")), "<f(x)>");
  EXPECT_EQ(shape(parse_yarrrml_template(R"($(id)\:\:number)")), "<id>::number");
  EXPECT_EQ(shape(parse_yarrrml_template("costs $5 {x}")), "costs $5 {x}");
  EXPECT_EQ(shape(parse_yarrrml_template("a$(b")), "error at 1");
  EXPECT_EQ(shape(parse_yarrrml_template("a$()")), "error at 1");
}

TEST(TemplateTest, WrittenAsRmlATemplateReadsBackTheSame) {
  const std::string text = R"(a\{b\\{x\}y}z)";
  EXPECT_EQ(to_rml_template(*parse_rml_template(text)), text);
}

TEST(TemplateTest, TheCaretCountsCharactersNotBytes) {
  EXPECT_EQ(with_caret("é{", 2), "é{\n ^");
}

}  // namespace
}  // namespace dossier
