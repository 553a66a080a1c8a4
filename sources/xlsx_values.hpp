// Cells of Office Open XML workbooks as values of XML Schema: what a number format makes of a
// number (ECMA-376 part 1, 18.8.30), and dates out of serial numbers (18.17.4.1). No state, any
// thread.
#pragma once

#include <string>
#include <string_view>

#include "sources/records.hpp"

namespace dossier {

// How a number is shown, as far as it decides what the number is.
enum class SheetFormat : std::uint8_t { number, date, time, date_time };

// Of a format code, such as "dd/mm/yyyy" or "#,##0.00 [$EUR]". Elapsed time ([h]:mm) is a number.
SheetFormat sheet_format(std::string_view code);
// Of the formats that have a number and no code; `number` for all others.
SheetFormat builtin_sheet_format(std::uint64_t id);

struct SheetValue {
  std::string text;
  ValueType type = ValueType::text;
};

// `date1904`: the workbook counts days from 1904. A number that is no date of the years 1900 to
// 9999 stays a number.
SheetValue sheet_number(double number, SheetFormat format, bool date1904);

// "_x000D_" and the like in strings (ST_Xstring) become the characters that they stand for.
std::string unescape_sheet_text(std::string_view text);

// "BC12": column 54, counted from 0; nothing when there is no letter.
std::size_t sheet_column(std::string_view reference);

}  // namespace dossier
