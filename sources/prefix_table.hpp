// The prefixes that a document has declared so far, for a reader: a hash table, and in front of it
// a small cache so that the usual look-up is one comparison. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/hash.hpp"

namespace dossier {

class PrefixTable {
 public:
  PrefixTable() = default;
  PrefixTable(const PrefixTable& other) : table_(other.table_) {}  // the cache points into `other`
  PrefixTable& operator=(const PrefixTable& other) {
    table_ = other.table_;
    cache_ = {};
    return *this;
  }
  ~PrefixTable() = default;

  // The last declaration of a name wins.
  void set(std::string_view name, std::string_view iri) {
    table_.insert_or_assign(std::string(name), std::string(iri));
    cache_ = {};
  }

  // The namespace, or null. Valid until the next `set`.
  const std::string* find(std::string_view name) {
    const auto last = name.empty() ? std::size_t{0} : static_cast<unsigned char>(name.back());
    Entry& entry = cache_[(name.size() * 7 + last) % cache_.size()];
    if (entry.iri != nullptr && *entry.name == name) return entry.iri;
    const auto found = table_.find(name);
    if (found == table_.end()) return nullptr;
    entry = {&found->first, &found->second};
    return entry.iri;
  }

  std::size_t size() const { return table_.size(); }

  template <class Function>
  void for_each_name(Function&& function) const {
    for (const auto& [name, iri] : table_) function(std::string_view(name));
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return hash_bytes(text); }
  };
  struct Entry {
    const std::string* name = nullptr;
    const std::string* iri = nullptr;
  };

  std::unordered_map<std::string, std::string, Hash, std::equal_to<>> table_;
  std::array<Entry, 64> cache_{};
};

}  // namespace dossier
