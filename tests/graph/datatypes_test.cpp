#include "graph/datatypes.hpp"

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

struct FormCase {
  const char* datatype;  // local name in xsd:
  const char* good;      // separated by '|'
  const char* bad;
};

// By hand from XML Schema 1.1 part 2.
constexpr FormCase kForms[] = {
    {"string", "|a b|\t|\xC3\xA9", "\xEF\xBF\xBE"},
    {"normalizedString", "|a  b", "a\tb"},
    {"token", "|a b", " a|a |a  b"},
    {"language", "en|de-CH-1996|x-klingon", "|en_GB|e n|abcdefghi|-en|en-|1en"},
    {"Name", "a|_b|a:b|\xC3\xA9|a-1.2", "|1a|-a|a b"},
    {"NCName", "a|_b", "a:b|1"},
    {"NMTOKEN", "1a|-", "|a b"},
    {"boolean", "true|false|1|0", "|TRUE|yes|2"},
    {"decimal", "0|-0.0|+1.|.5|123456789012345678901234567890.1", "|.|1e3|1,5|INF|--1| 1|1 "},
    {"integer", "0|-12|+3|00012|99999999999999999999", "|1.0|1e2|a|+| 1"},
    {"nonPositiveInteger", "0|-1", "1"},
    {"negativeInteger", "-1", "0|1"},
    {"nonNegativeInteger", "0|-0|7", "-1"},
    {"positiveInteger", "1|001", "0|-1"},
    {"long", "9223372036854775807|-9223372036854775808",
     "9223372036854775808|-9223372036854775809"},
    {"int", "2147483647|-2147483648", "2147483648|-2147483649"},
    {"short", "32767", "32768"},
    {"byte", "127|-128|0127", "128|-129"},
    {"unsignedLong", "18446744073709551615", "18446744073709551616|-1"},
    {"unsignedInt", "4294967295", "4294967296"},
    {"unsignedShort", "65535", "65536"},
    {"unsignedByte", "255", "256"},
    {"double", "1|-1.5e10|.5|1.|1E-400|1e400|INF|-INF|+INF|NaN", "|inf|nan|1e|e1|.|0x1p3|1.5 "},
    {"float", "1|1e39|NaN", "|infinity|1f"},
    {"date",
     "2024-02-29|2000-02-29|0000-01-01|-0004-02-29|12345-01-01|2020-01-01Z|"
     "2020-01-01+14:00|2020-01-01-13:59",
     "2023-02-29|1900-02-29|2024-02-30|2024-04-31|2024-13-01|2024-00-10|2024-1-1|24-01-01|"
     "02024-01-01|2020-01-01+14:01|2020-01-01+1:00|2020-01-01T00:00:00|+2020-01-01||31.2.24"},
    {"dateTime",
     "2020-01-01T00:00:00|2020-01-01T24:00:00|2020-01-01T24:00:00.000Z|2020-12-31T23:59:59.123456Z",
     "2020-01-01|2020-01-01T24:00:01|2020-01-01T25:00:00|2020-01-01T00:60:00|2020-01-01T00:00:60|"
     "2020-01-01T00:00|2020-01-01T00:00:00.|2020-01-01 00:00:00|2020-02-30T00:00:00Z"},
    {"dateTimeStamp", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00"},
    {"time", "00:00:00|24:00:00|12:30:00.5+01:00", "24:00:01|12:30|1:00:00"},
    {"gYear", "2020|0000|-0001|12000|2020Z", "20|020|02020|2020-01|"},
    {"gYearMonth", "2020-01|2020-12+01:00", "2020-13|2020-00|2020|2020-1"},
    {"gMonth", "--01|--12Z", "--13|--1|-01|01"},
    {"gMonthDay", "--02-29|--12-31", "--02-30|--04-31|02-29"},
    {"gDay", "---01|---31", "---32|---00|--01"},
    {"duration", "P1Y|P1Y2M3DT4H5M6.7S|-P1D|PT0S|P0Y|PT1.50S",
     "|P|PT|P1YT|1Y|P1M1Y|P1.5D|PT1M.5S|P-1Y|P1S"},
    {"yearMonthDuration", "P1Y2M|-P3M", "P1D|P1YT1M|P"},
    {"dayTimeDuration", "P1DT2M|PT3H", "P1M|P1Y|P"},
    {"anyURI", "http://a/|../b c|", "\xEF\xBF\xBF"},
    {"hexBinary", "|0fB7", "0|0g"},
    {"base64Binary", "|AAAA|AA==|AAA=|A A A A", "A|AA|AB==|AAB=|A===|AAAA=|AA  AA|AAAA "},
};

std::vector<std::string> split(const char* text) {
  std::vector<std::string> out(1);
  for (const char* at = text; *at != '\0'; ++at) {
    if (*at == '|') {
      out.emplace_back();
    } else {
      out.back() += *at;
    }
  }
  return out;
}

TEST(DatatypesTest, LexicalFormsAreThoseOfTheStandard) {
  for (const FormCase& each : kForms) {
    const std::string iri = std::string(xsd::kNamespace) + each.datatype;
    ASSERT_NE(find_datatype(iri), Datatype::other) << iri;
    ASSERT_EQ(iri_of(find_datatype(iri)), iri);
    for (const std::string& text : split(each.good)) {
      EXPECT_TRUE(is_valid_lexical(iri, text)) << each.datatype << " \"" << text << '"';
    }
    for (const std::string& text : split(each.bad)) {
      EXPECT_FALSE(is_valid_lexical(iri, text)) << each.datatype << " \"" << text << '"';
    }
  }
}

TEST(DatatypesTest, UnknownDatatypesTakeEveryForm) {
  EXPECT_TRUE(is_valid_lexical("http://example.org/mine", "anything"));
  EXPECT_EQ(find_datatype("http://www.w3.org/2001/XMLSchema#dat"), Datatype::other);
}

TEST(DatatypesTest, DerivationIsTransitive) {
  EXPECT_TRUE(is_derived_from(Datatype::byte, Datatype::decimal));
  EXPECT_TRUE(is_derived_from(Datatype::date, Datatype::date));
  EXPECT_FALSE(is_derived_from(Datatype::decimal, Datatype::integer));
  EXPECT_FALSE(is_derived_from(Datatype::date, Datatype::date_time));
}

// The oracle is the calendar of <chrono>.
TEST(CalendarTest, EveryDayOfFourCenturiesIsJudgedAndPlacedAsByChrono) {
  for (int year = 1899; year <= 2301; ++year) {
    for (unsigned month = 1; month <= 12; ++month) {
      for (unsigned day = 1; day <= 31; ++day) {
        const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                               std::chrono::day(day)};
        char text[16];
        std::snprintf(text, sizeof text, "%04d-%02u-%02u", year, month, day);
        const auto moment = parse_moment(MomentKind::date, text);
        ASSERT_EQ(moment.has_value(), date.ok()) << text;
        if (!moment) continue;
        const auto days = std::chrono::sys_days(date).time_since_epoch().count();
        ASSERT_EQ(moment->seconds, days * 86'400) << text;
        ASSERT_EQ(moment->next, (days + 1) * 86'400) << text;
      }
    }
  }
}

std::partial_ordering compare_as(const char* type, const char* a, const char* b) {
  const std::string iri = std::string(xsd::kNamespace) + type;
  return compare_literals(literal_view(a, iri), literal_view(b, iri));
}

TEST(CalendarTest, ZonesShiftAndAMissingZoneBlursByFourteenHours) {
  using Order = std::partial_ordering;
  EXPECT_EQ(compare_as("dateTime", "2020-01-01T12:00:00Z", "2020-01-01T13:00:00+01:00"),
            Order::equivalent);
  EXPECT_EQ(compare_as("dateTime", "2020-01-01T24:00:00", "2020-01-02T00:00:00.0"),
            Order::equivalent);
  EXPECT_EQ(compare_as("dateTime", "2020-01-01T12:00:00", "2020-01-01T13:00:00Z"),
            Order::unordered);
  EXPECT_EQ(compare_as("dateTime", "2020-01-01T12:00:00", "2020-01-02T02:00:01Z"), Order::less);
  EXPECT_EQ(compare_as("dateTime", "2020-01-02T02:00:01Z", "2020-01-01T12:00:00"), Order::greater);
  EXPECT_EQ(compare_as("dateTime", "2020-01-01T12:00:00", "2020-01-02T02:00:00Z"),
            Order::unordered);
  EXPECT_EQ(compare_as("dateTime", "2020-01-01T00:00:00.123", "2020-01-01T00:00:00.1230001"),
            Order::less);
  EXPECT_EQ(compare_as("date", "-0001-01-01", "0000-01-01"), Order::less);
  EXPECT_EQ(compare_as("time", "24:00:00", "00:00:00"), Order::equivalent);
  EXPECT_EQ(compare_as("gMonthDay", "--02-29", "--03-01"), Order::less);
  EXPECT_EQ(compare_as("date", "2020-02-30", "2020-03-01"), Order::unordered);
  EXPECT_EQ(compare_as("gYear", "99999999999", "999999999999999999999999"), Order::less);
}

TEST(CalendarTest, DurationsAreOrderedOnlyWhereEveryMonthAgrees) {
  using Order = std::partial_ordering;
  EXPECT_EQ(compare_as("duration", "P1M", "P30D"), Order::unordered);
  EXPECT_EQ(compare_as("duration", "P1M", "P32D"), Order::less);
  EXPECT_EQ(compare_as("duration", "P1Y", "P12M"), Order::equivalent);
  EXPECT_EQ(compare_as("duration", "PT60S", "PT1M"), Order::equivalent);
  EXPECT_EQ(compare_as("duration", "-PT0.5S", "PT0.1S"), Order::less);
  EXPECT_EQ(compare_as("duration", "-PT0.5S", "-PT0.1S"), Order::less);
  EXPECT_EQ(compare_as("duration", "P4Y", "P1461D"), Order::unordered);
}

TEST(CalendarTest, PartialDatesAreAfterOnlyWhenCertain) {
  struct Case {
    const char* a_type;
    const char* a;
    const char* b_type;
    const char* b;
    bool after;
  };
  constexpr Case kCases[] = {
      {"gYearMonth", "2020-09", "date", "2020-09-20", false},
      {"gYearMonth", "2020-10", "date", "2020-09-20", true},
      {"date", "2020-09-20", "gYearMonth", "2020-09", false},
      {"date", "2020-10-01", "gYearMonth", "2020-09", true},
      {"date", "2021-01-01", "gYear", "2020", true},
      {"date", "2020-12-31", "gYear", "2020", false},
      {"gYear", "2020", "gYear", "2020", false},
      {"gYear", "2021", "gYear", "2020", true},
      {"date", "2020-01-01", "date", "2020-01-01", false},
      {"dateTime", "2020-01-01T10:00:00", "date", "2020-01-01", false},
      {"dateTime", "2020-01-02T00:00:00", "date", "2020-01-01", true},
      {"dateTime", "2020-01-02T00:00:00Z", "date", "2020-01-01", false},  // zone not known
      {"dateTime", "2020-01-02T15:00:00Z", "date", "2020-01-01", true},
      {"dateTime", "2020-01-01T00:00:00.2", "dateTime", "2020-01-01T00:00:00.1", true},
      {"dateTime", "2020-01-01T00:00:00.1", "dateTime", "2020-01-01T00:00:00.1", false},
      {"date", "2020-02-30", "date", "2019-01-01", false},  // no date at all
      {"string", "2021", "gYear", "2020", false},
      {"time", "11:00:00", "time", "10:00:00", false},
  };
  for (const Case& c : kCases) {
    const std::string a_type = std::string(xsd::kNamespace) + c.a_type;
    const std::string b_type = std::string(xsd::kNamespace) + c.b_type;
    EXPECT_EQ(is_date_after(literal_view(c.a, a_type), literal_view(c.b, b_type)), c.after)
        << c.a << " after " << c.b;
  }
}

// The oracle is integer arithmetic.
TEST(NumbersTest, DecimalsCompareAsScaledIntegers) {
  std::mt19937 random(11);
  const auto make = [&](long long& scaled) {
    std::string text = random() % 3 == 0 ? "-" : random() % 2 == 0 ? "+" : "";
    const bool negative = text == "-";
    std::string whole(random() % 6, '0');
    std::string fraction(random() % 6, '0');
    for (char& c : whole) c = static_cast<char>('0' + random() % 3);
    for (char& c : fraction) c = static_cast<char>('0' + random() % 3);
    if (whole.empty() && fraction.empty()) whole = "0";
    scaled = 0;
    for (const char c : whole) scaled = scaled * 10 + (c - '0');
    for (std::size_t i = 0; i < 6; ++i) {
      scaled = scaled * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    }
    if (negative) scaled = -scaled;
    return text + whole + (fraction.empty() ? "" : "." + fraction);
  };
  for (int i = 0; i < 100'000; ++i) {
    long long a_value = 0;
    long long b_value = 0;
    const std::string a = make(a_value);
    const std::string b = make(b_value);
    const auto left = parse_decimal(a);
    const auto right = parse_decimal(b);
    ASSERT_TRUE(left && right) << a << ' ' << b;
    const auto wanted = a_value < b_value   ? std::strong_ordering::less
                        : a_value > b_value ? std::strong_ordering::greater
                                            : std::strong_ordering::equal;
    ASSERT_EQ(compare(*left, *right), wanted) << a << ' ' << b;
    ASSERT_DOUBLE_EQ(to_double(*left), std::strtod(a.c_str(), nullptr));
  }
}

TEST(NumbersTest, DoublesAreThoseOfStrtod) {
  for (const char* text :
       {"1", "-1.5e10", ".5", "1.", "1E-400", "1e400", "-1e400", "0.1", "-0", "4.9e-324",
        "1.7976931348623159e308", "0e999999999999999999999", "0.00000000000000000000001e20"}) {
    ASSERT_TRUE(parse_double(text).has_value()) << text;
    EXPECT_EQ(*parse_double(text), std::strtod(text, nullptr)) << text;
    EXPECT_EQ(*parse_float(text), static_cast<double>(std::strtof(text, nullptr))) << text;
  }
  EXPECT_TRUE(std::isnan(*parse_double("NaN")));
}

TEST(NumbersTest, NumbersOfAllTypesCompareAndOthersDoNot) {
  const auto order = [](std::string_view a, std::string_view a_type, std::string_view b,
                        std::string_view b_type) {
    return compare_literals(literal_view(a, a_type), literal_view(b, b_type));
  };
  using Order = std::partial_ordering;
  EXPECT_EQ(order("2", xsd::kInteger, "10", xsd::kDecimal), Order::less);
  EXPECT_EQ(order("2", xsd::kInteger, "2.0", xsd::kDouble), Order::equivalent);
  EXPECT_EQ(order("0.1", xsd::kFloat, "0.1", xsd::kDouble), Order::greater);
  EXPECT_EQ(order("NaN", xsd::kDouble, "NaN", xsd::kDouble), Order::unordered);
  EXPECT_EQ(order("2", xsd::kString, "10", xsd::kInteger), Order::unordered);
  EXPECT_EQ(order("b", xsd::kString, "a", xsd::kString), Order::greater);
  EXPECT_EQ(order("false", xsd::kBoolean, "1", xsd::kBoolean), Order::less);
  EXPECT_EQ(order("x", xsd::kInteger, "1", xsd::kInteger), Order::unordered);
  EXPECT_EQ(order("2020-01-01", xsd::kDate, "2020-01-01T00:00:00", xsd::kDateTime),
            Order::unordered);
}

}  // namespace
}  // namespace dossier
