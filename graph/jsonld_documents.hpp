// Contexts that JSON-LD names by address: local documents, parsed when they are first asked for.
// Nothing is ever fetched. One thread.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "base/diagnostic.hpp"
#include "base/json_document.hpp"

namespace dossier {

// The text of the local document that stands for an address. A failure whose code is
// network_refused says that there is none.
using LoadDocument = std::function<Expected<std::string>(const std::string& address)>;

class JsonLdDocuments {
 public:
  // `load` may be empty: no address has a document.
  JsonLdDocuments(LoadDocument load, std::size_t max_depth, DiagnosticSink& diagnostics)
      : load_(std::move(load)), max_depth_(max_depth), diagnostics_(diagnostics) {}

  // Null when there is none; that a document cannot be read is reported. Valid until this dies.
  const Json* find(const std::string& address);

 private:
  LoadDocument load_;
  std::size_t max_depth_;
  DiagnosticSink& diagnostics_;
  std::map<std::string, Json> parsed_;
};

// Documents held in memory.
LoadDocument documents_in(std::map<std::string, std::string> texts);

}  // namespace dossier
