#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/codes/tables.hpp"
#include "sources/csv_row.hpp"
#include "tests/sources/record_helpers.hpp"

namespace dossier {
namespace {

using Rows = std::vector<Cells>;

TEST(CsvTest, OnlyWantedColumnsComeOutInTheOrderAsked) {
  const auto read = read_csv("a,b,c\n1,2,3\n4,5,6\n", {}, {"c", "a"});
  EXPECT_EQ(read->rows, (Rows{{"3", "1"}, {"6", "4"}}));
  EXPECT_EQ(read->columns, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(read->counts.read, 2u);
}

TEST(CsvTest, AColumnWantedTwiceFillsBothSlots) {
  EXPECT_EQ(read_csv("a,b\n1,2\n", {}, {"b", "a", "b"})->rows, (Rows{{"2", "1", "2"}}));
}

TEST(CsvTest, QuotedCellsKeepDelimitersBreaksAndDoubledQuotes) {
  const auto read = read_csv("a,b\n\"1,\"\"x\"\"\r\ny\",\"\"\"\"\n");
  EXPECT_EQ(read->rows, (Rows{{"1,\"x\"\r\ny", "\""}}));
  EXPECT_EQ(read->diagnostics.count(), 0u);
}

TEST(CsvTest, AQuoteInsideAnUnquotedCellIsAnOrdinaryCharacter) {
  const auto read = read_csv("a,b\n5\" disk,\"x\"\n6\" disk,y\n");
  EXPECT_EQ(read->rows, (Rows{{"5\" disk", "x"}, {"6\" disk", "y"}}));
}

TEST(CsvTest, EmptyLinesAreNoRecords) {
  EXPECT_EQ(read_csv("a\n\n1\r\n\r\n\n2\n\n")->rows, (Rows{{"1"}, {"2"}}));
}

TEST(CsvTest, AMissingLineEndAtTheEndLosesNothing) {
  EXPECT_EQ(read_csv("a,b\n1,2")->rows, (Rows{{"1", "2"}}));
  EXPECT_EQ(read_csv("a,b\n1,")->rows, (Rows{{"1", std::nullopt}}));
  EXPECT_EQ(read_csv("a,b\n1,\"2\"")->rows, (Rows{{"1", "2"}}));
}

TEST(CsvTest, EmptyAndMissingCellsDifferOnRequest) {
  CsvDialect dialect;
  dialect.empty_is_null = false;
  const auto read = read_csv("a,b,c\n,\"\"\n", dialect);
  EXPECT_EQ(read->rows, (Rows{{"", "", std::nullopt}}));
  EXPECT_EQ(read_csv("a,b,c\n,\"\",x\n")->rows, (Rows{{std::nullopt, std::nullopt, "x"}}));
}

TEST(CsvTest, NullMarksAreComparedAsWritten) {
  CsvDialect dialect;
  dialect.nulls = {"-0- ", "NULL"};
  const auto read = read_csv("a,b,c\n-0- ,-0-,\"NULL\"\n", dialect);
  EXPECT_EQ(read->rows, (Rows{{std::nullopt, "-0-", std::nullopt}}));
}

TEST(CsvTest, WithoutAHeaderColumnsHaveGivenNamesOrNumbers) {
  CsvDialect dialect;
  dialect.header_rows = 0;
  EXPECT_EQ(read_csv("1,2\n3,4\n", dialect, {"2"})->rows, (Rows{{"2"}, {"4"}}));
  dialect.columns = {"x", "y"};
  EXPECT_EQ(read_csv("1,2\n3,4\n", dialect, {"y"})->rows, (Rows{{"2"}, {"4"}}));
  dialect.header_rows = 1;
  EXPECT_EQ(read_csv("1,2\n3,4\n", dialect, {"y"})->rows, (Rows{{"4"}}));
}

TEST(CsvTest, CommentsSkippedRowsBlanksAndBackslashesFollowTheDialect) {
  CsvDialect dialect;
  dialect.comment = "#";
  dialect.skip_rows = 1;
  dialect.trim = CsvTrim::both;
  dialect.double_quote = false;
  dialect.delimiter = ';';
  const auto read = read_csv("My \"table\n# c\n a ; b \n# \"x\n 1 ; \"2;\\\"\" \n#end\n", dialect);
  ASSERT_FALSE(read->error) << read->error->message;
  EXPECT_EQ(read->columns, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(read->rows, (Rows{{"1", "2;\""}}));
}

TEST(CsvTest, TabsDelimitAndNothingIsQuotedOnRequest) {
  CsvDialect dialect;
  dialect.delimiter = '\t';
  dialect.quote = 0;
  EXPECT_EQ(read_csv("a\tb\n\"1\t2\"\n\"\t\n", dialect)->rows,
            (Rows{{"\"1", "2\""}, {"\"", std::nullopt}}));
}

TEST(CsvTest, OffsetsAreThoseOfTheFileWithItsByteOrderMark) {
  const auto read = read_csv(
      "\xEF\xBB\xBF"
      "a,b\n1,2\n\n3,4\n");
  EXPECT_EQ(read->offsets, (std::vector<std::uint64_t>{7, 12}));
  EXPECT_EQ(read->columns.front(), "a");
}

TEST(CsvTest, AStrayQuoteIsKeptAndWarnedOfAtItsPlace) {
  const auto read = read_csv("a,b\nx,\"1\"2\n");
  EXPECT_EQ(read->rows, (Rows{{"x", "12"}}));
  const auto diagnostics = read->diagnostics.sorted();
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_EQ(to_string(diagnostics[0].place), "t.csv:2:6");
  EXPECT_EQ(diagnostics[0].code, code::csv_stray_quote);
}

TEST(CsvTest, AnUnknownColumnIsNamedWithTheNearestAndTheList) {
  const auto read = read_csv("name,birth date\n", {}, {"nmae"});
  ASSERT_TRUE(read->error);
  EXPECT_EQ(read->error->code, code::column_unknown);
  EXPECT_EQ(read->error->message, "there is no column \"nmae\"");
  EXPECT_EQ(read->error->hint, "did you mean \"name\"? the columns are: \"name\", \"birth date\"");
}

TEST(CsvTest, AColumnThatOnlyLooksLikeTheUnknownOneIsNamedByItsInvisibleCharacter) {
  const auto read = read_csv("id,name\xE2\x80\x8B\n", {}, {"name"});
  ASSERT_TRUE(read->error);
  EXPECT_EQ(read->error->hint.substr(0, read->error->hint.find(';')),
            "a column looks like that, but holds the invisible character U+200B");
}

TEST(CsvTest, DialectsThatContradictThemselvesAreRefused) {
  CsvDialect dialect;
  dialect.quote = ',';
  EXPECT_EQ(read_csv("a\n", dialect)->error->code, code::csv_bad_dialect);
  dialect.quote = '"';
  dialect.delimiter = '\n';
  EXPECT_EQ(read_csv("a\n", dialect)->error->code, code::csv_bad_dialect);
}

// Random text full of special characters; the pieces of 60 and more put them at every place of a
// 64-byte mask.
std::string nasty_text(std::mt19937& random) {
  const char* const pieces[] = {"a",
                                "\"",
                                "\"\"",
                                ",",
                                "\n",
                                "\r",
                                "\r\n",
                                "é",
                                "\"x\"",
                                ",\"",
                                "\",",
                                "\"\n",
                                "\n\"",
                                " ",
                                "日",
                                "\"a,b\nc\"",
                                "0123456789012345678901234567890123456789012345678901234567890",
                                "012345678901234567890123456789012345678901234567890123456789"};
  std::string text;
  const auto count = random() % 60;
  for (unsigned i = 0; i < count; ++i) text += pieces[random() % std::size(pieces)];
  return text;
}

TEST(CsvTest, SeveralHeaderRowsNameAColumnByTheFirstThatSaysSomething) {
  CsvDialect dialect;
  dialect.header_rows = 2;
  const auto read = read_csv("id,,price\nno,name,EUR\n1,x,2\n", dialect);
  ASSERT_FALSE(read->error) << read->error->message;
  EXPECT_EQ(read->columns, (std::vector<std::string>{"id", "name", "price"}));
  EXPECT_EQ(read->rows, (Rows{{"1", "x", "2"}}));
}

TEST(CsvTest, SkippedColumnsHaveNoNameAndNoPlaceInTheRecord) {
  CsvDialect dialect;
  dialect.skip_columns = 2;
  const auto read = read_csv("x,x,a,b\n1,2,3,4\n5,6,7\n", dialect);
  ASSERT_FALSE(read->error) << read->error->message;
  EXPECT_EQ(read->columns, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(read->rows, (Rows{{"3", "4"}, {"7", std::nullopt}}));
  ASSERT_EQ(read->diagnostics.sorted().size(), 1u);
  EXPECT_EQ(read->diagnostics.sorted()[0].message,
            "the row has 3 cells where the header has 4; \"b\" is missing");
}

TEST(CsvTest, BlankRowsAreKeptOrLeftOutAsTheDialectSays) {
  CsvDialect dialect;
  dialect.empty_is_null = false;
  const std::string text = "a\n1\n\n\"\"\r\n2\n";
  EXPECT_EQ(read_csv(text, dialect)->rows, (Rows{{"1"}, {""}, {"2"}}));
  dialect.blank_rows = CsvBlankRows::keep;
  EXPECT_EQ(read_csv(text, dialect)->rows, (Rows{{"1"}, {""}, {""}, {"2"}}));
  dialect.blank_rows = CsvBlankRows::skip;
  EXPECT_EQ(read_csv(text, dialect)->rows, (Rows{{"1"}, {"2"}}));
}

TEST(CsvTest, OnlyTheLineEndsOfTheDialectEndARow) {
  CsvDialect dialect;
  dialect.line_ends = {"|", "||\n"};
  const auto read = read_csv("a,b|1,x\ny||\n2,\"p|q\"|", dialect);
  ASSERT_FALSE(read->error) << read->error->message;
  EXPECT_EQ(read->rows, (Rows{{"1", "x\ny"}, {"2", "p|q"}}));
  dialect.line_ends = {","};
  EXPECT_EQ(read_csv("a,1", dialect)->error->code, code::csv_bad_dialect);
}

TEST(CsvTest, TheSizeOfBlocksLeavesNoTrace) {
  std::mt19937 random(11);
  CsvDialect dialect;
  dialect.header_rows = 0;
  dialect.columns = {"1", "2", "3"};
  for (int round = 0; round < 300; ++round) {
    const std::string text = nasty_text(random);
    const auto whole = read_csv(text, dialect);
    for (const std::size_t block : {1u, 2u, 3u, 5u, 17u, 63u, 64u, 65u, 128u, 1000u}) {
      const auto cut = read_csv(text, dialect, {}, {}, block);
      ASSERT_EQ(cut->error.has_value(), whole->error.has_value()) << text;
      if (whole->error) {
        EXPECT_EQ(cut->error->place, whole->error->place);
        continue;
      }
      ASSERT_EQ(cut->rows, whole->rows) << "blocks of " << block << ": " << text;
      ASSERT_EQ(cut->offsets, whole->offsets);
      ASSERT_EQ(cut->first_records, cut->first_rows) << "blocks of " << block << ": " << text;
      ASSERT_EQ(cut->diagnostics.sorted(), whole->diagnostics.sorted()) << text;
    }
  }
}

// Of all dialects that the masks do not know.
TEST(CsvTest, TheSizeOfBlocksLeavesNoTraceInOddDialects) {
  std::mt19937 random(13);
  for (int round = 0; round < 300; ++round) {
    CsvDialect dialect;
    dialect.header_rows = static_cast<std::uint32_t>(random() % 3);
    dialect.columns = {"1", "2"};
    dialect.skip_columns = static_cast<std::uint32_t>(random() % 2);
    dialect.blank_rows = static_cast<CsvBlankRows>(random() % 3);
    dialect.trim = static_cast<CsvTrim>(random() % 4);
    if (random() % 2 == 0) dialect.line_ends = {"\n", "\r\n", "\r\n\n"};
    if (random() % 3 == 0) dialect.comment = "a\"";
    const std::string text = nasty_text(random);
    const auto whole = read_csv(text, dialect);
    for (const std::size_t block : {1u, 2u, 3u, 5u, 17u, 64u, 200u}) {
      const auto cut = read_csv(text, dialect, {}, {}, block);
      ASSERT_EQ(cut->error.has_value(), whole->error.has_value()) << text;
      if (whole->error) continue;
      ASSERT_EQ(cut->rows, whole->rows) << "blocks of " << block << ": " << text;
      ASSERT_EQ(cut->offsets, whole->offsets);
      ASSERT_EQ(cut->first_records, cut->first_rows) << "blocks of " << block << ": " << text;
      ASSERT_EQ(cut->diagnostics.sorted(), whole->diagnostics.sorted()) << text;
    }
  }
}

TEST(CsvTest, MasksAndTheSlowPathAgree) {
  std::mt19937 random(12);
  CsvDialect fast;
  fast.header_rows = 0;
  fast.columns = {"1", "2", "3"};
  CsvDialect slow = fast;
  slow.comment = "\x01";  // not in the text, but the masks do not know comments
  ASSERT_TRUE(csv_masks_suffice(fast));
  ASSERT_FALSE(csv_masks_suffice(slow));
  for (int round = 0; round < 3000; ++round) {
    const std::string text = nasty_text(random);
    const auto a = read_csv(text, fast, {}, {}, 200);
    const auto b = read_csv(text, slow, {}, {}, 200);
    ASSERT_EQ(a->error, b->error) << text;
    ASSERT_EQ(a->rows, b->rows) << text;
    ASSERT_EQ(a->first_records, b->first_records) << text;
    ASSERT_EQ(a->diagnostics.sorted(), b->diagnostics.sorted()) << text;
  }
}

class CsvFileTest : public testing::Test {
 protected:
  CsvFileTest()
      : path_(std::filesystem::temp_directory_path() /
              ("dossier_csv_" + std::to_string(::getpid()) + ".csv")) {}
  ~CsvFileTest() override { std::filesystem::remove(path_); }
  void write(std::string_view text) {
    std::ofstream(path_, std::ios::binary).write(text.data(), std::ssize(text));
  }
  std::filesystem::path path_;
};

TEST_F(CsvFileTest, ACellIsFoundAgainWithItsPlaceAndText) {
  const std::string text = "\xEF\xBB\xBFid,name\r\n1,\"é\r\nb\"\n\n2,\"x\"\"\",3\n3\n";
  write(text);
  CsvDialect dialect;
  dialect.header_rows = 1;
  const auto read = read_csv(text, dialect, {"name"});
  ASSERT_EQ(read->offsets.size(), 3u);
  const auto first = find_csv_cell(path_, dialect, read->offsets[0], "name");
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->text, "é\r\nb");
  EXPECT_EQ(first->place.line, 2u);
  EXPECT_EQ(first->place.column, 3u);
  const auto second = find_csv_cell(path_, dialect, read->offsets[1], "name");
  EXPECT_EQ(second->text, "x\"");
  EXPECT_EQ(second->place.line, 5u);
  const auto third = find_csv_cell(path_, dialect, read->offsets[2], "name");
  EXPECT_EQ(third->text, "");
  EXPECT_EQ(third->place.line, 6u);
  EXPECT_EQ(third->place.column, 2u);
  EXPECT_EQ(find_csv_cell(path_, dialect, read->offsets[1], "nam").error().code,
            code::column_unknown);
}

TEST_F(CsvFileTest, PlacesFarIntoAFileAreRight) {
  std::string text = "id,name\n";
  for (int i = 0; i < 300'000; ++i) text += std::to_string(i) + ",\"a\nb\"\r\n";
  write(text);
  const auto read = read_csv(text, {}, {"id"});
  ASSERT_EQ(read->rows.size(), 300'000u);
  const auto found = find_csv_cell(path_, {}, read->offsets[299'999], "name");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->place.line, 2u + 2u * 299'999u);
  EXPECT_EQ(found->place.column, 8u);
}

}  // namespace
}  // namespace dossier
