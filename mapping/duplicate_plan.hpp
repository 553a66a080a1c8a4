// Which statements of a plan can be made twice, worked out from the plan alone before any record is
// read, so that the others are written without being remembered. docs/decisions/0004 has the proof.
#pragma once

#include <cstdint>
#include <vector>

#include "mapping/plan.hpp"

namespace dossier {

enum class StatementCheck : std::uint8_t {
  by_subject,  // only where its subject is made of more than one record
  always       // another statement of the plan may be equal, or the subject tells nothing
};

struct MapChecks {
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  std::uint32_t subject = kNone;           // of SourceChecks::subjects; kNone: it is no help
  std::vector<StatementCheck> statements;  // by the index of the statement
  std::vector<std::uint32_t> slots;        // that its statements are made of
  bool by_row = false;  // equal values in `slots` give equal statements and equal counts
};

struct SourceChecks {
  std::vector<MapChecks> maps;
  std::vector<const TermPlan*> subjects;  // different ones, of the plan, that are worth a look
};

// In the order of Plan::sources; borrows from `plan`.
std::vector<SourceChecks> plan_duplicate_checks(const Plan& plan);

// Whether a record of each could give the same term. False is certain.
bool may_be_equal(const TermPlan& a, const TermPlan& b);

}  // namespace dossier
