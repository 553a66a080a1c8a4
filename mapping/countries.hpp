// Countries of ISO 3166-1 by any of their codes and the English names that people use. The list is
// countries.def; looked up through a map that is built once.
#pragma once

#include <string_view>

namespace dossier {

struct Country {
  std::string_view alpha2;
  std::string_view alpha3;
  std::string_view numeric;
  std::string_view name;
  std::string_view other_names;  // in lower case, with bars between them
};

// Letter case, accents and a leading "the" do not matter. Null when it is none.
const Country* find_country(std::string_view text);

}  // namespace dossier
