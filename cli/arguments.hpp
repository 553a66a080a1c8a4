// The options of a verb as plain values: the one table from which the parser, the help, completions
// and the manual page are made. A verb fills it with references to where the values go.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dossier {

enum class ValueKind : unsigned char { none, any, file, folder, choice };

struct OptionItem {
  std::vector<std::string> names;  // "-o", "--output"; of a positional its name
  std::string value;               // "FILE", "N", "violation|warning|info"; empty for a flag
  std::string description;
  ValueKind kind = ValueKind::none;
  std::vector<std::string> choices;
  bool positional = false;
  bool required = false;
  bool common = false;  // one that every verb has
  std::variant<bool*, std::string*, std::size_t*, std::vector<std::string>*> into;
};

class VerbArguments {
 public:
  // A value written as "a|b|c" is a choice, FILE and DIR are completed, FORMAT is one of the
  // formats. A vector takes any number: several positionals, or an option given several times.
  template <class T>
  OptionItem& positional(T& into, std::string name, std::string value, std::string description) {
    OptionItem& item = add({std::move(name)}, std::move(value), std::move(description));
    item.positional = true;
    item.into = &into;
    return item;
  }
  template <class T>
  OptionItem& option(T& into, std::vector<std::string> names, std::string value,
                     std::string description) {
    OptionItem& item = add(std::move(names), std::move(value), std::move(description));
    item.into = &into;
    return item;
  }
  OptionItem& flag(bool& into, std::vector<std::string> names, std::string description) {
    OptionItem& item = add(std::move(names), {}, std::move(description));
    item.into = &into;
    return item;
  }

  // Those from `first` on are common to all verbs.
  void mark_common(std::size_t first) {
    for (std::size_t i = first; i < items_.size(); ++i) items_[i].common = true;
  }

  const std::vector<OptionItem>& items() const { return items_; }  // in the order of declaration

 private:
  OptionItem& add(std::vector<std::string> names, std::string value, std::string description);

  std::vector<OptionItem> items_;
};

}  // namespace dossier
