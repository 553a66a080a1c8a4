// The names of columns: of tables, sheets and queries.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"

namespace dossier {

// column_unknown: with the nearest name, a name that only looks like the wanted one, and the list.
std::unexpected<Error> unknown_column(const std::string& wanted,
                                      std::span<const std::string> columns,
                                      const std::string& source);

// The first character of a name that nobody sees: no-break spaces, zero-width characters, direction
// marks, controls.
std::optional<char32_t> find_invisible(std::string_view name);

}  // namespace dossier
