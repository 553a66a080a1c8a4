// When a link holds, as whole days: the dates of its start and end qualifiers, whatever their
// precision, padded to the first or last day that they can mean. No allocation; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "graph/datatypes.hpp"

namespace dossier {

enum class DatePrecision : std::uint8_t { day, month, year };
std::string_view to_string(DatePrecision precision);

struct PaddedDate {
  std::array<char, 10> text{};  // YYYY-MM-DD, so that the order of text is the order of time
  DatePrecision precision = DatePrecision::day;

  std::string_view view() const { return {text.data(), text.size()}; }
  friend auto operator<=>(const PaddedDate& a, const PaddedDate& b) { return a.text <=> b.text; }
  friend bool operator==(const PaddedDate& a, const PaddedDate& b) { return a.text == b.text; }
};

// xsd:date, dateTime, gYearMonth, gYear, and strings that look like one of them; time and zone are
// left off, years are 0001 to 9999. `last`: pad to the last day instead of the first.
std::optional<PaddedDate> padded_date(Datatype datatype, std::string_view text, bool last);

}  // namespace dossier
