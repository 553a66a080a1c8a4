#include "base/diagnostic.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/codes/tables.hpp"
#include "base/line_index.hpp"

namespace dossier {
namespace {

TEST(DiagnosticsTest, TheTableIsSortedByNumberAndEachHasTexts) {
  const auto all = all_diagnostics();
  EXPECT_TRUE(std::ranges::is_sorted(all, std::ranges::less_equal(), &DiagnosticInfo::code));
  for (const DiagnosticInfo& each : all) {
    EXPECT_FALSE(each.title.empty()) << each.name;
    EXPECT_FALSE(each.help.empty()) << each.name;
    EXPECT_EQ(&info(each.code), &each) << each.name;
    EXPECT_EQ(find_diagnostic(number_of(each.code)), &each);
  }
}

TEST(DiagnosticsTest, RenderingNamesPlaceFoundWantedAndHint) {
  const Diagnostic d = make_diagnostic(code::csv_ragged_row, {"bans.csv", 41, 3},
                                       "3 cells, the header has 4", "add a delimiter");
  EXPECT_EQ(render(d),
            "bans.csv:41:3: warning: 3 cells, the header has 4 [E0202]\n  hint: add a delimiter");
}

TEST(DiagnosticsTest, TerminalEscapesInDataAreShownNotSent) {
  const Diagnostic d = make_diagnostic(code::csv_ragged_row, {"a"}, "x\x1b[31mred");
  EXPECT_EQ(render(d).find('\x1b'), std::string::npos);
}

TEST(DiagnosticsTest, ACollectorKeepsTheLimitAndCountsAll) {
  DiagnosticCollector sink(2);
  for (std::uint64_t line : {3u, 1u, 2u}) {
    sink.report(make_diagnostic(code::csv_ragged_row, {"f", line}, "m"));
  }
  EXPECT_EQ(sink.count(Severity::warning), 3u);
  ASSERT_EQ(sink.sorted().size(), 2u);
  EXPECT_EQ(sink.sorted()[0].place.line, 1u);
}

TEST(LineIndexTest, AgreesWithOneLookOnAllLineEnds) {
  const std::string text = "a\nbc\r\n\rdé!\n";
  const LineIndex index(text);
  for (std::size_t i = 0; i <= text.size(); ++i) {
    EXPECT_EQ(index.at(i).line, line_column(text, i).line) << i;
    EXPECT_EQ(index.at(i).column, line_column(text, i).column) << i;
  }
  EXPECT_EQ(index.at(text.find('!')).line, 4u);
  EXPECT_EQ(index.at(text.find('!')).column, 3u);
}

}  // namespace
}  // namespace dossier
