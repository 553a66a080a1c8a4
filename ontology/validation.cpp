#include "ontology/validation.hpp"

#include <algorithm>
#include <deque>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/text.hpp"
#include "base/thread_pool.hpp"
#include "ontology/literal_facts.hpp"
#include "ontology/shape_checker.hpp"
#include "ontology/shape_plan.hpp"
#include "ontology/shared_keys.hpp"
#include "ontology/thing_checker.hpp"

namespace dossier {
namespace {

constexpr std::size_t kResourcesAChunk = 1 << 14;
constexpr std::size_t kFocusNodesAChunk = 1 << 12;

// Resources [first, last) by number, or nodes of a focus list.
struct Chunk {
  std::size_t first = 0;
  std::size_t last = 0;
  const ShapePlan::FocusList* list = nullptr;
};

std::vector<Chunk> make_chunks(const ShapePlan& plan, std::size_t resources) {
  std::vector<Chunk> chunks;
  for (std::size_t first = 0; first < resources; first += kResourcesAChunk) {
    chunks.push_back({first, std::min(resources, first + kResourcesAChunk), nullptr});
  }
  for (const ShapePlan::FocusList& list : plan.focus_lists()) {
    for (std::size_t first = 0; first < list.nodes.size(); first += kFocusNodesAChunk) {
      chunks.push_back({first, std::min(list.nodes.size(), first + kFocusNodesAChunk), &list});
    }
  }
  return chunks;
}

}  // namespace

class Validation {
 public:
  Validation(const Graph& data, const Ontology* ontology, const ShapeSet& shapes,
             const ValidationOptions& options)
      : data_(data), ontology_(ontology), shapes_(shapes), options_(options) {}

  Expected<Findings> run() {
    out_.shapes_ = &shapes_;
    out_.terms_ = std::make_unique<TermSpace>(data_);
    out_.types_ = std::make_unique<TypeSets>(*out_.terms_, subclasses());
    const LiteralFacts literals(data_, options_.threads);
    if (ontology_ != nullptr) {
      if (Expected<void> done = check_things(literals); !done) return std::unexpected(done.error());
    }
    if (Expected<void> done = check_shapes(literals); !done) return std::unexpected(done.error());
    sort_and_cut();
    return std::move(out_);
  }

 private:
  std::vector<SubClass> subclasses() {
    std::vector<SubClass> all;
    const Graph* from = shapes_.graph();
    if (from != nullptr && from != &data_) {
      const TermId predicate = from->find_iri(iri_of(Name::rdfs_sub_class_of));
      for (const Statement& each : from->with_predicate(predicate)) {
        all.push_back(
            {adopt(*out_.terms_, *from, each.subject), adopt(*out_.terms_, *from, each.object)});
      }
    }
    if (ontology_ != nullptr) {
      for (const OntologyClass& each : ontology_->classes()) {
        for (const ClassNumber super : each.supers) {
          all.push_back(
              {out_.terms_->adopt_iri(each.iri), out_.terms_->adopt_iri((*ontology_)[super].iri)});
        }
      }
    }
    return all;
  }

  Expected<void> check_things(const LiteralFacts& literals) {
    const CheckPlan plan(*ontology_, *out_.terms_, *out_.types_,
                         {.strict = options_.strict, .own_namespaces = options_.own_namespaces},
                         out_.rules_);
    const std::size_t resources = out_.types_->all().size();
    const std::size_t chunks = (resources + kResourcesAChunk - 1) / kResourcesAChunk;
    run_chunks(chunks + plan.predicate_count(), [&](std::size_t number, std::size_t) {
      FindingCollector collector(*out_.types_, options_.keep_per_rule);
      ThingChecker checker(*out_.terms_, *out_.types_, literals, plan, collector);
      if (number >= chunks) {
        checker.check_column(number - chunks);
      } else {
        const std::size_t last = std::min(resources, (number + 1) * kResourcesAChunk);
        for (std::size_t i = number * kResourcesAChunk; i < last; ++i) {
          checker.check(out_.types_->resource(i));
        }
      }
      return collector;
    });
    return check_keys(plan);
  }

  Expected<void> check_keys(const CheckPlan& plan) {
    for (const KeyCheck& key : plan.keys()) {
      std::vector<TermId> things;
      for (std::size_t i = 0; i < out_.types_->all().size(); ++i) {
        if (key.cls->contains(out_.types_->all()[i])) things.push_back(out_.types_->resource(i));
      }
      const auto shared =
          nodes_sharing_keys(*out_.terms_, things, key.properties, options_.limits.max_path_visits);
      if (!shared) return too_many_keys("owl:hasKey");
      FindingCollector collector(*out_.types_, options_.keep_per_rule);
      for (const SharedKey& each : *shared) {
        const auto values = data_.about(each.node, key.properties.front());
        collector.add({.rule = key.rule,
                       .focus = each.node,
                       .value = each.other,
                       .statement = static_cast<std::uint32_t>(data_.position(values.front()))});
      }
      take(collector);
    }
    return {};
  }

  Expected<void> too_many_keys(std::string_view what) const {
    return fail(code::limit_exceeded, {},
                fmt::format("the keys of {} are more than {} (max-path-visits)", what,
                            options_.limits.max_path_visits),
                "nodes with many values of several properties of a key");
  }

  // Works on the chunks side by side and takes their findings in order.
  template <class Work>
  void run_chunks(std::size_t count, Work&& work) {
    std::size_t next = 0;
    ordered_pipeline(
        options_.threads,
        [&]() -> std::optional<std::size_t> {
          if (next == count) return std::nullopt;
          return next++;
        },
        [&](std::size_t&& number, std::size_t worker) { return work(number, worker); },
        [&](FindingCollector&& part) { take(part); });
  }

  Expected<void> check_shapes(const LiteralFacts& literals) {
    ShapePlan plan(shapes_, *out_.terms_, *out_.types_, out_.rules_, out_.paths_, options_.limits);
    ShapeCosts costs;
    const ShapeContext context{*out_.terms_, *out_.types_,    literals, plan,
                               out_.paths_,  options_.limits, costs};
    add_where_targets(context, plan);
    if (!plan.find_shared_keys(*out_.terms_, *out_.types_)) {
      return too_many_keys("sh:uniqueValuesFor");
    }
    out_.idle_shapes_ = plan.idle();
    const std::vector<Chunk> chunks = make_chunks(plan, out_.types_->all().size());
    std::deque<ShapeChecker> checkers;  // by worker
    for (std::size_t i = 0; i < std::max<std::size_t>(1, options_.threads); ++i) {
      checkers.emplace_back(context);
    }
    const auto work = [&](std::size_t number, std::size_t worker) {
      FindingCollector collector(*out_.types_, options_.keep_per_rule);
      if (costs.path_visits > options_.limits.max_path_visits) return collector;
      ShapeChecker& checker = checkers[worker];
      const Chunk& chunk = chunks[number];
      if (chunk.list != nullptr) {
        for (std::size_t i = chunk.first; i < chunk.last; ++i) {
          checker.check(chunk.list->shape, chunk.list->nodes[i], collector);
        }
      } else {
        for (std::size_t i = chunk.first; i < chunk.last; ++i) {
          for (const ShapeId shape : plan.targeting(out_.types_->all()[i])) {
            checker.check(shape, out_.types_->resource(i), collector);
          }
        }
      }
      return collector;
    };
    run_chunks(chunks.size(), work);
    checkers.clear();  // they count their last steps
    if (costs.path_visits > options_.limits.max_path_visits) {
      return fail(code::limit_exceeded, {},
                  fmt::format("the paths of the shapes take more than {} steps "
                              "(max-path-visits)",
                              with_separators(options_.limits.max_path_visits)),
                  "a path such as (a|b)* that leads from every node to every node: narrow the "
                  "targets of its shape, or raise the limit");
    }
    if (costs.pattern_overrun != ShapeCosts::kNone) return pattern_failure(costs.pattern_overrun);
    return {};
  }

  // The nodes of the data that have the shape of sh:targetWhere (SHACL 1.2): those that stand as a
  // subject or an object.
  void add_where_targets(const ShapeContext& context, ShapePlan& plan) {
    if (plan.wheres().empty()) return;
    NodeSet seen;
    std::vector<TermId> nodes;
    const auto take = [&](TermId node) {
      if (seen.insert(node)) nodes.push_back(node);
    };
    for (const Statement& each : data_.statements()) {
      take(each.subject);
      take(each.object);
    }
    std::vector<std::vector<TermId>> found;
    ShapeChecker checker(context);
    for (const ShapePlan::Where& where : plan.wheres()) {
      std::vector<TermId>& here = found.emplace_back();
      std::ranges::copy_if(nodes, std::back_inserter(here),
                           [&](TermId node) { return checker.has_shape(where.wanted, node); });
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
      plan.add_focus_nodes(plan.wheres()[i].shape, std::move(found[i]), *out_.types_);
    }
  }

  Expected<void> pattern_failure(std::uint64_t overrun) const {
    const CheckRule& rule = out_.rules_[overrun >> 32];
    const TermId value = TermId::from_value(static_cast<std::uint32_t>(overrun));
    const Constraint& constraint = shapes_[rule.shape].constraints[rule.constraint];
    return fail(
        code::limit_exceeded, {},
        fmt::format("{}: the pattern {} takes too many steps on {}",
                    shape_name(shapes_, rule.shape, Prefixes::well_known()),
                    printable(constraint.texts[0], 200), printable(out_.terms_->text(value), 80)),
        "the limits are max-pattern-steps, max-pattern-depth and max-pattern-memory; a pattern "
        "without back-references and look-around has none");
  }

  // Brings a part behind the others; its details keep their parents.
  void take(FindingCollector& part) {
    const auto offset = static_cast<std::uint32_t>(out_.kept_.size());
    for (Finding each : part.kept()) {
      if (each.parent != kNoParent) each.parent += offset;
      out_.kept_.push_back(each);
    }
    for (const auto& [key, count] : part.counts()) counts_[key] += count;
  }

  // Findings by rule of the root shape's order, then as found; at most so many of a rule.
  void sort_and_cut() {
    struct Root {
      std::size_t first;
      std::size_t last;
    };
    std::vector<Root> roots;
    for (std::size_t i = 0; i < out_.kept_.size(); ++i) {
      if (out_.kept_[i].parent == kNoParent) roots.push_back({i, i});
      roots.back().last = i + 1;
    }
    std::ranges::stable_sort(roots, [&](const Root& a, const Root& b) {
      return out_.kept_[a.first].rule < out_.kept_[b.first].rule;
    });
    std::vector<std::uint64_t> kept(out_.rules_.size(), 0);
    std::uint32_t ordinal = 0;
    std::vector<Finding> sorted;
    sorted.reserve(out_.kept_.size());
    for (const Root& root : roots) {
      if (kept[out_.kept_[root.first].rule]++ >= options_.keep_per_rule) continue;
      const auto base = static_cast<std::uint32_t>(sorted.size());
      for (std::size_t i = root.first; i < root.last; ++i) {
        Finding each = out_.kept_[i];
        if (i == root.first) each.ordinal = ++ordinal;
        if (each.parent != kNoParent) {
          each.parent = each.parent - static_cast<std::uint32_t>(root.first) + base;
        }
        sorted.push_back(each);
      }
    }
    out_.kept_ = std::move(sorted);
    for (const auto& [key, count] : counts_) {
      out_.groups_.push_back(
          {static_cast<RuleNumber>(key >> 32), static_cast<TypeSet>(key & 0xFFFF'FFFF), count});
    }
  }

  const Graph& data_;
  const Ontology* ontology_;
  const ShapeSet& shapes_;
  const ValidationOptions& options_;
  Findings out_;
  std::map<std::uint64_t, std::uint64_t> counts_;  // rule << 32 | type set
};

Expected<Findings> validate(const Graph& data, const Ontology* ontology, const ShapeSet& shapes,
                            const ValidationOptions& options) {
  return Validation(data, ontology, shapes, options).run();
}

}  // namespace dossier
