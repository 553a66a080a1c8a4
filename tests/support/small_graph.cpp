#include "tests/support/small_graph.hpp"

#include <algorithm>
#include <map>

namespace dossier::test {
namespace {

std::string expand(std::string_view name) {
  if (name.starts_with('<')) return std::string(name.substr(1, name.size() - 2));
  if (name.starts_with("ex:")) return "http://example.org/" + std::string(name.substr(3));
  return Prefixes::well_known().expand(name).value();
}

using Colours = std::map<std::string, std::size_t>;

bool is_blank(const std::string& term) {
  return term.starts_with("_:");
}

// Blank nodes by colour, for a comparison that does not know their labels.
std::string coloured(const std::string& term, const Colours& colours) {
  return is_blank(term) ? "_#" + std::to_string(colours.at(term)) : term;
}

std::string coloured(const TextStatement& s, const Colours& colours) {
  return coloured(s.subject, colours) + " " + s.predicate + " " + coloured(s.object, colours) +
         " " + coloured(s.graph, colours);
}

void refine(const std::vector<TextStatement>& statements, Colours& colours) {
  for (std::size_t classes = 0;;) {
    std::map<std::string, std::vector<std::string>> seen;
    for (const TextStatement& s : statements) {
      const std::string text = coloured(s, colours);
      if (is_blank(s.subject)) seen[s.subject].push_back("s" + text);
      if (is_blank(s.object)) seen[s.object].push_back("o" + text);
      if (is_blank(s.graph)) seen[s.graph].push_back("g" + text);
    }
    Colours next;
    for (auto& [node, what] : seen) {
      std::ranges::sort(what);
      std::string all = std::to_string(colours[node]);
      for (const std::string& each : what) all += "\n" + each;
      next[node] = std::hash<std::string>()(all);
    }
    colours = std::move(next);
    std::set<std::size_t> distinct;
    for (const auto& [node, colour] : colours) distinct.insert(colour);
    if (distinct.size() == classes) return;
    classes = distinct.size();
  }
}

std::multiset<std::string> coloured(const std::vector<TextStatement>& statements,
                                    const Colours& colours) {
  std::multiset<std::string> out;
  for (const TextStatement& s : statements) out.insert(coloured(s, colours));
  return out;
}

// The depth is the number of blank nodes; tests use few that are alike.
bool match(const std::vector<TextStatement>& a, Colours a_colours,
           const std::vector<TextStatement>& b, Colours b_colours) {
  refine(a, a_colours);
  refine(b, b_colours);
  if (coloured(a, a_colours) != coloured(b, b_colours)) return false;
  std::map<std::size_t, std::vector<std::string>> classes;
  for (const auto& [node, colour] : a_colours) classes[colour].push_back(node);
  for (const auto& [colour, nodes] : classes) {
    if (nodes.size() == 1) continue;
    const std::size_t fresh = std::hash<std::string>()("fresh" + std::to_string(colour));
    Colours a_next = a_colours;
    a_next[nodes.front()] = fresh;
    for (const auto& [node, other] : b_colours) {
      if (other != colour) continue;
      Colours b_next = b_colours;
      b_next[node] = fresh;
      if (match(a, a_next, b, b_next)) return true;
    }
    return false;
  }
  return true;
}

Colours uncoloured(const std::vector<TextStatement>& statements) {
  Colours out;
  for (const TextStatement& s : statements) {
    for (const std::string* term : {&s.subject, &s.object, &s.graph}) {
      if (is_blank(*term)) out[*term] = 0;
    }
  }
  return out;
}

}  // namespace

std::string to_string(const TextStatement& s) {
  return s.subject + " " + s.predicate + " " + s.object + (s.graph.empty() ? "" : " " + s.graph) +
         " .";
}

std::vector<TextStatement> texts(const Graph& graph) {
  std::vector<TextStatement> out;
  for (const Statement& s : graph.statements()) {
    out.push_back({dossier::to_string(graph.term(s.subject)),
                   dossier::to_string(graph.term(s.predicate)),
                   dossier::to_string(graph.term(s.object)),
                   s.graph ? dossier::to_string(graph.term(s.graph)) : std::string()});
  }
  return out;
}

bool isomorphic(std::vector<TextStatement> a, std::vector<TextStatement> b) {
  for (auto* each : {&a, &b}) {
    std::ranges::sort(*each);
    each->erase(std::unique(each->begin(), each->end()), each->end());
  }
  return a.size() == b.size() && match(a, uncoloured(a), b, uncoloured(b));
}

SmallGraph& SmallGraph::add(std::string_view subject, std::string_view predicate,
                            std::string_view object, std::string_view graph) {
  const Statement statement{term(subject), term(predicate), term(object),
                            graph.empty() ? kDefaultGraph : term(graph)};
  builder_.shard().add(statement);
  return *this;
}

SmallGraph& SmallGraph::add(const TermView& subject, const TermView& predicate,
                            const TermView& object) {
  Shard& shard = builder_.shard();
  const TermId s = shard.terms().intern(subject);
  const TermId p = shard.terms().intern(predicate);
  shard.add({s, p, shard.terms().intern(object)});
  return *this;
}

Graph SmallGraph::freeze() {
  return dossier::freeze(std::move(builder_));
}

TermId SmallGraph::term(std::string_view text) {
  Dictionary& terms = builder_.shard().terms();
  if (text.starts_with("<<( ")) {
    text = text.substr(4, text.size() - 4 - 4);
    const std::size_t first = text.find(' ');
    const std::size_t second = text.find(' ', first + 1);
    const TermId subject = term(text.substr(0, first));
    const TermId predicate = term(text.substr(first + 1, second - first - 1));
    return terms.triple(subject, predicate, term(text.substr(second + 1)));
  }
  if (text.starts_with("_:")) return terms.blank(text.substr(2));
  if (!text.starts_with('"')) return terms.iri(expand(text));
  const std::size_t last = text.rfind('"');
  const std::string_view lexical = text.substr(1, last - 1);
  const std::string_view type = text.substr(last + 1);
  if (type.starts_with("^^"))
    return terms.literal(lexical, terms.literal_type(expand(type.substr(2))));
  if (type.starts_with('@')) {
    std::string_view language = type.substr(1);
    Direction direction = Direction::none;
    if (language.ends_with("--ltr")) direction = Direction::ltr;
    if (language.ends_with("--rtl")) direction = Direction::rtl;
    if (direction != Direction::none) language.remove_suffix(5);
    return terms.intern(language_view(lexical, language, direction));
  }
  return terms.literal(lexical, terms.string_type());
}

}  // namespace dossier::test
