// The room `cli`: the program, and the pipeline of a project as a library. Only this room puts
// siblings together; the pipeline prints nothing.
//
//   project.hpp      the project file
//   ledger.hpp       what became of every record and statement
//   load.hpp         RDF files -> Graph
//   output_set.hpp   files that appear together or not at all
//   progress.hpp     how far a run is
//   statistics.hpp   a graph in numbers
//   command.hpp      the table of verbs; one file command_*.cpp each
#pragma once

#include "cli/ledger.hpp"
#include "cli/load.hpp"
#include "cli/output_set.hpp"
#include "cli/progress.hpp"
#include "cli/project.hpp"
#include "cli/statistics.hpp"
