#include <charconv>
#include <cstdlib>

#include <fmt/format.h>

#include "base/codes/databases.hpp"
#include "base/text.hpp"
#include "sources/sql.hpp"

namespace dossier {
namespace {

struct NamedSystem {
  std::string_view scheme;
  SqlSystem system;
};
constexpr NamedSystem kSystems[] = {
    {"sqlite:", SqlSystem::sqlite},         {"postgresql://", SqlSystem::postgresql},
    {"postgres://", SqlSystem::postgresql}, {"mysql://", SqlSystem::mysql},
    {"mariadb://", SqlSystem::mysql},
};

std::string_view take_until(std::string_view& text, std::string_view ends) {
  const std::size_t at = text.find_first_of(ends);
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(taken.size());
  return taken;
}

bool read_port(std::string_view text, std::uint16_t& port) {
  return std::from_chars(text.data(), text.data() + text.size(), port).ptr ==
         text.data() + text.size();
}

// host, host:port, [::1]:port, user@host
bool read_host(std::string_view text, SqlAddress& out) {
  if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
    out.user = text.substr(0, at);
    if (const std::size_t colon = out.user.find(':'); colon != std::string::npos) {
      out.password = out.user.substr(colon + 1);
      out.user.resize(colon);
    }
    text.remove_prefix(at + 1);
  }
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return false;
    out.host = text.substr(1, close - 1);
    text.remove_prefix(close + 1);
  } else {
    out.host = take_until(text, ":");
  }
  if (text.empty()) return true;
  return text[0] == ':' && read_port(text.substr(1), out.port);
}

bool read_parameters(std::string_view text, SqlAddress& out) {
  while (!text.empty()) {
    std::string_view pair = take_until(text, "&");
    if (!text.empty()) text.remove_prefix(1);
    const std::string_view name = take_until(pair, "=");
    if (!pair.empty()) pair.remove_prefix(1);
    if (name == "user") out.user = pair;
    if (name == "password") out.password = pair;
    if (name == "host" || name == "socket") out.host = pair;
    if (name == "port" && !read_port(pair, out.port)) return false;
  }
  return true;
}

}  // namespace

bool SqlAddress::is_local() const {
  // A number, not a name that begins like one.
  const bool loopback =
      host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos;
  // libpq takes what an address leaves out from the environment.
  const auto is_set = [](const char* name) { return std::getenv(name) != nullptr; };
  const bool elsewhere =
      system == SqlSystem::postgresql &&
      (is_set("PGHOSTADDR") || is_set("PGSERVICE") || (host.empty() && is_set("PGHOST")));
  if (elsewhere) return false;
  return system == SqlSystem::sqlite || host.empty() || host.starts_with('/') ||
         host == "localhost" || loopback || host == "::1";
}

std::string SqlAddress::shown() const {
  if (system == SqlSystem::sqlite) return file;
  const std::string port_text = port == 0 ? "" : fmt::format(":{}", port);
  return fmt::format("{}://{}{}/{}", system == SqlSystem::mysql ? "mysql" : "postgresql",
                     host.starts_with('/') ? "" : host, port_text, database);
}

Expected<SqlAddress> parse_sql_address(std::string_view text) {
  std::string_view left = text;
  if (left.starts_with("jdbc:")) left.remove_prefix(5);
  for (const NamedSystem& each : kSystems) {
    if (!left.starts_with(each.scheme)) continue;
    left.remove_prefix(each.scheme.size());
    SqlAddress out;
    out.system = each.system;
    if (each.system == SqlSystem::sqlite) {
      if (left.starts_with("//")) left.remove_prefix(2);
      out.file = left;
      if (!out.file.empty()) return out;
      break;
    }
    bool good = read_host(take_until(left, "/?"), out);
    if (left.starts_with('/')) {
      left.remove_prefix(1);
      out.database = take_until(left, "?");
    }
    if (left.starts_with('?')) good = read_parameters(left.substr(1), out) && good;
    if (good) return out;
    break;
  }
  // The address may hold a password, so it is not shown.
  return fail(code::db_address, {}, "the address of the database cannot be read",
              "write jdbc:sqlite:FILE, jdbc:postgresql://HOST:PORT/NAME or jdbc:mysql://HOST/NAME");
}

}  // namespace dossier
