// Files that appear together or not at all: all are written under temporary names, and only when
// every one is sealed do they get their names. A set that dies before `commit` leaves nothing, and
// older files untouched. One thread opens and commits; each sink belongs to one thread.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/output.hpp"

namespace dossier {

class OutputSet {
 public:
  // The sink lives as long as the set; the set finishes it.
  Expected<ByteSink*> open(const std::filesystem::path& path);

  Expected<void> commit();

 private:
  std::vector<std::unique_ptr<ByteSink>> sinks_;
};

}  // namespace dossier
