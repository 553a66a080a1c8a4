// Datatype, language and direction of literals, numbered in order of first appearance. Few a graph.
// One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/term.hpp"

namespace dossier {

// What is shared by all literals that have it.
struct LiteralType {
  std::string datatype;
  std::string language;
  Direction direction = Direction::none;
  friend auto operator<=>(const LiteralType&, const LiteralType&) = default;
};

class LiteralTypes {
 public:
  LiteralTypes();  // number 0 is xsd:string

  // A small cache, then a hash table.
  std::uint32_t number(std::string_view datatype, std::string_view language, Direction direction);
  std::uint32_t number(const TermView& literal) {
    return number(literal.datatype, literal.language, literal.direction);
  }

  const std::vector<LiteralType>& all() const { return types_; }
  std::size_t size() const { return types_.size(); }

 private:
  std::vector<LiteralType> types_;
  std::unordered_map<std::string, std::uint32_t> index_;
  static constexpr std::size_t kCached = 16;
  std::uint32_t cached_[kCached] = {};
};

}  // namespace dossier
