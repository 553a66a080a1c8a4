// The statements of a document in SHACL Compact Syntax, kept until the whole of it has been read:
// what stands on a shape is known only behind its alternatives, and a faulty document says nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/statement_writer.hpp"

namespace dossier {

class ShaclcStatements {
 public:
  void add(const OwnedTerm& subject, std::string_view predicate, const OwnedTerm& object,
           std::uint64_t offset) {
    made_.push_back({subject, std::string(predicate), object, offset});
  }
  // An RDF list; its head.
  OwnedTerm list(const std::vector<OwnedTerm>& members, std::uint64_t offset,
                 const std::function<OwnedTerm()>& fresh_blank);
  std::size_t size() const { return made_.size(); }
  // Makes `to` the subject of the statements from `first` on that have `from`.
  void rename(std::size_t first, const OwnedTerm& from, const OwnedTerm& to);
  // How many were handed over.
  std::uint64_t deliver(StatementSinkRef sink) const;

 private:
  struct Made {
    OwnedTerm subject;
    std::string predicate;
    OwnedTerm object;
    std::uint64_t offset;
  };
  std::vector<Made> made_;
};

}  // namespace dossier
