#include "mapping/cell_places.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "mapping/sql_source.hpp"
#include "sources/text_places.hpp"
#include "sources/value_places.hpp"

namespace dossier {
namespace {

std::vector<std::size_t> order_of_offsets(std::span<const CellRequest> requests) {
  std::vector<std::size_t> order(requests.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return requests[i].offset; });
  return order;
}

constexpr std::size_t kMaxRecordBytes = std::size_t{4} << 20;  // of one that is looked into

// The offset of each value, in the order of `order`; that of the record where it is not found.
std::vector<std::uint64_t> value_offsets(std::unique_ptr<ByteSource> input,
                                         std::optional<TextEncoding> encoding,
                                         Formulation formulation,
                                         std::span<const CellRequest> requests,
                                         std::span<const std::size_t> order, const Limits& limits) {
  std::vector<std::uint64_t> offsets;
  for (const std::size_t i : order) offsets.push_back(requests[i].offset);
  std::vector<std::uint64_t> found = offsets;
  const auto look = [&](std::size_t index, std::string_view text) {
    const std::string& reference = requests[order[index]].reference;
    std::optional<std::size_t> at;
    if (formulation == Formulation::jsonpath) at = find_json_value(text, reference, limits);
    if (formulation == Formulation::xpath) at = find_xml_value(text, reference);
    if (at) found[index] += *at;
  };
  // Where the file cannot be read again, the records are all that is known.
  (void)look_at_text(std::move(input), encoding, offsets, kMaxRecordBytes, look);
  return found;
}

// Trees: the place of the value, or of the record where it is not found; the reference says what in
// it is meant.
void place_records(const LogicalSource& described, const SourcePlan& source,
                   std::span<const CellRequest> requests, const Limits& limits,
                   std::vector<CellPlace>& out) {
  std::optional<TextEncoding> encoding;
  if (!described.encoding.empty()) {
    const auto named = named_encoding(described);
    if (named) encoding = *named;
  }
  auto input = open_input(source.path, limits);
  if (!input) return;
  std::vector<std::size_t> order = order_of_offsets(requests);
  const std::vector<std::uint64_t> values =
      value_offsets(std::move(*input), encoding, described.formulation, requests, order, limits);
  std::vector<std::size_t> by_place(order.size());
  std::iota(by_place.begin(), by_place.end(), std::size_t{0});
  std::ranges::stable_sort(by_place, {}, [&](std::size_t i) { return values[i]; });
  std::vector<std::uint64_t> offsets;
  std::vector<std::size_t> sorted;
  for (const std::size_t i : by_place) {
    offsets.push_back(values[i]);
    sorted.push_back(order[i]);
  }
  order = std::move(sorted);
  input = open_input(source.path, limits);
  if (!input) return;
  const auto places = find_text_places(std::move(*input), encoding, offsets);
  if (!places) return;
  for (std::size_t i = 0; i < order.size(); ++i) {
    Place& place = out[order[i]].place;
    place.line = (*places)[i].line;
    place.column = (*places)[i].column;
    place.locator = requests[order[i]].reference;
  }
}

}  // namespace

std::vector<CellPlace> find_cells(const Plan& plan, const SourcePlan& source,
                                  std::span<const CellRequest> requests, const Limits& limits) {
  std::vector<CellPlace> out(requests.size());
  for (CellPlace& each : out) each.place.file = source.shown_path;
  const LogicalSource& described = plan.model.sources[source.model_index];
  if (source.path == "-") return out;
  if (is_sql(described) || described.formulation == Formulation::rdf) {
    const std::string_view record = is_sql(described) ? "row" : "subject";
    for (std::size_t i = 0; i < requests.size(); ++i) {
      out[i].place.locator =
          fmt::format("{} {}, {}", record, requests[i].offset + 1, requests[i].reference);
    }
    return out;
  }
  if (described.formulation != Formulation::csv) {
    place_records(described, source, requests, limits, out);
    return out;
  }
  const auto dialect = csv_dialect(described);
  if (!dialect) return out;

  const std::vector<std::size_t> order = order_of_offsets(requests);
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
