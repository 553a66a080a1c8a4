#include "exporters/relative_iri.hpp"

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

}  // namespace dossier
