// One term map -> TermPlan, with all checks of types and positions. Part of `compile` (plan.hpp).
#pragma once

#include <string>
#include <vector>

#include "mapping/plan.hpp"

namespace dossier {

// Where in a statement a term stands: decides the default term type and which are allowed.
enum class Position : std::uint8_t { subject, predicate, object, graph, cls, join };

// References -> slots of one source.
class SlotTable {
 public:
  explicit SlotTable(std::vector<std::string>& names) : names_(names) {}
  std::uint32_t slot(std::string_view reference);

 private:
  std::vector<std::string>& names_;
};

struct TermContext {
  SlotTable slots;
  std::string base;
  std::uint64_t record_seed = 0;  // differs for each term map of the mapping
  DiagnosticSink& diagnostics;
  RowProgram& program;  // takes the functions
  const MappingModel& model;
  const Limits& limits;
};

// Nothing when the term map is wrong: then it has been reported.
std::optional<TermPlan> compile_term(const TermMap& map, Position position, TermContext& context);

// What a term map becomes when it does not say: RML-Core, "Term types".
TermType default_term_type(const TermMap& map, Position position);

}  // namespace dossier
