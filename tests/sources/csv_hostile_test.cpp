// The bad tables: each gives what is wanted of it, and at the right place.
#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "tests/sources/record_helpers.hpp"

namespace dossier {
namespace {

// One bad table. `wanted`: "E0200 t.csv:2:3" as error or diagnostic, "" for a clean read.
struct Hostile {
  std::string what;
  std::string text;
  std::string wanted;
  std::size_t records = 0;
  bool strict = false;
};

const Hostile kHostile[] = {
    {"a quote that is never closed", "a,b\n1,\"2\n3,4\n", "error E0200 t.csv:2:3"},
    {"a quote that is never closed in the header", "a,\"b\n1,2\n", "error E0200 t.csv:1:3"},
    {"a NUL byte", std::string("a,b\n1,2\n3,\0\n", 12), "error E0201 t.csv:3:3"},
    {"a NUL byte in the header", std::string("a,\0b\n", 5), "error E0201 t.csv:1:3"},
    {"a row with fewer cells", "a,b,c\n1,2,3\n4\n", "warning E0202 t.csv:3:2", 2},
    {"a row with fewer cells, strict", "a,b,c\n1,2,3\n4\n", "violation E0202 t.csv:3:2", 1, true},
    {"a row with more cells", "a,b\n1,é,3,4\n", "warning E0202 t.csv:2:5", 1},
    {"a row with more cells, strict", "a,b\n1,é,3\n5,6\n", "violation E0202 t.csv:2:5", 1, true},
    {"a column name twice", "a,b,a\n", "error E0203 t.csv:1:5"},
    {"columns without a name", "a,,\n1,2,3\n", "", 1},
    {"nothing", "", "error E0204 t.csv"},
    {"line breaks only", "\n\r\n", "error E0204 t.csv"},
    {"a byte order mark only", "\xEF\xBB\xBF", "error E0204 t.csv"},
    {"a byte order mark",
     "\xEF\xBB\xBF"
     "a\n1\n",
     "", 1},
    {"UTF-16 with a byte order mark",
     std::string("\xFF\xFE"
                 "a\0\n\0001\0\n\0",
                 10),
     "", 1},
    {"Latin-1 said to be UTF-8", "a\nb\xE9t\n", "error E0006 t.csv:2:2"},
    {"Latin-1 in a column not asked for", "a,b\nx,\xE9\n", "error E0006 t.csv:2:3"},
    {"lone CR line ends", "a,b\r1,2\r3,4\r", "", 2},
    {"a last row Ctrl-Z", "a,b\r\n1,2\r\n\x1A", "warning E0205 t.csv:3:1", 1},
    {"a last row Ctrl-Z with a line end", "a,b\n1,2\n\x1A\r\n", "warning E0205 t.csv:3:1", 1},
    {"a header only", "a,b\n", "", 0},
    {"a header without a line end", "a,b", "", 0},
    {"a formula", "a\n=cmd()\n", "", 1},
    {"a no-break space in a name", "a\xC2\xA0,b\n1,2\n", "warning E0209 t.csv:1:1", 1},
    {"a zero-width character in a name",
     "a,\xE2\x80\x8B"
     "b\n",
     "warning E0209 t.csv:1:3", 0},
    {"CRLF and LF mixed", "a,b\r\n1,2\n3,4\r\n5,6\n", "", 3},
    {"text after a closing quote", "a,b\n\"1\"x,2\n", "warning E0206 t.csv:2:4", 1},
};

std::string summary(const ReadRecords& read) {
  const auto line = [](const Diagnostic& d) {
    return std::string(to_string(d.severity)) + " " + number_of(d.code) + " " + to_string(d.place);
  };
  if (read.error) return line(*read.error);
  std::string out;
  for (const Diagnostic& d : read.diagnostics.sorted()) out += (out.empty() ? "" : "; ") + line(d);
  return out;
}

TEST(CsvHostileTest, EachBadTableGivesItsDiagnosticAtItsPlace) {
  for (const Hostile& hostile : kHostile) {
    for (const std::size_t block : {std::size_t{1}, std::size_t{7}, kCsvBlockBytes}) {
      CsvDialect dialect;
      dialect.strict = hostile.strict;
      const auto read = read_csv(hostile.text, dialect, {}, {}, block);
      EXPECT_EQ(summary(*read), hostile.wanted) << hostile.what << ", blocks of " << block;
      if (!read->error) {
        EXPECT_EQ(read->rows.size(), hostile.records) << hostile.what << ", blocks of " << block;
        EXPECT_EQ(read->rows.size() + read->counts.rejected, read->counts.read) << hostile.what;
      }
    }
  }
}

TEST(CsvHostileTest, BadBytesAreToldWithTheirOffsetAndTheWayOut) {
  const auto read = read_csv("a\nb\xE9t\n");
  EXPECT_EQ(read->error->message, "byte 3 (0xE9) does not belong to valid UTF-8");
  EXPECT_NE(read->error->hint.find("encoding"), std::string::npos);
}

// Gives `size` bytes of a cell without holding them, so that the test itself needs no memory.
class LongCellSource final : public ByteSource {
 public:
  LongCellSource(std::string head, std::uint64_t size, std::string tail)
      : ByteSource("t.csv"), head_(std::move(head)), fill_(size), tail_(std::move(tail)) {}
  Expected<std::size_t> read(std::span<char> into) override {
    std::size_t got = take(head_, into);
    const std::size_t n =
        static_cast<std::size_t>(std::min<std::uint64_t>(into.size() - got, fill_));
    std::fill_n(into.data() + got, n, 'x');
    fill_ -= n;
    got += n;
    return got + take(tail_, into.subspan(got));
  }

 private:
  static std::size_t take(std::string& from, std::span<char> into) {
    const std::size_t n = from.copy(into.data(), into.size());
    from.erase(0, n);
    return n;
  }
  std::string head_;
  std::uint64_t fill_;
  std::string tail_;
};

TEST(CsvHostileTest, ACellOf200MegabytesIsReadAndOneOfAGigabyteIsALimit) {
  const std::vector<std::string> wanted = {"b"};
  auto source =
      std::make_unique<LongCellSource>("a,b\n1,\"", std::uint64_t{200} << 20, "\"\n2,y\n");
  auto reader = open_csv(std::move(source), {}, wanted);
  ASSERT_TRUE(reader);
  ReadRecords read;
  read_records(**reader, read);
  ASSERT_FALSE(read.error) << read.error->message;
  ASSERT_EQ(read.rows.size(), 2u);
  EXPECT_EQ(read.rows[0][0]->size(), std::size_t{200} << 20);
  EXPECT_EQ(read.rows[1][0], "y");

  source = std::make_unique<LongCellSource>("a,b\n1,\"", std::uint64_t{1} << 30, "\"\n2,y\n");
  reader = open_csv(std::move(source), {}, wanted);
  ASSERT_TRUE(reader);
  ReadRecords refused;
  read_records(**reader, refused);
  ASSERT_TRUE(refused.error);
  EXPECT_EQ(refused.error->code, code::limit_exceeded);
  EXPECT_EQ(to_string(refused.error->place), "t.csv:2:3");
  EXPECT_NE(refused.error->message.find("max-cell-bytes"), std::string::npos);
}

TEST(CsvHostileTest, BothSidesOfTheCellLimitHold) {
  Limits limits;
  limits.max_cell_bytes = 20;
  const std::string fits(18, 'x');
  for (const std::size_t block : {std::size_t{1}, std::size_t{8}, kCsvBlockBytes}) {
    EXPECT_FALSE(read_csv("a\n" + fits + "\n", {}, {}, limits, block)->error) << block;
    const auto read = read_csv("a\n" + fits + "xxx\n", {}, {}, limits, block);
    ASSERT_TRUE(read->error) << block;
    EXPECT_EQ(read->error->code, code::limit_exceeded);
  }
}

struct WideTable {
  std::string header;
  std::string row;
};
WideTable wide_table(int columns) {
  WideTable out;
  for (int i = 0; i < columns; ++i) {
    out.header += (i == 0 ? "c" : ",c") + std::to_string(i);
    out.row += i == 0 ? "1" : ",1";
  }
  return out;
}

TEST(CsvHostileTest, AMillionColumnsAreRead) {
  const WideTable table = wide_table(1'000'000);
  const std::string text = table.header + "\n" + table.row + "\n";
  const std::vector<std::string> wanted = {"c999999"};
  auto reader = open_csv(memory_input(text, "t.csv"), {}, wanted);
  ASSERT_TRUE(reader) << reader.error().message;
  ReadRecords read;
  read_records(**reader, read);
  EXPECT_EQ(read.rows, (std::vector<Cells>{{"1"}}));
}

TEST(CsvHostileTest, MoreColumnsThanTheLimitAreRefused) {
  const WideTable table = wide_table(1001);
  Limits limits;
  limits.max_columns = 1000;
  for (const std::size_t block : {std::size_t{64}, kCsvBlockBytes}) {
    const auto refused = read_csv(table.header + "\n" + table.row, {}, {"c1"}, limits, block);
    ASSERT_TRUE(refused->error);
    EXPECT_EQ(refused->error->code, code::limit_exceeded);
    EXPECT_NE(refused->error->message.find("max-columns"), std::string::npos);
    // A row that does not end behind a narrow header.
    const auto long_row = read_csv("c1,c2\n" + table.row, {}, {"c1"}, limits, block);
    ASSERT_TRUE(long_row->error) << block;
    EXPECT_EQ(long_row->error->code, code::limit_exceeded);
  }
}

}  // namespace
}  // namespace dossier
