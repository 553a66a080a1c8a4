#include "ontology/message_template.hpp"

#include <algorithm>

namespace dossier {
namespace {

bool is_variable_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

std::string fill_message(
    std::string_view message,
    const std::function<std::optional<std::string>(std::string_view name)>& value_of) {
  std::string out;
  while (!message.empty()) {
    const std::size_t open = message.find('{');
    out += message.substr(0, open);
    if (open == std::string_view::npos) break;
    message.remove_prefix(open);
    const std::size_t close = message.find('}');
    const bool marked = message.size() > 2 && (message[1] == '?' || message[1] == '$');
    if (marked && close != std::string_view::npos &&
        is_variable_name(message.substr(2, close - 2))) {
      if (const auto value = value_of(message.substr(2, close - 2))) {
        out += *value;
        message.remove_prefix(close + 1);
        continue;
      }
    }
    out += '{';
    message.remove_prefix(1);
  }
  return out;
}

}  // namespace dossier
