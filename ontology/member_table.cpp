#include "ontology/member_table.hpp"

#include <algorithm>

namespace dossier {
namespace {

enum class Verdict : std::uint8_t { holds, fails, open };

// The sort of a value that a table tells apart.
struct ValueSort {
  bool literal = false;
  bool blank = false;
  TypeSet types = kNoTypes;        // of resources
  std::uint32_t literal_type = 0;  // of literals
  bool ill_formed = false;
};

Verdict decided(bool holds) {
  return holds ? Verdict::holds : Verdict::fails;
}

Verdict verdict(const PlannedConstraint& constraint, const ValueSort& value) {
  switch (constraint.component) {
    case Component::class_:
      return decided(!value.literal && constraint.cls->contains(value.types));
    case Component::datatype:
      return decided(value.literal && !value.ill_formed &&
                     constraint.type_fits[value.literal_type] != 0);
    case Component::language_in:
      return decided(value.literal && constraint.type_fits[value.literal_type] != 0);
    case Component::node_kind:
      return decided(value.literal ? constraint.literal
                     : value.blank ? constraint.blank
                                   : constraint.iri);
    default:
      return Verdict::open;
  }
}

Verdict verdict(const PlannedShape& member, const ValueSort& value) {
  if (member.deactivated) return Verdict::holds;
  if (member.path) return Verdict::open;
  Verdict all = Verdict::holds;
  for (const PlannedConstraint& each : member.constraints) {
    const Verdict one = verdict(each, value);
    if (one == Verdict::fails) return one;
    if (one == Verdict::open) all = one;
  }
  return all;
}

bool wants_terms(const PlannedConstraint& constraint) {
  return constraint.component == Component::in || constraint.component == Component::has_value;
}

// The constraint by which the member wants certain terms; null when there is none.
const PlannedConstraint* key_of(const PlannedShape& member) {
  if (member.deactivated || member.path) return nullptr;
  const auto found = std::ranges::find_if(member.constraints, wants_terms);
  return found == member.constraints.end() ? nullptr : &*found;
}

}  // namespace

class MemberTable::Maker {
 public:
  Maker(std::span<const ShapeId> members, std::span<const PlannedShape> shapes, const Graph& graph,
        const TypeSets& types)
      : members_(members), shapes_(shapes), graph_(graph), types_(types) {}

  std::unique_ptr<const MemberTable> make() {
    const std::size_t profiles = 2 * (types_.count() + graph_.literal_types().size());
    if (members_.size() * profiles > kMostCells) return nullptr;
    add_keys();
    out_->type_sets_ = types_.count();
    for (const bool blank : {false, true}) {
      for (TypeSet set = 0; set < types_.count(); ++set) add({.blank = blank, .types = set});
    }
    for (const bool ill_formed : {false, true}) {
      for (std::uint32_t type = 0; type < graph_.literal_types().size(); ++type) {
        add({.literal = true, .literal_type = type, .ill_formed = ill_formed});
      }
    }
    const bool decides = out_->open_.size() < others_.size() * profiles || !out_->keys_.empty();
    return decides ? std::move(out_) : nullptr;
  }

 private:
  static constexpr std::size_t kMostCells = 20'000'000;

  void add_keys() {
    for (const ShapeId id : members_) {
      const PlannedShape& member = shapes_[id.index()];
      const PlannedConstraint* key = key_of(member);
      if (key == nullptr) {
        others_.push_back(id);
        continue;
      }
      ++out_->keyed_members_;
      const bool decides = member.constraints.size() == 1;
      if (key->component == Component::has_value) {
        out_->keys_.push_back({key->term, id, decides});
      } else {
        TermId last;
        for (const TermId term : key->terms) {  // sorted
          if (term != last) out_->keys_.push_back({term, id, decides});
          last = term;
        }
      }
    }
    std::ranges::stable_sort(out_->keys_, {}, &Known::Key::term);
  }

  void add(const ValueSort& value) {
    Profile profile{.first = static_cast<std::uint32_t>(out_->open_.size())};
    for (const ShapeId id : others_) {
      switch (verdict(shapes_[id.index()], value)) {
        case Verdict::holds:
          ++profile.hold;
          break;
        case Verdict::fails:
          profile.one_fails = true;
          break;
        case Verdict::open:
          out_->open_.push_back(id);
          ++profile.count;
      }
    }
    out_->profiles_.push_back(profile);
  }

  std::span<const ShapeId> members_;
  std::span<const PlannedShape> shapes_;
  const Graph& graph_;
  const TypeSets& types_;
  std::vector<ShapeId> others_;  // members without a key
  std::unique_ptr<MemberTable> out_ = std::make_unique<MemberTable>();
};

std::unique_ptr<const MemberTable> MemberTable::make(std::span<const ShapeId> members,
                                                     std::span<const PlannedShape> shapes,
                                                     const Graph& graph, const TypeSets& types) {
  return Maker(members, shapes, graph, types).make();
}

MemberTable::Known MemberTable::look(TermId value, const TypeSets& types,
                                     const LiteralFacts& literals, const Graph& graph) const {
  std::size_t number = 0;
  if (value.is_literal()) {
    number = 2 * type_sets_ + graph.literal_type_index(value) +
             (literals.ill_formed(value) ? graph.literal_types().size() : 0);
  } else {
    number = types.of(value) + (value.is_blank() ? type_sets_ : 0);
  }
  const Profile& profile = profiles_[number];
  const auto keyed = std::ranges::equal_range(keys_, value, {}, &Known::Key::term);
  return {.hold = profile.hold,
          .one_fails = profile.one_fails || keyed.size() < keyed_members_,
          .open = std::span(open_).subspan(profile.first, profile.count),
          .keyed = {keyed.begin(), keyed.end()}};
}

}  // namespace dossier
