// Namespaces for writers that see an IRI as text, once. An IRI is cut behind its last '/' or '#':
// a shorter namespace would leave such a character in the local name, which is then written in full
// anyway, so one look into a hash table finds the namespace. Only namespaces that end otherwise
// (http://e/item_) are tried one by one. One thread.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "base/hash.hpp"

namespace dossier {

class StreamNamespaces {
 public:
  struct Entry {
    std::string name;  // with colon
    std::string iri;
    bool declared = false;
  };

  // The entry of that name, made or changed to `iri` and then not declared; null when the name or
  // the IRI cannot be declared or stands so already.
  Entry* set(std::string_view name, std::string_view iri);
  // The one that a change of `name` to `iri` would take away after it was declared.
  bool redeclares(std::string_view name, std::string_view iri) const;

  // The entry with the longest namespace of `iri`, or null.
  Entry* find(std::string_view iri);

 private:
  struct Hash {
    using is_avalanching = void;
    std::size_t operator()(std::string_view text) const { return hash_bytes(text); }
  };
  void index();

  std::deque<Entry> entries_;
  boost::unordered_flat_map<std::string_view, Entry*, Hash> by_name_;  // borrow entries_
  boost::unordered_flat_map<std::string_view, Entry*, Hash> by_iri_;
  std::vector<Entry*> odd_;  // that end neither in '/' nor in '#', the longest first
};

}  // namespace dossier
