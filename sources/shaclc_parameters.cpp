#include "sources/shaclc_parameters.hpp"

#include <vector>

namespace dossier {
namespace {

struct ShaclcParameter {
  std::string_view name;
  ShaclcOn on = ShaclcOn::both;
};
constexpr ShaclcParameter kShaclcParameters[] = {
    {"targetNode", ShaclcOn::node},
    {"targetObjectsOf", ShaclcOn::node},
    {"targetSubjectsOf", ShaclcOn::node},
    {"deactivated"},
    {"severity"},
    {"message"},
    {"class"},
    {"datatype"},
    {"nodeKind"},
    {"minExclusive"},
    {"minInclusive"},
    {"maxExclusive"},
    {"maxInclusive"},
    {"minLength"},
    {"maxLength"},
    {"pattern"},
    {"flags"},
    {"languageIn"},
    {"uniqueLang", ShaclcOn::property},
    {"equals"},
    {"disjoint"},
    {"lessThan", ShaclcOn::property},
    {"lessThanOrEquals", ShaclcOn::property},
    {"qualifiedValueShape", ShaclcOn::property},
    {"qualifiedMinCount", ShaclcOn::property},
    {"qualifiedMaxCount", ShaclcOn::property},
    {"qualifiedValueShapesDisjoint", ShaclcOn::property},
    {"closed"},
    {"ignoredProperties"},
    {"hasValue"},
    {"in"},
};

std::vector<std::string_view> names_on(ShaclcOn on) {
  std::vector<std::string_view> out;
  for (const ShaclcParameter& each : kShaclcParameters) {
    if (each.on == ShaclcOn::both || each.on == on) out.push_back(each.name);
  }
  return out;
}

}  // namespace

std::span<const std::string_view> shaclc_parameters(ShaclcOn on) {
  static const std::vector<std::string_view> kOfNodes = names_on(ShaclcOn::node);
  static const std::vector<std::string_view> kOfProperties = names_on(ShaclcOn::property);
  return on == ShaclcOn::node ? kOfNodes : kOfProperties;
}

}  // namespace dossier
