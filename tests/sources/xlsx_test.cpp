// What a sheet says is compared with openpyxl by xlsx_oracle.py; here are faults and formats.
#include "sources/xlsx.hpp"

#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/codes/files.hpp"
#include "base/codes/tables.hpp"
#include "sources/xlsx_values.hpp"

namespace dossier {
namespace {

TEST(SheetFormatTest, TheCodeTellsDatesFromNumbers) {
  const auto is = [](std::string_view code, SheetFormat format) {
    EXPECT_EQ(sheet_format(code), format) << code;
  };
  is("General", SheetFormat::number);
  is("#,##0.00 [$EUR-407]", SheetFormat::number);
  is("0.0 \"days\"", SheetFormat::number);
  is("0\\d", SheetFormat::number);
  is("[Red]0_d", SheetFormat::number);
  is("[h]:mm:ss", SheetFormat::number);
  is("0;[Red]yyyy", SheetFormat::number);
  is("dd/mm/yyyy", SheetFormat::date);
  is("mmm", SheetFormat::date);
  is("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", SheetFormat::date);
  is("h:mm AM/PM", SheetFormat::time);
  is("mm:ss.0", SheetFormat::time);
  is("m/d/yy h:mm", SheetFormat::date_time);
}

TEST(SheetFormatTest, SerialNumbersAreDatesOfBothSystems) {
  const auto date = [](double number, bool date1904) {
    return sheet_number(number, SheetFormat::date, date1904).text;
  };
  EXPECT_EQ(date(1, false), "1900-01-01");
  EXPECT_EQ(date(59, false), "1900-02-28");
  EXPECT_EQ(date(61, false), "1900-03-01");
  EXPECT_EQ(date(43831, false), "2020-01-01");
  EXPECT_EQ(date(2958465, false), "9999-12-31");
  EXPECT_EQ(date(2958466, false), "2958466");  // no date any more
  EXPECT_EQ(date(-1, false), "-1");
  EXPECT_EQ(date(0, true), "1904-01-01");
  EXPECT_EQ(date(42369, true), "2020-01-01");
  EXPECT_EQ(sheet_number(43831.999999999, SheetFormat::date_time, false).text,
            "2020-01-02T00:00:00");
  EXPECT_EQ(sheet_number(0.5, SheetFormat::time, false).text, "12:00:00");
}

TEST(SheetFormatTest, ColumnsAreLetters) {
  EXPECT_EQ(sheet_column("A1"), 0u);
  EXPECT_EQ(sheet_column("Z9"), 25u);
  EXPECT_EQ(sheet_column("AA1"), 26u);
  EXPECT_EQ(sheet_column("XFD1048576"), 16383u);
  EXPECT_EQ(sheet_column("7"), static_cast<std::size_t>(-1));
}

TEST(XlsxTest, WhatIsNoWorkbookIsTold) {
  const auto path = std::filesystem::temp_directory_path() /
                    ("dossier_xlsx_" + std::to_string(::getpid()) + ".xlsx");
  std::ofstream(path) << "a,b\n1,2\n";
  const auto text = open_xlsx(path.string(), {}, {});
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, code::xlsx_bad);
  std::filesystem::remove(path);
  EXPECT_EQ(open_xlsx("/no/such/book.xlsx", {}, {}).error().code, code::file_not_found);
  EXPECT_EQ(open_xlsx("-", {}, {}).error().code, code::xlsx_bad);
}

}  // namespace
}  // namespace dossier
