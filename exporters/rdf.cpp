#include "exporters/rdf.hpp"

namespace dossier {

bool can_write_rdf(Format format) {
  return info(format).kind == FormatKind::rdf;
}

}  // namespace dossier
