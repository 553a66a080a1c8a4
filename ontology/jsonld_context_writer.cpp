#include <map>
#include <set>

#include <fmt/format.h>

#include "graph/vocabulary.hpp"
#include "ontology/document_names.hpp"
#include "ontology/json_tree.hpp"
#include "ontology/schema_writers.hpp"

namespace dossier {
namespace {

class ContextWriter {
 public:
  ContextWriter(const ClassSlots& slots, const Prefixes& prefixes)
      : slots_(slots),
        ontology_(slots.ontology()),
        prefixes_(free_prefixes(slots, prefixes)),
        names_(ontology_, prefixes_) {}

  void run(ByteSink& out) {
    collect();
    JsonTree context = tree_.object();
    for (const Prefixes::Entry& each : prefixes_.entries()) {
      if (!each.name.empty() && used_.contains(each.iri)) {
        tree_.set(context, each.name, tree_.text(each.iri));
      }
    }
    tree_.set(context, "id", tree_.text("@id"));
    tree_.set(context, "type", tree_.text("@type"));
    for (const OntologyClass& cls : ontology_.classes()) {
      if (!cls.declared || ontology_.find_enumeration(cls.iri) != nullptr) continue;
      tree_.set(context, names_.of(cls.iri), tree_.text(names_.shorten(cls.iri)));
    }
    for (auto& [name, term] : terms_) tree_.set(context, name, std::move(term));
    JsonTree document = tree_.object();
    tree_.set(document, "@context", std::move(context));
    tree_.write(document, out);
  }

 private:
  // Prefixes whose names are no terms: in JSON-LD a name means one thing.
  static Prefixes free_prefixes(const ClassSlots& slots, const Prefixes& prefixes) {
    std::set<std::string_view> taken{"id", "type"};
    for (const OntologyClass& each : slots.ontology().classes()) {
      taken.insert(each.document_name());
    }
    for (const OntologyProperty& each : slots.ontology().properties()) {
      taken.insert(each.document_name());
    }
    Prefixes out;
    for (const Prefixes::Entry& each : prefixes.entries()) {
      if (!taken.contains(each.name)) out.set(each.name, each.iri);
    }
    return out;
  }

  // A name stands for one property in all classes; where two properties share one, the first by
  // class has it, and the other must be written as prefix:name.
  void collect() {
    for (std::size_t i = 0; i < ontology_.classes().size(); ++i) {
      const ClassNumber number(static_cast<std::uint32_t>(i));
      if (!ontology_[number].declared) continue;
      use(ontology_[number].iri);
      for (const Slot& slot : slots_.in_documents(number)) {
        use(ontology_[slot.property].iri);
        if (!terms_.contains(slot.name)) terms_.emplace(slot.name, term(slot));
      }
    }
  }

  void use(std::string_view iri) {
    const auto match = prefixes_.match(iri);
    if (!match) return;
    if (const auto found = prefixes_.find(match->name)) used_.insert(std::string(*found));
  }

  JsonTree term(const Slot& slot) {
    if (slot.identifier) return tree_.text("@id");
    JsonTree out = tree_.object();
    tree_.set(out, "@id", tree_.text(names_.shorten(ontology_[slot.property].iri)));
    if (slot.nesting == Nesting::map) tree_.set(out, "@container", tree_.text("@id"));
    set_type(out, slot.wants);
    return out;
  }

  void set_type(JsonTree& out, const ValueWants& wants) {
    if (wants.enumeration != nullptr) return set_values(out, *wants.enumeration);
    if (wants.link) return tree_.set(out, "@type", tree_.text("@id"));
    if (wants.unions.empty()) return;
    const ValueUnion& values = wants.unions.back();
    if (values.wants_things() && !values.wants_literals()) {
      tree_.set(out, "@type", tree_.text("@id"));
    } else if (values.datatypes.size() == 1 && !values.wants_things() &&
               values.datatypes[0] != xsd::kString) {
      use(values.datatypes[0]);
      tree_.set(out, "@type", tree_.text(names_.shorten(values.datatypes[0])));
    }
  }

  // Texts that stand for IRIs are terms of a context of their own.
  void set_values(JsonTree& out, const OntologyEnumeration& listed) {
    JsonTree scoped = tree_.object();
    for (const EnumerationValue& each : listed.values) {
      if (each.term.kind != TermKind::iri) return;
      use(each.term.text);
      tree_.set(scoped, each.text, tree_.text(names_.shorten(each.term.text)));
    }
    if (listed.values.empty()) return;
    tree_.set(out, "@type", tree_.text("@vocab"));
    tree_.set(out, "@context", std::move(scoped));
  }

  const ClassSlots& slots_;
  const Ontology& ontology_;
  Prefixes prefixes_;
  DocumentNames names_;
  JsonTreeBuilder tree_;
  std::map<std::string, JsonTree> terms_;
  std::set<std::string> used_;  // namespaces with a prefix
};

}  // namespace

void write_jsonld_context(const ClassSlots& slots, const Prefixes& prefixes, ByteSink& out) {
  ContextWriter(slots, prefixes).run(out);
}

}  // namespace dossier
