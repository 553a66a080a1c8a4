// Labels of blank nodes. Anonymous nodes ([ ], ( ), reifiers) are numbered as they open: "anon1",
// "anon2" ... What is no label in RDF ("_:http://e/" in JSON-LD) becomes "anonx" and its bytes in
// letters. A label of the document that has one of these shapes, with any number of underscores
// behind "anon", gets one underscore more ("anon1" becomes "anon_1", "anon_1" becomes "anon__1");
// all others stay as they are. So labels are deterministic, different nodes keep different labels
// whatever the document says, and nothing has to be remembered. The scope of the file stands in
// front of all.
#pragma once

#include <charconv>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "graph/characters.hpp"
#include "graph/statement_writer.hpp"

namespace dossier {

class BlankLabels {
 public:
  explicit BlankLabels(std::string scope) : scope_(std::move(scope)) {}

  // True when `label` stands for itself, so that its bytes can be used where they are.
  bool stays(std::string_view label) const { return scope_.empty() && !is_reserved(label); }

  // Room that a label needs at most.
  std::size_t room(std::string_view label) const { return scope_.size() + label.size() + 1; }
  std::size_t room() const { return scope_.size() + kAnonymous.size() + 20; }

  // Writes the label of a node with a label of its own, or of the anonymous node `number`, to
  // `out`; returns how many bytes.
  std::size_t write(std::string_view label, char* out) const {
    char* at = put(scope_, out);
    if (is_reserved(label)) {
      at = put(kAnonymous, at);
      *at++ = '_';
      label.remove_prefix(kAnonymous.size());
    }
    return static_cast<std::size_t>(put(label, at) - out);
  }
  std::size_t write(std::uint64_t number, char* out) const {
    char* at = put(kAnonymous, put(scope_, out));
    return static_cast<std::size_t>(std::to_chars(at, at + 20, number).ptr - out);
  }
  // For what is no label.
  std::string made_of(std::string_view bytes) const {
    return scope_ + std::string(kAnonymous) + kMade + blank_label(bytes);
  }

 private:
  static constexpr std::string_view kAnonymous = "anon";
  static constexpr char kMade = 'x';

  static char* put(std::string_view bytes, char* out) {
    if (!bytes.empty()) std::memcpy(out, bytes.data(), bytes.size());
    return out + bytes.size();
  }
  // anon_*([0-9]+|x.*)
  static bool is_reserved(std::string_view label) {
    if (!label.starts_with(kAnonymous)) return false;
    std::size_t at = kAnonymous.size();
    while (at < label.size() && label[at] == '_') ++at;
    if (at == label.size()) return false;
    if (label[at] == kMade) return true;
    while (at < label.size() && has_class(label[at], kDigit)) ++at;
    return at == label.size();
  }

  std::string scope_;
};

}  // namespace dossier
