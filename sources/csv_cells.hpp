// Places and texts of many cells of one table, for messages: one read of the file for all of them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sources/csv.hpp"

namespace dossier {

struct CsvCellRequest {
  std::uint64_t offset = 0;  // where the record begins
  std::string reference;     // the column
};

// In the order of the requests, which must be that of the offsets.
Expected<std::vector<CellPlace>> find_csv_cells(const std::string& path, const CsvDialect& dialect,
                                                std::span<const CsvCellRequest> requests,
                                                const Limits& limits = {});

}  // namespace dossier
