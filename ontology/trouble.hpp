// Reports what is wrong with an ontology or with shapes, each with the place of a statement, and
// remembers whether there were errors. One thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "graph/prefixes.hpp"
#include "ontology/place.hpp"

namespace dossier {

class GraphTrouble {
 public:
  // IRIs are shortened by `prefixes`. All are borrowed.
  GraphTrouble(const Graph& graph, DiagnosticSink& diagnostics, const PlaceOf& place_of,
               const Prefixes& prefixes)
      : graph_(graph), diagnostics_(diagnostics), place_of_(place_of), prefixes_(prefixes) {}

  void report(DiagnosticCode code, std::size_t position, std::string message,
              std::string hint = {});
  void report_as(Severity severity, DiagnosticCode code, std::size_t position, std::string message,
                 std::string hint = {});

  // The first error, with the number of all; nothing when there was none.
  std::optional<Error> failure(std::string_view what) const;

  // "o.ttl:3:5"; empty when it is not known.
  std::string place(std::size_t position) const;

  // A term for people: a short IRI, or as in N-Triples.
  std::string shown(TermId id) const;
  std::string shown(std::string_view iri) const { return prefixes_.shorten(iri); }
  const Prefixes& prefixes() const { return prefixes_; }

 private:
  const Graph& graph_;
  DiagnosticSink& diagnostics_;
  const PlaceOf& place_of_;
  const Prefixes& prefixes_;
  std::size_t errors_ = 0;
  std::optional<Error> first_error_;
};

}  // namespace dossier
