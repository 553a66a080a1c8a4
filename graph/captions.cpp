#include "graph/captions.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

// RFC 4647 3.3.1 basic filtering: "en" takes "en" and "en-GB".
bool language_fits(std::string_view tag, std::string_view range) {
  if (range.empty()) return tag.empty();
  return equals_ignoring_case(tag.substr(0, range.size()), range) &&
         (tag.size() == range.size() || tag[range.size()] == '-');
}

}  // namespace

Captions::Captions(const Graph& graph, std::span<const TermId> properties,
                   std::span<const std::string> languages)
    : graph_(graph) {
  for (const TermId property : properties) {
    if (property) properties_.push_back(property);
  }
  if (properties.empty()) {
    if (const TermId label = graph.find_iri(rdfs::kLabel)) properties_.push_back(label);
  }
  const auto listed = static_cast<std::uint32_t>(languages.size());
  for (const LiteralType& type : graph.literal_types()) {
    const auto found = std::ranges::find_if(
        languages, [&](const std::string& range) { return language_fits(type.language, range); });
    std::uint32_t rank = static_cast<std::uint32_t>(found - languages.begin());
    if (rank == listed && !type.language.empty()) rank = listed + 1;
    rank_of_type_.push_back(rank);
  }
}

TermId Captions::find(TermId resource) const {
  for (const TermId property : properties_) {
    TermId best;
    std::uint32_t best_rank = 0;
    for (const Statement& s : graph_.about(resource, property)) {
      if (!s.object.is_literal() || graph_.text(s.object).empty()) continue;
      const std::uint32_t rank = rank_of_type_[graph_.literal_type_index(s.object)];
      if (!best || rank < best_rank) {
        best = s.object;
        best_rank = rank;
      }
    }
    if (best) return best;
  }
  return {};
}

std::string Captions::text(TermId resource) const {
  if (const TermId literal = find(resource)) return std::string(graph_.text(literal));
  if (resource.is_blank()) return std::string("_:").append(graph_.text(resource));
  return std::string(local_name(graph_.text(resource)));
}

std::string_view local_name(std::string_view iri) {
  std::size_t end = iri.size();
  while (end > 0 && std::string_view("#/:").find(iri[end - 1]) != std::string_view::npos) --end;
  if (end == 0) return iri;
  const std::size_t at = iri.find_last_of("#/:", end - 1);
  return at == std::string_view::npos ? iri : iri.substr(at + 1);
}

}  // namespace dossier
