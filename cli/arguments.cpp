#include "cli/arguments.hpp"

#include "graph/format.hpp"

namespace dossier {
namespace {

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  std::size_t begin = 0;
  for (std::size_t bar = text.find('|'); bar != std::string::npos; bar = text.find('|', begin)) {
    out.push_back(text.substr(begin, bar - begin));
    begin = bar + 1;
  }
  out.push_back(text.substr(begin));
  return out;
}

}  // namespace

OptionItem& VerbArguments::add(std::vector<std::string> names, std::string value,
                               std::string description) {
  OptionItem& item = items_.emplace_back();
  item.names = std::move(names);
  item.value = std::move(value);
  item.description = std::move(description);
  if (item.value.empty()) return item;
  item.kind = ValueKind::any;
  if (item.value == "FILE") item.kind = ValueKind::file;
  if (item.value == "DIR") item.kind = ValueKind::folder;
  if (item.value == "FORMAT") {
    item.kind = ValueKind::choice;
    for (const FormatInfo& each : all_formats()) item.choices.emplace_back(each.name);
  }
  if (item.value.find('|') != std::string::npos) {
    item.kind = ValueKind::choice;
    item.choices = split(item.value);
  }
  return item;
}

}  // namespace dossier
