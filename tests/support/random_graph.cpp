#include "tests/support/random_graph.hpp"

#include <array>
#include <random>
#include <string>

#include "graph/freeze.hpp"
#include "graph/vocabulary.hpp"

namespace dossier::test {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kLocals[] = {
    "a",   "b-1",   "",        "x.y",    ".x",         "x.",         "-x",         "1",
    "a/b", "a#b",   "a?b=c",   "100%",   "%41",        "%4",         "~t",         "it's",
    "(p)", "a,b;c", "a=b",     "a@b",    "a:b",        "é",          "名前",       "·",
    "x·",  "‿",     "a\u0300", "\u0300", "\U0001F600", "\U00010000", "\U000F0000", "×",
    "_",   "__",    "!$&*+",   "a_b",    "x\\y"};

constexpr std::string_view kStrings[] = {
    "",
    "plain",
    "\"",
    "\"\"\"",
    "a\"",
    "a\n\"",
    "a\n\"\"\"b\n",
    "\\",
    "\\\\n",
    "a\nb",
    "a\n",
    "\n",
    "\na",
    "a\r\nb",
    "\r",
    "\t",
    "a\tb\nc",
    "\uFFFD",
    "\uFEFF",
    "\uE000",
    "é",
    "名前",
    "\U0001F600",
    "\U00010000\U0010FFFD",
    "\u0085\u2028",
    "it's",
    "'''",
    "1",
    "1.0",
    "+1",
    "-0",
    ".5",
    "1.",
    "1e5",
    "1E-5",
    ".1e+3",
    "1.e1",
    "true",
    "false",
    "TRUE",
    "INF",
    "NaN",
    " 1",
    "01",
    "1e",
    "e1",
    "+",
    ".",
    "<a>",
    "]]>",
    "&amp;",
    "a  b",
    " ",
    "0123456789abcdef\"0123456789abcdef\\",
    "0123456789abcdef0123456789abcde\xEF\xBC\x8C",
    "a line that is long enough to fill most of what a line of the output has room for, and more"};

constexpr std::string_view kControls[] = {"\x01\x02\x1F\x7F", "\b\f"};

constexpr std::string_view kNoncharacters[] = {"\0"sv, "a\0b"sv, "\n\0\n"sv, "\uFFFE"sv,
                                               "\uFFFF"sv};

constexpr std::string_view kTypes[] = {xsd::kString,
                                       xsd::kInteger,
                                       xsd::kDecimal,
                                       xsd::kDouble,
                                       xsd::kBoolean,
                                       xsd::kDate,
                                       "http://example.org/type/a/b"};

constexpr std::string_view kLanguages[] = {"en", "de-CH", "zh-Hant-TW", "x-private"};

constexpr std::string_view kLabels[] = {"b", "b1", "b2", "0", "a.b", "a-b", "é", "g1"};

class Maker {
 public:
  explicit Maker(const RandomGraphOptions& options) : options_(options), random_(options.seed) {}

  Graph run() {
    for (std::size_t i = 0; i < options_.statements; ++i) {
      switch (below(10)) {
        case 0:
          add_list();
          break;
        case 1:
          add_chain();
          break;
        case 2:
          if (options_.triple_terms) add_reified();
          break;
        default:
          add({resource(), predicate(), object(), graph()});
      }
    }
    return freeze(std::move(builder_));
  }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }
  template <class Table>
  auto pick(const Table& table) {
    return table[below(std::size(table))];
  }
  Dictionary& terms() { return builder_.shard().terms(); }
  void add(const Statement& s) { builder_.shard().add(s); }

  TermId iri() {
    constexpr std::string_view kNamespaces[] = {"http://example.org/", "http://example.org/deep/",
                                                "urn:x:"};
    std::string local(pick(kLocals));
    if (local == "x\\y") local = "xy";  // no IRI has a backslash
    if (!options_.odd_iris && (local == "100%" || local == "%4" || local == "\U000F0000"))
      local = "plain";
    return terms().iri(std::string(pick(kNamespaces)) + local);
  }
  TermId blank() { return below(2) == 0 ? terms().blank(pick(kLabels)) : fresh(); }
  TermId fresh() { return terms().blank("n" + std::to_string(next_++)); }
  TermId resource() {
    switch (below(5)) {
      case 0:
      case 1:
        return blank();
      case 2:
        return next_ > 0 ? terms().blank("n" + std::to_string(below(next_))) : fresh();
      default:
        return iri();
    }
  }
  TermId predicate() {
    constexpr std::string_view kPredicates[] = {rdf::kType,
                                                rdf::kFirst,
                                                rdf::kRest,
                                                rdf::kReifies,
                                                "http://example.org/p",
                                                "http://example.org/deep/q",
                                                "http://other.example/p-1"};
    return terms().iri(pick(kPredicates));
  }
  TermId literal() {
    std::string_view text = pick(kStrings);
    if (options_.noncharacters && below(12) == 0) text = pick(kNoncharacters);
    if (options_.controls && below(12) == 0) text = pick(kControls);
    switch (below(3)) {
      case 0:
        return terms().literal(text, terms().literal_type(pick(kTypes)));
      case 1: {
        const bool directed = options_.triple_terms && below(3) == 0;
        return terms().intern(
            language_view(text, pick(kLanguages), directed ? Direction::rtl : Direction::none));
      }
      default:
        return terms().literal(text, terms().string_type());
    }
  }
  TermId object() {
    if (options_.triple_terms && below(5) == 0)
      return terms().triple(resource(), predicate(), object());
    switch (below(6)) {
      case 0:
        return terms().iri(rdf::kNil);
      case 1:
      case 2:
        return resource();
      default:
        return literal();
    }
  }
  TermId graph() {
    if (!options_.named_graphs || below(2) == 0) return kDefaultGraph;
    constexpr std::string_view kNames[] = {"http://example.org/g", "http://example.org/g/2"};
    const bool blank = options_.blank_graph_names && below(3) == 0;
    return blank ? terms().blank(pick(kLabels)) : terms().iri(pick(kNames));
  }

  // A list, now and then with something that makes it none.
  void add_list() {
    const TermId first = terms().iri(rdf::kFirst);
    const TermId rest = terms().iri(rdf::kRest);
    const TermId in = graph();
    TermId cell = fresh();
    add({resource(), predicate(), cell, in});
    if (below(6) == 0) add({resource(), predicate(), cell, in});  // shared
    for (std::size_t left = below(4); left > 0; --left) {
      const TermId next = fresh();
      add({cell, first, object(), in});
      if (below(8) == 0) add({cell, first, object(), in});
      if (below(8) == 0) add({cell, predicate(), object(), graph()});
      add({cell, rest, next, in});
      cell = next;
    }
    add({cell, first, object(), in});
    if (below(8) != 0) add({cell, rest, terms().iri(rdf::kNil), in});
  }

  // Blank nodes one below the other, now and then in a circle.
  void add_chain() {
    const TermId in = graph();
    const TermId head = fresh();
    TermId at = head;
    if (below(2) == 0) add({iri(), predicate(), head, in});
    for (std::size_t left = 1 + below(5); left > 0; --left) {
      const TermId next = left == 1 && below(2) == 0 ? head : fresh();
      add({at, predicate(), next, in});
      if (below(2) == 0) add({at, predicate(), literal(), in});
      at = next;
    }
  }

  // A statement and reifiers of it, which say something or not and may be shared or named.
  void add_reified() {
    const Statement s{resource(), predicate(), object(), graph()};
    if (below(4) != 0) add(s);
    const TermId triple = terms().triple(s.subject, s.predicate, s.object);
    for (std::size_t left = 1 + below(3); left > 0; --left) {
      const TermId reifier = below(2) == 0 ? fresh() : resource();
      add({reifier, terms().iri(rdf::kReifies), triple, below(6) == 0 ? graph() : s.graph});
      for (std::size_t more = below(3); more > 0; --more)
        add({reifier, predicate(), object(), s.graph});
    }
  }

  RandomGraphOptions options_;
  std::mt19937_64 random_;
  Builder builder_;
  std::size_t next_ = 0;
};

}  // namespace

Graph random_graph(const RandomGraphOptions& options) {
  return Maker(options).run();
}

}  // namespace dossier::test
