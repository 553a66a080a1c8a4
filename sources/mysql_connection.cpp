// MySQL and MariaDB through libmariadb, loaded when it is needed. Rows are streamed as the server
// sends them, in a transaction for reading only; files of this machine are never offered to it.
#include <mysql.h>

#include <fmt/format.h>

#include "base/codes/databases.hpp"
#include "base/shared_library.hpp"
#include "base/text.hpp"
#include "sources/sql_connection.hpp"
#include "sources/sql_values.hpp"

namespace dossier {
namespace {

struct MysqlLibrary {
  decltype(&::mysql_init) init;
  decltype(&::mysql_options) options;
  decltype(&::mysql_real_connect) connect;
  decltype(&::mysql_close) close;
  decltype(&::mysql_error) error;
  decltype(&::mysql_errno) error_number;
  decltype(&::mysql_real_query) query;
  decltype(&::mysql_use_result) use_result;
  decltype(&::mysql_free_result) free_result;
  decltype(&::mysql_num_fields) num_fields;
  decltype(&::mysql_fetch_fields) fetch_fields;
  decltype(&::mysql_fetch_row) fetch_row;
  decltype(&::mysql_fetch_lengths) fetch_lengths;
};

Expected<MysqlLibrary> load_mysql() {
  const auto library = SharedLibrary::open("libmariadb.so.3", "libmariadb3");
  if (!library) return std::unexpected(library.error());
  const SharedLibrary& from = *library;
  MysqlLibrary out{};
  const bool whole =
      from.find(out.init, "mysql_init") && from.find(out.options, "mysql_options") &&
      from.find(out.connect, "mysql_real_connect") && from.find(out.close, "mysql_close") &&
      from.find(out.error, "mysql_error") && from.find(out.error_number, "mysql_errno") &&
      from.find(out.query, "mysql_real_query") && from.find(out.use_result, "mysql_use_result") &&
      from.find(out.free_result, "mysql_free_result") &&
      from.find(out.num_fields, "mysql_num_fields") &&
      from.find(out.fetch_fields, "mysql_fetch_fields") &&
      from.find(out.fetch_row, "mysql_fetch_row") &&
      from.find(out.fetch_lengths, "mysql_fetch_lengths");
  if (!whole) return library->incomplete();
  return out;
}

constexpr unsigned kBinaryCharset = 63;

ValueType type_of(const MYSQL_FIELD& field) {
  switch (field.type) {
    case MYSQL_TYPE_TINY:
      // BOOLEAN is a name of TINYINT(1).
      return field.length == 1 ? ValueType::boolean : ValueType::integer;
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_YEAR:
      return ValueType::integer;
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL:
      return ValueType::decimal;
    case MYSQL_TYPE_FLOAT:
    case MYSQL_TYPE_DOUBLE:
      return ValueType::plain_real;
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
      return ValueType::date;
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_TIMESTAMP:
      return ValueType::date_time;
    case MYSQL_TYPE_TIME:
      return ValueType::time;
    case MYSQL_TYPE_BIT:
    case MYSQL_TYPE_GEOMETRY:
      return ValueType::binary;
    case MYSQL_TYPE_STRING:
    case MYSQL_TYPE_VAR_STRING:
    case MYSQL_TYPE_VARCHAR:
    case MYSQL_TYPE_BLOB:
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
      return field.charsetnr == kBinaryCharset ? ValueType::binary : ValueType::text;
    default:
      return ValueType::text;
  }
}

class MysqlConnection final : public SqlConnection {
 public:
  MysqlConnection(const MysqlLibrary& library, std::string name)
      : library_(library), name_(std::move(name)), handle_(library.init(nullptr)) {}
  ~MysqlConnection() override {
    if (result_ != nullptr) library_.free_result(result_);
    library_.close(handle_);
  }
  MysqlConnection(const MysqlConnection&) = delete;
  MysqlConnection& operator=(const MysqlConnection&) = delete;

  Expected<void> connect(const SqlAddress& address) {
    const unsigned seconds = 10;
    const unsigned no = 0;
    library_.options(handle_, MYSQL_OPT_CONNECT_TIMEOUT, &seconds);
    library_.options(handle_, MYSQL_OPT_LOCAL_INFILE, &no);
    library_.options(handle_, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    const bool socket = address.host.starts_with('/');
    const auto text = [](const std::string& value) {
      return value.empty() ? nullptr : value.c_str();
    };
    if (library_.connect(handle_, socket ? nullptr : text(address.host), text(address.user),
                         text(address.password), text(address.database), address.port,
                         socket ? address.host.c_str() : nullptr, 0) == nullptr) {
      return fail(code::db_away, {name_},
                  fmt::format("the database cannot be reached: {}", message()),
                  "is the server running, and are host, port, name and user right?");
    }
    // The same bytes whatever the server's zone.
    for (const std::string_view each :
         {"SET time_zone = '+00:00'", "START TRANSACTION READ ONLY"}) {
      if (library_.query(handle_, each.data(), each.size()) != 0) {
        return fail(code::db_away, {name_}, message());
      }
    }
    return {};
  }

  Expected<void> start(const std::string& query) override {
    if (result_ != nullptr) library_.free_result(result_);
    result_ = nullptr;
    if (library_.query(handle_, query.data(), query.size()) != 0) {
      return fail(code::db_refused, {name_}, message());
    }
    result_ = library_.use_result(handle_);
    if (result_ == nullptr) {
      return fail(code::db_only_queries, {name_}, "the query gives no rows");
    }
    columns_.clear();
    const MYSQL_FIELD* const fields = library_.fetch_fields(result_);
    for (unsigned i = 0; i < library_.num_fields(result_); ++i) {
      columns_.push_back({fields[i].name, type_of(fields[i])});
    }
    return {};
  }

  Expected<bool> next_row() override {
    row_ = library_.fetch_row(result_);
    if (row_ != nullptr) {
      lengths_ = library_.fetch_lengths(result_);
      return true;
    }
    if (library_.error_number(handle_) == 0) return false;
    return fail(code::db_lost, {name_}, message());
  }

  SqlCell cell(std::size_t column) override {
    if (row_[column] == nullptr) return {};
    const std::string_view text(row_[column], lengths_[column]);
    const ValueType type = columns_[column].type;
    if (type == ValueType::binary) {
      scratch_.clear();
      append_hex(text, scratch_);
      return {scratch_, type};
    }
    const NaturalValue out = natural_value(type, text, scratch_);
    return {out.text, out.type};
  }

  std::string quoted(std::string_view identifier) const override {
    return fmt::format("`{}`", identifier);
  }

 private:
  std::string message() const { return printable(library_.error(handle_), 300); }

  const MysqlLibrary& library_;
  std::string name_;
  MYSQL* handle_;
  MYSQL_RES* result_ = nullptr;
  MYSQL_ROW row_ = nullptr;
  unsigned long* lengths_ = nullptr;
  std::string scratch_;
};

}  // namespace

OpenedConnection open_mysql(const SqlAddress& address, const std::string& name) {
  static const Expected<MysqlLibrary> library = load_mysql();
  if (!library) return std::unexpected(library.error());
  auto connection = std::make_unique<MysqlConnection>(*library, name);
  if (auto done = connection->connect(address); !done) return std::unexpected(done.error());
  return connection;
}

}  // namespace dossier
