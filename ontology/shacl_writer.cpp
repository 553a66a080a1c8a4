#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "graph/statement_writer.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/schema_writers.hpp"

namespace dossier {
namespace {

class ShaclWriter {
 public:
  ShaclWriter(const ClassSlots& slots, StatementSinkRef out)
      : slots_(slots), ontology_(slots.ontology()), sink_(out), out_(out) {}

  void run() {
    copy_shapes();
    below_.resize(ontology_.classes().size());
    for (std::size_t i = 0; i < below_.size(); ++i) {
      const ClassNumber each(static_cast<std::uint32_t>(i));
      for (const ClassNumber above : ontology_[each].ancestors) {
        below_[above.index()].push_back(each);
      }
    }
    for (std::size_t i = 0; i < ontology_.classes().size(); ++i) {
      say_class(ClassNumber(static_cast<std::uint32_t>(i)));
    }
  }

 private:
  // ---- the shapes as they are

  // All that is said of a shape, and of the blank nodes that this leads to.
  void copy_shapes() {
    if (slots_.shapes().graph() == nullptr) return;
    const Graph& graph = *slots_.shapes().graph();
    std::vector<TermId> open;
    std::set<TermId> seen;
    for (const Shape& each : slots_.shapes().shapes()) {
      if (seen.insert(each.term).second) open.push_back(each.term);
    }
    while (!open.empty()) {
      const TermId term = open.back();
      open.pop_back();
      for (const Statement& each : graph.about(term)) {
        if (!is_of_shapes(graph, each)) continue;
        const TermView subject = graph.term(each.subject);
        const TermView predicate = graph.term(each.predicate);
        const TermView object = graph.term(each.object);
        sink_.statement({.subject = &subject, .predicate = &predicate, .object = &object});
        if (each.object.is_blank() && seen.insert(each.object).second) open.push_back(each.object);
      }
    }
  }

  // A class that is its own shape says other things as well: those are the ontology's.
  static bool is_of_shapes(const Graph& graph, const Statement& statement) {
    if (!statement.subject.is_iri()) return true;
    const std::string_view predicate = graph.text(statement.predicate);
    if (predicate.starts_with(kShNamespace) || predicate == rdfs::kLabel) return true;
    if (predicate != rdf::kType || !statement.object.is_iri()) return false;
    const std::string_view cls = graph.text(statement.object);
    return cls.starts_with(kShNamespace) || cls == iri_of(Name::owl_class) ||
           cls == iri_of(Name::rdfs_class);
  }

  // ---- what the ontology says beyond them

  void say_class(ClassNumber number) {
    const OntologyClass& cls = ontology_[number];
    if (!cls.declared) return;
    label_ = blank_label(cls.iri);
    begun_ = false;
    // Targets and sh:class reach the instances of classes below.
    for (const ClassNumber each : cls.supers) {
      out_.say(OwnedTerm::iri(cls.iri), rdfs::kSubClassOf, OwnedTerm::iri(ontology_[each].iri));
    }
    for (const Slot& slot : slots_.own(number)) say_slot(number, slot);
    if (cls.closed) say_closed(number);
  }

  OwnedTerm node_shape(ClassNumber number) {
    OwnedTerm node = OwnedTerm::blank("class_" + label_);
    if (!begun_) {
      out_.type(node, iri_of(Name::sh_node_shape));
      out_.say(node, iri_of(Name::sh_target_class), OwnedTerm::iri(ontology_[number].iri));
      begun_ = true;
    }
    return node;
  }

  void say_slot(ClassNumber number, const Slot& slot) {
    if (slot.identifier) return;
    const OntologyProperty& property = ontology_[slot.property];
    const std::string label = fmt::format("{}_{}", label_, blank_label(property.iri));
    const OwnedTerm shape = OwnedTerm::blank("property_" + label);
    bool begun = false;
    const auto begin = [&] {
      if (begun) return;
      begun = true;
      out_.say(node_shape(number), iri_of(Name::sh_property), shape);
      out_.say(shape, iri_of(Name::sh_path), OwnedTerm::iri(property.iri));
    };
    if (slot.least > slot.shapes_least) {
      begin();
      out_.say(shape, iri_of(Name::sh_min_count), OwnedTerm::integer(slot.least));
    }
    if (slot.most < slot.shapes_most) {
      begin();
      out_.say(shape, iri_of(Name::sh_max_count), OwnedTerm::integer(slot.most));
    }
    std::vector<ValueUnion> unions = property.ranges;
    for (const Restriction& each : ontology_[number].restrictions) {
      if (each.property == slot.property && each.kind == RestrictionKind::all) {
        unions.push_back(each.values);
      }
    }
    for (std::size_t i = 0; i < unions.size(); ++i) {
      if (unions[i].any_thing && unions[i].any_literal) continue;
      begin();
      say_union(shape, unions[i], fmt::format("{}_{}", label, i));
    }
  }

  void say_union(const OwnedTerm& shape, const ValueUnion& values, const std::string& label) {
    struct Member {
      Name name;
      std::string iri;
    };
    std::vector<Member> members;
    const OntologyEnumeration* const listed = ontology_.find_enumeration(values.name);
    if (listed != nullptr && !listed->values.empty()) {
      std::vector<OwnedTerm> terms;
      for (const EnumerationValue& each : listed->values) terms.push_back(each.term);
      return out_.list(shape, iri_of(Name::sh_in), terms, "in_" + label);
    }
    for (const ClassNumber each : values.classes) {
      members.push_back({Name::sh_class, ontology_[each].iri});
    }
    for (const std::string& each : values.datatypes) members.push_back({Name::sh_datatype, each});
    if (values.any_thing) {
      members.push_back({Name::sh_node_kind, std::string(iri_of(Name::sh_blank_node_or_iri))});
    }
    if (values.any_literal) {
      members.push_back({Name::sh_node_kind, std::string(iri_of(Name::sh_literal))});
    }
    if (members.size() == 1) {
      return out_.say(shape, iri_of(members[0].name), OwnedTerm::iri(members[0].iri));
    }
    std::vector<OwnedTerm> nodes;
    for (std::size_t i = 0; i < members.size(); ++i) {
      nodes.push_back(OwnedTerm::blank(fmt::format("range_{}_{}", label, i)));
      out_.say(nodes.back(), iri_of(members[i].name), OwnedTerm::iri(members[i].iri));
    }
    out_.list(shape, iri_of(Name::sh_or), nodes, "or_" + label);
  }

  // A closed shape for the instances of the class must let pass what classes below it add.
  void say_closed(ClassNumber number) {
    std::set<std::string> allowed{std::string(rdf::kType), std::string(rdfs::kLabel)};
    for (const ClassNumber each : below_[number.index()]) {
      for (const ClassNumber above : ontology_[each].ancestors) {
        for (const Slot& slot : slots_.own(above)) {
          allowed.insert(ontology_[slot.property].iri);
        }
      }
    }
    std::vector<OwnedTerm> terms;
    for (const std::string& each : allowed) terms.push_back(OwnedTerm::iri(each));
    const OwnedTerm node = node_shape(number);
    out_.say(node, iri_of(Name::sh_closed), OwnedTerm::truth(true));
    out_.list(node, iri_of(Name::sh_ignored_properties), terms, "allowed_" + label_);
  }

  const ClassSlots& slots_;
  const Ontology& ontology_;
  StatementSinkRef sink_;
  StatementWriter out_;
  std::vector<std::vector<ClassNumber>> below_;  // each class and those below it
  std::string label_;                            // of the class
  bool begun_ = false;
};

}  // namespace

void write_shacl(const ClassSlots& slots, StatementSinkRef out) {
  ShaclWriter(slots, out).run();
}

}  // namespace dossier
