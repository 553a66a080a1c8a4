// Files that are read in place of documents on the network: those of --copy, and of `copies` in a
// project.
#pragma once

#include <memory>
#include <string>

#include "base/diagnostic.hpp"
#include "cli/settings.hpp"
#include "exporters/rdf.hpp"
#include "graph/jsonld_documents.hpp"

namespace dossier {

// Reads the copy of an address. network_refused where there is none, outside_root, and what keeps a
// file from being read.
LoadDocument local_documents(const Settings& settings);

// The context in a file, or at an address that has a copy, which is then written as @context.
Expected<std::shared_ptr<const JsonLdContext>> load_context(const std::string& named,
                                                            const Settings& settings);

}  // namespace dossier
