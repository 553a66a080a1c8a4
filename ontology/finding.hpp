// What validation finds: by shapes (SHACL) and by the closed-world checks of the ontology, in one
// form. A Rule says what is checked and is stored once; a Finding is 24 bytes that say where the
// rule fails. All are counted; as many as asked for are kept. The result is the same for any number
// of threads. Texts are made by the reports, for the findings that they show.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.hpp"
#include "ontology/shapes.hpp"
#include "ontology/term_space.hpp"
#include "ontology/type_sets.hpp"

namespace dossier {

using RuleNumber = std::uint32_t;
inline constexpr std::uint32_t kNoStatement = 0xFFFF'FFFF;
inline constexpr std::uint32_t kNoParent = 0xFFFF'FFFF;
inline constexpr std::uint32_t kNoList = 0xFFFF'FFFF;  // Finding::number where a list is wanted

// One thing that is checked: a constraint of a shape, or a check of the ontology for one of its
// terms.
struct CheckRule {
  DiagnosticCode code{};
  Severity severity = Severity::violation;
  // Of the ontology's checks: the class or property that the rule is about.
  std::string subject;
  std::string wanted;      // for people: "an Agent", "xsd:date"; may be empty
  std::string suggestion;  // the nearest name; may be empty
  TermId other;            // a second term, such as the end date of date_order; may be none
  // Of shapes; the shape is none for checks of the ontology.
  ShapeId shape;
  std::uint32_t constraint = 0;  // of the shape
};

struct Finding {
  RuleNumber rule = 0;
  TermId focus;
  TermId value;                            // may be none
  std::uint32_t statement = kNoStatement;  // position in the graph: what the place is taken from
  std::uint32_t number = 0;                // how many were found, where the rule counts
  std::uint32_t parent = kNoParent;        // index of the finding that this one is a detail of
  std::uint32_t ordinal = 0;  // from 1, of kept ones that are no details: what reports call it
};

// Of one rule and one kind of focus node.
struct FindingGroup {
  RuleNumber rule = 0;
  TypeSet types = kNoTypes;
  std::uint64_t count = 0;
};

class Findings {
 public:
  const TermSpace& terms() const { return *terms_; }
  const TypeSets& types() const { return *types_; }
  const ShapeSet& shapes() const { return *shapes_; }  // ids of the shapes graph
  const PathSet& paths() const { return paths_; }      // with predicates of terms()
  // Shapes with targets of which the graph has none, so that they checked nothing.
  std::span<const ShapeId> idle_shapes() const { return idle_shapes_; }

  std::span<const CheckRule> rules() const { return rules_; }
  const CheckRule& rule(const Finding& finding) const { return rules_[finding.rule]; }
  // Kept ones, details behind their parent: ontology first, then by shape, each by focus node.
  std::span<const Finding> kept() const { return kept_; }
  // Findings that are no details, by rule, then type set.
  std::span<const FindingGroup> groups() const { return groups_; }
  std::uint64_t count() const;
  std::uint64_t count(Severity severity) const;
  std::uint64_t count(DiagnosticCode code) const;
  std::uint64_t count(RuleNumber rule) const;
  // Whether there is no finding of a severity that keeps the graph from conforming.
  bool conforms() const;
  // Kept ones that are no details.
  std::uint64_t kept_count() const;

  // Index in kept() of the one with this ordinal; kNoParent when there is none.
  std::uint32_t find(std::uint32_t ordinal) const;

  // Takes kept findings out, and out of the counts: `gone` has a flag for each of kept().
  void remove(const std::vector<bool>& gone);

 private:
  friend class Validation;

  std::unique_ptr<TermSpace> terms_;
  std::unique_ptr<TypeSets> types_;
  const ShapeSet* shapes_ = nullptr;
  PathSet paths_;
  std::vector<ShapeId> idle_shapes_;
  std::vector<CheckRule> rules_;
  std::vector<Finding> kept_;
  std::vector<FindingGroup> groups_;
};

// Collects findings of one task, by one thread.
class FindingCollector {
 public:
  // At most `keep` findings of a rule are kept.
  FindingCollector(const TypeSets& types, std::uint64_t keep) : types_(types), keep_(keep) {}

  // Returns the index for details to name as their parent; kNoParent when it was only counted.
  std::uint32_t add(const Finding& finding);
  bool keeps(RuleNumber rule) const;  // whether the next one of the rule would be kept

  std::vector<Finding>& kept() { return kept_; }
  const boost::unordered_flat_map<std::uint64_t, std::uint64_t>& counts() const { return counts_; }

 private:
  const TypeSets& types_;
  std::uint64_t keep_;
  std::vector<Finding> kept_;
  std::vector<std::uint64_t> kept_of_rule_;
  boost::unordered_flat_map<std::uint64_t, std::uint64_t> counts_;  // rule << 32 | type set
};

}  // namespace dossier
