// What the progress line tells of the time that is left.
#include "cli/progress.hpp"

#include <gtest/gtest.h>

namespace dossier::test {
namespace {

TEST(ProgressTest, TheTimeLeftFollowsFromTheShareThatIsDone) {
  EXPECT_EQ(time_left(6, 0.25), ", 25 %, 18 s left");
  EXPECT_EQ(time_left(60, 0.4), ", 40 %, 1 min 30 s left");
}

TEST(ProgressTest, NothingIsSaidWhereTheShareIsNotKnownOrAll) {
  EXPECT_EQ(time_left(6, 0), "");
  EXPECT_EQ(time_left(6, 0.001), "");
  EXPECT_EQ(time_left(6, 1), "");
}

}  // namespace
}  // namespace dossier::test
