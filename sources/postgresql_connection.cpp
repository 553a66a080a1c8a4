// PostgreSQL through libpq, loaded when it is needed. Rows come through a cursor, which takes a
// SELECT or VALUES and nothing else, in a transaction for reading only.
#include <libpq-fe.h>

#include <fmt/format.h>

#include "base/codes/databases.hpp"
#include "base/shared_library.hpp"
#include "base/text.hpp"
#include "sources/sql_connection.hpp"
#include "sources/sql_values.hpp"

namespace dossier {
namespace {

struct PqLibrary {
  decltype(&::PQconnectdbParams) connect;
  decltype(&::PQstatus) status;
  decltype(&::PQfinish) finish;
  decltype(&::PQerrorMessage) error_message;
  decltype(&::PQexecParams) exec;
  decltype(&::PQresultStatus) result_status;
  decltype(&::PQclear) clear;
  decltype(&::PQntuples) rows;
  decltype(&::PQnfields) fields;
  decltype(&::PQfname) field_name;
  decltype(&::PQftype) field_type;
  decltype(&::PQgetisnull) is_null;
  decltype(&::PQgetvalue) value;
  decltype(&::PQgetlength) length;
};

Expected<PqLibrary> load_pq() {
  const auto library = SharedLibrary::open("libpq.so.5", "libpq5");
  if (!library) return std::unexpected(library.error());
  const SharedLibrary& from = *library;
  PqLibrary out{};
  const bool whole =
      from.find(out.connect, "PQconnectdbParams") && from.find(out.status, "PQstatus") &&
      from.find(out.finish, "PQfinish") && from.find(out.error_message, "PQerrorMessage") &&
      from.find(out.exec, "PQexecParams") && from.find(out.result_status, "PQresultStatus") &&
      from.find(out.clear, "PQclear") && from.find(out.rows, "PQntuples") &&
      from.find(out.fields, "PQnfields") && from.find(out.field_name, "PQfname") &&
      from.find(out.field_type, "PQftype") && from.find(out.is_null, "PQgetisnull") &&
      from.find(out.value, "PQgetvalue") && from.find(out.length, "PQgetlength");
  if (!whole) return library->incomplete();
  return out;
}

// Numbers of types in pg_type; they never change.
ValueType type_of(Oid oid) {
  switch (oid) {
    case 16:
      return ValueType::boolean;
    case 20:  // int8, int2, int4, oid
    case 21:
    case 23:
    case 26:
      return ValueType::integer;
    case 1700:
      return ValueType::decimal;
    case 700:  // float4, float8
    case 701:
      return ValueType::plain_real;
    case 1082:
      return ValueType::date;
    case 1114:  // timestamp without and with a zone
    case 1184:
      return ValueType::date_time;
    case 1083:  // time without and with a zone
    case 1266:
      return ValueType::time;
    case 17:
      return ValueType::binary;
    default:
      return ValueType::text;
  }
}

// The first line of a message of the server, without "ERROR:  ".
std::string first_line(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  for (const std::string_view head : {"ERROR:  ", "FATAL:  "}) {
    if (text.starts_with(head)) text.remove_prefix(head.size());
  }
  return printable(text, 300);
}

class PqConnection final : public SqlConnection {
 public:
  PqConnection(const PqLibrary& library, std::string name)
      : library_(library), name_(std::move(name)) {}
  ~PqConnection() override {
    library_.clear(rows_);
    library_.finish(handle_);
  }
  PqConnection(const PqConnection&) = delete;
  PqConnection& operator=(const PqConnection&) = delete;

  Expected<void> connect(const SqlAddress& address) {
    const std::string port = address.port == 0 ? "" : std::to_string(address.port);
    // The same bytes whatever the server's settings: dates, zones, floats, bytes.
    static constexpr char kOptions[] =
        "-c default_transaction_read_only=on -c DateStyle=ISO,YMD -c TimeZone=UTC "
        "-c bytea_output=hex -c extra_float_digits=1 -c IntervalStyle=iso_8601 "
        "-c cursor_tuple_fraction=1.0";
    const char* const names[] = {"host",
                                 "port",
                                 "dbname",
                                 "user",
                                 "password",
                                 "connect_timeout",
                                 "application_name",
                                 "options",
                                 "client_encoding",
                                 nullptr};
    const char* const values[] = {address.host.c_str(),
                                  port.c_str(),
                                  address.database.c_str(),
                                  address.user.c_str(),
                                  address.password.c_str(),
                                  "10",
                                  "dossier",
                                  kOptions,
                                  "UTF8",
                                  nullptr};
    handle_ = library_.connect(names, values, 0);
    if (handle_ == nullptr || library_.status(handle_) != CONNECTION_OK) {
      return fail(code::db_away, {name_},
                  fmt::format("the database cannot be reached: {}",
                              first_line(library_.error_message(handle_))),
                  "is the server running, and are host, port, name and user right?");
    }
    return command("BEGIN READ ONLY");
  }

  Expected<void> start(const std::string& query) override {
    if (open_) {
      if (auto closed = command("CLOSE dossier_rows"); !closed) return closed;
    }
    open_ = true;
    if (auto made = command("DECLARE dossier_rows NO SCROLL CURSOR FOR " + query); !made) {
      return made;
    }
    if (auto first = fetch(code::db_refused); !first) return first;
    columns_.clear();
    for (int i = 0; i < library_.fields(rows_); ++i) {
      columns_.push_back({library_.field_name(rows_, i), type_of(library_.field_type(rows_, i))});
    }
    return {};
  }

  Expected<bool> next_row() override {
    if (++row_ < library_.rows(rows_)) return true;
    if (library_.rows(rows_) < kRows) return false;
    if (auto more = fetch(code::db_lost); !more) return std::unexpected(more.error());
    return ++row_ < library_.rows(rows_);
  }

  SqlCell cell(std::size_t column) override {
    const int i = static_cast<int>(column);
    if (library_.is_null(rows_, row_, i) != 0) return {};
    const std::string_view text(library_.value(rows_, row_, i),
                                static_cast<std::size_t>(library_.length(rows_, row_, i)));
    const ValueType type = columns_[column].type;
    if (type == ValueType::binary) {  // \x89ab
      scratch_ = to_upper_hex(text.substr(text.starts_with("\\x") ? 2 : 0));
      return {scratch_, type};
    }
    const NaturalValue out = natural_value(type, text, scratch_);
    return {out.text, out.type};
  }

  std::string quoted(std::string_view identifier) const override {
    return fmt::format("\"{}\"", identifier);
  }

 private:
  static std::string to_upper_hex(std::string_view digits) {
    std::string out(digits);
    for (char& c : out) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
  }

  // One command and no more: the extended protocol takes no second one behind a semicolon.
  PGresult* run(const std::string& text) {
    return library_.exec(handle_, text.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0);
  }

  Expected<void> command(const std::string& text) {
    PGresult* const result = run(text);
    const bool good = library_.result_status(result) == PGRES_COMMAND_OK;
    const std::string message = good ? "" : first_line(library_.error_message(handle_));
    library_.clear(result);
    if (good) return {};
    return fail(code::db_refused, {name_}, message);
  }

  Expected<void> fetch(DiagnosticCode trouble) {
    library_.clear(rows_);
    static const std::string kFetch = fmt::format("FETCH {} FROM dossier_rows", kRows);
    rows_ = run(kFetch);
    row_ = -1;
    if (library_.result_status(rows_) == PGRES_TUPLES_OK) return {};
    return fail(trouble, {name_}, first_line(library_.error_message(handle_)));
  }

  static constexpr int kRows = 2000;  // a fetch

  const PqLibrary& library_;
  std::string name_;
  PGconn* handle_ = nullptr;
  PGresult* rows_ = nullptr;
  int row_ = -1;
  bool open_ = false;
  std::string scratch_;
};

}  // namespace

OpenedConnection open_postgresql(const SqlAddress& address, const std::string& name) {
  static const Expected<PqLibrary> library = load_pq();
  if (!library) return std::unexpected(library.error());
  auto connection = std::make_unique<PqConnection>(*library, name);
  if (auto done = connection->connect(address); !done) return std::unexpected(done.error());
  return connection;
}

}  // namespace dossier
