// An ontology written in other schema languages. The RDF ones are statements, for the writer of
// whatever syntax; the others are texts. The bytes depend on the ontology and the shapes alone.
// What a language has no form for is left out; docs/ontology.md says what each can hold.
#pragma once

#include <string>

#include "base/output.hpp"
#include "graph/prefixes.hpp"
#include "graph/statement.hpp"
#include "ontology/class_slots.hpp"

namespace dossier {

// Classes, properties, enumerations and links as OWL 2, with what classes say of their properties
// as restrictions.
void write_owl(const ClassSlots& slots, StatementSinkRef out);

// The shapes, and shapes for what the ontology says beyond them: domains, ranges, restrictions,
// ends of links, closed classes.
void write_shacl(const ClassSlots& slots, StatementSinkRef out);

// JSON Schema 2019-09: a definition for each class and enumeration. The document is an instance of
// `root`, else of the class that is a root, else of any definition.
void write_json_schema(const ClassSlots& slots, ClassNumber root, const Prefixes& prefixes,
                       ByteSink& out);

// A JSON-LD 1.1 context by which documents of the JSON Schema are statements of the ontology.
void write_jsonld_context(const ClassSlots& slots, const Prefixes& prefixes, ByteSink& out);

// A reference for people: classes with a diagram, links, enumerations.
void write_markdown(const ClassSlots& slots, const Prefixes& prefixes, std::string_view title,
                    ByteSink& out);

}  // namespace dossier
