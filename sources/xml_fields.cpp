#include "sources/xml_fields.hpp"

#include <algorithm>

namespace dossier {

void XmlFields::add(const SimpleXmlReference& reference, std::size_t slot) {
  std::uint32_t at = 0;
  for (const std::string& name : reference.steps) at = step_to(at, name);
  steps_[at].fields.push_back({slot, reference.last, reference.attribute});
}

std::uint32_t XmlFields::step_to(std::uint32_t from, const std::string& name) {
  const auto& next = steps_[from].next;
  const auto found =
      std::ranges::find_if(next, [&](std::uint32_t step) { return steps_[step].name == name; });
  if (found != next.end()) return *found;
  const auto added = static_cast<std::uint32_t>(steps_.size());
  steps_[from].next.push_back(added);
  steps_.push_back({name, {}, {}});
  return added;
}

}  // namespace dossier
