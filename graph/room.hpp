// The room `graph`: terms, statements, evidence, the frozen typed graph. It does not know where
// data comes from or goes to.
//
//   term.hpp        terms of RDF 1.2 by text (TermView) and by number (TermId)
//   statement.hpp   statements; the StatementSink seam between readers, builders and line writers
//   evidence.hpp    sources, rules, evidence rows
//   dictionary.hpp  terms interned once
//   builder.hpp     build (statement_batch.hpp: many statements at once) ...
//   freeze.hpp      ... then freeze
//   graph.hpp       the immutable graph: SPO order, POS permutation, class extents, evidence
//   datatypes.hpp   lexical forms and the order of values; calendar.hpp, numbers.hpp
//   prefixes.hpp    names of namespaces
//   format.hpp      the closed list of formats: names, media types, extensions
//   links.hpp       what the ontology says of links, in neutral form
//   entity_graph.hpp  nodes and edges: entities, folded links, direct statements
//   boost_graph.hpp the Boost.Graph face of an EntityGraph (not included here: it draws in Boost)
//   captions.hpp    labels of things for people
//   vocabulary.hpp  IRIs that the code itself knows
//   canon.hpp       RDFC-1.0: blank nodes named by what is said of them
//   characters.hpp  character classes of the Turtle family, by production
//   escapes.hpp     what \n and \u00E9 mean
//   difference.hpp  how two graphs differ, for people; digest.hpp
//   jsonld_context.hpp, jsonld_expand.hpp  contexts of JSON-LD, for its reader and its writer
//   statement_writer.hpp  statements said one after the other, with lists and places
//   iri.hpp         RFC 3987 checks, RFC 3986 resolution
//   language_tag.hpp  tags with base direction
#pragma once

#include "graph/builder.hpp"
#include "graph/canon.hpp"
#include "graph/captions.hpp"
#include "graph/characters.hpp"
#include "graph/entity_graph.hpp"
#include "graph/escapes.hpp"
#include "graph/format.hpp"
#include "graph/freeze.hpp"
#include "graph/graph.hpp"
#include "graph/iri.hpp"
#include "graph/language_tag.hpp"
#include "graph/links.hpp"
#include "graph/prefixes.hpp"
#include "graph/vocabulary.hpp"
