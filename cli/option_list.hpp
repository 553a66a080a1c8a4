// The options of a verb as plain values, read out of its CLI11 app: what completions and the manual
// page are made from.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace dossier {

enum class ValueKind : unsigned char { none, any, file, folder, choice };

struct OptionItem {
  std::vector<std::string> names;  // "-o", "--output"; empty for a positional
  std::string value;               // "FILE", "N", "violation|warning|info"; empty for a flag
  std::string description;
  ValueKind kind = ValueKind::none;
  std::vector<std::string> choices;

  bool positional() const { return names.empty(); }
};

// In the order of declaration.
std::vector<OptionItem> option_list(const CLI::App& app);

}  // namespace dossier
