// SQLite through libsqlite3, loaded when it is needed. The file is opened for reading only, and an
// authorizer lets nothing through but reading: no ATTACH, no PRAGMA, no load_extension().
#include <charconv>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/codes/databases.hpp"
#include "base/codes/files.hpp"
#include "base/shared_library.hpp"
#include "base/text.hpp"
#include "sources/sql_connection.hpp"
#include "sources/sql_values.hpp"

namespace dossier {
namespace {

struct SqliteLibrary {
  decltype(&::sqlite3_open_v2) open;
  decltype(&::sqlite3_close) close;
  decltype(&::sqlite3_errmsg) errmsg;
  decltype(&::sqlite3_set_authorizer) set_authorizer;
  decltype(&::sqlite3_prepare_v2) prepare;
  decltype(&::sqlite3_step) step;
  decltype(&::sqlite3_finalize) finalize;
  decltype(&::sqlite3_column_count) column_count;
  decltype(&::sqlite3_column_name) column_name;
  decltype(&::sqlite3_column_decltype) column_decltype;
  decltype(&::sqlite3_column_type) column_type;
  decltype(&::sqlite3_column_blob) column_blob;
  decltype(&::sqlite3_column_text) column_text;
  decltype(&::sqlite3_column_bytes) column_bytes;
  decltype(&::sqlite3_column_double) column_double;
};

Expected<SqliteLibrary> load_sqlite() {
  const auto library = SharedLibrary::open("libsqlite3.so.0", "libsqlite3-0");
  if (!library) return std::unexpected(library.error());
  const SharedLibrary& from = *library;
  SqliteLibrary out{};
  const bool whole =
      from.find(out.open, "sqlite3_open_v2") && from.find(out.close, "sqlite3_close") &&
      from.find(out.errmsg, "sqlite3_errmsg") &&
      from.find(out.set_authorizer, "sqlite3_set_authorizer") &&
      from.find(out.prepare, "sqlite3_prepare_v2") && from.find(out.step, "sqlite3_step") &&
      from.find(out.finalize, "sqlite3_finalize") &&
      from.find(out.column_count, "sqlite3_column_count") &&
      from.find(out.column_name, "sqlite3_column_name") &&
      from.find(out.column_decltype, "sqlite3_column_decltype") &&
      from.find(out.column_type, "sqlite3_column_type") &&
      from.find(out.column_blob, "sqlite3_column_blob") &&
      from.find(out.column_text, "sqlite3_column_text") &&
      from.find(out.column_bytes, "sqlite3_column_bytes") &&
      from.find(out.column_double, "sqlite3_column_double");
  if (!whole) return library->incomplete();
  return out;
}

int only_reading(void*, int action, const char*, const char* name, const char*, const char*) {
  const bool loads =
      action == SQLITE_FUNCTION && name != nullptr && std::strcmp(name, "load_extension") == 0;
  const bool reads = action == SQLITE_SELECT || action == SQLITE_READ ||
                     action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE;
  return reads && !loads ? SQLITE_OK : SQLITE_DENY;
}

// By the declared type, as people write it; SQLite itself takes any word.
ValueType declared_type(const char* text) {
  if (text == nullptr) return ValueType::absent;
  const std::string name = to_lower_ascii(text);
  const auto has = [&](std::string_view word) { return name.find(word) != std::string::npos; };
  if (has("bool")) return ValueType::boolean;
  if (has("datetime") || has("timestamp")) return ValueType::date_time;
  if (has("date")) return ValueType::date;
  if (has("time")) return ValueType::time;
  if (has("decimal") || has("numeric")) return ValueType::decimal;
  return ValueType::absent;
}

class SqliteConnection final : public SqlConnection {
 public:
  SqliteConnection(const SqliteLibrary& library, std::string name)
      : library_(library), name_(std::move(name)) {}
  ~SqliteConnection() override {
    library_.finalize(statement_);
    library_.close(handle_);
  }
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  Expected<void> connect(const std::string& file) {
    if (library_.open(file.c_str(), &handle_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {
      return fail(code::db_away, {name_},
                  fmt::format("the database cannot be opened: {}", library_.errmsg(handle_)),
                  fmt::format("is there a SQLite file that you may read at {}?",
                              printable(std::filesystem::absolute(file).string())));
    }
    library_.set_authorizer(handle_, &only_reading, nullptr);
    return {};
  }

  Expected<void> start(const std::string& query) override {
    library_.finalize(statement_);
    statement_ = nullptr;
    const int status = library_.prepare(handle_, query.c_str(), static_cast<int>(query.size()),
                                        &statement_, nullptr);
    if (status != SQLITE_OK || statement_ == nullptr) {
      return fail(status == SQLITE_NOTADB ? code::db_away : code::db_refused, {name_},
                  printable(library_.errmsg(handle_)));
    }
    columns_.clear();
    for (int i = 0; i < library_.column_count(statement_); ++i) {
      columns_.push_back({library_.column_name(statement_, i),
                          declared_type(library_.column_decltype(statement_, i))});
    }
    return {};
  }

  Expected<bool> next_row() override {
    const int status = library_.step(statement_);
    if (status == SQLITE_ROW) return true;
    if (status == SQLITE_DONE) return false;
    return fail(code::db_lost, {name_}, printable(library_.errmsg(handle_)));
  }

  SqlCell cell(std::size_t column) override {
    const int i = static_cast<int>(column);
    const ValueType declared = columns_[column].type;
    switch (library_.column_type(statement_, i)) {
      case SQLITE_NULL:
        return {};
      case SQLITE_INTEGER:
        return natural(text(i), declared == ValueType::boolean || declared == ValueType::decimal
                                    ? declared
                                    : ValueType::integer);
      case SQLITE_FLOAT: {
        // SQLite writes 15 digits; the shortest text that gives the number back has up to 17.
        const double number = library_.column_double(statement_, i);
        const auto end = std::to_chars(number_, number_ + sizeof number_, number).ptr;
        return {{number_, static_cast<std::size_t>(end - number_)},
                declared == ValueType::decimal ? declared : ValueType::plain_real};
      }
      case SQLITE_BLOB:
        scratch_.clear();
        append_hex(bytes(i), scratch_);
        return {scratch_, ValueType::binary};
      default:
        return natural(text(i), declared == ValueType::absent ? ValueType::text : declared);
    }
  }

  std::string quoted(std::string_view identifier) const override {
    return fmt::format("\"{}\"", identifier);
  }

 private:
  SqlCell natural(std::string_view value, ValueType declared) {
    const NaturalValue out = natural_value(declared, value, scratch_);
    return {out.text, out.type};
  }
  std::string_view text(int i) const {
    const auto* const data = reinterpret_cast<const char*>(library_.column_text(statement_, i));
    return {data, static_cast<std::size_t>(library_.column_bytes(statement_, i))};
  }
  std::string_view bytes(int i) const {
    const auto* const data = static_cast<const char*>(library_.column_blob(statement_, i));
    return {data, static_cast<std::size_t>(library_.column_bytes(statement_, i))};
  }

  const SqliteLibrary& library_;
  std::string name_;
  sqlite3* handle_ = nullptr;
  sqlite3_stmt* statement_ = nullptr;
  std::string scratch_;
  char number_[40];
};

}  // namespace

OpenedConnection open_sqlite(const SqlAddress& address, const std::string& name) {
  static const Expected<SqliteLibrary> library = load_sqlite();
  if (!library) return std::unexpected(library.error());
  auto connection = std::make_unique<SqliteConnection>(*library, name);
  if (auto done = connection->connect(address.file); !done) return std::unexpected(done.error());
  return connection;
}

}  // namespace dossier
