// Rows of a query -> records.
#include <algorithm>

#include <fmt/format.h>

#include "base/codes/databases.hpp"
#include "base/codes/files.hpp"
#include "base/codes/tables.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sources/column_names.hpp"
#include "sources/row_reader.hpp"
#include "sources/sql.hpp"
#include "sources/sql_connection.hpp"
#include "sources/sql_text.hpp"

namespace dossier {
namespace {

class SqlRows final : public RowSource {
 public:
  SqlRows(std::unique_ptr<SqlConnection> connection, const std::string& name, const Limits& limits)
      : connection_(std::move(connection)), name_(name), max_cell_bytes_(limits.max_cell_bytes) {}

  Expected<void> open(const SqlQuery& query, std::span<const std::string> wanted) {
    if (auto started = query.is_table ? start_table(query.text, wanted) : start_query(query.text);
        !started) {
      return started;
    }
    for (const SqlColumn& each : connection_->columns()) names_.push_back(each.name);
    return choose(wanted);
  }

  Expected<bool> next_row(RowWriter& out, std::uint64_t& number) override {
    const Expected<bool> more = connection_->next_row();
    if (!more || !*more) return more;
    number = row_;
    if (auto added = add_row(out); !added) return std::unexpected(added.error());
    ++row_;
    return true;
  }

  std::span<const std::string> columns() const override { return names_; }

 private:
  Expected<void> start_query(const std::string& text) {
    auto query = single_query(text);
    if (!query) return fail(code::db_only_queries, {name_}, query.error());
    return connection_->start(*query);
  }

  // Asks for the columns first, so that only the wanted ones are fetched.
  Expected<void> start_table(const std::string& text, std::span<const std::string> wanted) {
    const auto parts = dossier::table_name(text);
    if (!parts) {
      return fail(code::db_refused, {name_}, parts.error(),
                  "a query is another kind of source: rml:SQL2008Query");
    }
    std::string table;
    for (const SqlIdentifier& part : *parts) {
      if (!table.empty()) table += '.';
      table += part.quoted ? connection_->quoted(part.text) : part.text;
    }
    if (auto looked = connection_->start(fmt::format("SELECT * FROM {} LIMIT 0", table)); !looked) {
      return looked;
    }
    // Read to its end: a client streams one result at a time.
    if (const auto none = connection_->next_row(); !none) return std::unexpected(none.error());
    for (const SqlColumn& each : connection_->columns()) names_.push_back(each.name);
    if (auto all = choose(wanted); !all) return all;
    std::string columns;
    for (const std::string& name : wanted) {
      if (!columns.empty()) columns += ", ";
      columns += connection_->quoted(name);
    }
    names_.clear();
    return connection_->start(
        fmt::format("SELECT {} FROM {}", columns.empty() ? "1" : columns, table));
  }

  Expected<void> choose(std::span<const std::string> wanted) {
    chosen_.clear();
    for (const std::string& name : wanted) {
      const auto found = std::ranges::find(names_, name);
      if (found == names_.end()) return unknown_column(name, names_, name_);
      if (std::find(found + 1, names_.end(), name) != names_.end()) {
        return fail(code::csv_duplicate_column, {name_},
                    fmt::format("the query gives the column \"{}\" twice", printable(name)),
                    "name one of them otherwise: SELECT a.name AS a_name");
      }
      chosen_.push_back(static_cast<std::size_t>(found - names_.begin()));
    }
    return {};
  }

  Expected<void> add_row(RowWriter& out) {
    for (const std::size_t column : chosen_) {
      const SqlCell cell = connection_->cell(column);
      if (cell.text.size() > max_cell_bytes_) {
        return fail(code::limit_exceeded, place(column),
                    fmt::format("a value is larger than {} bytes (max-cell-bytes)",
                                with_separators(max_cell_bytes_)),
                    "raise the limit with --limit max-cell-bytes=N");
      }
      if (cell.type == ValueType::text && !is_utf8(cell.text)) {
        return fail(code::invalid_utf8, place(column), "the text is not valid UTF-8");
      }
      out.add(cell.text, cell.type);
    }
    return {};
  }

  Place place(std::size_t column) const {
    return {name_, 0, 0, fmt::format("row {}, {}", row_ + 1, printable(names_[column]))};
  }

  std::unique_ptr<SqlConnection> connection_;
  std::string name_;
  std::size_t max_cell_bytes_;
  std::vector<std::string> names_;
  std::vector<std::size_t> chosen_;  // by slot, the column
  std::uint64_t row_ = 0;
};

OpenedConnection connect(const SqlAddress& address, const std::string& name) {
  switch (address.system) {
    case SqlSystem::sqlite:
      return open_sqlite(address, name);
    case SqlSystem::postgresql:
      return open_postgresql(address, name);
    case SqlSystem::mysql:
      return open_mysql(address, name);
  }
  return nullptr;
}

}  // namespace

Expected<std::unique_ptr<RecordReader>> open_sql(const SqlAddress& address, const SqlQuery& query,
                                                 std::span<const std::string> wanted,
                                                 const Limits& limits, std::size_t block_bytes) {
  auto connection = connect(address, query.name);
  if (!connection) return std::unexpected(std::move(connection.error()));
  auto rows = std::make_unique<SqlRows>(std::move(*connection), query.name, limits);
  if (auto opened = rows->open(query, wanted); !opened) return std::unexpected(opened.error());
  return read_rows(std::move(rows), query.name, wanted.size(), block_bytes);
}

}  // namespace dossier
