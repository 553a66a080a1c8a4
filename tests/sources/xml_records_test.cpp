#include <algorithm>
#include <functional>
#include <random>

#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "base/codes/trees.hpp"
#include "sources/text_places.hpp"
#include "sources/xml_path.hpp"
#include "tests/sources/record_helpers.hpp"

namespace dossier {
namespace {

using Rows = std::vector<Cells>;

XmlOptions iterate(std::string iterator, std::map<std::string, std::string> namespaces = {}) {
  XmlOptions options;
  options.iterator = std::move(iterator);
  options.namespaces = std::move(namespaces);
  return options;
}

constexpr std::string_view kPeople =
    R"(<?xml version="1.0"?>
<all v="9"><!-- c --><group id="g1">
  <p id="1" x:k="2" xmlns:x="urn:x"><name>A &amp; B</name><tag>t1</tag><tag>t2</tag></p>
  <other/>
  <p id="3"><name>C<!-- c -->D<![CDATA[<E>]]></name><empty/><deep><a>1<b>2</b>3</a></deep></p>
</group><group id="g2"><p id="4"/></group></all>)";

TEST(XmlRecordsTest, ReferencesGiveTextsAttributesAndLists) {
  for (const std::size_t block : {std::size_t{1}, std::size_t{50}, kXmlBlockBytes}) {
    const auto read = read_xml(
        kPeople, iterate("/all/group/p"),
        {"name", "@id", "tag", "name/text()", "empty", "deep/a", "../@id", "../../@v", "nothing"},
        {}, block);
    ASSERT_FALSE(read->error) << read->error->message;
    EXPECT_EQ(read->rows,
              (Rows{{"A & B", "1", "[t1|t2]", "A & B", std::nullopt, std::nullopt, "g1", "9",
                     std::nullopt},
                    {"CD<E>", "3", std::nullopt, "CD<E>", "", "123", "g1", "9", std::nullopt},
                    {std::nullopt, "4", std::nullopt, std::nullopt, std::nullopt, std::nullopt,
                     "g2", "9", std::nullopt}}));
    EXPECT_EQ(read->first_records, read->first_rows);
    for (const std::uint64_t offset : read->offsets) EXPECT_EQ(kPeople.substr(offset, 2), "<p");
  }
}

// In parentheses a reference goes by the XPath engine, which is the oracle.
TEST(XmlRecordsTest, ReferencesAnsweredInOneWalkGiveWhatTheEngineGives) {
  std::mt19937 random(7);
  const auto name = [&] { return std::string(1, static_cast<char>('a' + random() % 4)); };
  const std::function<std::string(int)> element = [&](int depth) {
    const std::string tag = name();
    std::string out = "<" + tag;
    if (random() % 3 == 0) out += " x='" + std::to_string(random() % 9) + "'";
    out += ">";
    for (auto count = random() % 4; count > 0; --count) {
      out +=
          depth < 3 && random() % 3 != 0 ? element(depth + 1) : "t" + std::to_string(random() % 9);
    }
    return out + "</" + tag + ">";
  };
  for (int round = 0; round < 200; ++round) {
    std::string text = "<all>";
    for (int i = 0; i < 5; ++i) text += "<r>" + element(0) + element(0) + element(0) + "</r>\n";
    text += "</all>";
    std::vector<std::string> simple;
    std::vector<std::string> asked;
    for (int i = 0; i < 8; ++i) {
      std::string path = name();
      while (random() % 2 == 0) path += "/" + name();
      if (random() % 4 == 0) path += "/text()";
      if (random() % 4 == 0 && !path.ends_with(')')) path += "/@x";
      if (std::ranges::find(simple, path) != simple.end()) continue;
      simple.push_back(path);
      asked.push_back("(" + path + ")");
    }
    const auto walked = read_xml(text, iterate("/all/r"), simple);
    const auto wanted = read_xml(text, iterate("/all/r"), asked);
    ASSERT_FALSE(walked->error) << walked->error->message;
    ASSERT_FALSE(wanted->error) << wanted->error->message;
    ASSERT_EQ(walked->rows, wanted->rows) << text;
  }
}

TEST(XmlRecordsTest, StreamedAndWholeDocumentsGiveTheSame) {
  const std::vector<std::string> wanted = {"name",       "@id", "tag[2]", "concat(@id, '-', name)",
                                           "count(tag)", "."};
  const auto streamed = read_xml(kPeople, iterate("/all/group/p"), wanted);
  const auto whole = read_xml(kPeople, iterate("//p"), wanted);
  ASSERT_FALSE(streamed->error) << streamed->error->message;
  ASSERT_FALSE(whole->error) << whole->error->message;
  EXPECT_EQ(streamed->rows, whole->rows);
  EXPECT_EQ(streamed->offsets, whole->offsets);
  EXPECT_EQ(whole->rows[0][2], "t2");
  EXPECT_EQ(whole->rows[0][3], "1-A & B");
  EXPECT_EQ(whole->rows[0][4], "2");
}

TEST(XmlRecordsTest, ReferencesOutsideOfTheRecordReadTheWholeDocument) {
  const auto read = read_xml(kPeople, iterate("/all/group/p"),
                             {"../p[1]/@id", "/all/@v", "preceding-sibling::other"});
  ASSERT_FALSE(read->error) << read->error->message;
  EXPECT_EQ(read->rows, (Rows{{"1", "9", std::nullopt}, {"1", "9", ""}, {"4", "9", std::nullopt}}));
}

TEST(XmlRecordsTest, ThePathsThatStreamAreKnown) {
  EXPECT_EQ(simple_xml_path("/a/p:b/*")->size(), 3u);
  for (const std::string_view path :
       {"//a", "a/b", "/a/b[1]", "/a/@b", "/", "", "/a/", "/a/text()"}) {
    EXPECT_FALSE(simple_xml_path(path)) << path;
  }
  for (const std::string_view path :
       {"a", "a/b", "@x", "../@x", "../../@x", ".", "a[b='/x']", "a//b", "concat(a, '../b')",
        "text()", "a | b", "a[@x = 1]/b"}) {
    EXPECT_TRUE(stays_in_record(path)) << path;
  }
  for (const std::string_view path :
       {"../a", "/a", "//a", "a[/b]", "a | /b", "count(//b)", "parent::a", "ancestor::a/@x",
        "following-sibling::a", "a and /b", "2 * /b", "a/../../b", "../../a/@x"}) {
    EXPECT_FALSE(stays_in_record(path)) << path;
  }
}

TEST(XmlRecordsTest, NamesAreComparedByNamespace) {
  const std::string text =
      R"(<r xmlns="urn:d" xmlns:x="urn:x"><a x:k="1" k="2"><x:b>B</x:b><b>b</b></a>)"
      R"(<y:a xmlns:y="urn:d"><c xmlns="urn:x">C</c></y:a></r>)";
  for (const std::string iterator : {"/q:r/q:a", "//q:a"}) {
    const auto read = read_xml(text, iterate(iterator, {{"q", "urn:d"}, {"z", "urn:x"}}),
                               {"z:b", "q:b", "@z:k", "@k", "z:c", "b", "local-name(z:c)"});
    ASSERT_FALSE(read->error) << read->error->message;
    EXPECT_EQ(
        read->rows,
        (Rows{{"B", "b", "1", "2", std::nullopt, std::nullopt, ""},
              {std::nullopt, std::nullopt, std::nullopt, std::nullopt, "C", std::nullopt, "c"}}))
        << iterator;
    EXPECT_EQ(read->offsets[0], text.find("<a"));
    EXPECT_EQ(read->offsets[1], text.find("<y:a"));
  }
}

TEST(XmlRecordsTest, APrefixThatIsNotDeclaredIsComparedAsWritten) {
  const std::string text = R"(<x:r xmlns:x="urn:x"><x:a><x:b>1</x:b></x:a></x:r>)";
  for (const std::string iterator : {"/x:r/x:a", "//x:a"}) {
    EXPECT_EQ(read_xml(text, iterate(iterator), {"x:b"})->rows, (Rows{{"1"}})) << iterator;
  }
}

TEST(XmlRecordsTest, ADefaultNamespaceOfTheMappingNamesPlainNames) {
  const std::string text = R"(<r xmlns="urn:d"><a><b>1</b></a></r>)";
  EXPECT_EQ(read_xml(text, iterate("/r/a", {{"", "urn:d"}}), {"b"})->rows, (Rows{{"1"}}));
}

TEST(XmlRecordsTest, EntitiesAndDefaultAttributesOfTheDocumentAreInTheRecords) {
  const std::string text =
      R"(<!DOCTYPE r [<!ENTITY who "W &#38;lt; <i>x</i>"><!ATTLIST a kind CDATA "std">]>)"
      "<r><g n='&who2;'><a>&who;</a><a kind='own' t='a&#10;b\"'>]]&gt;</a></g></r>";
  std::string good = text;
  good.replace(good.find("&who2;"), 6, "N");
  for (const std::size_t block : {std::size_t{1}, kXmlBlockBytes}) {
    for (const std::string iterator : {"/r/g/a", "//a"}) {
      const auto read =
          read_xml(good, iterate(iterator), {".", "@kind", "@t", "i", "../@n"}, {}, block);
      ASSERT_FALSE(read->error) << read->error->message;
      EXPECT_EQ(read->rows, (Rows{{"W < x", "std", std::nullopt, "x", "N"},
                                  {"]]>", "own", "a\nb\"", std::nullopt, "N"}}));
      ASSERT_EQ(read->offsets.size(), 2u);
      EXPECT_EQ(read->offsets[0], good.find("<a>"));
      EXPECT_EQ(read->offsets[1], good.find("<a kind"));
    }
  }
  EXPECT_EQ(read_xml(text, iterate("/r/g/a"), {"."})->error->code, code::xml_syntax);
}

TEST(XmlRecordsTest, EncodingsAreToldByMarkDeclarationAndForm) {
  const auto row = [](std::string text) {
    const auto read = read_xml(text, iterate("/r/a"), {"."});
    return read->error ? number_of(read->error->code) : read->rows.at(0).at(0).value_or("-");
  };
  const auto utf16 = [](std::string_view text, bool little) {
    std::string out;
    for (const char c : text) {
      out += little ? c : '\0';
      out += little ? '\0' : c;
    }
    return out;
  };
  EXPECT_EQ(row("\xEF\xBB\xBF<r><a>é</a></r>"), "é");
  EXPECT_EQ(row("<?xml version='1.0' encoding='ISO-8859-1'?><r><a>\xE9</a></r>"), "é");
  EXPECT_EQ(row("<?xml version='1.0' encoding='windows-1252'?><r><a>\x80</a></r>"), "€");
  const std::string declared = "<?xml version='1.0' encoding='UTF-16'?><r><a>x</a></r>";
  EXPECT_EQ(row(utf16(declared, true)), "x");
  EXPECT_EQ(row("\xFE\xFF" + utf16(declared, false)), "x");
  EXPECT_EQ(row("\xFF\xFE" + utf16("<r><a>x</a></r>", true)), "x");
  EXPECT_EQ(row(declared), "E0712");
  EXPECT_EQ(row("<?xml version='1.0' encoding='EBCDIC-US'?><r><a>x</a></r>"), "E0712");
}

TEST(XmlRecordsTest, NullMarksAndEmptyValuesAreAbsentOnRequest) {
  XmlOptions options = iterate("/r/a");
  const std::string text = "<r><a b='NULL'><c/></a></r>";
  EXPECT_EQ(read_xml(text, options, {"@b", "c"})->rows, (Rows{{"NULL", ""}}));
  options.nulls = {"NULL"};
  options.empty_is_null = true;
  EXPECT_EQ(read_xml(text, options, {"@b", "c"})->rows, (Rows{{std::nullopt, std::nullopt}}));
}

TEST(XmlRecordsTest, PlacesOfRecordsAreFoundAgain) {
  for (const std::string mark : {"", "\xEF\xBB\xBF"}) {
    const std::string text = mark + std::string(kPeople);
    const auto read = read_xml(text, iterate("/all/group/p"), {"@id"});
    const auto places = find_text_places(memory_input(text, "t.xml"), std::nullopt, read->offsets);
    ASSERT_TRUE(places) << places.error().message;
    ASSERT_EQ(places->size(), 3u);
    EXPECT_EQ(to_string((*places)[0]), "t.xml:3:3");
    EXPECT_EQ(to_string((*places)[1]), "t.xml:5:3");
    EXPECT_EQ(to_string((*places)[2]), "t.xml:6:24");
  }
}

// ---- the bad documents

struct Hostile {
  std::string what;
  std::string text;
  std::string wanted;
};

const Hostile kHostile[] = {
    {"an external entity of a file",
     "<!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><r><a>&e;</a></r>",
     "error E0711 t.xml:1:61"},
    {"an external entity of the network",
     "<!DOCTYPE r [<!ENTITY e SYSTEM 'http://h.invalid/'>]><r><a>&e;</a></r>",
     "error E0711 t.xml:1:60"},
    {"a DTD outside", "<!DOCTYPE r SYSTEM 'http://h.invalid/r.dtd'><r><a>1</a></r>",
     "warning E0711 t.xml:1:44"},
    {"an entity that a DTD outside may have", "<!DOCTYPE r SYSTEM 'r.dtd'><r><a>&e;</a></r>",
     "error E0711 t.xml:1:34"},
    {"an entity that is not declared", "<r><a>&e;</a></r>", "error E0710 t.xml:1:7"},
    {"bad UTF-8", "<r><a>\xE9</a></r>", "error E0710 t.xml:1:7"},
    {"Latin-1 declared as UTF-8", "<?xml version='1.0' encoding='UTF-8'?><r><a>\xE9</a></r>",
     "error E0710 t.xml:1:45"},
    {"a prefix that is not declared", "<r><x:a/></r>", "error E0710 t.xml:1:4"},
    {"two roots", "<r><a/></r><r/>", "error E0710 t.xml:1:12"},
    {"an end tag that does not match", "<r><a></b></r>", "error E0710 t.xml:1:9"},
    {"an attribute twice", "<r><a x='1' x='2'/></r>", "error E0710 t.xml:1:13"},
    {"an attribute twice by namespace", "<r xmlns:p='u' xmlns:q='u'><a p:x='1' q:x='2'/></r>",
     "error E0710 t.xml:1:28"},
    {"cut off", "<r><a>1</a>\n", "error E0710 t.xml:2:1"},
    {"cut off in a record", "<r><a>1", "error E0710 t.xml:1:8"},
    {"nothing", "", "error E0710 t.xml:1:1"},
    {"text only", "hello", "error E0710 t.xml:1:1"},
    {"a NUL byte", std::string("<r><a>\0</a></r>", 15), "error E0710 t.xml:1:7"},
    {"a control character", "<r><a>\x01</a></r>", "error E0710 t.xml:1:7"},
    {"a default namespace", "<r xmlns='urn:x'><a>1</a></r>", "warning E0714 t.xml"},
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

TEST(XmlHostileTest, EachBadDocumentGivesItsDiagnosticAtItsPlace) {
  for (const Hostile& hostile : kHostile) {
    for (const std::size_t block : {std::size_t{1}, std::size_t{7}, kXmlBlockBytes}) {
      EXPECT_EQ(summary(*read_xml(hostile.text, iterate("/r/a"), {"."}, {}, block)), hostile.wanted)
          << hostile.what << ", blocks of " << block;
    }
  }
}

TEST(XmlHostileTest, TheNamespaceThatWasMissedIsNamed) {
  const auto read = read_xml("<r xmlns='urn:x'><a>1</a></r>", iterate("/r/a"), {"."});
  EXPECT_TRUE(read->rows.empty());
  EXPECT_NE(read->diagnostics.sorted().at(0).message.find("urn:x"), std::string::npos);
}

std::string limit_of(const ReadRecords& read) {
  if (!read.error) return "none";
  if (read.error->code != code::limit_exceeded) return read.error->message;
  const std::size_t at = read.error->message.find("max-");
  if (at == std::string::npos) return read.error->message;
  return read.error->message.substr(at, read.error->message.find_first_of(") ", at) - at);
}

TEST(XmlHostileTest, EntityBombsAreALimit) {
  std::string laughs = "<!DOCTYPE r [<!ENTITY e0 'ha'>";
  for (int i = 1; i < 12; ++i) {
    laughs += "<!ENTITY e" + std::to_string(i) + " '";
    for (int j = 0; j < 10; ++j) laughs += "&e" + std::to_string(i - 1) + ";";
    laughs += "'>";
  }
  laughs += "]><r><a>&e11;</a></r>";
  EXPECT_EQ(limit_of(*read_xml(laughs, iterate("/r/a"), {"."})), "max-entity-expansion");

  std::string quadratic = "<!DOCTYPE r [<!ENTITY e '" + std::string(100'000, 'x') + "'>]><r><a>";
  for (int i = 0; i < 25'000; ++i) quadratic += "&e;";
  quadratic += "</a></r>";
  EXPECT_EQ(limit_of(*read_xml(quadratic, iterate("/r/a"), {"."})), "max-entity-expansion");
}

TEST(XmlHostileTest, DepthAttributesAndExpressionsHaveLimits) {
  std::string deep = "<r>";
  for (int i = 0; i < 1'000'000; ++i) deep += "<a>";
  EXPECT_EQ(limit_of(*read_xml(deep, iterate("/r/a"), {"."})), "max-tree-depth");
  std::string wide = "<r><a";
  for (int i = 0; i < 200'000; ++i) wide += " a" + std::to_string(i) + "=''";
  wide += "/></r>";
  EXPECT_EQ(limit_of(*read_xml(wide, iterate("/r/a"), {"."})), "max-attributes");
  const std::string nested = std::string(100'000, '(') + "." + std::string(100'000, ')');
  EXPECT_EQ(limit_of(*read_xml("<r/>", iterate("/r"), {nested})), "max-expression-depth");
  const std::string less = std::string(900, '(') + "." + std::string(900, ')');
  EXPECT_NE(limit_of(*read_xml("<r/>", iterate("/r"), {less})), "");
}

TEST(XmlHostileTest, BothSidesOfTheLimitsHold) {
  Limits limits;
  limits.max_tree_depth = 3;
  EXPECT_EQ(limit_of(*read_xml("<r><a><b/></a></r>", iterate("/r/a"), {"."}, limits)), "none");
  EXPECT_EQ(limit_of(*read_xml("<r><a><b><c/></b></a></r>", iterate("/r/a"), {"."}, limits)),
            "max-tree-depth");
  limits = {};
  limits.max_attributes = 2;
  EXPECT_EQ(limit_of(*read_xml("<r><a x='' y=''/></r>", iterate("/r/a"), {"."}, limits)), "none");
  EXPECT_EQ(limit_of(*read_xml("<r><a x='' y='' z=''/></r>", iterate("/r/a"), {"."}, limits)),
            "max-attributes");
  limits = {};
  limits.max_document_bytes = limits.max_record_bytes = 1000;
  const std::string record = "<a>" + std::string(2000, 'x') + "</a>";
  EXPECT_EQ(limit_of(*read_xml("<r>" + record + "</r>", iterate("/r/a"), {"."}, limits, 64)),
            "max-record-bytes");
  EXPECT_EQ(limit_of(*read_xml("<r>" + record + "</r>", iterate("//a"), {"."}, limits, 64)),
            "max-document-bytes");
}

TEST(XmlHostileTest, ATextOf12MegabytesIsRead) {
  const std::string text = "<r><a>" + std::string(12'000'000, 'x') + "</a><a>y</a></r>";
  const auto read = read_xml(text, iterate("/r/a"), {"."});
  ASSERT_FALSE(read->error) << read->error->message;
  EXPECT_EQ(read->rows.at(0).at(0)->size(), 12'000'000u);
  EXPECT_EQ(read->rows.at(1).at(0), "y");
}

TEST(XmlHostileTest, BadPathsAreToldWithTheirCharacter) {
  const auto iterator = read_xml("<r/>", iterate("/r["), {"."});
  ASSERT_TRUE(iterator->error);
  EXPECT_EQ(iterator->error->code, code::xml_path_syntax);
  EXPECT_NE(iterator->error->message.find("iterator /r["), std::string::npos);
  const auto reference = read_xml("<r/>", iterate("/r"), {"a b"});
  ASSERT_TRUE(reference->error);
  EXPECT_NE(reference->error->message.find("at character 3"), std::string::npos);
}

}  // namespace
}  // namespace dossier
