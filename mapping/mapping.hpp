// The room `mapping`: RML and YARRRML, records -> statements. It knows sources and graph; it does
// not know what becomes of the statements. One way through it:
//
//   load_mapping   files -> MappingModel   model.hpp   what a mapping says
//                                          rml_loader.hpp, yarrrml_loader.hpp
//   compile        MappingModel -> Plan    plan.hpp    what is run: slots, pieces, passes, joins
//   run_to_builder, run_to_lines           engine.hpp  Plan -> statements
//   Explainer      statement -> cells      explain.hpp where a statement of a Graph comes from
//
// The speed is in three choices: only referenced columns leave the reader; a term is a list of
// pieces, so that a row is formatted without looking anything up; blocks are mapped side by side
// and put together in the order of the input.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>

#include "mapping/engine.hpp"
#include "mapping/explain.hpp"
#include "mapping/model.hpp"
#include "mapping/plan.hpp"

namespace dossier {

struct LoadOptions {
  std::map<std::string, std::string> externals;  // of YARRRML: values of $(_name)
  Limits limits;
};

// A mapping as loaded, and its first file: relative paths begin in the folder of that.
struct Mapping {
  MappingModel model;
  std::filesystem::path file;
};

// YARRRML by the extensions .yaml, .yml and .yarrrml, else RML in any RDF syntax (Turtle when the
// extension says nothing). Several files are read as one mapping, all of one language. Everything
// that is wrong is reported; the failure then says how much.
Expected<Mapping> load_mapping(std::span<const std::filesystem::path> files,
                               const LoadOptions& options, DiagnosticSink& diagnostics);
Expected<Mapping> load_mapping(const std::filesystem::path& file, const LoadOptions& options,
                               DiagnosticSink& diagnostics);

// `compile` with the mapping's own folder, unless the options name another. A mapping without
// triples maps is refused.
Expected<Plan> compile(Mapping mapping, CompileOptions options, DiagnosticSink& diagnostics);

}  // namespace dossier
