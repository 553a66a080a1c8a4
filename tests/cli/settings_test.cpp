#include "cli/settings.hpp"

#include <gtest/gtest.h>

#include "base/codes/program.hpp"
#include "cli/options.hpp"

namespace dossier {
namespace {

TEST(SettingsTest, SizesHaveUnitsOfPowersOf1024) {
  EXPECT_EQ(parse_size("1000"), 1000u);
  EXPECT_EQ(parse_size("4k"), 4096u);
  EXPECT_EQ(parse_size("512M"), std::uint64_t{512} << 20);
  EXPECT_EQ(parse_size("2GiB"), std::uint64_t{2} << 30);
  EXPECT_EQ(parse_size("1TB"), std::uint64_t{1} << 40);
  for (const char* wrong : {"", "M", "-1", "1.5G", "1X", "1GG", "99999999999T"}) {
    EXPECT_EQ(parse_size(wrong), std::nullopt) << wrong;
  }
}

TEST(SettingsTest, EveryLimitIsFoundByItsName) {
  Limits limits;
  for (const std::string_view name : limit_names()) {
    std::size_t* const limit = find_limit(limits, name);
    ASSERT_NE(limit, nullptr) << name;
    *limit = 7;
  }
  EXPECT_EQ(limits.max_cell_bytes, 7u);
  EXPECT_EQ(find_limit(limits, "max-cels"), nullptr);
}

TEST(SettingsTest, ALimitOfTheCommandLineIsRemembered) {
  CommonOptions options;
  options.limits = {"max-columns=5"};
  const Expected<Settings> settings = resolve(options);
  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(settings->limits.max_columns, 5u);
  EXPECT_EQ(settings->named_limits.at("max-columns"), 5u);
}

TEST(SettingsTest, WrongValuesAreWrongUsageWithTheNearestName) {
  CommonOptions options;
  options.limits = {"max-colums=5"};
  EXPECT_EQ(resolve(options).error().code, code::wrong_usage);
  EXPECT_EQ(resolve(options).error().hint, "did you mean max-columns?");
  options.limits = {};
  options.from = "turtel";
  EXPECT_EQ(resolve(options).error().hint, "did you mean turtle?");
  options.from = {};
  options.memory = "lots";
  EXPECT_FALSE(resolve(options).has_value());
  options.memory = {};
  options.root = "/no/such/folder";
  EXPECT_FALSE(resolve(options).has_value());
}

}  // namespace
}  // namespace dossier
