#include "mapping/countries.hpp"

#include <string>
#include <unordered_map>

#include "mapping/text_escapes.hpp"

namespace dossier {
namespace {

constexpr Country kCountries[] = {
#define DOSSIER_COUNTRY(alpha2, alpha3, numeric, name, others) \
  {alpha2, alpha3, numeric, name, others},
#include "mapping/countries.def"
#undef DOSSIER_COUNTRY
};

using Index = std::unordered_map<std::string, const Country*>;

Index make_index() {
  Index index;
  for (const Country& country : kCountries) {
    for (const std::string_view key :
         {country.alpha2, country.alpha3, country.numeric, country.name}) {
      index.emplace(slug(key), &country);
    }
    std::string_view others = country.other_names;
    while (!others.empty()) {
      const std::size_t end = std::min(others.find('|'), others.size());
      index.emplace(slug(others.substr(0, end)), &country);
      others.remove_prefix(std::min(end + 1, others.size()));
    }
  }
  return index;
}

}  // namespace

const Country* find_country(std::string_view text) {
  static const Index kIndex = make_index();
  std::string key = slug(text);
  if (key.starts_with("the-")) key.erase(0, 4);
  const auto found = kIndex.find(key);
  return found == kIndex.end() ? nullptr : found->second;
}

}  // namespace dossier
