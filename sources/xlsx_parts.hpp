// The parts of a workbook (Office Open XML, ECMA-376) that its sheets need: which sheets there are,
// the shared strings, what the cell styles make of numbers. A part is a file in the zip; each is
// read through the limits of archives and XML. One thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/arena.hpp"
#include "base/input.hpp"
#include "base/limits.hpp"
#include "sources/xlsx_values.hpp"
#include "sources/xml_events.hpp"

namespace dossier {

struct SheetPart {
  std::string name;
  std::string part;  // in the zip
};

struct Workbook {
  std::string path;
  std::vector<SheetPart> sheets;  // in the order of the tabs; charts left out
  bool date1904 = false;
  std::vector<std::string_view> strings;  // in `texts`
  std::vector<SheetFormat> formats;       // by the number of a cell style
  Arena texts;
};

// Errors: xlsx_bad, and those of archives and XML.
Expected<std::unique_ptr<Workbook>> open_workbook(const std::string& path, const Limits& limits);

Expected<std::unique_ptr<ByteSource>> open_part(const std::string& path, const std::string& part,
                                                const Limits& limits);

// Of an element of a part: its attribute, whatever the namespace; empty when it has none. And a
// number, 0 when there is none.
std::string_view part_attribute(std::span<const XmlAttribute> attributes, std::string_view local);
std::uint64_t part_number(std::string_view text);

}  // namespace dossier
