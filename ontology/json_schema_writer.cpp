#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "graph/vocabulary.hpp"
#include "ontology/document_names.hpp"
#include "ontology/json_tree.hpp"
#include "ontology/schema_writers.hpp"

namespace dossier {
namespace {

constexpr std::string_view kOptionalIdentifier = "__identifier_optional";

struct JsonType {
  std::string_view local;  // of xsd:
  std::string_view type;
  std::string_view format;
};
constexpr JsonType kJsonTypes[] = {
    {"boolean", "boolean", ""},
    {"integer", "integer", ""},
    {"int", "integer", ""},
    {"long", "integer", ""},
    {"short", "integer", ""},
    {"byte", "integer", ""},
    {"nonNegativeInteger", "integer", ""},
    {"positiveInteger", "integer", ""},
    {"nonPositiveInteger", "integer", ""},
    {"negativeInteger", "integer", ""},
    {"unsignedInt", "integer", ""},
    {"unsignedLong", "integer", ""},
    {"decimal", "number", ""},
    {"double", "number", ""},
    {"float", "number", ""},
    {"date", "string", "date"},
    {"dateTime", "string", "date-time"},
    {"time", "string", "time"},
};

JsonType json_type(std::string_view datatype) {
  if (!datatype.starts_with(xsd::kNamespace)) return {{}, "string", ""};
  const auto found =
      std::ranges::find(kJsonTypes, datatype.substr(xsd::kNamespace.size()), &JsonType::local);
  return found == std::end(kJsonTypes) ? JsonType{{}, "string", ""} : *found;
}

class JsonSchemaWriter {
 public:
  JsonSchemaWriter(const ClassSlots& slots, const Prefixes& prefixes)
      : slots_(slots), ontology_(slots.ontology()), names_(ontology_, prefixes) {}

  void run(ClassNumber root, ByteSink& out) {
    find_descendants();
    JsonTree schema = tree_.object();
    tree_.set(schema, "$schema", tree_.text("https://json-schema.org/draft/2019-09/schema"));
    JsonTree definitions = tree_.object();
    for (const OntologyEnumeration& each : ontology_.enumerations()) {
      tree_.set(definitions, names_.of(each.iri), enumeration(each));
    }
    for (std::size_t i = 0; i < ontology_.classes().size(); ++i) {
      const ClassNumber number(static_cast<std::uint32_t>(i));
      const OntologyClass& cls = ontology_[number];
      if (!cls.declared || ontology_.find_enumeration(cls.iri) != nullptr) continue;
      tree_.set(definitions, names_.of(cls.iri), definition(number, false));
      if (cls.root && !root) root = number;
    }
    for (const ClassNumber each : lax_) {
      tree_.set(definitions, names_.of(ontology_[each].iri) + std::string(kOptionalIdentifier),
                definition(each, true));
    }
    if (root) {
      tree_.set(schema, "title", tree_.text(names_.of(ontology_[root].iri)));
      tree_.set(schema, "$ref", tree_.text(reference(root)));
    }
    tree_.set(schema, "$defs", std::move(definitions));
    tree_.write(schema, out);
  }

 private:
  std::string reference(ClassNumber cls) const {
    return "#/$defs/" + names_.of(ontology_[cls].iri);
  }

  void find_descendants() {
    below_.resize(ontology_.classes().size());
    for (std::size_t i = 0; i < below_.size(); ++i) {
      const ClassNumber each(static_cast<std::uint32_t>(i));
      if (ontology_[each].abstract || !ontology_[each].declared) continue;
      for (const ClassNumber above : ontology_[each].ancestors) {
        below_[above.index()].push_back(each);
      }
    }
  }

  JsonTree enumeration(const OntologyEnumeration& each) {
    JsonTree out = tree_.object();
    tree_.set(out, "type", tree_.text("string"));
    describe(out, each);
    if (each.values.empty()) return out;
    JsonTree values = tree_.array();
    for (const EnumerationValue& value : each.values) tree_.push(values, tree_.text(value.text));
    tree_.set(out, "enum", std::move(values));
    return out;
  }

  void describe(JsonTree& out, const OntologyTerm& term) {
    const std::string_view text = term.definition();
    if (!text.empty()) tree_.set(out, "description", tree_.text(text));
  }

  JsonTree definition(ClassNumber number, bool identifier_optional) {
    const OntologyClass& cls = ontology_[number];
    JsonTree out = tree_.object();
    tree_.set(out, "type", tree_.text("object"));
    tree_.set(out, "title", tree_.text(names_.of(cls.iri)));
    describe(out, cls);
    JsonTree properties = tree_.object();
    JsonTree required = tree_.array();
    std::set<std::string> used;
    const std::vector<Slot> slots = slots_.in_documents(number);
    const bool has_identifier = std::ranges::any_of(slots, &Slot::identifier);
    if (!has_identifier && !cls.closed) {
      add_keywords(properties);
    }
    for (const Slot& slot : slots) {
      // Two properties with one name: the second is called by its whole IRI.
      const std::string name =
          used.insert(slot.name).second ? slot.name : ontology_[slot.property].iri;
      tree_.set(properties, name, property(slot));
      if (slot.required() && !(slot.identifier && identifier_optional)) {
        tree_.push(required, tree_.text(name));
      }
    }
    tree_.set(out, "properties", std::move(properties));
    if (tree_.size(required) > 0) tree_.set(out, "required", std::move(required));
    if (cls.closed) tree_.set(out, "additionalProperties", tree_.truth(false));
    return out;
  }

  // Of documents whose classes have no identifier of their own: JSON-LD's names for both.
  void add_keywords(JsonTree& properties) {
    for (const std::string_view name : {"id", "type"}) {
      JsonTree value = tree_.object();
      tree_.set(value, "type", tree_.text("string"));
      tree_.set(properties, std::string(name), std::move(value));
    }
  }

  // ---- one property

  JsonTree property(const Slot& slot) {
    const bool optional = !slot.required();
    JsonTree out = tree_.object();
    switch (slot.nesting) {
      case Nesting::one:
        out = nested(slot.wants, optional);
        break;
      case Nesting::list:
        out = array(slot, nested(slot.wants, false));
        break;
      case Nesting::map:
        out = map(slot);
        break;
      case Nesting::reference:
        out = slot.many() ? array(slot, value(slot.wants, false)) : value(slot.wants, optional);
        break;
    }
    describe(out, ontology_[slot.property]);
    return out;
  }

  JsonTree array(const Slot& slot, JsonTree item) {
    JsonTree out = tree_.object();
    set_type(out, "array", !slot.required());
    tree_.set(out, "items", std::move(item));
    if (slot.least > 1) tree_.set(out, "minItems", tree_.number(slot.least));
    if (slot.most != UINT64_MAX) tree_.set(out, "maxItems", tree_.number(slot.most));
    return out;
  }

  // Things by their identifiers; one with nothing else to say may be null.
  JsonTree map(const Slot& slot) {
    JsonTree choices = tree_.array();
    bool may_be_null = true;
    for (const ClassNumber each : nested_classes(slot.wants)) {
      lax_.insert(each);
      tree_.push(choices, reference_to(reference(each) + std::string(kOptionalIdentifier)));
      std::vector<Slot> others = slots_.in_documents(each);
      std::erase_if(others, &Slot::identifier);
      if (others.size() > 1) {
        std::erase_if(others, [](const Slot& inner) { return !inner.required(); });
      }
      may_be_null = may_be_null && std::ranges::none_of(others, &Slot::required);
      // A thing with one property that matters is written as the value of that.
      if (others.size() == 1) {
        Slot alone = others.front();
        alone.least = 1;
        tree_.push(choices, property(alone));
      }
    }
    if (may_be_null) tree_.push(choices, null_schema());
    JsonTree item = tree_.object();
    tree_.set(item, "anyOf", std::move(choices));
    JsonTree out = tree_.object();
    set_type(out, "object", !slot.required());
    tree_.set(out, "additionalProperties", std::move(item));
    return out;
  }

  std::vector<ClassNumber> nested_classes(const ValueWants& wants) const {
    std::vector<ClassNumber> out;
    if (wants.unions.empty()) return out;
    for (const ClassNumber cls : wants.unions.back().classes) {
      for (const ClassNumber each : below_[cls.index()]) out.push_back(each);
      if (below_[cls.index()].empty()) out.push_back(cls);
    }
    return out;
  }

  JsonTree nested(const ValueWants& wants, bool optional) {
    const std::vector<ClassNumber> classes = nested_classes(wants);
    if (classes.size() == 1 && !optional) return reference_to(reference(classes[0]));
    JsonTree choices = tree_.array();
    for (const ClassNumber each : classes) tree_.push(choices, reference_to(reference(each)));
    if (optional) tree_.push(choices, null_schema());
    JsonTree out = tree_.object();
    if (tree_.size(choices) > 0) tree_.set(out, "anyOf", std::move(choices));
    return out;
  }

  JsonTree reference_to(const std::string& target) {
    JsonTree out = tree_.object();
    tree_.set(out, "$ref", tree_.text(target));
    return out;
  }
  JsonTree null_schema() {
    JsonTree out = tree_.object();
    tree_.set(out, "type", tree_.text("null"));
    return out;
  }

  void set_type(JsonTree& out, std::string_view type, bool optional) {
    if (!optional) return tree_.set(out, "type", tree_.text(type));
    JsonTree types = tree_.array();
    tree_.push(types, tree_.text(type));
    tree_.push(types, tree_.text("null"));
    tree_.set(out, "type", std::move(types));
  }

  // ---- one value

  JsonTree value(const ValueWants& wants, bool optional) {
    JsonTree out = tree_.object();
    if (wants.enumeration != nullptr) {
      out = reference_to("#/$defs/" + names_.of(wants.enumeration->iri));
      if (!optional) return out;
      JsonTree choices = tree_.array();
      tree_.push(choices, std::move(out));
      tree_.push(choices, null_schema());
      JsonTree either = tree_.object();
      tree_.set(either, "anyOf", std::move(choices));
      return either;
    }
    if (wants.nested) return nested(wants, optional);
    set_value_type(out, wants, optional);
    if (!wants.allowed.empty()) set_allowed(out, wants.allowed);
    for (const std::string& each : wants.patterns) set_pattern(out, each);
    set_bound(out, "minimum", wants.min_inclusive);
    set_bound(out, "maximum", wants.max_inclusive);
    set_bound(out, "exclusiveMinimum", wants.min_exclusive);
    set_bound(out, "exclusiveMaximum", wants.max_exclusive);
    if (wants.min_length) tree_.set(out, "minLength", tree_.number(*wants.min_length));
    if (wants.max_length) tree_.set(out, "maxLength", tree_.number(*wants.max_length));
    for (const WantsGroup& each : wants.groups) set_group(out, each, optional);
    return out;
  }

  void set_value_type(JsonTree& out, const ValueWants& wants, bool optional) {
    if (wants.link || (wants.unions.empty() && !wants.node_kind.empty())) {
      return set_type(out, "string", optional);
    }
    if (wants.unions.empty()) return;
    const ValueUnion& values = wants.unions.back();
    std::map<std::string_view, std::set<std::string_view>> types;  // type -> formats
    for (const std::string& each : values.datatypes) {
      const JsonType type = json_type(each);
      types[type.type].insert(type.format);
    }
    if (!values.classes.empty() || values.any_thing) types["string"].insert("");
    if (values.any_literal) {
      for (const std::string_view each : {"string", "number", "boolean"}) types[each].insert("");
    }
    if (types.size() == 1) {
      const auto& [type, formats] = *types.begin();
      set_type(out, type, optional);
      const std::string_view format = *formats.begin();
      if (formats.size() == 1 && !format.empty()) tree_.set(out, "format", tree_.text(format));
      return;
    }
    JsonTree all = tree_.array();
    for (const auto& [type, formats] : types) tree_.push(all, tree_.text(type));
    if (optional) tree_.push(all, tree_.text("null"));
    tree_.set(out, "type", std::move(all));
  }

  void set_allowed(JsonTree& out, const std::vector<OwnedTerm>& terms) {
    JsonTree values = tree_.array();
    for (const OwnedTerm& each : terms) tree_.push(values, literal(each));
    tree_.set(out, "enum", std::move(values));
  }

  // More than one pattern must all hold.
  void set_pattern(JsonTree& out, const std::string& pattern) {
    if (!tree_.has(out, "pattern")) return tree_.set(out, "pattern", tree_.text(pattern));
    JsonTree more = tree_.object();
    tree_.set(more, "pattern", tree_.text(pattern));
    tree_.push_member(out, "allOf", std::move(more));
  }

  void set_bound(JsonTree& out, std::string_view key, const std::optional<OwnedTerm>& bound) {
    if (!bound || json_type(bound->datatype).type == "string") return;
    tree_.set(out, std::string(key), literal(*bound));
  }

  JsonTree literal(const OwnedTerm& term) {
    if (term.kind != TermKind::literal) return tree_.text(names_.shorten(term.text));
    const std::string_view type = json_type(term.datatype).type;
    if (type == "boolean") return tree_.truth(term.text == "true" || term.text == "1");
    if (type == "integer" || type == "number") return tree_.raw_number(term.text);
    return tree_.text(term.text);
  }

  void set_group(JsonTree& out, const WantsGroup& group, bool optional) {
    JsonTree members = tree_.array();
    for (const ValueWants& each : group.members) tree_.push(members, value(each, false));
    switch (group.kind) {
      case WantsKind::any:
        if (optional) tree_.push(members, null_schema());
        tree_.set(out, "anyOf", std::move(members));
        break;
      case WantsKind::one:
        if (optional) tree_.push(members, null_schema());
        tree_.set(out, "oneOf", std::move(members));
        break;
      case WantsKind::all:
        for (const ValueWants& each : group.members) {
          tree_.push_member(out, "allOf", value(each, optional));
        }
        break;
      case WantsKind::none: {
        JsonTree any = tree_.object();
        tree_.set(any, "anyOf", std::move(members));
        tree_.set(out, "not", std::move(any));
        break;
      }
    }
  }

  const ClassSlots& slots_;
  const Ontology& ontology_;
  DocumentNames names_;
  JsonTreeBuilder tree_;
  std::vector<std::vector<ClassNumber>> below_;  // concrete classes, itself included
  std::set<ClassNumber> lax_;                    // with an optional identifier
};

}  // namespace

void write_json_schema(const ClassSlots& slots, ClassNumber root, const Prefixes& prefixes,
                       ByteSink& out) {
  JsonSchemaWriter(slots, prefixes).run(root, out);
}

}  // namespace dossier
