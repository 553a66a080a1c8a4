// 4.8 Hash N-Degree Quads of RDFC-1.0: which way through the blank nodes around one has the
// smallest text. An explicit stack instead of recursion, and one list of temporary identifiers that
// grows and is cut back instead of copies, so a chain of n nodes costs n steps. Private to
// graph/canon.cpp. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "graph/canon_hash.hpp"

namespace dossier {

class CanonSearch {
 public:
  // `canonical` has the numbers that are issued already, and is read at each `run`.
  CanonSearch(CanonHashes& hashes, const std::vector<std::uint32_t>& canonical,
              std::size_t max_steps);

  struct Result {
    std::string hash;
    std::vector<std::uint32_t> order;  // blank nodes as temporary identifiers were issued
  };
  // False when the steps are used up, those of earlier runs counted.
  bool run(std::uint32_t blank, Result& result);

 private:
  using Group = std::pair<std::string, std::vector<std::uint32_t>>;

  enum class Next : std::uint8_t { group, permutation, related, end_of_path };

  struct Frame {
    Next next = Next::group;
    std::string data;           // to be hashed at the end
    std::vector<Group> groups;  // by related hash, in order
    std::size_t group = 0;
    std::size_t issued = 0;  // temporary identifiers when the group began
    std::vector<std::uint32_t> permutation;
    bool has_chosen = false;
    std::string chosen_path;
    std::vector<std::uint32_t> chosen;  // identifiers issued after `issued`
    std::string path;
    std::vector<std::uint32_t> to_follow;
    std::size_t followed = 0;
  };

  Frame frame_of(std::uint32_t blank);
  std::string name_of(std::uint32_t blank) const;
  bool begin_group(Frame& frame);
  bool begin_path(Frame& frame);
  void end_path(Frame& frame);
  void next_permutation(Frame& frame);
  void end_group(Frame& frame);
  bool is_hopeless(const Frame& frame) const;
  void issue(std::uint32_t blank);
  void cut_back(std::size_t size);

  CanonHashes& hashes_;
  const std::vector<std::uint32_t>& canonical_;
  std::size_t steps_left_;
  std::vector<Frame> frames_;
  std::vector<std::uint32_t> order_;      // blank nodes with temporary identifiers
  std::vector<std::uint32_t> temporary_;  // by blank node: its place in order_
};

}  // namespace dossier
