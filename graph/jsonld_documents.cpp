#include "graph/jsonld_documents.hpp"

#include "base/codes/files.hpp"

namespace dossier {

const Json* JsonLdDocuments::find(const std::string& address) {
  if (const auto known = parsed_.find(address); known != parsed_.end()) return &known->second;
  if (!load_) return nullptr;
  const Expected<std::string> text = load_(address);
  if (!text) {
    if (text.error().code != code::network_refused) diagnostics_.report(text.error());
    return nullptr;
  }
  Expected<Json> document = parse_json(*text, address, max_depth_, diagnostics_);
  if (!document) {
    diagnostics_.report(document.error());
    return nullptr;
  }
  return &parsed_.emplace(address, std::move(*document)).first->second;
}

LoadDocument documents_in(std::map<std::string, std::string> texts) {
  return [texts = std::move(texts)](const std::string& address) -> Expected<std::string> {
    const auto found = texts.find(address);
    if (found == texts.end()) return fail(code::network_refused, {address}, "is no local document");
    return found->second;
  };
}

}  // namespace dossier
