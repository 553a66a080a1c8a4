// Rows of a query -> blocks of values. A block holds its rows one behind the other; of each wanted
// column a byte of type, four of size, and the text.
#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/codes/databases.hpp"
#include "base/codes/files.hpp"
#include "base/codes/tables.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "sources/sql.hpp"
#include "sources/sql_connection.hpp"
#include "sources/sql_text.hpp"

namespace dossier {
namespace {

constexpr std::size_t kHeadBytes = 5;

class SqlReader final : public RecordReader {
 public:
  SqlReader(std::unique_ptr<SqlConnection> connection, const std::string& name,
            const Limits& limits, std::size_t block_bytes)
      : RecordReader(name),
        connection_(std::move(connection)),
        max_cell_bytes_(limits.max_cell_bytes),
        block_bytes_(block_bytes) {}

  Expected<void> open(const SqlQuery& query, std::span<const std::string> wanted) {
    if (auto started = query.is_table ? start_table(query.text, wanted) : start_query(query.text);
        !started) {
      return started;
    }
    for (const SqlColumn& each : connection_->columns()) names_.push_back(each.name);
    return choose(wanted);
  }

  Expected<std::optional<RecordBlock>> next() override {
    if (ended_) return std::nullopt;
    RecordBlock block;
    block.offset = row_;
    block.first_record = row_;
    block.first_line = 0;
    while (block.bytes.size() < block_bytes_) {
      const Expected<bool> more = connection_->next_row();
      if (!more) return std::unexpected(more.error());
      if (!*more) {
        ended_ = true;
        break;
      }
      block.record_offsets.push_back(row_);
      if (auto added = add_row(block.bytes); !added) return std::unexpected(added.error());
      ++row_;
    }
    block.last = ended_;
    return block;
  }

  Expected<RecordCounts> parse(RecordBlock block, RecordBatch& out,
                               DiagnosticSink&) const override {
    out.slots = chosen_.size();
    out.values.clear();
    out.offsets = block.record_offsets;
    out.block = std::move(block);
    RecordCounts counts;
    counts.read = out.offsets.size();
    const char* at = out.block.bytes.data();
    for (std::size_t i = 0; i < out.offsets.size() * out.slots; ++i) {
      std::uint32_t size = 0;
      std::memcpy(&size, at + 1, sizeof size);
      out.values.push_back(Value::of({at + kHeadBytes, size}, static_cast<ValueType>(*at)));
      at += kHeadBytes + size;
    }
    return counts;
  }

  std::span<const std::string> columns() const override { return names_; }

 private:
  Expected<void> start_query(const std::string& text) {
    auto query = single_query(text);
    if (!query) return fail(code::db_only_queries, {name()}, query.error());
    return connection_->start(*query);
  }

  // Asks for the columns first, so that only the wanted ones are fetched.
  Expected<void> start_table(const std::string& text, std::span<const std::string> wanted) {
    const auto parts = dossier::table_name(text);
    if (!parts) {
      return fail(code::db_refused, {name()}, parts.error(),
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
      if (found == names_.end()) return unknown(name);
      if (std::find(found + 1, names_.end(), name) != names_.end()) {
        return fail(code::csv_duplicate_column, {this->name()},
                    fmt::format("the query gives the column \"{}\" twice", printable(name)),
                    "name one of them otherwise: SELECT a.name AS a_name");
      }
      chosen_.push_back(static_cast<std::size_t>(found - names_.begin()));
    }
    return {};
  }

  std::unexpected<Error> unknown(const std::string& wanted) const {
    const auto close = nearest_name(wanted, std::span<const std::string>(names_));
    std::string all;
    for (const std::string& each : names_) all += (all.empty() ? "" : ", ") + printable(each, 60);
    return fail(code::column_unknown, {name()},
                fmt::format("there is no column \"{}\"", printable(wanted)),
                close ? fmt::format("did you mean \"{}\"? there are {}", printable(*close), all)
                      : fmt::format("there are {}", all));
  }

  Expected<void> add_row(std::vector<char>& bytes) {
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
      const std::size_t at = bytes.size();
      bytes.resize(at + kHeadBytes + cell.text.size());
      bytes[at] = static_cast<char>(cell.type);
      const auto size = static_cast<std::uint32_t>(cell.text.size());
      std::memcpy(bytes.data() + at + 1, &size, sizeof size);
      if (size > 0) std::memcpy(bytes.data() + at + kHeadBytes, cell.text.data(), size);
    }
    // Rows without a wanted column still take room, so that a block has an end.
    if (chosen_.empty()) bytes.push_back('\0');
    return {};
  }

  Place place(std::size_t column) const {
    return {name(), 0, 0, fmt::format("row {}, {}", row_ + 1, printable(names_[column]))};
  }

  std::unique_ptr<SqlConnection> connection_;
  std::size_t max_cell_bytes_;
  std::size_t block_bytes_;
  std::vector<std::string> names_;
  std::vector<std::size_t> chosen_;  // by slot, the column
  std::uint64_t row_ = 0;
  bool ended_ = false;
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
  auto reader =
      std::make_unique<SqlReader>(std::move(*connection), query.name, limits, block_bytes);
  if (auto opened = reader->open(query, wanted); !opened) return std::unexpected(opened.error());
  return reader;
}

}  // namespace dossier
