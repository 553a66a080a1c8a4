// SQL as text: as much of it as is needed to run one query and nothing else. The read-only
// transaction and the databases' own rules stand behind these checks.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// The query without a closing semicolon; or what it is that is no single query.
std::expected<std::string, std::string> single_query(std::string_view text);

// The parts of a table's name, [<identifier chain>], without quotes: shop."Order" -> shop, Order.
// A part that stands in quotes keeps its letter case.
struct SqlIdentifier {
  std::string text;
  bool quoted = false;
};
std::expected<std::vector<SqlIdentifier>, std::string> table_name(std::string_view text);

}  // namespace dossier
