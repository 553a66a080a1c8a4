// The room `ontology`: classes, links and shapes; what follows from them, and what a graph does
// wrong by them. It reads Graphs, never files, and asks its caller for places (place.hpp). One way
// through it:
//
//   loader.hpp      Graph -> Ontology    model.hpp   classes, properties, links, enumerations
//   shapes.hpp      Graph -> Shapes                  SHACL: targets, constraints, paths
//   validation.hpp  Graph + Ontology + Shapes -> Findings       finding.hpp
//       check_plan.hpp, thing_checker.hpp   closed-world checks of the ontology
//       shape_plan.hpp, shape_checker.hpp   constraint components of SHACL
//   report.hpp, report_shacl.hpp            Findings -> text, JSON, SARIF, HTML, SHACL
//   baseline.hpp                            findings that are known and accepted
//   direct.hpp      the plain statements of links; inference.hpp  all that follows, with premises
//   lint.hpp        what is odd about an ontology or shapes, though not wrong
//   schema_writers.hpp  Ontology -> OWL, SHACL, JSON Schema, JSON-LD context, Markdown
//
// The speed is in three choices: both plans speak in ids of the data graph (term_space.hpp); what
// depends on a term alone is asked once for each distinct term (literal_facts.hpp, type_sets.hpp);
// work is cut into chunks of resources whose findings are put together in order.
#pragma once

#include "ontology/baseline.hpp"
#include "ontology/direct.hpp"
#include "ontology/finding.hpp"
#include "ontology/inference.hpp"
#include "ontology/lint.hpp"
#include "ontology/loader.hpp"
#include "ontology/model.hpp"
#include "ontology/place.hpp"
#include "ontology/report.hpp"
#include "ontology/report_shacl.hpp"
#include "ontology/schema_writers.hpp"
#include "ontology/shapes.hpp"
#include "ontology/validation.hpp"
