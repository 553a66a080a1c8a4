#include "ontology/inference.hpp"

#include <algorithm>
#include <memory>
#include <unordered_map>

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/hash.hpp"
#include "graph/vocabulary.hpp"
#include "ontology/direct.hpp"
#include "ontology/same_things.hpp"
#include "ontology/transitive.hpp"

namespace dossier {
namespace {

// Subject, predicate and object; the graph name plays no part.
struct Triple {
  TermId subject;
  TermId predicate;
  TermId object;
  friend bool operator==(const Triple&, const Triple&) = default;
};

struct TripleHash {
  std::size_t operator()(const Triple& t) const {
    const std::uint64_t ends = std::uint64_t{t.subject.value()} << 32 | t.object.value();
    return static_cast<std::size_t>(hash_mix(ends, t.predicate.value()));
  }
};

struct Chain {
  TermId other;  // the other half of the chain
  TermId result;
};

// What follows from the use of one property.
struct PropertyPlan {
  std::vector<TermId> supers;
  std::vector<TermId> domains;
  std::vector<TermId> ranges;
  std::vector<TermId> inverses;
  std::vector<Chain> first_of;   // it is the first half
  std::vector<Chain> second_of;  // it is the second half
  bool symmetric = false;
  bool transitive = false;
  bool in_chain = false;
};

struct ClassPlan {
  std::vector<TermId> supers;                     // all above
  std::vector<std::pair<TermId, TermId>> values;  // property and value
};

}  // namespace

class InferenceRun {
 public:
  InferenceRun(const Graph& graph, const Ontology& ontology, const InferenceOptions& options)
      : graph_(graph), ontology_(ontology), options_(options), type_(graph.find_iri(rdf::kType)) {}

  Expected<Inference> run() {
    make_plans();
    if (options_.direct) add_direct();
    for (std::uint32_t i = 0; i < graph_.size() && !full_; ++i) {
      const Statement& each = graph_.statements()[i];
      consider({each.subject, each.predicate, each.object}, {i});
    }
    std::size_t next = 0;
    do {
      for (; next < out_.statements_.size() && !full_; ++next) {
        const Statement each = out_.statements_[next].statement;
        consider({each.subject, each.predicate, each.object}, inferred(next));
      }
    } while (!full_ && close_transitive());
    if (full_) {
      return fail(code::limit_exceeded, {},
                  fmt::format("more than {} statements would be inferred (max_inferred)",
                              options_.limits.max_inferred),
                  "the closure of a long chain is quadratic; leave a transitive property out, or "
                  "follow it with a path when asking");
    }
    return std::move(out_);
  }

 private:
  static Premise inferred(std::size_t number) {
    return {static_cast<std::uint32_t>(number) | Premise::kInferred};
  }

  // ---- plans

  TermId id_of(PropertyNumber number) const { return graph_.find_iri(ontology_[number].iri); }
  TermId id_of(ClassNumber number) const { return graph_.find_iri(ontology_[number].iri); }

  template <class Number>
  void add_id(Number number, TermId own, std::vector<TermId>& into) const {
    const TermId id = id_of(number);
    if (id && id != own) into.push_back(id);
  }

  void make_plans() {
    for (const OntologyProperty& property : ontology_.properties()) {
      const TermId id = graph_.find_iri(property.iri);
      if (!id) continue;
      PropertyPlan& plan = properties_[id];
      if (options_.rdfs) {
        for (const PropertyNumber each : property.ancestors) add_id(each, id, plan.supers);
        add_classes(property.domains, plan.domains);
        add_classes(property.ranges, plan.ranges);
      }
      if (!options_.owl) continue;
      for (const PropertyNumber each : property.inverses) {
        if (const TermId inverse = id_of(each)) plan.inverses.push_back(inverse);
      }
      plan.symmetric = property.symmetric;
      plan.transitive = property.transitive;
    }
    if (options_.owl) plan_chains();
    if (options_.owl) plan_same_as();
    for (const OntologyClass& cls : ontology_.classes()) plan_class(cls);
  }

  // Only a domain or range that is one class tells what a thing is.
  void add_classes(const std::vector<ValueUnion>& unions, std::vector<TermId>& into) const {
    for (const ValueUnion& each : unions) {
      if (each.classes.size() != 1 || each.any_thing || each.wants_literals()) continue;
      add_id(each.classes[0], TermId(), into);
    }
  }

  // owl:sameAs is symmetric and transitive, and what is said of one thing holds of the other.
  void plan_same_as() {
    same_ = graph_.find_iri(owl::kSameAs);
    if (graph_.with_predicate(same_).empty()) return;
    PropertyPlan& plan = properties_[same_];
    plan.symmetric = plan.transitive = true;
    groups_ = SameThings(graph_, same_, options_.limits.max_closure);
  }

  // Chains of two; longer ones are not followed.
  void plan_chains() {
    for (const OntologyProperty& property : ontology_.properties()) {
      const TermId result = graph_.find_iri(property.iri);
      for (const std::vector<PropertyNumber>& chain : property.chains) {
        if (!result || chain.size() != 2) continue;
        const TermId first = id_of(chain[0]);
        const TermId second = id_of(chain[1]);
        if (!first || !second) continue;
        properties_[first].first_of.push_back({second, result});
        properties_[second].second_of.push_back({first, result});
        properties_[first].in_chain = properties_[second].in_chain = true;
      }
    }
  }

  void plan_class(const OntologyClass& cls) {
    const TermId id = graph_.find_iri(cls.iri);
    if (!id) return;
    ClassPlan& plan = classes_[id];
    if (options_.rdfs) {
      for (const ClassNumber each : cls.ancestors) add_id(each, id, plan.supers);
    }
    if (!options_.owl) return;
    for (const ClassNumber each : cls.ancestors) {
      for (const Restriction& restriction : ontology_[each].restrictions) {
        if (restriction.kind != RestrictionKind::has_value) continue;
        const TermId property = id_of(restriction.property);
        const TermId value = graph_.find(restriction.value.view());
        if (property && value) plan.values.emplace_back(property, value);
      }
    }
  }

  // ---- rules

  void add(const Triple& triple, InferenceRule rule, Premise first, Premise second = {}) {
    if (!triple.subject.is_resource() || full_) return;
    std::vector<bool>* const members =
        triple.predicate == type_ ? members_of(triple.object) : nullptr;
    if (members != nullptr) {
      const std::size_t thing = rank(triple.subject);
      if ((*members)[thing]) return;
      (*members)[thing] = true;
    } else if (holds(triple) || !derived_.insert(triple).second) {
      return;
    }
    out_.statements_.push_back(
        {{triple.subject, triple.predicate, triple.object, kDefaultGraph}, rule, {first, second}});
    full_ = out_.statements_.size() > options_.limits.max_inferred;
  }

  std::size_t rank(TermId resource) const {
    return resource.index() + (resource.is_blank() ? graph_.term_count(TermKind::iri) : 0);
  }

  // One bit a resource: whether it is known to be of the class. Most of what is inferred are types,
  // most of them several times, and a bit is nearer than a slot of the hash table. Null for a class
  // that comes when the bits have grown large.
  std::vector<bool>* members_of(TermId cls) {
    if (cls == last_class_) return last_members_;
    const auto [at, added] = members_.try_emplace(cls);
    if (added) {
      const std::size_t resources =
          graph_.term_count(TermKind::iri) + graph_.term_count(TermKind::blank);
      if (member_bits_ + resources <= kMaxMemberBits) {
        member_bits_ += resources;
        at->second = std::make_unique<std::vector<bool>>(resources, false);
        for (const Statement& each : graph_.instances(cls)) {
          (*at->second)[rank(each.subject)] = true;
        }
      }
    }
    last_class_ = cls;
    return last_members_ = at->second.get();
  }

  bool holds(const Triple& triple) const {
    const auto about = graph_.about(triple.subject, triple.predicate);
    return std::ranges::binary_search(about, triple.object, {}, &Statement::object);
  }

  void consider(const Triple& triple, Premise premise) {
    if (triple.predicate != same_) consider_same(triple, premise);
    if (triple.predicate == type_) {
      consider_type(triple, premise);
      return;
    }
    const auto found = properties_.find(triple.predicate);
    if (found == properties_.end()) return;
    const PropertyPlan& plan = found->second;
    for (const TermId super : plan.supers) {
      add({triple.subject, super, triple.object}, InferenceRule::sub_property, premise);
    }
    if (type_) {
      for (const TermId cls : plan.domains) {
        add({triple.subject, type_, cls}, InferenceRule::domain, premise);
      }
      for (const TermId cls : plan.ranges) {
        add({triple.object, type_, cls}, InferenceRule::range, premise);
      }
    }
    for (const TermId inverse : plan.inverses) {
      add({triple.object, inverse, triple.subject}, InferenceRule::inverse, premise);
    }
    if (plan.symmetric) {
      add({triple.object, triple.predicate, triple.subject}, InferenceRule::symmetric, premise);
    }
    if (plan.in_chain) consider_chains(plan, triple, premise);
  }

  void consider_same(const Triple& triple, Premise premise) {
    for (const TermId each : groups_.group(triple.subject)) {
      add({each, triple.predicate, triple.object}, InferenceRule::same_as, premise);
    }
    if (!triple.object.is_resource()) return;
    for (const TermId each : groups_.group(triple.object)) {
      add({triple.subject, triple.predicate, each}, InferenceRule::same_as, premise);
    }
  }

  void consider_type(const Triple& triple, Premise premise) {
    const auto found = classes_.find(triple.object);
    if (found == classes_.end()) return;
    for (const TermId super : found->second.supers) {
      add({triple.subject, type_, super}, InferenceRule::sub_class, premise);
    }
    for (const auto& [property, value] : found->second.values) {
      add({triple.subject, property, value}, InferenceRule::has_value, premise);
    }
  }

  // Joins the statement with those that were considered before it; a later half finds this one.
  void consider_chains(const PropertyPlan& plan, const Triple& triple, Premise premise) {
    forward_[{triple.subject, triple.predicate}].push_back({triple.object, premise});
    backward_[{triple.object, triple.predicate}].push_back({triple.subject, premise});
    for (const Chain& chain : plan.first_of) {
      const auto found = forward_.find({triple.object, chain.other});
      if (found == forward_.end()) continue;
      for (const auto& [object, second] : std::vector(found->second)) {
        add({triple.subject, chain.result, object}, InferenceRule::chain, premise, second);
      }
    }
    for (const Chain& chain : plan.second_of) {
      const auto found = backward_.find({triple.subject, chain.other});
      if (found == backward_.end()) continue;
      for (const auto& [subject, first] : std::vector(found->second)) {
        add({subject, chain.result, triple.object}, InferenceRule::chain, first, premise);
      }
    }
  }

  void add_direct() {
    for (const Graph::Extension& extension : direct_statements(ontology_, graph_)) {
      for (const Statement& each : extension.statements) {
        add({each.subject, each.predicate, each.object}, InferenceRule::direct, {});
      }
    }
  }

  // Closes every transitive property over what is known by now; whether that gave anything.
  bool close_transitive() {
    const std::size_t before = out_.statements_.size();
    for (const auto& [property, plan] : sorted_properties()) {
      if (plan->transitive) close_transitive(property);
    }
    return out_.statements_.size() > before;
  }

  // In the order of ids, so that the order of inference is always the same.
  std::vector<std::pair<TermId, const PropertyPlan*>> sorted_properties() const {
    std::vector<std::pair<TermId, const PropertyPlan*>> sorted;
    for (const auto& [property, plan] : properties_) sorted.emplace_back(property, &plan);
    std::ranges::sort(sorted, {}, &std::pair<TermId, const PropertyPlan*>::first);
    return sorted;
  }

  void close_transitive(TermId property) {
    std::vector<TransitiveEdge> edges;
    for (const Statement& each : graph_.with_predicate(property)) {
      edges.push_back({each.subject, each.object});
    }
    for (const InferredStatement& each : out_.statements_) {
      if (each.statement.predicate != property) continue;
      edges.push_back({each.statement.subject, each.statement.object});
    }
    TransitiveClosure closure(edges);
    std::erase_if(out_.open_closures_,
                  [&](const OpenClosure& o) { return o.property == property; });
    // No further than it can matter: past max_inferred the run fails before the closure is whole.
    const Limits& limits = options_.limits;
    if (closure.count(std::min(limits.max_closure, limits.max_inferred)) > limits.max_closure) {
      out_.open_closures_.push_back({property, std::move(closure)});
      return;
    }
    closure.each([&](TermId from, TermId to) {
      add({from, property, to}, InferenceRule::transitive, {});
      return !full_;
    });
  }

  struct PairHash {
    std::size_t operator()(const std::pair<TermId, TermId>& pair) const {
      return static_cast<std::size_t>(hash_mix(pair.first.value(), pair.second.value()));
    }
  };
  using Joined = boost::unordered_flat_map<std::pair<TermId, TermId>,
                                           std::vector<std::pair<TermId, Premise>>, PairHash>;

  const Graph& graph_;
  const Ontology& ontology_;
  const InferenceOptions& options_;
  TermId same_;  // owl:sameAs; none when it is not followed
  SameThings groups_;
  TermId type_;
  std::unordered_map<TermId, PropertyPlan> properties_;
  std::unordered_map<TermId, ClassPlan> classes_;
  boost::unordered_flat_set<Triple, TripleHash> derived_;  // but for types that members_ holds

  static constexpr std::size_t kMaxMemberBits = std::size_t{1} << 30;
  std::unordered_map<TermId, std::unique_ptr<std::vector<bool>>> members_;
  std::size_t member_bits_ = 0;
  TermId last_class_;
  std::vector<bool>* last_members_ = nullptr;
  Joined forward_;   // for chains: subject and predicate -> objects
  Joined backward_;  // object and predicate -> subjects
  bool full_ = false;
  Inference out_;
};

const InferenceRuleInfo& info(InferenceRule rule) {
  static constexpr InferenceRuleInfo kInfos[] = {
#define DOSSIER_INFERENCE(name, title, meaning) {#name, title, meaning},
#include "ontology/inference_rules.def"
#undef DOSSIER_INFERENCE
  };
  return kInfos[static_cast<std::size_t>(rule)];
}

std::uint64_t Inference::count(InferenceRule rule) const {
  return static_cast<std::uint64_t>(
      std::ranges::count(statements_, rule, &InferredStatement::rule));
}

std::vector<Graph::Extension> Inference::extensions() const {
  std::vector<Graph::Extension> all(kInferenceRuleCount);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].rule = {.name = std::string(info(static_cast<InferenceRule>(i)).title),
                   .inferred = true};
  }
  for (const InferredStatement& each : statements_) {
    all[static_cast<std::size_t>(each.rule)].statements.push_back(each.statement);
  }
  std::erase_if(all, [](const Graph::Extension& each) { return each.statements.empty(); });
  return all;
}

std::vector<std::string> inference_terms(const Ontology& ontology) {
  std::vector<std::string> iris{std::string(rdf::kType)};
  for (const OntologyClass& each : ontology.classes()) iris.push_back(each.iri);
  for (const OntologyProperty& each : ontology.properties()) iris.push_back(each.iri);
  std::ranges::sort(iris);
  const auto repeats = std::ranges::unique(iris);
  iris.erase(repeats.begin(), repeats.end());
  return iris;
}

Expected<Inference> infer(const Graph& graph, const Ontology& ontology,
                          const InferenceOptions& options) {
  return InferenceRun(graph, ontology, options).run();
}

}  // namespace dossier
