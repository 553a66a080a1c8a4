// What each class says of its properties, put together from the ontology (domains, ranges,
// restrictions, ends of links) and from the shapes that target the class: the table from which
// other schema languages are written. Borrows the ontology and the shapes. Immutable; any number
// of threads read it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ontology/model.hpp"

namespace dossier {

struct ValueWants;

enum class WantsKind : std::uint8_t { any, all, one, none };

// Several sets of wants: any, all, exactly one or none of them must hold.
struct WantsGroup {
  WantsKind kind{};
  std::vector<ValueWants> members;
};

// What a value must be; all parts must hold.
struct ValueWants {
  std::vector<ValueUnion> unions;  // the last is the most special
  bool link = false;               // an IRI, or its text
  bool nested = false;             // of a member of a group: documents hold the thing itself
  std::string node_kind;           // the IRI of sh:nodeKind
  std::vector<std::string> patterns;
  std::vector<OwnedTerm> allowed;  // sh:in; empty: all
  std::optional<OwnedTerm> min_inclusive;
  std::optional<OwnedTerm> max_inclusive;
  std::optional<OwnedTerm> min_exclusive;
  std::optional<OwnedTerm> max_exclusive;
  std::optional<std::uint64_t> min_length;
  std::optional<std::uint64_t> max_length;
  const OntologyEnumeration* enumeration = nullptr;
  std::vector<WantsGroup> groups;
};

// How documents hold values that are things of their own: by identifier, or in place.
enum class Nesting : std::uint8_t { reference, one, list, map };

struct Slot {
  PropertyNumber property;
  std::string name;  // in documents
  std::uint64_t order = UINT64_MAX;
  std::uint64_t least = 0;
  std::uint64_t most = UINT64_MAX;
  std::uint64_t shapes_least = 0;  // what the shapes of the class say of that
  std::uint64_t shapes_most = UINT64_MAX;
  bool recommended = false;
  bool identifier = false;
  bool in_documents = false;  // a shape tells its place among the others
  Nesting nesting = Nesting::reference;
  ValueWants wants;

  bool required() const { return least > 0; }
  bool many() const { return most > 1; }
};

class ClassSlots {
 public:
  ClassSlots(const Ontology& ontology, const ShapeSet& shapes);

  // What the class itself says, in the order of documents.
  std::span<const Slot> own(ClassNumber cls) const { return own_[cls.index()]; }
  // With all that is said by the classes above it, theirs first.
  std::vector<Slot> of(ClassNumber cls) const;
  // Those that documents hold: where shapes tell their order, only what has a place in it.
  std::vector<Slot> in_documents(ClassNumber cls) const;

  const Ontology& ontology() const { return ontology_; }
  const ShapeSet& shapes() const { return shapes_; }

 private:
  void add_domains();
  void add_links();
  void add_restrictions();
  void add_shapes();
  void add_shape(ClassNumber cls, const Shape& node, const Shape& shape);
  void read_documents(const Shape& shape, Slot& slot);
  ValueWants wants_of(const Shape& shape, std::size_t depth) const;
  void read_value_documents(const Shape& shape, ValueWants& into) const;
  void add_constraint(const Constraint& constraint, std::size_t depth, ValueWants& into) const;
  std::optional<std::string> shape_text(const Shape& shape, Name predicate) const;
  Slot& slot_of(ClassNumber cls, PropertyNumber property);
  std::vector<ClassNumber> farthest_first(ClassNumber cls) const;

  const Ontology& ontology_;
  const ShapeSet& shapes_;
  std::vector<std::vector<Slot>> own_;  // by class
};

}  // namespace dossier
