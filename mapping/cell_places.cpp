#include "mapping/cell_places.hpp"

#include <algorithm>
#include <numeric>

namespace dossier {

std::vector<CellPlace> find_cells(const Plan& plan, const SourcePlan& source,
                                  std::span<const CellRequest> requests, const Limits& limits) {
  std::vector<CellPlace> out(requests.size());
  for (CellPlace& each : out) each.place.file = source.shown_path;
  const LogicalSource& described = plan.model.sources[source.model_index];
  if (described.formulation != Formulation::csv || source.path == "-") return out;
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
