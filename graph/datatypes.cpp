#include "graph/datatypes.hpp"

#include <algorithm>
#include <optional>
#include <span>

#include "base/utf8.hpp"
#include "graph/characters.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

constexpr std::string_view kIris[] = {
    {},
#define DOSSIER_DATATYPE(name, iri, parent, check, form) iri,
#include "graph/datatypes.def"
#undef DOSSIER_DATATYPE
};

constexpr Datatype kParents[] = {
    Datatype::other,
#define DOSSIER_DATATYPE(name, iri, parent, check, form) Datatype::parent,
#include "graph/datatypes.def"
#undef DOSSIER_DATATYPE
};

constexpr std::string_view kForms[] = {
    {},
#define DOSSIER_DATATYPE(name, iri, parent, check, form) form,
#include "graph/datatypes.def"
#undef DOSSIER_DATATYPE
};

constexpr std::size_t index_of(Datatype datatype) {
  return static_cast<std::size_t>(datatype);
}

constexpr bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// ---- strings

// Char of XML 1.1: all but NUL, U+FFFE and U+FFFF (surrogates are no UTF-8).
bool is_string(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return false;
  for (std::size_t at = text.find("\xEF\xBF"); at != std::string_view::npos;
       at = text.find("\xEF\xBF", at + 2)) {
    const char last = at + 2 < text.size() ? text[at + 2] : '\0';
    if (last == '\xBE' || last == '\xBF') return false;
  }
  return true;
}

bool is_normalized_string(std::string_view text) {
  return text.find_first_of("\t\n\r") == std::string_view::npos && is_string(text);
}

bool is_token(std::string_view text) {
  return is_normalized_string(text) && !text.starts_with(' ') && !text.ends_with(' ') &&
         text.find("  ") == std::string_view::npos;
}

// [a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*
bool is_language(std::string_view text) {
  std::size_t size = 0;
  bool first = true;
  for (const char c : text) {
    if (c == '-') {
      if (size == 0) return false;
      size = 0;
      first = false;
      continue;
    }
    if (!(is_letter(c) || (!first && is_digit(c))) || ++size > 8) return false;
  }
  return size > 0;
}

struct CodeRange {
  char32_t first;
  char32_t last;
};

// [4] NameStartChar and [4a] NameChar of XML 1.0, fifth edition, beyond ASCII.
constexpr CodeRange kNameStart[] = {
    {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
    {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
    {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
};
constexpr CodeRange kNameMore[] = {{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};

bool is_in(char32_t c, std::span<const CodeRange> ranges) {
  return std::ranges::any_of(ranges,
                             [c](const CodeRange& r) { return c >= r.first && c <= r.last; });
}

bool is_name_start(char32_t c, bool colon) {
  if (c < 0x80) return is_letter(static_cast<char>(c)) || c == '_' || (colon && c == ':');
  return is_in(c, kNameStart);
}

bool is_name_char(char32_t c, bool colon) {
  if (is_name_start(c, colon)) return true;
  if (c < 0x80) return is_digit(static_cast<char>(c)) || c == '-' || c == '.';
  return is_in(c, kNameMore);
}

bool is_name_like(std::string_view text, bool colon, bool needs_start) {
  bool first = needs_start;
  if (text.empty()) return false;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    if (point.size == 0) return false;
    if (!(first ? is_name_start(point.value, colon) : is_name_char(point.value, colon))) {
      return false;
    }
    first = false;
    text.remove_prefix(point.size);
  }
  return true;
}

bool is_name(std::string_view text) {
  return is_name_like(text, true, true);
}
bool is_ncname(std::string_view text) {
  return is_name_like(text, false, true);
}
bool is_nmtoken(std::string_view text) {
  return is_name_like(text, true, false);
}

// ---- numbers and others

bool is_boolean(std::string_view text) {
  return text == "true" || text == "false" || text == "1" || text == "0";
}
bool is_decimal(std::string_view text) {
  return parse_decimal(text).has_value();
}
bool is_integer(std::string_view text) {
  return parse_integer(text).has_value();
}
bool is_double(std::string_view text) {
  return parse_double(text).has_value();
}

struct IntegerBounds {
  Datatype datatype;
  std::string_view least;  // empty: none
  std::string_view most;
};

constexpr IntegerBounds kIntegerBounds[] = {
    {Datatype::non_positive_integer, {}, "0"},
    {Datatype::negative_integer, {}, "-1"},
    {Datatype::long_, "-9223372036854775808", "9223372036854775807"},
    {Datatype::int_, "-2147483648", "2147483647"},
    {Datatype::short_, "-32768", "32767"},
    {Datatype::byte, "-128", "127"},
    {Datatype::non_negative_integer, "0", {}},
    {Datatype::positive_integer, "1", {}},
    {Datatype::unsigned_long, "0", "18446744073709551615"},
    {Datatype::unsigned_int, "0", "4294967295"},
    {Datatype::unsigned_short, "0", "65535"},
    {Datatype::unsigned_byte, "0", "255"},
};

bool is_bounded_integer(Datatype datatype, std::string_view text) {
  const std::optional<Decimal> value = parse_integer(text);
  if (!value) return false;
  const auto bounds = std::ranges::find(kIntegerBounds, datatype, &IntegerBounds::datatype);
  if (bounds == std::end(kIntegerBounds)) return true;
  return (bounds->least.empty() || compare(*value, *parse_integer(bounds->least)) >= 0) &&
         (bounds->most.empty() || compare(*value, *parse_integer(bounds->most)) <= 0);
}

bool is_hex_binary(std::string_view text) {
  return text.size() % 2 == 0 && std::ranges::all_of(text, is_hex);
}

// [68] Base64Binary: quartets, single blanks between characters, no stray bits at the end.
bool is_base64_binary(std::string_view text) {
  std::size_t count = 0;
  std::size_t padding = 0;
  char last = '\0';
  bool after_blank = true;
  for (const char c : text) {
    if (c == ' ') {
      if (after_blank) return false;
      after_blank = true;
      continue;
    }
    after_blank = false;
    ++count;
    if (c == '=') {
      ++padding;
      continue;
    }
    if (padding > 0 || !(is_letter(c) || is_digit(c) || c == '+' || c == '/')) return false;
    last = c;
  }
  if (text.ends_with(' ') || count % 4 != 0 || padding > 2) return false;
  if (padding == 1)
    return std::string_view("AEIMQUYcgkosw048").find(last) != std::string_view::npos;
  if (padding == 2) return std::string_view("AQgw").find(last) != std::string_view::npos;
  return true;
}

std::optional<MomentKind> moment_kind(Datatype datatype) {
  struct Pair {
    Datatype datatype;
    MomentKind kind;
  };
  constexpr Pair kKinds[] = {
      {Datatype::date_time, MomentKind::date_time},
      {Datatype::date_time_stamp, MomentKind::date_time},
      {Datatype::date, MomentKind::date},
      {Datatype::time, MomentKind::time},
      {Datatype::g_year, MomentKind::g_year},
      {Datatype::g_year_month, MomentKind::g_year_month},
      {Datatype::g_month, MomentKind::g_month},
      {Datatype::g_month_day, MomentKind::g_month_day},
      {Datatype::g_day, MomentKind::g_day},
  };
  const auto found = std::ranges::find(kKinds, datatype, &Pair::datatype);
  if (found == std::end(kKinds)) return std::nullopt;
  return found->kind;
}

std::optional<Moment> parse_typed_moment(Datatype datatype, std::string_view text) {
  const std::optional<MomentKind> kind = moment_kind(datatype);
  if (!kind) return std::nullopt;
  std::optional<Moment> moment = parse_moment(*kind, text);
  if (moment && datatype == Datatype::date_time_stamp && !moment->zoned) return std::nullopt;
  return moment;
}

bool is_moment(Datatype datatype, std::string_view text) {
  return parse_typed_moment(datatype, text).has_value();
}
bool is_duration(std::string_view text) {
  return parse_duration(text).has_value();
}
bool is_year_month_duration(std::string_view text) {
  return text.find_first_of("DT") == std::string_view::npos && is_duration(text);
}
bool is_day_time_duration(std::string_view text) {
  const std::string_view before_time = text.substr(0, text.find('T'));
  return before_time.find_first_of("YM") == std::string_view::npos && is_duration(text);
}

// A check that asks for the datatype as well, and one that does not.
bool apply(bool (*check)(Datatype, std::string_view), Datatype datatype, std::string_view text) {
  return check(datatype, text);
}
bool apply(bool (*check)(std::string_view), Datatype, std::string_view text) {
  return check(text);
}

}  // namespace

Datatype find_datatype(std::string_view iri) {
  if (!iri.starts_with(xsd::kNamespace) && !iri.starts_with(rdf::kNamespace)) {
    return Datatype::other;
  }
  const auto found = std::ranges::find(kIris, iri);
  return found == std::end(kIris) ? Datatype::other
                                  : static_cast<Datatype>(found - std::begin(kIris));
}

std::string_view iri_of(Datatype datatype) {
  return kIris[index_of(datatype)];
}

std::span<const std::string_view> known_datatypes() {
  return std::span(kIris).subspan(1);
}

bool is_derived_from(Datatype datatype, Datatype base) {
  while (datatype != base && datatype != Datatype::other) datatype = kParents[index_of(datatype)];
  return datatype == base;
}

bool is_valid_lexical(Datatype datatype, std::string_view text) {
  switch (datatype) {
    case Datatype::other:
      return true;
#define DOSSIER_DATATYPE(name, iri, parent, check, form) \
  case Datatype::name:                                   \
    return apply(check, datatype, text);
#include "graph/datatypes.def"
#undef DOSSIER_DATATYPE
  }
  return true;
}

bool is_valid_lexical(std::string_view datatype_iri, std::string_view text) {
  return is_valid_lexical(find_datatype(datatype_iri), text);
}

std::string_view expected_form(Datatype datatype) {
  return kForms[index_of(datatype)];
}

LiteralValue parse_value(Datatype datatype, std::string_view text) {
  if (!is_valid_lexical(datatype, text)) return {};
  if (is_derived_from(datatype, Datatype::string)) return text;
  if (datatype == Datatype::boolean) return text == "true" || text == "1";
  if (is_derived_from(datatype, Datatype::decimal)) return *parse_decimal(text);
  if (datatype == Datatype::double_) return *parse_double(text);
  if (datatype == Datatype::float_) return *parse_float(text);
  if (moment_kind(datatype)) return *parse_typed_moment(datatype, text);
  if (is_derived_from(datatype, Datatype::duration)) return *parse_duration(text);
  return {};
}

std::partial_ordering compare(const LiteralValue& a, const LiteralValue& b) {
  const auto number = [](const LiteralValue& value) -> std::optional<double> {
    if (const auto* decimal = std::get_if<Decimal>(&value)) return to_double(*decimal);
    if (const auto* ieee = std::get_if<double>(&value)) return *ieee;
    return std::nullopt;
  };
  if (a.index() != b.index()) {
    const std::optional<double> left = number(a);
    const std::optional<double> right = number(b);
    if (left && right) return *left <=> *right;
    return std::partial_ordering::unordered;
  }
  return std::visit(
      [&](const auto& left) -> std::partial_ordering {
        using Kind = std::decay_t<decltype(left)>;
        if constexpr (std::is_same_v<Kind, std::monostate>) {
          return std::partial_ordering::unordered;
        } else if constexpr (std::is_same_v<Kind, bool> || std::is_same_v<Kind, double> ||
                             std::is_same_v<Kind, std::string_view>) {
          return left <=> std::get<Kind>(b);
        } else {
          return compare(left, std::get<Kind>(b));
        }
      },
      a);
}

std::partial_ordering compare_literals(const TermView& a, const TermView& b) {
  if (a.kind != TermKind::literal || b.kind != TermKind::literal) {
    return std::partial_ordering::unordered;
  }
  return compare(parse_value(find_datatype(a.datatype), a.text),
                 parse_value(find_datatype(b.datatype), b.text));
}

bool is_date_after(const TermView& a, const TermView& b) {
  const auto dated = [](const TermView& term) -> std::optional<Moment> {
    if (term.kind != TermKind::literal) return std::nullopt;
    const Datatype datatype = find_datatype(term.datatype);
    switch (moment_kind(datatype).value_or(MomentKind::time)) {
      case MomentKind::date_time:
      case MomentKind::date:
      case MomentKind::g_year:
      case MomentKind::g_year_month:
        return parse_typed_moment(datatype, term.text);
      case MomentKind::time:
      case MomentKind::g_month:
      case MomentKind::g_month_day:
      case MomentKind::g_day:
        break;
    }
    return std::nullopt;
  };
  const std::optional<Moment> left = dated(a);
  const std::optional<Moment> right = dated(b);
  return left && right && certainly_after(*left, *right);
}

}  // namespace dossier
