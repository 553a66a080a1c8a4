#include "cli/option_list.hpp"

#include <CLI/CLI.hpp>

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

void classify(OptionItem& item) {
  if (item.value.empty()) return;
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
}

}  // namespace

std::vector<OptionItem> option_list(const CLI::App& app) {
  std::vector<OptionItem> out;
  for (const CLI::Option* option : app.get_options()) {
    OptionItem item;
    for (const std::string& name : option->get_snames()) item.names.push_back("-" + name);
    for (const std::string& name : option->get_lnames()) item.names.push_back("--" + name);
    item.description = option->get_description();
    if (option->get_items_expected_max() > 0) item.value = option->get_type_name();
    classify(item);
    out.push_back(std::move(item));
  }
  return out;
}

}  // namespace dossier
