#include "exporters/namespaces.hpp"

#include <algorithm>
#include <numeric>

#include "exporters/escape.hpp"
#include "exporters/names.hpp"

namespace dossier {

Namespaces::Namespaces(const Graph& graph, const Prefixes& prefixes) {
  TextBuffer scratch;
  for (const Prefixes::Entry& each : prefixes.entries()) {
    if (!is_prefix_name(each.name) || each.iri.empty()) continue;
    if (copy_iri(scratch.room(each.iri.size() + 16), each.iri) == nullptr) continue;
    entries_.push_back({.name = each.name + ":", .iri = each.iri});
  }
  cut_segments(graph);
  fill_blocks(graph.term_count(TermKind::iri));
}

// Ranges nest or lie apart, because one namespace is a prefix of another or not. In the order of
// their IRIs each comes after those around it, so a stack of open ranges cuts them into segments.
void Namespaces::cut_segments(const Graph& graph) {
  std::vector<Number> by_iri(entries_.size());
  std::iota(by_iri.begin(), by_iri.end(), Number{0});
  std::ranges::stable_sort(by_iri, {},
                           [&](Number n) -> const std::string& { return entries_[n].iri; });
  struct Open {
    std::uint32_t last;
    Number number;
  };
  std::vector<Open> open;
  const auto begin_segment = [&](std::uint32_t first, Number number) {
    if (!segments_.empty() && segments_.back().first == first) segments_.pop_back();
    segments_.push_back({first, number});
  };
  const auto close_until = [&](std::uint32_t first) {
    while (!open.empty() && open.back().last <= first) {
      const std::uint32_t last = open.back().last;
      open.pop_back();
      begin_segment(last, open.empty() ? kNone : open.back().number);
    }
  };
  begin_segment(0, kNone);
  const std::string* previous = nullptr;
  for (const Number number : by_iri) {
    const std::string& iri = entries_[number].iri;
    if (previous != nullptr && *previous == iri) continue;  // of two names the first
    previous = &iri;
    const auto [first, last] = graph.iri_range(iri);
    if (first == last) continue;
    close_until(first);
    begin_segment(first, number);
    open.push_back({last, number});
  }
  close_until(0xFFFF'FFFF);
}

void Namespaces::fill_blocks(std::size_t iris) {
  blocks_.assign((iris >> kBlockBits) + 1, kMixed);
  std::size_t at = 0;
  for (std::size_t block = 0; block < blocks_.size(); ++block) {
    const std::size_t first = block << kBlockBits;
    const std::size_t last = first + (std::size_t{1} << kBlockBits);
    while (at + 1 < segments_.size() && segments_[at + 1].first <= first) ++at;
    if (at + 1 == segments_.size() || segments_[at + 1].first >= last)
      blocks_[block] = segments_[at].number;
  }
}

Namespaces::Number Namespaces::search(std::uint32_t index) const {
  const auto after = std::ranges::upper_bound(segments_, index, {}, &Segment::first);
  return std::prev(after)->number;
}

char* Namespaces::write(char* to, Number number, std::string_view iri) const {
  const Entry& entry = entries_[number];
  return write_local_name(copy_text(to, entry.name), iri.substr(entry.iri.size()));
}

void Namespaces::use(const Graph& graph, const std::vector<bool>& iris, CanWrite can_write) {
  for (std::size_t at = 0; at < segments_.size(); ++at) {
    const Number number = segments_[at].number;
    if (number == kNone) continue;
    Entry& entry = entries_[number];
    const std::size_t last = at + 1 < segments_.size() ? segments_[at + 1].first : iris.size();
    for (std::size_t i = segments_[at].first; i < last && !entry.used; ++i) {
      if (!iris[i]) continue;
      const std::string_view iri = graph.text(TermId(TermKind::iri, static_cast<std::uint32_t>(i)));
      entry.used = can_write(iri.substr(entry.iri.size()));
    }
  }
}

Namespaces::Number Namespaces::find_text(std::string_view iri) const {
  Number best = kNone;
  for (Number i = 0; i < entries_.size(); ++i) {
    if (!iri.starts_with(entries_[i].iri)) continue;
    if (best == kNone || entries_[i].iri.size() > entries_[best].iri.size()) best = i;
  }
  return best;
}

void Namespaces::use(std::string_view iri, CanWrite can_write) {
  const Number number = find_text(iri);
  if (number == kNone) return;
  Entry& entry = entries_[number];
  entry.used = entry.used || can_write(iri.substr(entry.iri.size()));
}

}  // namespace dossier
