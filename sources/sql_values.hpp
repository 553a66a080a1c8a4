// Values of databases in the lexical forms of XML Schema (R2RML, "Natural Mapping of SQL Values").
#pragma once

#include <string>
#include <string_view>

#include "sources/records.hpp"

namespace dossier {

struct NaturalValue {
  std::string_view text;  // in the given one, or in `scratch`
  ValueType type = ValueType::text;
};

// `text` as a value of the declared type; what has no lexical form there (infinite dates, NaN as a
// decimal, 0000-00-00) stays text as it is written.
NaturalValue natural_value(ValueType declared, std::string_view text, std::string& scratch);

// Bytes in hexadecimal digits, upper case.
void append_hex(std::string_view bytes, std::string& out);

}  // namespace dossier
