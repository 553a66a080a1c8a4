// What processing a context (jsonld_context.cpp) and creating its term definitions
// (jsonld_definition.cpp) share; for these two alone. JSON-LD 1.1 API, 4.1 and 4.2.
#pragma once

#include <map>
#include <string>

#include "graph/jsonld_context.hpp"

namespace dossier {

inline bool is_direction(const Json& value) {
  return value.is("ltr") || value.is("rtl");
}

struct ContextProcessor::Definitions {
  ActiveContext& active;
  const Json& local;
  std::map<std::string, bool, std::less<>> defined;
  std::string base_url;
  bool is_protected = false;
  Options options;
  std::size_t depth = 0;
};

}  // namespace dossier
