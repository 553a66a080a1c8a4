// What a database client is to the reader of rows: one query at a time, row by row. Made by
// sqlite_connection.cpp, postgresql_connection.cpp, mysql_connection.cpp, each the only file that
// knows its library. One thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/sql.hpp"

namespace dossier {

struct SqlColumn {
  std::string name;
  ValueType type = ValueType::text;  // as declared; values are looked at one by one
};

// The value of one column in a row, as the database writes it.
struct SqlCell {
  std::string_view text;  // valid until the next row
  ValueType type = ValueType::absent;
};

class SqlConnection {
 public:
  virtual ~SqlConnection() = default;
  // Runs a query, and ends the one before.
  virtual Expected<void> start(const std::string& query) = 0;
  const std::vector<SqlColumn>& columns() const { return columns_; }
  virtual Expected<bool> next_row() = 0;  // false at the end
  virtual SqlCell cell(std::size_t column) = 0;
  // An identifier in quotes.
  virtual std::string quoted(std::string_view identifier) const = 0;

 protected:
  std::vector<SqlColumn> columns_;
};

// Errors: library_missing, db_away. `name` is the source's, for places.
using OpenedConnection = Expected<std::unique_ptr<SqlConnection>>;
OpenedConnection open_sqlite(const SqlAddress& address, const std::string& name);
OpenedConnection open_postgresql(const SqlAddress& address, const std::string& name);
OpenedConnection open_mysql(const SqlAddress& address, const std::string& name);

}  // namespace dossier
