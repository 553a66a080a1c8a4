#include "exporters/network_plan.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

namespace dossier {
namespace {

// "ex:knows", or the IRI.
std::string qualified(std::string_view iri, const Prefixes& prefixes) {
  const std::optional<Prefixes::Match> match = prefixes.match(iri);
  return match ? fmt::format("{}:{}", match->name, match->local) : std::string(iri);
}

}  // namespace

NetworkPlan::NetworkPlan(const EntityGraph& graph, const NetworkOptions& options)
    : graph_(graph),
      slots_(graph.graph()),
      captions_(graph.graph(), graph.schema().label_properties, options.languages),
      attributes_(find_attributes(graph, slots_, options.prefixes, options.threads)) {
  name_kinds(options.prefixes);
  name_classes(options.prefixes);
}

void NetworkPlan::name_kinds(const Prefixes& prefixes) {
  std::vector<bool> used(graph_.kinds().size(), false);
  for (const EdgeId edge : graph_.edges()) used[graph_.kind_id(edge).index()] = true;
  std::unordered_map<std::string, std::string_view> iri_of_name;
  for (std::size_t i = 0; i < graph_.kinds().size(); ++i) {
    const EdgeKind& kind = graph_.kinds()[i];
    std::string& name = kind_names_.emplace_back();
    if (!used[i]) continue;
    const std::string_view iri = graph_.predicate_iri(kind);
    if (kind.link != nullptr) {
      has_symmetric_ = has_symmetric_ || kind.link->symmetric;
      name = !kind.link->label.empty() ? kind.link->label : captions_.text(kind.link->cls);
    } else {
      name = captions_.text(kind.predicate);
    }
    // A link class and its direct predicate may share a name; two predicates may not.
    const auto [found, added] = iri_of_name.emplace(name, iri);
    if (!added && found->second != iri) {
      name = qualified(!iri.empty() ? iri : graph_.graph().text(kind.link->cls), prefixes);
    }
  }
}

void NetworkPlan::name_classes(const Prefixes& prefixes) {
  std::unordered_map<TermId, std::uint64_t> sizes;
  for (const NodeId node : graph_.nodes()) {
    if (const TermId type = graph_.type(node)) ++sizes[type];
  }
  for (const auto& [cls, nodes] : sizes) classes_.push_back({cls, {}, nodes, {}});
  std::ranges::sort(classes_, {}, &ClassInfo::cls);
  std::unordered_set<std::string> names;
  for (ClassInfo& each : classes_) {
    each.name = captions_.text(each.cls);
    if (!names.insert(each.name).second && each.cls.is_iri()) {
      each.name = qualified(graph_.graph().text(each.cls), prefixes);
      names.insert(each.name);
    }
  }
  std::vector<std::size_t> by_size(classes_.size());
  for (std::size_t i = 0; i < by_size.size(); ++i) by_size[i] = i;
  std::ranges::stable_sort(by_size, std::greater<>(),
                           [&](std::size_t i) { return classes_[i].nodes; });
  for (std::size_t i = 0; i < by_size.size(); ++i) {
    classes_[by_size[i]].colour = palette_colour(i);
  }
}

std::string NetworkPlan::made_up_label(NodeId node) const {
  const TermId term = graph_.term(node);
  const TermId type = graph_.type(node);
  const LinkClass* link = type ? graph_.schema().find(type) : nullptr;
  if (link != nullptr && link->source_end && link->target_end) {
    const TermId source = graph_.graph().object(term, link->source_end);
    const TermId target = graph_.graph().object(term, link->target_end);
    if (source && source.is_resource() && target && target.is_resource()) {
      return fmt::format("{}: {} \u2192 {}",
                         link->label.empty() ? captions_.text(type) : link->label,
                         captions_.text(source), captions_.text(target));
    }
  }
  return captions_.text(term);
}

std::size_t NetworkPlan::class_index(NodeId node) const {
  const TermId type = graph_.type(node);
  if (!type) return classes_.size();
  return static_cast<std::size_t>(std::ranges::lower_bound(classes_, type, {}, &ClassInfo::cls) -
                                  classes_.begin());
}

NetworkCounts NetworkPlan::counts() const {
  NetworkCounts counts;
  counts.nodes = graph_.node_count();
  counts.edges = graph_.edge_count();
  for (const AttributeColumn& column : attributes_.nodes) {
    if (column.used()) ++counts.node_attributes;
    counts.cells_with_several += column.several;
    counts.values += column.values;
  }
  for (const AttributeColumn& column : attributes_.edges) {
    if (column.used()) ++counts.edge_attributes;
    counts.cells_with_several += column.several;
    counts.values += column.values;
  }
  return counts;
}

}  // namespace dossier
