// What of databases needs no database: addresses, the look at a query, natural values. Real ones
// are in tests/suites/database_suite.py and tests/cli/check_databases.py.
#include "sources/sql.hpp"

#include <gtest/gtest.h>

#include "sources/sql_text.hpp"
#include "sources/sql_values.hpp"

namespace dossier {
namespace {

TEST(SqlAddressTest, AddressesAreReadWithAndWithoutJdbc) {
  const auto server = parse_sql_address("jdbc:postgresql://db.example:5433/shop?user=me");
  ASSERT_TRUE(server.has_value());
  EXPECT_EQ(server->system, SqlSystem::postgresql);
  EXPECT_EQ(server->host, "db.example");
  EXPECT_EQ(server->port, 5433);
  EXPECT_EQ(server->database, "shop");
  EXPECT_EQ(server->user, "me");
  EXPECT_FALSE(server->is_local());
  const auto socket = parse_sql_address("mysql:///shop?socket=/run/s.sock");
  ASSERT_TRUE(socket.has_value());
  EXPECT_EQ(socket->host, "/run/s.sock");
  EXPECT_TRUE(socket->is_local());
  EXPECT_EQ(parse_sql_address("sqlite:a/b.db")->file, "a/b.db");
  EXPECT_TRUE(parse_sql_address("mariadb://[::1]:3307/x")->is_local());
  EXPECT_TRUE(parse_sql_address("mysql://127.0.0.1/x")->is_local());
  EXPECT_FALSE(parse_sql_address("mysql://127.0.0.1.example/x")->is_local());
  for (const char* bad : {"", "oracle:x", "sqlite:", "postgresql://h:port/x", "mysql://[::1/x"}) {
    EXPECT_FALSE(parse_sql_address(bad).has_value()) << bad;
  }
}

TEST(SqlAddressTest, WhatIsShownHoldsNoUserAndNoPassword) {
  const auto address = parse_sql_address("postgresql://me:secret@localhost/shop");
  ASSERT_TRUE(address.has_value());
  EXPECT_EQ(address->password, "secret");
  EXPECT_EQ(address->shown(), "postgresql://localhost/shop");
}

TEST(SqlTextTest, OneQueryPassesWithoutItsSemicolon) {
  EXPECT_EQ(single_query("SELECT 1;").value(), "SELECT 1");
  EXPECT_EQ(single_query(" -- x\n(select ';' as a) ; -- end").value(), " -- x\n(select ';' as a) ");
  for (const char* good : {"WITH a AS (SELECT 1) SELECT * FROM a", "VALUES (1)",
                           "/* drop */ TABLE t", "SELECT 'a; into', \"in;to\" FROM t",
                           "SELECT $$; into$$", "SELECT $x$;$$ into $x$", "SELECT 'it''s; fine'"}) {
    EXPECT_TRUE(single_query(good).has_value()) << good;
  }
}

TEST(SqlTextTest, WhatIsNoSingleQueryIsRefused) {
  for (const char* bad : {"", "-- nothing", "DROP TABLE t", "ATTACH 'x' AS y", "COPY t TO '/x'",
                          "SELECT 1; DROP TABLE t", "SELECT 1 INTO OUTFILE '/x'",
                          "SELECT /*!50000 1 into */ 2", "pragma x", "'select'"}) {
    EXPECT_FALSE(single_query(bad).has_value()) << bad;
  }
}

TEST(SqlTextTest, TableNamesAreChainsOfIdentifiers) {
  const auto parts = table_name("shop.\"My Order\".t1");
  ASSERT_TRUE(parts.has_value());
  ASSERT_EQ(parts->size(), 3u);
  EXPECT_EQ((*parts)[1].text, "My Order");
  EXPECT_TRUE((*parts)[1].quoted);
  for (const char* bad : {"", "a b", "a;b", "a.", "\"a", "\"\"", "(SELECT 1)"}) {
    EXPECT_FALSE(table_name(bad).has_value()) << bad;
  }
}

TEST(SqlValuesTest, ValuesGetTheFormsOfXmlSchemaOrStayText) {
  struct Example {
    ValueType declared;
    const char* text;
    ValueType type;
    const char* form;
  };
  static constexpr Example kExamples[] = {
      {ValueType::boolean, "t", ValueType::boolean, "true"},
      {ValueType::boolean, "0", ValueType::boolean, "false"},
      {ValueType::boolean, "7", ValueType::integer, "7"},
      {ValueType::date, "2021-02-03", ValueType::date, "2021-02-03"},
      {ValueType::date, "0000-00-00", ValueType::text, "0000-00-00"},
      {ValueType::date, "infinity", ValueType::text, "infinity"},
      {ValueType::date_time, "2021-02-03 04:05:06", ValueType::date_time, "2021-02-03T04:05:06"},
      {ValueType::date_time, "2021-02-03 04:05:06.5+00", ValueType::date_time,
       "2021-02-03T04:05:06.5Z"},
      {ValueType::date_time, "2021-02-03 04:05:06-05", ValueType::date_time,
       "2021-02-03T04:05:06-05:00"},
      {ValueType::date_time, "4000-01-01 BC", ValueType::text, "4000-01-01 BC"},
      {ValueType::time, "04:05:06", ValueType::time, "04:05:06"},
      {ValueType::time, "838:59:59", ValueType::text, "838:59:59"},
      {ValueType::plain_real, "-Infinity", ValueType::plain_real, "-INF"},
      {ValueType::plain_real, "80.25", ValueType::plain_real, "80.25"},
      {ValueType::decimal, "NaN", ValueType::text, "NaN"},
  };
  for (const Example& each : kExamples) {
    std::string scratch;
    const NaturalValue value = natural_value(each.declared, each.text, scratch);
    EXPECT_EQ(value.text, each.form) << each.text;
    EXPECT_EQ(value.type, each.type) << each.text;
  }
}

}  // namespace
}  // namespace dossier
