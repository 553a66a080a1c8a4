#include "exporters/validity.hpp"

#include <cstring>

#include "graph/calendar.hpp"

namespace dossier {
namespace {

struct Form {
  Datatype datatype;
  MomentKind kind;
  DatePrecision precision;
};
constexpr Form kForms[] = {
    {Datatype::date, MomentKind::date, DatePrecision::day},
    {Datatype::date_time, MomentKind::date_time, DatePrecision::day},
    {Datatype::date_time_stamp, MomentKind::date_time, DatePrecision::day},
    {Datatype::g_year_month, MomentKind::g_year_month, DatePrecision::month},
    {Datatype::g_year, MomentKind::g_year, DatePrecision::year},
};

PaddedDate pad(std::string_view text, DatePrecision precision, bool last) {
  PaddedDate date{.precision = precision};
  std::memcpy(date.text.data(), last ? "0000-12-31" : "0000-01-01", date.text.size());
  const std::size_t given = precision == DatePrecision::day     ? 10
                            : precision == DatePrecision::month ? 7
                                                                : 4;
  std::memcpy(date.text.data(), text.data(), given);
  if (last && precision == DatePrecision::month) {
    const auto digit = [&](std::size_t i) { return text[i] - '0'; };
    const int year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
    const int days = days_in_month(year, digit(5) * 10 + digit(6));
    date.text[8] = static_cast<char>('0' + days / 10);
    date.text[9] = static_cast<char>('0' + days % 10);
  }
  return date;
}

}  // namespace

std::string_view to_string(DatePrecision precision) {
  constexpr std::string_view kNames[] = {"day", "month", "year"};
  return kNames[static_cast<std::size_t>(precision)];
}

std::optional<PaddedDate> padded_date(Datatype datatype, std::string_view text, bool last) {
  // Four digits: longer years and those before the common era are no dates of GEXF.
  if (text.size() < 4 || text.starts_with('-') || text.starts_with("0000")) return std::nullopt;
  if (text.size() > 4 && text[4] >= '0' && text[4] <= '9') return std::nullopt;
  for (const Form& form : kForms) {
    if (datatype != form.datatype && datatype != Datatype::string) continue;
    if (parse_moment(form.kind, text)) return pad(text, form.precision, last);
  }
  return std::nullopt;
}

}  // namespace dossier
