#include "mapping/cell_places.hpp"

#include <algorithm>
#include <numeric>

#include "base/line_index.hpp"

namespace dossier {
namespace {

// Trees: the place of the record, and the reference for what is in it.
void place_records(const SourcePlan& source, std::span<const CellRequest> requests,
                   const Limits& limits, std::vector<CellPlace>& out) {
  const auto text = load_file(source.path, SIZE_MAX, limits);
  if (!text) return;
  const LineIndex lines(*text);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const LineColumn at = lines.at(requests[i].offset);
    out[i].place.line = at.line;
    out[i].place.column = at.column;
    out[i].place.locator = requests[i].reference;
  }
}

}  // namespace

std::vector<CellPlace> find_cells(const Plan& plan, const SourcePlan& source,
                                  std::span<const CellRequest> requests, const Limits& limits) {
  std::vector<CellPlace> out(requests.size());
  for (CellPlace& each : out) each.place.file = source.shown_path;
  const LogicalSource& described = plan.model.sources[source.model_index];
  if (source.path == "-") return out;
  if (described.formulation != Formulation::csv) {
    place_records(source, requests, limits, out);
    return out;
  }
  const auto dialect = csv_dialect(described);
  if (!dialect) return out;

  std::vector<std::size_t> order(requests.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return requests[i].offset; });
  std::vector<CsvCellRequest> sorted;
  for (const std::size_t i : order) sorted.push_back({requests[i].offset, requests[i].reference});
  const auto found = find_csv_cells(source.path.string(), *dialect, sorted, limits);
  if (!found) return out;
  for (std::size_t i = 0; i < order.size(); ++i) {
    CellPlace& cell = out[order[i]];
    cell = (*found)[i];
    cell.place.file = source.shown_path;
  }
  return out;
}

}  // namespace dossier
