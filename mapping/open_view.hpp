// Logical views (RML-LV) as record readers: a record of the base becomes as many rows as its fields
// have values (several of one field, items of an iterable field, matches of a join), and a slot is
// a key of the view: `name`, `item.type`, `#`, `item.#`. Rows are made block by block, so a view
// costs no more memory than its base, except for the views that it joins and a view that it is made
// on: those are held.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "mapping/plan.hpp"
#include "sources/records.hpp"

namespace dossier {

Expected<std::unique_ptr<RecordReader>> open_view(const Plan& plan, const SourcePlan& source,
                                                  std::span<const std::string> wanted,
                                                  const Limits& limits);

}  // namespace dossier
