#include "cli/ledger.hpp"

#include <gtest/gtest.h>

#include "cli/json_writer.hpp"

namespace dossier {
namespace {

Ledger balanced() {
  Ledger ledger;
  ledger.sources = {{"a.csv", 10, 8, 2}, {"b.csv", 1, 1, 0}};
  ledger.rejected_by = {{"csv_ragged_row", 2}};
  ledger.from_mappings = 30;
  ledger.from_files = 5;
  ledger.duplicates = 4;
  ledger.inferred = 3;
  ledger.in_graph = 34;
  ledger.exports = {{"out/g.nt", "ntriples", 100, {{"statements", 34}}, {{"statements", 34}}},
                    {"out/g.graphml", "graphml", 90, {{"types", 10}, {"edges", 24}}, {}}};
  return ledger;
}

TEST(LedgerTest, AGoodLedgerBalances) {
  EXPECT_TRUE(imbalances(balanced()).empty());
  EXPECT_TRUE(imbalances(Ledger{}).empty());
}

TEST(LedgerTest, EachFigureThatIsOffByOneIsNoticed) {
  const auto faults = [](auto change) {
    Ledger ledger = balanced();
    change(ledger);
    return imbalances(ledger).size();
  };
  EXPECT_EQ(faults([](Ledger& l) { ++l.sources[0].read; }), 1u);
  EXPECT_EQ(faults([](Ledger& l) { --l.sources[1].mapped; }), 1u);
  EXPECT_EQ(faults([](Ledger& l) { l.rejected_by.clear(); }), 1u);
  EXPECT_EQ(faults([](Ledger& l) { ++l.from_mappings; }), 1u);
  EXPECT_EQ(faults([](Ledger& l) { --l.from_files; }), 1u);
  EXPECT_EQ(faults([](Ledger& l) { ++l.duplicates; }), 1u);
  EXPECT_EQ(faults([](Ledger& l) { --l.inferred; }), 1u);
  EXPECT_EQ(faults([](Ledger& l) { ++l.exports[0].parts[0].count; }), 1u);
  EXPECT_EQ(faults([](Ledger& l) { l.exports[1].parts.pop_back(); }), 1u);
  EXPECT_EQ(faults([](Ledger& l) { ++l.in_graph; }), 3u);
}

TEST(LedgerTest, TheTableAlignsItsNumbers) {
  const std::string text = to_text(balanced());
  EXPECT_NE(text.find("  records read              11  2 sources\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  written to out/g.nt       34  34 statements\n"), std::string::npos)
      << text;
}

TEST(LedgerTest, JsonKeepsTheOrderOfItsKeys) {
  JsonWriter json;
  json.begin_object();
  write_json(balanced(), json);
  json.end_object();
  const std::string text = json.text();
  EXPECT_LT(text.find("\"records\""), text.find("\"statements\""));
  EXPECT_LT(text.find("\"statements\""), text.find("\"exports\""));
  EXPECT_TRUE(text.ends_with("}\n"));
}

}  // namespace
}  // namespace dossier
