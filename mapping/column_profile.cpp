#include "mapping/column_profile.hpp"

#include <algorithm>
#include <array>

#include "graph/datatypes.hpp"
#include "graph/iri.hpp"
#include "mapping/countries.hpp"
#include "mapping/date_pattern.hpp"

namespace dossier {
namespace {

// The first that fits all values wins; where day and month cannot be told apart, the day comes
// first.
constexpr std::array<std::string_view, 12> kDatePatterns = {
    "d.M.yyyy",    "d/M/yyyy",     "M/d/yyyy",     "d-M-yyyy",   "yyyy/M/d", "yyyyMMdd",
    "d MMMM yyyy", "MMMM d, yyyy", "d. MMMM yyyy", "d-MMM-yyyy", "yyyy-MM",  "MMMM yyyy"};

bool has_leading_zero(std::string_view text) {
  return text.size() > 1 && text[0] == '0' && text[1] != '.';
}

}  // namespace

void ColumnProfile::add(std::string_view value) {
  if (count_++ == 0) example_ = value;
  values_.emplace(value);
  const auto is = [&](Datatype type) { return is_valid_lexical(type, value); };
  // Codes such as 007 are no numbers.
  integer_ = integer_ && is(Datatype::integer) && !has_leading_zero(value);
  decimal_ = decimal_ && is(Datatype::decimal) && !has_leading_zero(value);
  boolean_ = boolean_ && (value == "true" || value == "false");
  year_ = year_ && value.size() == 4 && is(Datatype::integer) && value >= "1500" && value <= "2100";
  date_ = date_ && is(Datatype::date);
  date_time_ = date_time_ && is(Datatype::date_time);
  iri_ = iri_ && value.find("://") != std::string_view::npos && is_absolute_reference(value) &&
         find_iriref_fault(value) == kIriValid;
  if (country_) {
    const Country* country = value.size() == 2 ? find_country(value) : nullptr;
    country_ = country != nullptr && country->alpha2 == value;
  }
  for (std::size_t i = 0; i < kPatterns; ++i) {
    patterns_[i] = patterns_[i] && parse_pattern_date(value, kDatePatterns[i]).has_value();
  }
}

std::string_view ColumnProfile::pattern() const {
  const auto* found = std::ranges::find(patterns_, true);
  return found == std::end(patterns_) ? std::string_view{}
                                      : kDatePatterns[static_cast<std::size_t>(found - patterns_)];
}

ColumnProfile::Kind ColumnProfile::kind() const {
  if (count_ == 0) return Kind::empty;
  if (boolean_) return Kind::boolean;
  if (year_) return Kind::year;
  if (date_) return Kind::date;
  if (date_time_) return Kind::date_time;
  if (!pattern().empty()) return Kind::written_date;
  if (integer_) return Kind::integer;
  if (decimal_) return Kind::decimal;
  if (iri_) return Kind::iri;
  return country_ ? Kind::country : Kind::text;
}

bool ColumnProfile::is_code() const {
  return different() >= 2 && different() <= 20 && count_ >= 3 * different();
}

}  // namespace dossier
