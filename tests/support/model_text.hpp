// A mapping as sorted lines in which no generated name occurs: two mappings that say the same, in
// whatever language and with whatever shortcuts, give the same text.
#pragma once

#include <string>

#include "mapping/model.hpp"

namespace dossier::test {

std::string model_text(const MappingModel& model);

}  // namespace dossier::test
