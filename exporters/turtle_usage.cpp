#include "exporters/turtle_usage.hpp"

#include "exporters/names.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

class Usage {
 public:
  Usage(const Graph& graph, const Nesting& nesting, const Annotations& annotations,
        const TurtleTermWriter& terms)
      : graph_(graph),
        nesting_(nesting),
        annotations_(annotations),
        terms_(terms),
        iris_(graph.term_count(TermKind::iri)),
        literals_(graph.term_count(TermKind::literal)),
        types_(graph.literal_types().size()) {}

  void run(Namespaces& namespaces) {
    TermId subject;
    for (const Statement& s : graph_.statements()) {
      if (s.subject != subject) {
        subject = s.subject;
        in_list_ = nesting_.is_list(subject);
        if (subject.is_iri()) iris_[subject.index()] = true;
      }
      if (annotations_.is_absorbed(s)) continue;
      if (!in_list_ && s.predicate != terms_.rdf_type()) iris_[s.predicate.index()] = true;
      if (s.graph.is_iri()) iris_[s.graph.index()] = true;
      if (!nesting_.is_empty_list(s.object)) use_object(s.object);
    }
    use_types();
    namespaces.use(graph_, iris_, is_local_name);
    for (std::size_t i = 0; i < types_.size(); ++i) {
      const LiteralType& type = graph_.literal_types()[i];
      if (types_[i] && type.language.empty() && type.datatype != xsd::kString)
        namespaces.use(type.datatype, is_local_name);
    }
  }

 private:
  void use_object(TermId object) {
    while (object.is_triple()) {
      const Statement parts = graph_.triple(object);
      if (parts.subject.is_iri()) iris_[parts.subject.index()] = true;
      if (parts.predicate != terms_.rdf_type()) iris_[parts.predicate.index()] = true;
      object = parts.object;
    }
    if (object.is_iri()) {
      iris_[object.index()] = true;
    } else if (object.is_literal()) {
      literals_[object.index()] = true;
    }
  }

  // Behind the statements, so that literals are looked at in the order in which they lie.
  void use_types() {
    for (std::uint32_t i = 0; i < literals_.size(); ++i) {
      if (!literals_[i]) continue;
      const TermId literal(TermKind::literal, i);
      const std::uint32_t type = graph_.literal_type_index(literal);
      if (!types_[type] && !terms_.is_shorthand(literal)) types_[type] = true;
    }
  }

  const Graph& graph_;
  const Nesting& nesting_;
  const Annotations& annotations_;
  const TurtleTermWriter& terms_;
  std::vector<bool> iris_;      // by index: written as a term
  std::vector<bool> literals_;  // by index: written
  std::vector<bool> types_;     // by literal type index: some literal shows its datatype
  bool in_list_ = false;
};

}  // namespace

void mark_used_namespaces(const Graph& graph, const Nesting& nesting,
                          const Annotations& annotations, const TurtleTermWriter& terms,
                          Namespaces& namespaces) {
  Usage(graph, nesting, annotations, terms).run(namespaces);
}

}  // namespace dossier
