// Databases as sources: SQLite files, PostgreSQL and MySQL or MariaDB servers. A source is a table
// or one query; it is run in a transaction for reading only and its rows are streamed, so that the
// memory is that of a block. Values have their natural types (R2RML, "Natural Mapping of SQL
// Values"): text in the lexical form of XML Schema. The client libraries are loaded when they are
// needed. Records are numbered rows: the offset of a record is its row, from 0.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/limits.hpp"
#include "sources/records.hpp"

namespace dossier {

enum class SqlSystem : std::uint8_t { sqlite, postgresql, mysql };

struct SqlAddress {
  SqlSystem system = SqlSystem::sqlite;
  std::string file;  // SQLite
  std::string host;  // servers; a folder (PostgreSQL) or socket (MySQL) when it begins with '/'
  std::uint16_t port = 0;  // 0: the usual one
  std::string database;
  std::string user;  // empty: as the client library has it
  std::string password;

  // On this machine: a file, a socket, localhost or a loopback address.
  bool is_local() const;
  // For messages and evidence: "postgresql://localhost:5432/shop"; no user, no password.
  std::string shown() const;
};

// "jdbc:postgresql://host:5432/name?user=x", "mysql:///name?socket=/run/mysqld.sock",
// "sqlite:folder/file.db"; the "jdbc:" may be left out. Error: db_address.
Expected<SqlAddress> parse_sql_address(std::string_view text);

struct SqlQuery {
  std::string text;       // one SELECT, or
  bool is_table = false;  // the name of a table, with parts and quotes as in SQL: shop."Order"
  std::string name;       // of the source, for places
};

// Slot i of the records is the column `wanted[i]`, in the letter case of the database; of a table
// only these columns are fetched. Errors: db_*, column_unknown, library_missing.
inline constexpr std::size_t kSqlBlockBytes = std::size_t{1} << 20;
Expected<std::unique_ptr<RecordReader>> open_sql(const SqlAddress& address, const SqlQuery& query,
                                                 std::span<const std::string> wanted,
                                                 const Limits& limits = {},
                                                 std::size_t block_bytes = kSqlBlockBytes);

}  // namespace dossier
