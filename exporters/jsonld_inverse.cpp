#include "exporters/jsonld_inverse.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace dossier {
namespace {

// What a context says of languages by default.
std::string default_language(const ActiveContext& active) {
  if (active.direction)
    return language_and_direction(active.language.value_or(""), *active.direction);
  return active.language ? to_lower_ascii(*active.language) : "@none";
}

std::string language_of(const TermDefinition& definition) {
  const std::string language = definition.language.value.value_or("");
  const std::string direction = definition.direction.value.value_or("");
  if (!definition.language.present) return direction.empty() ? "@none" : "_" + direction;
  if (language.empty() && direction.empty()) return "@null";
  return language_and_direction(language, direction);
}

}  // namespace

std::string language_and_direction(std::string_view language, std::string_view direction) {
  std::string out = to_lower_ascii(language);
  if (!direction.empty()) out.append("_").append(direction);
  return out;
}

InverseContext::InverseContext(const ActiveContext& active) {
  std::vector<const std::pair<const std::string, TermDefinition>*> terms;
  for (const auto& each : active.terms) {
    if (each.second.iri) terms.push_back(&each);
  }
  std::ranges::sort(terms, {}, [](const auto* each) {
    return std::pair(each->first.size(), std::string_view(each->first));
  });
  for (const auto* each : terms) {
    const auto& [term, definition] = *each;
    std::string container;
    for (const std::string& word : definition.container) container += word;
    if (container.empty()) container = "@none";
    add(iris_[*definition.iri][container], definition, active, term);
    if (definition.prefix) prefixes_.push_back({term, *definition.iri});
  }
}

void InverseContext::add(Choice& choice, const TermDefinition& definition,
                         const ActiveContext& active, const std::string& term) {
  choice.by_any.emplace("@none", term);
  if (definition.reverse) {
    choice.by_type.emplace("@reverse", term);
  } else if (definition.type == "@none") {
    choice.by_language.emplace("@any", term);
    choice.by_type.emplace("@any", term);
  } else if (!definition.type.empty()) {
    choice.by_type.emplace(definition.type, term);
  } else if (definition.language.present || definition.direction.present) {
    choice.by_language.emplace(language_of(definition), term);
  } else {
    choice.by_language.emplace(default_language(active), term);
    choice.by_language.emplace("@none", term);
    choice.by_type.emplace("@none", term);
  }
}

const std::string* InverseContext::select(std::string_view iri,
                                          std::span<const std::string> containers, By by,
                                          std::span<const std::string> preferred) const {
  const auto of_iri = iris_.find(iri);
  if (of_iri == iris_.end()) return nullptr;
  for (const std::string& container : containers) {
    const auto found = of_iri->second.find(container);
    if (found == of_iri->second.end()) continue;
    const Choice& choice = found->second;
    const Terms& terms = by == By::language ? choice.by_language
                         : by == By::type   ? choice.by_type
                                            : choice.by_any;
    for (const std::string& value : preferred) {
      if (const auto term = terms.find(value); term != terms.end()) return &term->second;
    }
  }
  return nullptr;
}

}  // namespace dossier
