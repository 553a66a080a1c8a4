#include "cli/places.hpp"

#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>

#include "cli/load.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

class PlacesTest : public testing::Test {
 protected:
  PlacesTest()
      : file_(fs::temp_directory_path() /
              ("dossier_places_" + std::to_string(::getpid()) + ".ttl")) {}
  ~PlacesTest() override { fs::remove(file_); }
  fs::path file_;
};

TEST_F(PlacesTest, LinesAndColumnsAgreeWithTheIndexOfTheWholeText) {
  const std::string text = "a\nb\xC3\xA9z\r\n\rx\n\n\xF0\x9F\x8C\x8Dy";
  std::ofstream(file_, std::ios::binary) << text;
  std::vector<std::uint64_t> offsets;
  for (std::size_t i = 0; i < text.size(); ++i) {
    // Only where a code point begins: that is where terms stand.
    if ((static_cast<unsigned char>(text[i]) & 0xC0u) != 0x80u) offsets.push_back(i);
  }
  const std::vector<LineColumn> found = line_columns(file_.string(), offsets, {});
  const LineIndex index(text);
  ASSERT_EQ(found.size(), offsets.size());
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    if (text[offsets[i]] == '\r' || text[offsets[i]] == '\n') continue;
    EXPECT_EQ(found[i].line, index.at(offsets[i]).line) << offsets[i];
    EXPECT_EQ(found[i].column, index.at(offsets[i]).column) << offsets[i];
  }
}

TEST_F(PlacesTest, LinesOfALargeFileComeWithTheirPlaces) {
  std::string text;
  std::vector<std::uint64_t> offsets;
  std::vector<std::string> wanted;
  for (std::size_t i = 0; text.size() < (std::size_t{3} << 20); ++i) {
    const std::string line =
        "line " + std::to_string(i) + std::string(i % 977 == 5 ? 5000 : i % 61, '.');
    if (i % 97 == 5) {
      offsets.push_back(text.size() + 3);
      wanted.push_back(line.size() > 4096 ? "" : line);
    }
    text += line + (i % 3 == 0 ? "\r\n" : "\n");
  }
  std::ofstream(file_, std::ios::binary) << text;
  std::vector<std::string> lines;
  const std::vector<LineColumn> found = line_columns(file_.string(), offsets, {}, &lines);
  const LineIndex index(text);
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    ASSERT_EQ(found[i].line, index.at(offsets[i]).line) << offsets[i];
    ASSERT_EQ(found[i].column, 4u);
    ASSERT_EQ(lines[i], wanted[i]);
  }
}

TEST_F(PlacesTest, AFileThatIsGoneGivesNoPlaces) {
  const std::uint64_t offsets[] = {0, 5};
  const std::vector<LineColumn> found = line_columns("/no/such/file", offsets, {});
  EXPECT_EQ(found[0].line, 0u);
  EXPECT_EQ(found[1].line, 0u);
}

TEST_F(PlacesTest, StatementsOfRdfFilesAreFoundAtTheirObjects) {
  std::ofstream(file_) << "@prefix e: <http://e/> .\ne:a e:p e:b ;\n    e:q \"x\" .\n";
  const Settings settings;
  DiagnosticCollector diagnostics;
  NoProgress progress;
  const std::string paths[] = {file_.string()};
  const auto loaded = load_rdf_files(paths, settings, {}, diagnostics, progress);
  ASSERT_TRUE(loaded.has_value());
  Places places(loaded->graph, {}, settings);
  const std::size_t positions[] = {0, 1};
  places.prepare(positions);
  ASSERT_EQ(places.origins(0).size(), 1u);
  EXPECT_EQ(to_string(places.origins(0)[0].place), file_.string() + ":2:9");
  EXPECT_EQ(to_string(places.place_of()(loaded->graph, 1)), file_.string() + ":3:9");
  EXPECT_EQ(places.line_of({file_.string(), 3, 9}).value(), "    e:q \"x\" .");
}

}  // namespace
}  // namespace dossier
