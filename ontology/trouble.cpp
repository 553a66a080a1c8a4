#include "ontology/trouble.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace dossier {

void GraphTrouble::report(DiagnosticCode code, std::size_t position, std::string message,
                          std::string hint) {
  report_as(info(code).severity, code, position, std::move(message), std::move(hint));
}

void GraphTrouble::report_as(Severity severity, DiagnosticCode code, std::size_t position,
                             std::string message, std::string hint) {
  Place place = position < graph_.size() ? place_of_(graph_, position) : Place();
  Diagnostic diagnostic =
      make_diagnostic(code, std::move(place), std::move(message), std::move(hint));
  diagnostic.severity = severity;
  if (severity == Severity::error) {
    ++errors_;
    if (!first_error_) first_error_ = diagnostic;
  }
  diagnostics_.report(std::move(diagnostic));
}

std::optional<Error> GraphTrouble::failure(std::string_view what) const {
  if (!first_error_) return std::nullopt;
  Error error = *first_error_;
  if (errors_ > 1) error.message += fmt::format(" (1 of {} errors in the {})", errors_, what);
  return error;
}

std::string GraphTrouble::place(std::size_t position) const {
  const Place place = position < graph_.size() ? place_of_(graph_, position) : Place();
  return place.known() ? printable(to_string(place)) : std::string();
}

std::string GraphTrouble::shown(TermId id) const {
  if (!id) return "nothing";
  if (id.is_iri()) return shown(graph_.text(id));
  return printable(to_string(graph_.term(id)), 200);
}

}  // namespace dossier
