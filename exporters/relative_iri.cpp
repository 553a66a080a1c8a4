#include "exporters/relative_iri.hpp"

#include <algorithm>

namespace dossier {

RelativeIris::RelativeIris(std::string_view base) : base_(base) {
  document_ = base.substr(0, base.find('#'));
  const std::string_view path = std::string_view(document_).substr(0, document_.find('?'));
  const std::size_t slash = path.rfind('/');
  if (slash != std::string_view::npos) folder_ = path.substr(0, slash + 1);
}

std::optional<std::string_view> RelativeIris::shorten(std::string_view iri) const {
  if (base_.empty()) return std::nullopt;
  std::string_view reference;
  if (iri.starts_with(document_) &&
      (iri.size() == document_.size() || iri[document_.size()] == '#')) {
    reference = iri.substr(document_.size());
  } else if (!folder_.empty() && iri.starts_with(folder_) && iri.size() > folder_.size()) {
    reference = iri.substr(folder_.size());
  } else {
    return std::nullopt;
  }
  std::string target;
  if (is_absolute_reference(reference)) return std::nullopt;
  base_.resolve(reference, target);
  if (target != iri) return std::nullopt;
  return reference;
}

std::optional<std::string> relative_reference(std::string_view base, std::string_view iri) {
  const std::string_view document = base.substr(0, base.find_first_of("?#"));
  const std::size_t scheme = scheme_size(document);
  if (scheme == 0 || !document.substr(scheme).starts_with("//")) return std::nullopt;
  const std::size_t root = document.find('/', scheme + 2);
  const std::size_t name = document.rfind('/');
  if (root == std::string_view::npos || !iri.starts_with(document.substr(0, root + 1)))
    return std::nullopt;
  std::string reference;
  if (iri.starts_with(document) && iri.size() > document.size() &&
      (iri[document.size()] == '?' || iri[document.size()] == '#')) {
    reference = iri.substr(document.size());
  } else {
    // Up to the folder that both share, then down.
    const std::size_t path_end = std::min(iri.find_first_of("?#"), iri.size());
    std::size_t shared = root + 1;
    for (std::size_t i = shared; i <= name && i < path_end && document[i] == iri[i]; ++i) {
      if (document[i] == '/') shared = i + 1;
    }
    for (std::size_t i = shared; i <= name; ++i) {
      if (document[i] == '/') reference += "../";
    }
    const std::string_view down = iri.substr(shared);
    const bool misread =
        down.empty() || down.front() == '@' || down.front() == '/' || is_absolute_reference(down);
    if (reference.empty() && misread) reference = "./";
    reference += down;
  }
  std::string target;
  IriBase(base).resolve(reference, target);
  if (target != iri) return std::nullopt;
  return reference;
}

}  // namespace dossier
