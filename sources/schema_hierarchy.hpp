// Walks over what stands above what, for schema languages with several parents: circles, and all
// that is above. Explicit stacks; every element is entered once.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace dossier {

// Calls `report(closing, path)` for every step that leads back into the path it stands on; the
// circle is the part of the path from `closing` on. `parents(element)` gives a vector of pointers.
template <class Element, class Parents, class Report>
void find_circles(const std::vector<Element>& elements, const Parents& parents,
                  const Report& report) {
  enum class State : unsigned char { fresh, open, done };
  std::unordered_map<const Element*, State> states;
  for (const Element& root : elements) {
    if (states[&root] != State::fresh) continue;
    std::vector<const Element*> path{&root};
    std::vector<std::vector<const Element*>> left{parents(root)};
    states[&root] = State::open;
    while (!path.empty()) {
      if (left.back().empty()) {
        states[path.back()] = State::done;
        path.pop_back();
        left.pop_back();
        continue;
      }
      const Element* const next = left.back().back();
      left.back().pop_back();
      State& state = states[next];
      if (state == State::open) report(*next, path);
      if (state != State::fresh) continue;
      state = State::open;
      path.push_back(next);
      left.push_back(parents(*next));
    }
  }
}

// The element and all above it, nearest first. Takes one of `steps_left` for each; empty when they
// are used up.
template <class Element, class Parents>
std::vector<const Element*> with_ancestors(const Element& element, const Parents& parents,
                                           std::size_t& steps_left) {
  std::vector<const Element*> out{&element};
  std::set<const Element*> seen{&element};
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (steps_left == 0) return {};
    --steps_left;
    for (const Element* const each : parents(*out[i])) {
      if (seen.insert(each).second) out.push_back(each);
    }
  }
  return out;
}

// "A is a B is a A", shortened.
template <class Element>
std::string circle_text(const Element& closing, const std::vector<const Element*>& path) {
  constexpr std::size_t kShown = 8;
  std::string out;
  std::size_t steps = 0;
  bool in_circle = false;
  for (const Element* const each : path) {
    in_circle = in_circle || each == &closing;
    if (in_circle && steps++ < kShown) out += each->name + " is a ";
  }
  return out + (steps > kShown ? "... " : "") + closing.name;
}

}  // namespace dossier
