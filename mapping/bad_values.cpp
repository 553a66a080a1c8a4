#include "mapping/bad_values.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "graph/iri.hpp"
#include "mapping/cell_places.hpp"

namespace dossier {
namespace {

std::string describe(const BadValue& value, std::string_view reference) {
  const std::string shown = printable(value.value, 200);
  if (value.code == code::map_function) {
    return reference.empty() ? value.note : fmt::format("{} ({})", value.note, reference);
  }
  if (value.code == code::map_bad_language) {
    return fmt::format("\"{}\" from {} is not a language tag", shown, reference);
  }
  const std::size_t fault = find_iriref_fault(value.value);
  if (fault == kIriValid) {
    return fmt::format("\"{}\" from {} is a relative IRI, and there is no base", shown, reference);
  }
  const CodePoint character = decode_utf8(std::string_view(value.value).substr(fault));
  return fmt::format("\"{}\" from {} is not {}: U+{:04X} is at character {}", shown, reference,
                     value.code == code::map_bad_datatype ? "a datatype IRI" : "an IRI",
                     static_cast<std::uint32_t>(character.value),
                     count_code_points(std::string_view(value.value).substr(0, fault)) + 1);
}

std::string advise(const BadValue& value) {
  if (value.code == code::map_function) return "";
  if (value.code == code::map_bad_language) return "wanted a tag such as en or de-AT";
  if (find_iriref_fault(value.value) == kIriValid) return "name a base IRI, or use a template";
  return "a template percent-encodes: write http://.../{column} instead of the bare reference";
}

}  // namespace

void report_bad_values(const Plan& plan, const SourcePlan& source,
                       std::span<const std::string> slots, std::vector<BadValue> values,
                       DiagnosticSink& diagnostics) {
  if (values.empty()) return;
  std::vector<CellRequest> requests;
  for (BadValue& value : values) {
    if (value.code == code::map_function) {
      const auto origins = source.program.origins(value.slot);
      value.slot = origins.empty() ? Piece::kConstant : origins.front();
    }
    requests.push_back({value.offset, value.slot < slots.size() ? slots[value.slot] : ""});
  }
  const std::vector<CellPlace> cells = find_cells(plan, source, requests, plan.options.limits);
  for (std::size_t i = 0; i < values.size(); ++i) {
    Diagnostic diagnostic =
        make_diagnostic(values[i].code, cells[i].place, describe(values[i], requests[i].reference),
                        advise(values[i]));
    diagnostic.related = values[i].term->place;
    diagnostics.report(std::move(diagnostic));
  }
}

}  // namespace dossier
