#include "ontology/class_slots.hpp"

#include <algorithm>

#include "graph/numbers.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMaxWantsDepth = 20;  // shapes within shapes that are looked into

void keep_first(std::optional<OwnedTerm>& into, const std::optional<OwnedTerm>& from) {
  if (from) into = from;
}

// What a class nearer to the thing says, upon what those above it say.
void narrow(Slot& slot, const Slot& nearer) {
  if (!nearer.name.empty()) slot.name = nearer.name;
  if (nearer.order != UINT64_MAX) slot.order = nearer.order;
  slot.least = std::max(slot.least, nearer.least);
  slot.most = std::min(slot.most, nearer.most);
  slot.recommended = slot.recommended || nearer.recommended;
  slot.identifier = slot.identifier || nearer.identifier;
  slot.in_documents = slot.in_documents || nearer.in_documents;
  if (nearer.nesting != Nesting::reference) slot.nesting = nearer.nesting;
  ValueWants& wants = slot.wants;
  const ValueWants& more = nearer.wants;
  wants.unions.insert(wants.unions.end(), more.unions.begin(), more.unions.end());
  wants.link = wants.link || more.link;
  if (!more.node_kind.empty()) wants.node_kind = more.node_kind;
  for (const std::string& each : more.patterns) {
    if (std::ranges::find(wants.patterns, each) == wants.patterns.end()) {
      wants.patterns.push_back(each);
    }
  }
  if (!more.allowed.empty()) wants.allowed = more.allowed;
  keep_first(wants.min_inclusive, more.min_inclusive);
  keep_first(wants.max_inclusive, more.max_inclusive);
  keep_first(wants.min_exclusive, more.min_exclusive);
  keep_first(wants.max_exclusive, more.max_exclusive);
  if (more.min_length) wants.min_length = more.min_length;
  if (more.max_length) wants.max_length = more.max_length;
  if (more.enumeration != nullptr) wants.enumeration = more.enumeration;
  wants.groups.insert(wants.groups.end(), more.groups.begin(), more.groups.end());
}

}  // namespace

ClassSlots::ClassSlots(const Ontology& ontology, const ShapeSet& shapes)
    : ontology_(ontology), shapes_(shapes), own_(ontology.classes().size()) {
  add_domains();
  add_links();
  add_restrictions();
  add_shapes();
  for (std::vector<Slot>& slots : own_) {
    std::ranges::stable_sort(slots, {},
                             [](const Slot& each) { return std::pair(each.order, each.property); });
  }
}

Slot& ClassSlots::slot_of(ClassNumber cls, PropertyNumber property) {
  std::vector<Slot>& slots = own_[cls.index()];
  const auto found = std::ranges::find(slots, property, &Slot::property);
  if (found != slots.end()) return *found;
  Slot& slot = slots.emplace_back();
  slot.property = property;
  return slot;
}

// The ranges of a property are told where its slot is made: once for each class with it.
void ClassSlots::add_domains() {
  for (std::size_t i = 0; i < ontology_.properties().size(); ++i) {
    const OntologyProperty& property = ontology_.properties()[i];
    for (const ValueUnion& domain : property.domains) {
      for (const ClassNumber cls : domain.classes) {
        Slot& slot = slot_of(cls, PropertyNumber(static_cast<std::uint32_t>(i)));
        if (property.functional) slot.most = 1;
      }
    }
  }
}

void ClassSlots::add_links() {
  for (const OntologyLink& link : ontology_.links()) {
    for (const PropertyNumber end : {link.source_end, link.target_end}) {
      Slot& slot = slot_of(link.cls, end);
      slot.least = std::max<std::uint64_t>(slot.least, 1);
    }
    for (const PropertyNumber qualifier : link.qualifiers) slot_of(link.cls, qualifier);
  }
}

void ClassSlots::add_restrictions() {
  for (std::size_t i = 0; i < ontology_.classes().size(); ++i) {
    const ClassNumber cls(static_cast<std::uint32_t>(i));
    for (const Restriction& each : ontology_[cls].restrictions) {
      Slot& slot = slot_of(cls, each.property);
      switch (each.kind) {
        case RestrictionKind::some:
          slot.least = std::max<std::uint64_t>(slot.least, 1);
          break;
        case RestrictionKind::all:
          slot.wants.unions.push_back(each.values);
          break;
        case RestrictionKind::has_value:
          slot.least = std::max<std::uint64_t>(slot.least, 1);
          break;
        case RestrictionKind::count:
          slot.least = std::max(slot.least, each.least);
          // Of qualified counts only the least says something of all values.
          if (!each.values.wants_things() && !each.values.wants_literals()) {
            slot.most = std::min(slot.most, each.most);
          }
          break;
      }
    }
  }
}

void ClassSlots::add_shapes() {
  for (const Shape& node : shapes_.shapes()) {
    if (node.is_property_shape() || node.deactivated) continue;
    for (const Target& target : node.targets) {
      if (target.kind != TargetKind::cls || !target.term.is_iri()) continue;
      const ClassNumber cls = ontology_.find_class(shapes_.graph()->text(target.term));
      if (!cls) continue;
      for (const Constraint& each : node.constraints) {
        if (each.component != Component::property) continue;
        for (const ShapeId id : each.shapes) add_shape(cls, node, shapes_[id]);
      }
    }
  }
}

void ClassSlots::add_shape(ClassNumber cls, const Shape& node, const Shape& shape) {
  if (!shape.path || shapes_.paths()[shape.path].kind != PathKind::predicate) return;
  const PropertyNumber property =
      ontology_.find_property(shapes_.graph()->text(shapes_.paths()[shape.path].predicate));
  if (!property) return;
  const bool identifier = ontology_[cls].identifier == property;
  if (shape.deactivated && !identifier) return;
  Slot said;
  said.identifier = identifier;
  read_documents(shape, said);
  for (const Constraint& each : shape.constraints) {
    if (each.deactivated || each.severity != shape.severity) continue;
    if (each.component == Component::min_count) said.least = each.number;
    if (each.component == Component::max_count) said.most = each.number;
  }
  said.wants = wants_of(shape, 0);
  said.wants.nested = false;  // the slot says how
  // Shapes that only warn say what is recommended.
  if (shape.severity != Severity::violation || node.severity != Severity::violation) {
    said = Slot{.recommended = said.least > 0};
  }
  Slot& slot = slot_of(cls, property);
  slot.shapes_least = std::max(slot.shapes_least, said.least);
  slot.shapes_most = std::min(slot.shapes_most, said.most);
  narrow(slot, said);
}

// What shapes say for documents only.
void ClassSlots::read_documents(const Shape& shape, Slot& slot) {
  slot.name = shape_text(shape, Name::sh_name).value_or("");
  if (const auto order = shape_text(shape, Name::sh_order)) {
    const std::optional<Decimal> number = parse_integer(*order);
    if (number && !number->negative && number->whole.size() < 18) {
      slot.in_documents = true;
      slot.order = 0;
      for (const char c : number->whole) {
        slot.order = slot.order * 10 + static_cast<std::uint64_t>(c - '0');
      }
    }
  }
  const std::string nesting = shape_text(shape, Name::dm_nesting).value_or("");
  if (nesting == "one") slot.nesting = Nesting::one;
  if (nesting == "list") slot.nesting = Nesting::list;
  if (nesting == "map") slot.nesting = Nesting::map;
}

std::optional<std::string> ClassSlots::shape_text(const Shape& shape, Name predicate) const {
  const Graph& graph = *shapes_.graph();
  const TermId id = graph.find_iri(iri_of(predicate));
  if (!id) return std::nullopt;
  for (const Statement& each : graph.about(shape.term, id)) {
    if (!each.object.is_blank()) return std::string(graph.text(each.object));
  }
  return std::nullopt;
}

ValueWants ClassSlots::wants_of(const Shape& shape, std::size_t depth) const {
  ValueWants out;
  if (depth > kMaxWantsDepth) return out;
  read_value_documents(shape, out);
  for (const Constraint& each : shape.constraints) add_constraint(each, depth, out);
  return out;
}

// The range that documents go by.
void ClassSlots::read_value_documents(const Shape& shape, ValueWants& into) const {
  into.nested = shape_text(shape, Name::dm_nesting).has_value();
  const auto range = shape_text(shape, Name::dm_range);
  if (!range) return;
  into.enumeration = ontology_.find_enumeration(*range);
  into.link = *range == std::string(xsd::kNamespace) + "anyURI";
  if (into.enumeration == nullptr && !into.link) {
    into.unions.emplace_back().datatypes.push_back(*range);
  }
}

void ClassSlots::add_constraint(const Constraint& constraint, std::size_t depth,
                                ValueWants& into) const {
  const Graph& graph = *shapes_.graph();
  const auto owned = [&](TermId id) {
    const TermView view = graph.term(id);
    return OwnedTerm{view.kind, std::string(view.text), std::string(view.datatype),
                     std::string(view.language)};
  };
  const auto group = [&](WantsKind kind) {
    WantsGroup& out = into.groups.emplace_back();
    out.kind = kind;
    for (const ShapeId id : constraint.shapes) {
      out.members.push_back(wants_of(shapes_[id], depth + 1));
    }
  };
  switch (constraint.component) {
    case Component::class_: {
      ValueUnion& values = into.unions.emplace_back();
      for (const TermId each : constraint.terms) {
        const ClassNumber cls = ontology_.find_class(graph.text(each));
        if (cls) values.classes.push_back(cls);
        values.any_thing = values.any_thing || !cls;
      }
      break;
    }
    case Component::datatype: {
      ValueUnion& values = into.unions.emplace_back();
      for (const TermId each : constraint.terms) values.datatypes.emplace_back(graph.text(each));
      break;
    }
    case Component::node_kind:
      if (constraint.terms.size() == 1) into.node_kind = graph.text(constraint.terms[0]);
      break;
    case Component::pattern:
      into.patterns.push_back(constraint.texts[0]);
      break;
    case Component::min_inclusive:
      into.min_inclusive = owned(constraint.term);
      break;
    case Component::max_inclusive:
      into.max_inclusive = owned(constraint.term);
      break;
    case Component::min_exclusive:
      into.min_exclusive = owned(constraint.term);
      break;
    case Component::max_exclusive:
      into.max_exclusive = owned(constraint.term);
      break;
    case Component::min_length:
      into.min_length = constraint.number;
      break;
    case Component::max_length:
      into.max_length = constraint.number;
      break;
    case Component::in:
      for (const TermId each : constraint.terms) into.allowed.push_back(owned(each));
      break;
    case Component::or_:
      group(WantsKind::any);
      break;
    case Component::xone:
      group(WantsKind::one);
      break;
    case Component::and_:
    case Component::node:
      group(WantsKind::all);
      break;
    case Component::not_:
      group(WantsKind::none);
      break;
    default:  // counts are the slot's; the rest is about other values than this one
      break;
  }
}

std::vector<ClassNumber> ClassSlots::farthest_first(ClassNumber cls) const {
  std::vector<ClassNumber> out = ontology_[cls].ancestors;
  std::ranges::stable_sort(out, {},
                           [&](ClassNumber each) { return ontology_[each].ancestors.size(); });
  return out;
}

std::vector<Slot> ClassSlots::of(ClassNumber cls) const {
  std::vector<Slot> out;
  std::map<PropertyNumber, std::size_t> found;
  for (const ClassNumber each : farthest_first(cls)) {
    for (const Slot& slot : own_[each.index()]) {
      const OntologyProperty& property = ontology_[slot.property];
      const bool admitted = std::ranges::all_of(property.domains, [&](const ValueUnion& domain) {
        return domain.classes.empty() || std::ranges::any_of(domain.classes, [&](ClassNumber d) {
                 return ontology_.is_below(cls, d);
               });
      });
      if (!admitted) continue;
      const auto [at, added] = found.emplace(slot.property, out.size());
      if (added) {
        Slot& made = out.emplace_back();
        made.property = slot.property;
        made.wants.unions = property.ranges;
      }
      narrow(out[at->second], slot);
    }
  }
  for (Slot& slot : out) {
    if (slot.name.empty()) slot.name = ontology_[slot.property].document_name();
    slot.identifier = slot.property == ontology_[cls].identifier;
    if (slot.wants.enumeration != nullptr) continue;
    for (const ValueUnion& each : slot.wants.unions) {
      if (const auto* const listed = ontology_.find_enumeration(each.name)) {
        slot.wants.enumeration = listed;
      }
    }
  }
  return out;
}

std::vector<Slot> ClassSlots::in_documents(ClassNumber cls) const {
  std::vector<Slot> out = of(cls);
  if (std::ranges::any_of(out, &Slot::in_documents)) {
    std::erase_if(out, [](const Slot& each) { return !each.in_documents; });
  }
  return out;
}

}  // namespace dossier
