#include <chrono>
#include <random>

#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "base/codes/trees.hpp"
#include "tests/sources/record_helpers.hpp"

namespace dossier {
namespace {

using Rows = std::vector<Cells>;

JsonOptions iterate(std::string iterator) {
  JsonOptions options;
  options.iterator = std::move(iterator);
  return options;
}

TEST(JsonRecordsTest, ReferencesGiveValuesWithTheirNaturalTypes) {
  const std::string text =
      R"([{"s":"é\u00e9\n","i":12,"r":1.50,"e":1E3,"b":true,"n":null,"big":123456789012345678901234567890}])";
  const std::vector<std::string> wanted = {"s", "$.i", "r", "e", "b", "n", "big", "none"};
  auto reader = open_json(memory_input(text, "t.json"), iterate("$[*]"), wanted);
  ASSERT_TRUE(reader) << reader.error().message;
  auto block = (*reader)->next();
  ASSERT_TRUE(block && *block);
  RecordBatch batch;
  DiagnosticCollector diagnostics;
  ASSERT_TRUE((*reader)->parse(std::move(**block), batch, diagnostics));
  ASSERT_EQ(batch.size(), 1u);
  const std::pair<ValueType, std::string_view> expected[] = {
      {ValueType::text, "éé\n"},
      {ValueType::integer, "12"},
      {ValueType::real, "1.50"},
      {ValueType::real, "1E3"},
      {ValueType::boolean, "true"},
      {ValueType::absent, ""},
      {ValueType::integer, "123456789012345678901234567890"},
      {ValueType::absent, ""}};
  for (std::size_t i = 0; i < std::size(expected); ++i) {
    EXPECT_EQ(batch.row(0)[i].type, expected[i].first) << wanted[i];
    if (expected[i].first != ValueType::absent) {
      EXPECT_EQ(batch.row(0)[i].text(), expected[i].second) << wanted[i];
    }
  }
  EXPECT_EQ(batch.offsets[0], 1u);
}

TEST(JsonRecordsTest, SeveralValuesAreAList) {
  const auto read =
      read_json(R"([{"a":[1,null,"x"],"b":[2]},{"a":[]}])", iterate("$[*]"), {"a[*]", "b[*]"});
  EXPECT_EQ(read->rows, (Rows{{"[1|x]", "2"}, {std::nullopt, std::nullopt}}));
}

TEST(JsonRecordsTest, IteratorsOfAllShapesGiveTheirRecords) {
  const std::string text =
      R"( {"skip":[{"x":{"y":"]}\""}},1],"a":{"b":[{"c":1,"d":[{"e":5},{"e":6}]},{"c":2,"d":[]}],"z":0},"t":[true]} )";
  const auto rows = [&](const std::string& iterator, const std::string& reference) {
    const auto read = read_json(text, iterate(iterator), {reference}, {}, 8);
    EXPECT_FALSE(read->error) << iterator << ": " << read->error->message;
    std::string out;
    for (const Cells& row : read->rows) out += row[0].value_or("-") + " ";
    return out;
  };
  EXPECT_EQ(rows("$.a.b[*]", "c"), "1 2 ");
  EXPECT_EQ(rows("$.a.b[*].d[*]", "e"), "5 6 ");
  EXPECT_EQ(rows("$.a.b.*", "c"), "1 2 ");
  EXPECT_EQ(rows("$.a[*]", "$[0].c"), "1 - ");
  EXPECT_EQ(rows("$.*", "z"), "- 0 - ");
  EXPECT_EQ(rows("$", "a.z"), "0 ");
  EXPECT_EQ(rows("", "a.z"), "0 ");
  EXPECT_EQ(rows("$.a", "z"), "0 ");
  EXPECT_EQ(rows("$.a.b[1]", "c"), "2 ");
  EXPECT_EQ(rows("$..d[*]", "e"), "5 6 ");
  EXPECT_EQ(rows("$.a.b[?@.c == 2]", "c"), "2 ");
  EXPECT_EQ(rows("$.a.b[*].d[?@.e > $.a.z]", "e"), "5 6 ");
  EXPECT_EQ(rows("$.t[*]", "$"), "true ");
  EXPECT_EQ(rows("$.none[*]", "c"), "");
  EXPECT_EQ(rows("$.a.z[*]", "c"), "");
  EXPECT_EQ(rows("$.skip.b[*]", "c"), "");
}

TEST(JsonRecordsTest, KeysWithDotsSlashesAndTildesAreQuoted) {
  const auto read = read_json(R"([{"a.b":1,"c/d":2,"e~f":3,"":4}])", iterate("$[*]"),
                              {"$['a.b']", "c/d", "e~f", "$['']"});
  EXPECT_EQ(read->rows, (Rows{{"1", "2", "3", "4"}}));
}

TEST(JsonRecordsTest, NullMarksAndEmptyStringsAreAbsentOnRequest) {
  JsonOptions options = iterate("$[*]");
  const std::string text = R"([{"a":"NULL","b":"","c":"x"}])";
  EXPECT_EQ(read_json(text, options, {"a", "b"})->rows, (Rows{{"NULL", ""}}));
  options.nulls = {"NULL"};
  options.empty_is_null = true;
  EXPECT_EQ(read_json(text, options, {"a", "b", "c"})->rows,
            (Rows{{std::nullopt, std::nullopt, "x"}}));
}

TEST(JsonRecordsTest, AReferenceToAStructureRejectsTheRecordOrGivesItsText) {
  const std::string text = "[{\"a\":[1, 2]},\n {\"a\":3},{\"a\":{\"b\":1}}]";
  const auto read = read_json(text, iterate("$[*]"), {"a"});
  EXPECT_EQ(read->rows, (Rows{{"3"}}));
  EXPECT_EQ(read->counts.read, 3u);
  EXPECT_EQ(read->counts.rejected, 2u);
  const auto diagnostics = read->diagnostics.sorted();
  ASSERT_EQ(diagnostics.size(), 2u);
  EXPECT_EQ(to_string(diagnostics[0].place), "t.json:1:7");
  EXPECT_EQ(diagnostics[0].hint, "a[*] gives its items");
  EXPECT_EQ(to_string(diagnostics[1].place), "t.json:2:15");
  JsonOptions options = iterate("$[*]");
  options.structures = true;
  EXPECT_EQ(read_json(text, options, {"a"})->rows, (Rows{{"[1, 2]"}, {"3"}, {"{\"b\":1}"}}));
}

TEST(JsonRecordsTest, LinesAreDocumentsAndABadOneIsRejected) {
  JsonOptions options;
  options.lines = true;
  for (const std::size_t block : {std::size_t{1}, std::size_t{10}, kJsonBlockBytes}) {
    const auto read = read_json(
        "{\"a\":1}\r\n\n{\"a\":2}\n{\"a\":oops}\n{\"a\":4} x\n{\"a\":\"\xE9\"}\n{\"a\":6}", options,
        {"a"}, {}, block);
    ASSERT_FALSE(read->error) << read->error->message;
    EXPECT_EQ(read->rows, (Rows{{"1"}, {"2"}, {"6"}}));
    EXPECT_EQ(read->counts.read, 6u);
    EXPECT_EQ(read->counts.rejected, 3u);
    const auto diagnostics = read->diagnostics.sorted();
    ASSERT_EQ(diagnostics.size(), 3u);
    EXPECT_EQ(to_string(diagnostics[0].place), "t.json:4:6");
    EXPECT_EQ(diagnostics[0].severity, Severity::violation);
    EXPECT_EQ(to_string(diagnostics[1].place), "t.json:5:9");
    EXPECT_EQ(to_string(diagnostics[2].place), "t.json:6:7");
  }
}

TEST(JsonRecordsTest, Utf16IsConverted) {
  std::string text = "\xFF\xFE";
  for (const char c : std::string_view("[{\"a\":1}]")) text += {c, '\0'};
  EXPECT_EQ(read_json(text, iterate("$[*]"), {"a"})->rows, (Rows{{"1"}}));
}

TEST(JsonRecordsTest, BadPathsAreToldWithTheirCharacter) {
  const auto iterator = read_json("[]", iterate("$.students[*]]"), {"a"});
  ASSERT_TRUE(iterator->error);
  EXPECT_EQ(iterator->error->code, code::json_path_syntax);
  EXPECT_NE(iterator->error->message.find("at character 14"), std::string::npos);
  const auto reference = read_json("[]", iterate("$[*]"), {"$.a-b"});
  ASSERT_TRUE(reference->error);
  EXPECT_NE(reference->error->message.find("reference $.a-b"), std::string::npos);
}

// ---- the bad documents

struct Hostile {
  std::string what;
  std::string text;
  std::string wanted;  // "error E0700 t.json:1:5", or what was reported
  std::string iterator = "$[*]";
};

const Hostile kHostile[] = {
    {"cut off behind an element", "[{\"a\":1},\n", "error E0700 t.json:2:1"},
    {"cut off in an element", "[{\"a\":1},{\"a\":", "error E0700 t.json:1:15"},
    {"cut off in a string", "[{\"a\":\"xy", "error E0700 t.json:1:7"},
    {"cut off in the head", "{\"x\":[1,2", "error E0700 t.json:1:10", "$.a[*]"},
    {"cut off in the tail", "{\"a\":[1],\"b\":", "error E0700 t.json:1:14", "$.a[*]"},
    {"no end", "[1,2", "error E0700 t.json:1:5"},
    {"a comma too many", "[1,2,]", "error E0700 t.json:1:6"},
    {"a comma too many in front", "[,1]", "error E0700 t.json:1:2"},
    {"no comma", "[1 2]", "error E0700 t.json:1:4"},
    {"a comma too many in an object", "[{\"a\":1,}]", "error E0700 t.json:1:9"},
    {"brackets that do not match", "[{\"a\":1]]", "error E0700 t.json:1:8"},
    {"the wrong end of the container", "[1}", "error E0700 t.json:1:3"},
    {"bad UTF-8", "[\"\xE9\"]", "error E0006 t.json:1:3"},
    {"bad UTF-8 in the head", "{\"x\":\"\xE9\",\"a\":[]}", "error E0006 t.json:1:7", "$.a[*]"},
    {"bad UTF-8 in the tail", "{\"a\":[],\"x\":\"\xE9\"}", "error E0006 t.json:1:14", "$.a[*]"},
    {"a lone low surrogate", "[\"\\uDC00\"]", "error E0700 t.json:1:3"},
    {"a lone high surrogate", "[\"x\\uD800y\"]", "error E0700 t.json:1:4"},
    {"a high surrogate before another", "[\"\\uD800\\uD800\"]", "error E0700 t.json:1:3"},
    {"a key twice", "[{\"$\":1,\"$\":2}]", "warning E0701 t.json:1:13"},
    {"a key twice on the path", "{\"a\":[1],\"a\":[2]}", "error E0701 t.json:1:10", "$.a[*]"},
    {"text after the end", "[1] x", "error E0700 t.json:1:5"},
    {"text after the end of a document", "{} {}", "error E0700 t.json:1:4", "$"},
    {"NaN", "[NaN]", "error E0700 t.json:1:2"},
    {"a comment", "[1, /* x */ 2]", "error E0700 t.json:1:5"},
    {"a control character in a string", "[\"a\nb\"]", "error E0700 t.json:1:4"},
    {"a byte order mark", "\xEF\xBB\xBF[1]", ""},
    {"nothing", "", "error E0700 t.json:1:1"},
    {"nothing as a document", "", "error E0700 t.json:1:1", "$"},
    {"blanks only", " \n ", "error E0700 t.json:2:2"},
    {"a leading zero", "[01]", "error E0700 t.json:1:3"},
    {"a plus sign", "[+1]", "error E0700 t.json:1:2"},
    {"half a number", "[1.]", "error E0700 t.json:1:4"},
    {"half an exponent", "[1e]", "error E0700 t.json:1:4"},
    {"a single quote", "['a']", "error E0700 t.json:1:2"},
    {"a bad escape", "[\"\\x\"]", "error E0700 t.json:1:3"},
    {"half a word", "[tru]", "error E0700 t.json:1:2"},
    {"a word too long", "[trues]", "error E0700 t.json:1:6"},
    {"a key without quotes", "[{a:1}]", "error E0700 t.json:1:3"},
    {"a member without a colon", "[{\"a\" 1}]", "error E0700 t.json:1:7"},
    {"members without a comma", "{\"a\":1 \"b\":2}", "error E0700 t.json:1:8", "$.*"},
    {"a member that ends too early", "{\"a\":}", "error E0700 t.json:1:6", "$.*"},
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

TEST(JsonHostileTest, EachBadDocumentGivesItsDiagnosticAtItsPlace) {
  for (const Hostile& hostile : kHostile) {
    for (const std::size_t block : {std::size_t{1}, std::size_t{7}, kJsonBlockBytes}) {
      JsonOptions options = iterate(hostile.iterator);
      options.structures = true;
      EXPECT_EQ(summary(*read_json(hostile.text, options, {"$"}, {}, block)), hostile.wanted)
          << hostile.what << ", blocks of " << block;
    }
  }
}

TEST(JsonHostileTest, NumbersAreKeptAsWritten) {
  const auto read =
      read_json("[1e999, -0, 123456789012345678901234567890, 0.10]", iterate("$[*]"), {"$"});
  EXPECT_EQ(read->rows, (Rows{{"1e999"}, {"-0"}, {"123456789012345678901234567890"}, {"0.10"}}));
}

TEST(JsonHostileTest, TheLastOfTwoKeysCounts) {
  std::string many = "[{";
  for (int i = 0; i < 100; ++i)
    many += "\"k" + std::to_string(i % 70) + "\":" + std::to_string(i) + ",";
  many += "\"k7\":\"last\"}]";
  const auto read = read_json(many, iterate("$[*]"), {"k7", "k69", "k0"});
  EXPECT_EQ(read->rows, (Rows{{"last", "69", "70"}}));
  EXPECT_EQ(read->diagnostics.count(code::json_repeated_key), 31u);
}

TEST(JsonHostileTest, ADepthOfAMillionIsALimitWhereverItStands) {
  const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  for (const auto& [text, iterator] : {std::pair<std::string, std::string>{deep, "$[*]"},
                                       {deep, "$"},
                                       {"{\"x\":" + deep + ",\"a\":[1]}", "$.a[*]"},
                                       {"{\"a\":[1],\"x\":" + deep + "}", "$.a[*]"}}) {
    const auto read = read_json(text, iterate(iterator), {"$"});
    ASSERT_TRUE(read->error);
    EXPECT_EQ(read->error->code, code::limit_exceeded);
    EXPECT_NE(read->error->message.find("max-tree-depth"), std::string::npos);
  }
}

TEST(JsonHostileTest, BothSidesOfTheLimitsHold) {
  Limits limits;
  limits.max_string_bytes = 20;
  limits.max_tree_depth = 3;
  for (const std::size_t block : {std::size_t{1}, std::size_t{16}, kJsonBlockBytes}) {
    const auto string = [&](std::size_t size) {
      return read_json("[\"" + std::string(size, 'x') + "\",1]", iterate("$[*]"), {"$"}, limits,
                       block);
    };
    EXPECT_FALSE(string(20)->error);
    ASSERT_TRUE(string(21)->error);
    EXPECT_EQ(string(21)->error->code, code::limit_exceeded);
    EXPECT_EQ(to_string(string(21)->error->place), "t.json:1:2");
    EXPECT_EQ(string(400)->error->code, code::limit_exceeded);
    JsonOptions options = iterate("$[*]");
    options.structures = true;
    EXPECT_FALSE(read_json("[[[[1]]]]", options, {"$"}, limits, block)->error);
    EXPECT_EQ(read_json("[[[[[1]]]]]", options, {"$"}, limits, block)->error->code,
              code::limit_exceeded);
  }
  limits = {};
  limits.max_record_bytes = 1000;
  const std::string record = "{\"a\":[" + std::string(1000, ' ') + "]}";
  const auto message = [&](const std::string& text, const char* iterator) {
    const auto error = read_json(text, iterate(iterator), {"b"}, limits, 64)->error;
    EXPECT_EQ(error->code, code::limit_exceeded);
    return error->message;
  };
  EXPECT_EQ(message("[" + record + "]", "$[*]"),
            "a record is larger than 1,000 bytes (max-record-bytes)");
  limits = {};
  limits.max_document_bytes = 1000;
  EXPECT_EQ(message(record, "$"), "the document is larger than 1,000 bytes (max-document-bytes)");
}

// Gives one array of many records without holding it.
class LongArraySource final : public ByteSource {
 public:
  LongArraySource(std::string record, std::uint64_t bytes)
      : ByteSource("t.json"), record_(std::move(record)), left_(bytes / record_.size()) {}
  std::uint64_t records() const { return left_; }
  Expected<std::size_t> read(std::span<char> into) override {
    std::size_t got = 0;
    while (got < into.size()) {
      if (at_ == pending_.size()) {
        at_ = 0;
        if (!begun_) {
          pending_ = "{\"head\":[1],\"a\":[";
          begun_ = true;
        } else if (left_ > 0) {
          pending_ = record_ + (--left_ > 0 ? "," : "]}");
        } else {
          return got;
        }
      }
      const std::size_t n = std::min(into.size() - got, pending_.size() - at_);
      std::copy_n(pending_.data() + at_, n, into.data() + got);
      at_ += n;
      got += n;
    }
    return got;
  }

 private:
  std::string record_;
  std::uint64_t left_;
  std::string pending_;
  std::size_t at_ = 0;
  bool begun_ = false;
};

TEST(JsonHostileTest, ALongArrayIsStreamedInBlocks) {
  auto source = std::make_unique<LongArraySource>(
      "{\"id\":\"" + std::string(5000, 'x') + "\",\"n\":[1,2,{\"k\":\"]\"}]}",
      std::uint64_t{16} << 20);
  const std::uint64_t records = source->records();
  const std::vector<std::string> wanted = {"n[2].k"};
  auto reader = open_json(std::move(source), iterate("$.a[*]"), wanted);
  ASSERT_TRUE(reader) << reader.error().message;
  std::uint64_t seen = 0;
  DiagnosticCollector diagnostics;
  for (;;) {
    auto block = (*reader)->next();
    ASSERT_TRUE(block) << block.error().message;
    if (!*block) break;
    EXPECT_LE((*block)->bytes.size(), 2 * kJsonBlockBytes);
    EXPECT_EQ((*block)->first_record, seen);
    RecordBatch batch;
    const auto counts = (*reader)->parse(std::move(**block), batch, diagnostics);
    ASSERT_TRUE(counts) << counts.error().message;
    seen += counts->read;
  }
  EXPECT_EQ(seen, records);
}

}  // namespace
}  // namespace dossier
