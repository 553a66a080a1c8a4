#include "graph/literal_types.hpp"

#include "graph/vocabulary.hpp"

namespace dossier {

LiteralTypes::LiteralTypes() {
  types_.push_back({std::string(xsd::kString), "", Direction::none});
}

std::uint32_t LiteralTypes::number(std::string_view datatype, std::string_view language,
                                   Direction direction) {
  // Sizes and last letters tell the types of a document mostly apart.
  const auto tail = [](std::string_view text) {
    return text.empty() ? std::size_t{0} : text.size() + static_cast<unsigned char>(text.back());
  };
  std::uint32_t& cached = cached_[(tail(datatype) + 5 * tail(language)) % kCached];
  const LiteralType& known = types_[cached];
  if (known.datatype == datatype && known.language == language && known.direction == direction) {
    return cached;
  }
  if (direction == Direction::none && language.empty() && datatype == xsd::kString) {
    return cached = 0;
  }
  // No part holds U+0000, so the key is unambiguous.
  std::string key(datatype);
  key.append(1, '\0').append(language).append(1, static_cast<char>(direction));
  const auto [found, added] =
      index_.try_emplace(std::move(key), static_cast<std::uint32_t>(types_.size()));
  if (added) types_.push_back({std::string(datatype), std::string(language), direction});
  return cached = found->second;
}

}  // namespace dossier
