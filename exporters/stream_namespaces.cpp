#include "exporters/stream_namespaces.hpp"

#include <algorithm>

#include "exporters/escape.hpp"
#include "exporters/names.hpp"
#include "exporters/text_buffer.hpp"

namespace dossier {
namespace {

bool is_separator(char c) {
  return c == '/' || c == '#';
}

bool is_good_iri(std::string_view iri) {
  TextBuffer scratch;
  return !iri.empty() && copy_iri(scratch.room(iri.size() + 16), iri) != nullptr;
}

std::size_t namespace_size(std::string_view iri) {
  std::size_t size = iri.size();
  while (size > 0 && !is_separator(iri[size - 1])) --size;
  return size;
}

}  // namespace

bool StreamNamespaces::redeclares(std::string_view name, std::string_view iri) const {
  const auto found = by_name_.find(name);
  return found != by_name_.end() && found->second->iri != iri && found->second->declared;
}

StreamNamespaces::Entry* StreamNamespaces::set(std::string_view name, std::string_view iri) {
  if (!is_prefix_name(name) || !is_good_iri(iri)) return nullptr;
  if (const auto found = by_name_.find(name); found != by_name_.end()) {
    Entry& entry = *found->second;
    if (entry.iri == iri) return nullptr;
    by_iri_.clear();
    odd_.clear();
    entry.iri = iri;
    entry.declared = false;
    index();
    return &entry;
  }
  Entry& entry =
      entries_.emplace_back(Entry{.name = std::string(name) + ":", .iri = std::string(iri)});
  by_name_.emplace(std::string_view(entry.name).substr(0, name.size()), &entry);
  if (!by_iri_.emplace(entry.iri, &entry).second || is_separator(iri.back())) return &entry;
  odd_.push_back(&entry);
  std::ranges::stable_sort(odd_, std::greater(),
                           [](const Entry* each) { return each->iri.size(); });
  return &entry;
}

void StreamNamespaces::index() {
  for (Entry& entry : entries_) {
    if (!by_iri_.emplace(entry.iri, &entry).second) continue;
    if (!is_separator(entry.iri.back())) odd_.push_back(&entry);
  }
  std::ranges::stable_sort(odd_, std::greater(),
                           [](const Entry* each) { return each->iri.size(); });
}

StreamNamespaces::Entry* StreamNamespaces::find(std::string_view iri) {
  const std::size_t size = namespace_size(iri);
  for (Entry* each : odd_) {
    if (each->iri.size() <= size) break;
    if (iri.starts_with(each->iri)) return each;
  }
  const auto found = by_iri_.find(iri.substr(0, size));
  return found == by_iri_.end() ? nullptr : found->second;
}

}  // namespace dossier
