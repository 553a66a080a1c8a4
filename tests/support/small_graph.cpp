#include "tests/support/small_graph.hpp"

namespace dossier::test {
namespace {

std::string expand(std::string_view name) {
  if (name.starts_with('<')) return std::string(name.substr(1, name.size() - 2));
  if (name.starts_with("ex:")) return "http://example.org/" + std::string(name.substr(3));
  return Prefixes::well_known().expand(name).value();
}

}  // namespace

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
