// The parameters of SHACL Compact Syntax (nodeParam and propertyParam of its grammar).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace dossier {

inline constexpr std::string_view kShaclNamespace = "http://www.w3.org/ns/shacl#";

enum class ShaclcOn : std::uint8_t { node, property, both };

// The names that a shape of a kind (node or property) may use.
std::span<const std::string_view> shaclc_parameters(ShaclcOn on);

}  // namespace dossier
