// What the ontology says of links, as ids of one Graph: the neutral form in which exporters and
// analytics learn it without knowing the ontology room. A link is a node (an Ownership, a Ban) with
// two ends and qualifiers; from one declaration follow the edge with attributes and the direct
// triple.
#pragma once

#include <string>
#include <vector>

#include "graph/term.hpp"

namespace dossier {

struct LinkClass {
  TermId cls;                // ids of the Graph; no id: the term does not occur in it
  TermId source_end;         // property from the link to its first end
  TermId target_end;         // property from the link to its second end
  TermId direct_predicate;   // source -> target
  TermId inverse_predicate;  // target -> source, when the ontology names one
  std::string direct_iri;    // of direct_predicate, also when the Graph has no such term
  std::vector<TermId> qualifiers;
  TermId start;  // qualifiers that bound the link in time
  TermId end;
  bool symmetric = false;
  std::string label;  // for people: "owns"
};

// Ordered by class id; a class stands here once, subclasses of a link class are listed themselves
// with the ends they inherit.
struct LinkSchema {
  std::vector<LinkClass> links;
  std::vector<TermId> label_properties;  // that give an entity its caption, best first

  const LinkClass* find(TermId cls) const {
    for (const LinkClass& each : links) {
      if (each.cls == cls) return &each;
    }
    return nullptr;
  }
};

}  // namespace dossier
