#include "mapping/sql_source.hpp"

#include <cstdlib>

#include <fmt/format.h>

#include "base/codes/databases.hpp"
#include "base/codes/files.hpp"
#include "base/input.hpp"
#include "base/text.hpp"
#include "mapping/source_path.hpp"

namespace dossier {
namespace {

std::optional<std::string> from_environment(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

// $NAME is a variable, file:PATH the first line of a file, anything else itself.
Expected<std::string> looked_up(const std::string& text, std::string_view what,
                                const LogicalSource& source, const CompileOptions& options) {
  if (text.starts_with('$')) {
    if (auto value = from_environment(text.substr(1))) return *value;
    return fail(code::db_credentials, source.place,
                fmt::format("the {} is to be taken from the environment, where {} is not set", what,
                            printable(text.substr(1))),
                fmt::format("set it: export {}=...", printable(text.substr(1))));
  }
  if (!text.starts_with("file:")) return text;
  LogicalSource file = source;
  file.path = text.substr(5);
  const auto path = resolve_source_path(file, options);
  if (!path) return std::unexpected(path.error());
  auto content = load_file(*path, options.limits.max_secret_bytes, options.limits);
  if (!content && content.error().code == code::limit_exceeded) {
    return fail(
        code::limit_exceeded, source.place,
        fmt::format("the {} is to be the first line of {}, which is larger than {} bytes "
                    "(max-secret-bytes)",
                    what, printable(file.path), with_separators(options.limits.max_secret_bytes)),
        "a file with nothing but it is wanted; or raise --limit max-secret-bytes=N");
  }
  if (!content) {
    return fail(code::db_credentials, source.place,
                fmt::format("the {} cannot be read from {}: {}", what, printable(file.path),
                            content.error().message));
  }
  content->resize(std::min(content->find_first_of("\r\n"), content->size()));
  return *content;
}

Error at_source(Error error, const LogicalSource& source) {
  if (!error.place.known()) error.place = source.place;
  return error;
}

}  // namespace

Expected<SqlAddress> sql_address(const LogicalSource& source, const CompileOptions& options,
                                 DiagnosticSink* diagnostics) {
  const std::string named = source.path.empty() ? "$DOSSIER_DATABASE" : source.path;
  const auto text = looked_up(named, "address of the database", source, options);
  if (!text) return std::unexpected(text.error());
  auto address = parse_sql_address(*text);
  if (!address) return std::unexpected(at_source(std::move(address.error()), source));
  const auto user = looked_up(source.user, "user", source, options);
  if (!user) return std::unexpected(user.error());
  const auto password = looked_up(source.password, "password", source, options);
  if (!password) return std::unexpected(password.error());
  if (!user->empty()) address->user = *user;
  if (!password->empty()) address->password = *password;
  if (diagnostics != nullptr && !source.password.empty() && source.password == *password) {
    diagnostics->report(make_diagnostic(code::db_password_written, source.place,
                                        "the password of a database stands here",
                                        "write $NAME and set that variable, or file:PATH"));
  }
  if (address->system == SqlSystem::sqlite) {
    LogicalSource file = source;
    file.path = address->file;
    auto path = resolve_source_path(file, options);
    if (!path) return std::unexpected(path.error());
    address->file = path->string();
  }
  if (!address->is_local() && !options.allow_network) {
    return fail(code::network_refused, source.place,
                fmt::format("the database is on another machine, {}", printable(address->host)),
                "start with --allow-network");
  }
  return address;
}

std::string sql_name(const LogicalSource& source, const SqlAddress& address) {
  if (source.formulation == Formulation::sql_table) {
    return fmt::format("{}#{}", address.shown(), source.query);
  }
  return address.shown();
}

}  // namespace dossier
