#include "graph/canon_search.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace dossier {

CanonSearch::CanonSearch(CanonHashes& hashes, const std::vector<std::uint32_t>& canonical,
                         std::size_t max_steps)
    : hashes_(hashes),
      canonical_(canonical),
      steps_left_(max_steps),
      temporary_(hashes.blank_count(), kNotIssued) {}

void CanonSearch::issue(std::uint32_t blank) {
  temporary_[blank] = static_cast<std::uint32_t>(order_.size());
  order_.push_back(blank);
}

void CanonSearch::cut_back(std::size_t size) {
  for (std::size_t i = size; i < order_.size(); ++i) temporary_[order_[i]] = kNotIssued;
  order_.resize(size);
}

// The identifier of a blank node that has one, canonical before temporary.
std::string CanonSearch::name_of(std::uint32_t blank) const {
  if (canonical_[blank] != kNotIssued) return fmt::format("_:c14n{}", canonical_[blank]);
  return fmt::format("_:b{}", temporary_[blank]);
}

// Steps 1 to 3: the blank nodes around, grouped by the hash of how they are related.
CanonSearch::Frame CanonSearch::frame_of(std::uint32_t blank) {
  std::map<std::string, std::vector<std::uint32_t>> groups;
  hashes_.for_each_related(blank, [&](const BlankUse& use) {
    const bool named = canonical_[use.blank] != kNotIssued || temporary_[use.blank] != kNotIssued;
    const std::string name = named ? name_of(use.blank) : hashes_.first_degree(use.blank);
    groups[hashes_.related(use, name)].push_back(use.blank);
  });
  Frame frame;
  frame.groups.assign(std::make_move_iterator(groups.begin()),
                      std::make_move_iterator(groups.end()));
  return frame;
}

bool CanonSearch::run(std::uint32_t blank, Result& result) {
  frames_.clear();
  cut_back(0);
  issue(blank);
  frames_.push_back(frame_of(blank));
  for (;;) {
    Frame& frame = frames_.back();
    switch (frame.next) {
      case Next::group:
        if (begin_group(frame)) break;
        result.hash = hashes_.digester().hex(frame.data);
        frames_.pop_back();
        if (frames_.empty()) {
          result.order = order_;
          return true;
        }
        // Step 5.4.5.2 to 5.4.5.4 of the frame that asked.
        {
          Frame& asking = frames_.back();
          asking.path += name_of(asking.to_follow[asking.followed - 1]);
          asking.path.append(1, '<').append(result.hash).append(1, '>');
          asking.next = is_hopeless(asking) ? Next::end_of_path : Next::related;
        }
        break;
      case Next::permutation:
        if (steps_left_ == 0) return false;
        --steps_left_;
        frame.next = begin_path(frame) ? Next::related : Next::end_of_path;
        break;
      case Next::related:
        if (frame.followed < frame.to_follow.size()) {
          const std::uint32_t related = frame.to_follow[frame.followed++];
          frames_.push_back(frame_of(related));  // `frame` is no longer valid
        } else {
          end_path(frame);
          next_permutation(frame);
        }
        break;
      case Next::end_of_path:
        next_permutation(frame);
        break;
    }
  }
}

// Step 5: the next group of related nodes. False when there is none.
bool CanonSearch::begin_group(Frame& frame) {
  if (frame.group == frame.groups.size()) return false;
  auto& [hash, blanks] = frame.groups[frame.group];
  frame.data += hash;
  frame.permutation = std::move(blanks);
  std::ranges::sort(frame.permutation);
  frame.issued = order_.size();
  frame.has_chosen = false;
  frame.next = Next::permutation;
  return true;
}

// Steps 5.4.1 to 5.4.4. False when this order cannot be the smallest.
bool CanonSearch::begin_path(Frame& frame) {
  cut_back(frame.issued);
  frame.path.clear();
  frame.to_follow.clear();
  frame.followed = 0;
  for (const std::uint32_t blank : frame.permutation) {
    if (canonical_[blank] == kNotIssued && temporary_[blank] == kNotIssued) {
      frame.to_follow.push_back(blank);
      issue(blank);
    }
    frame.path += name_of(blank);
    if (is_hopeless(frame)) return false;
  }
  return true;
}

bool CanonSearch::is_hopeless(const Frame& frame) const {
  return frame.has_chosen && frame.path.size() >= frame.chosen_path.size() &&
         frame.path > frame.chosen_path;
}

// Step 5.4.6.
void CanonSearch::end_path(Frame& frame) {
  if (frame.has_chosen && frame.path >= frame.chosen_path) return;
  frame.has_chosen = true;
  frame.chosen_path = frame.path;
  // With one order only, what is issued now is what stays.
  if (frame.permutation.size() == 1) return;
  frame.chosen.assign(order_.begin() + static_cast<std::ptrdiff_t>(frame.issued), order_.end());
}

void CanonSearch::next_permutation(Frame& frame) {
  if (std::ranges::next_permutation(frame.permutation).found) {
    frame.next = Next::permutation;
  } else {
    end_group(frame);
  }
}

// Steps 5.5 and 5.6.
void CanonSearch::end_group(Frame& frame) {
  frame.data += frame.chosen_path;
  if (frame.permutation.size() > 1) {
    cut_back(frame.issued);
    for (const std::uint32_t blank : frame.chosen) issue(blank);
  }
  ++frame.group;
  frame.next = Next::group;
}

}  // namespace dossier
