// Files that appear together or not at all: all are written under temporary names, and only when
// every one is sealed do they get their names. A set that dies before `commit` leaves nothing, and
// older files untouched. One thread opens and commits; each sink belongs to one thread.
#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/output.hpp"

namespace dossier {

class OutputSet {
 public:
  // The sink lives as long as the set; the set finishes it. A name that another sink of the set has
  // is refused, unless it is that of a device.
  Expected<ByteSink*> open(const std::filesystem::path& path);

  Expected<void> commit();

 private:
  std::vector<std::unique_ptr<ByteSink>> sinks_;
  std::set<std::string> paths_;
};

// The folder of `path` exists and can be written, and `path` is no folder: asked before the work
// starts. With `may_make_folder` the folder may also be one that `make_output_folder` can make.
Expected<void> check_output(const std::filesystem::path& path, bool may_make_folder = false);

// Makes the folder of `path` when it is missing and its own parent is there.
Expected<void> make_output_folder(const std::filesystem::path& path);

}  // namespace dossier
