#include "exporters/turtle_literals.hpp"

#include "graph/characters.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

// Takes digits off the front of `text`; how many there were.
std::size_t take_digits(std::string_view& text) {
  std::size_t count = 0;
  while (count < text.size() && has_class(text[count], kDigit)) ++count;
  text.remove_prefix(count);
  return count;
}

void take_sign(std::string_view& text) {
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) text.remove_prefix(1);
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// [154s] EXPONENT, to the end.
bool is_exponent(std::string_view text) {
  if (!take(text, 'e') && !take(text, 'E')) return false;
  take_sign(text);
  return take_digits(text) > 0 && text.empty();
}

}  // namespace

Shorthand shorthand_of(std::string_view datatype) {
  if (datatype == xsd::kInteger) return Shorthand::integer;
  if (datatype == xsd::kDecimal) return Shorthand::decimal;
  if (datatype == xsd::kDouble) return Shorthand::double_;
  if (datatype == xsd::kBoolean) return Shorthand::boolean;
  return Shorthand::none;
}

bool is_shorthand(Shorthand kind, std::string_view text) {
  if (kind == Shorthand::none) return false;
  if (kind == Shorthand::boolean) return text == "true" || text == "false";
  take_sign(text);
  const std::size_t whole = take_digits(text);
  if (kind == Shorthand::integer) return whole > 0 && text.empty();
  const bool point = take(text, '.');
  const std::size_t fraction = point ? take_digits(text) : 0;
  if (kind == Shorthand::decimal) return fraction > 0 && text.empty();
  return whole + fraction > 0 && is_exponent(text);
}

bool is_multi_line(std::string_view text) {
  const std::size_t first = text.find('\n');
  return first != std::string_view::npos && first > 0 &&
         text.find_first_not_of('\n', first) != std::string_view::npos;
}

}  // namespace dossier
