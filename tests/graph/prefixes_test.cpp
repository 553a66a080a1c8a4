#include "graph/prefixes.hpp"

#include <gtest/gtest.h>

namespace dossier {
namespace {

TEST(PrefixesTest, TheLongestNamespaceWins) {
  Prefixes prefixes;
  prefixes.set("a", "http://e/");
  prefixes.set("b", "http://e/things/");
  prefixes.set("c", "http://e/things/zoo/");
  EXPECT_EQ(prefixes.shorten("http://e/things/x"), "b:x");
  EXPECT_EQ(prefixes.shorten("http://e/x"), "a:x");
  EXPECT_EQ(prefixes.shorten("http://f/x"), "<http://f/x>");
  EXPECT_EQ(prefixes.expand("c:q"), "http://e/things/zoo/q");
}

TEST(PrefixesTest, ARedeclaredNameForgetsItsOldNamespace) {
  Prefixes prefixes;
  prefixes.set("a", "http://old/");
  prefixes.set("a", "http://new/");
  EXPECT_EQ(prefixes.shorten("http://old/x"), "<http://old/x>");
  EXPECT_EQ(prefixes.shorten("http://new/x"), "a:x");
}

}  // namespace
}  // namespace dossier
