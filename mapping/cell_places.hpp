// Places of cells in a source: lines and columns for byte offsets of records and references. One
// read of the source for all of them. Cold path.
#pragma once

#include <string>
#include <vector>

#include "mapping/open_source.hpp"
#include "sources/csv_cells.hpp"

namespace dossier {

struct CellRequest {
  std::uint64_t offset = 0;  // of the record
  std::string reference;
};

// In the order of the requests. A cell that cannot be found has a place with only the file.
std::vector<CellPlace> find_cells(const Plan& plan, const SourcePlan& source,
                                  std::span<const CellRequest> requests, const Limits& limits);

}  // namespace dossier
