// Terms as self-contained bytes, for the table of a join whose parents are quoted statements: a
// letter for the kind, then texts with their length before them. The first term of an entry is the
// statement; those behind it are statements that blank nodes in it reify.
#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "graph/vocabulary.hpp"
#include "mapping/join_table.hpp"
#include "mapping/plan.hpp"

namespace dossier {

namespace encoded {

inline void put(std::string& out, std::string_view text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  char bytes[sizeof size];
  std::memcpy(bytes, &size, sizeof size);
  out.append(bytes, sizeof size).append(text);
}

inline std::string_view take(std::string_view& bytes) {
  std::uint32_t size = 0;
  std::memcpy(&size, bytes.data(), sizeof size);
  const std::string_view text = bytes.substr(sizeof size, size);
  bytes.remove_prefix(sizeof size + size);
  return text;
}

// The term at the front of `bytes`, which is taken off. Recursion ends with the depth that quoted
// triples maps may have.
template <class Backend>
typename Backend::Cell read(std::string_view& bytes, Backend& backend) {
  const char kind = bytes.front();
  bytes.remove_prefix(1);
  if (kind == 'I') return backend.iri(take(bytes));
  if (kind == 'B') return backend.blank(take(bytes));
  if (kind == 'L') {
    const std::string_view text = take(bytes);
    const std::string_view datatype = take(bytes);
    const std::string_view language = take(bytes);
    return language.empty() ? backend.typed_literal(text, datatype)
                            : backend.language_literal(text, language);
  }
  const auto subject = read(bytes, backend);
  const auto predicate = read(bytes, backend);
  const auto object = read(bytes, backend);
  return backend.triple(subject, predicate, object);
}

// Terms as a line has them, for names that do not depend on how a term is kept.
struct LineText {
  using Cell = std::string;
  Cell iri(std::string_view text) const { return "<" + std::string(text) + ">"; }
  Cell blank(std::string_view label) const { return "_:" + std::string(label); }
  Cell typed_literal(std::string_view text, std::string_view datatype) const {
    const Cell quoted = quote(text);
    return datatype == xsd::kString ? quoted : quoted + "^^<" + std::string(datatype) + ">";
  }
  Cell language_literal(std::string_view text, std::string_view language) const {
    return quote(text) + "@" + std::string(language);
  }
  Cell triple(const Cell& subject, const Cell& predicate, const Cell& object) const {
    return "<<( " + subject + " " + predicate + " " + object + " )>>";
  }

 private:
  static Cell quote(std::string_view text) {
    ByteBuffer escaped;
    append_literal_escaped(escaped, text);
    return "\"" + std::string(escaped.view()) + "\"";
  }
};

}  // namespace encoded

// What RowMapper speaks to when it makes the entries of such a table.
class EncodingBackend {
 public:
  static constexpr bool kWritesLines = false;
  using Cell = std::string;
  using Kept = std::string;

  void begin_record(std::uint64_t) {}
  void end_constants() {}
  void begin_map(std::size_t) {}
  struct Origin {};
  Origin origin() const { return {}; }
  void begin_as(const Origin&) {}

  Cell default_graph() const { return {}; }
  Cell iri(std::string_view text) const { return one('I', text); }
  Cell unsafe_iri(std::string_view text) const { return one('I', text); }
  Cell blank(std::string_view label) const { return one('B', label); }
  Cell literal(const TermPlan& term, std::string_view text) const {
    if (!term.language.empty()) return language_literal(text, term.language);
    return typed_literal(text,
                         term.datatype.empty() ? xsd::kString : std::string_view(term.datatype));
  }
  Cell typed_literal(std::string_view text, std::string_view datatype) const {
    Cell out = one('L', text);
    encoded::put(out, datatype);
    encoded::put(out, "");
    return out;
  }
  Cell language_literal(std::string_view text, std::string_view language) const {
    Cell out = one('L', text);
    encoded::put(out, "");
    encoded::put(out, language);
    return out;
  }
  Cell triple(const Cell& subject, const Cell& predicate, const Cell& object) const {
    return "T" + subject + predicate + object;
  }
  // Joins of joined parents are refused when a mapping is compiled.
  Cell parent(const JoinTable&, std::size_t, const JoinTable::Entry&) const { return {}; }
  std::string text_of(const Cell& cell) const {
    if (cell.empty()) return {};
    std::string_view bytes = cell;
    encoded::LineText text;
    return encoded::read(bytes, text);
  }
  Kept keep(const Cell& cell) const { return cell; }
  Cell restore(const Kept& kept) const { return kept; }

  void add(const Cell& subject, const Cell& predicate, const Cell& object, const Cell&) {
    statements_.push_back(triple(subject, predicate, object));
  }
  void add_reified(const Cell&, const Cell&, const Cell& statement, const Cell&) {
    reified_.push_back(statement);
  }

  // The entries of one record; ready for the next.
  std::vector<std::string> take_entries() {
    std::vector<std::string> out;
    for (std::string& each : statements_) {
      for (const std::string& more : reified_) each += more;
      out.push_back(std::move(each));
    }
    statements_.clear();
    reified_.clear();
    return out;
  }

 private:
  static Cell one(char kind, std::string_view text) {
    Cell out(1, kind);
    encoded::put(out, text);
    return out;
  }

  std::vector<std::string> statements_;
  std::vector<std::string> reified_;
};

}  // namespace dossier
