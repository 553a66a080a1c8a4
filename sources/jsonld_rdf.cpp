#include "sources/jsonld_rdf.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "graph/iri.hpp"
#include "graph/language_tag.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

constexpr std::string_view kRdfJson = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON";
constexpr std::string_view kRdfValue = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value";
constexpr std::string_view kRdfLanguage = "http://www.w3.org/1999/02/22-rdf-syntax-ns#language";
constexpr std::string_view kRdfDirection = "http://www.w3.org/1999/02/22-rdf-syntax-ns#direction";
constexpr std::string_view kI18n = "https://www.w3.org/ns/i18n#";

bool is_iri(std::string_view text) {
  return is_absolute_reference(text) && find_iri_fault(text) == kIriValid;
}

// xsd:double in canonical form: "%1.15E" of printf with superfluous zeros taken out.
std::string canonical_double(double value) {
  std::string text = fmt::format("{:.15E}", value);
  const std::size_t e = text.find('E');
  std::string mantissa = text.substr(0, e);
  int exponent = 0;
  const std::size_t digits = e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(text.data() + digits, text.data() + text.size(), exponent);
  while (mantissa.ends_with('0') && !mantissa.ends_with(".0")) mantissa.pop_back();
  return fmt::format("{}E{}", mantissa, exponent);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

}  // namespace

TermView JsonLdEmitter::Term::view() const {
  return {.kind = kind,
          .direction = direction,
          .text = text,
          .datatype = datatype,
          .language = language};
}

JsonLd<void> JsonLdEmitter::emit(const Json& expanded) {
  for (const Json& node : expanded.items) {
    if (!node.is_object() || node.has("@value") || node.has("@list")) continue;
    Term subject;
    if (auto done = emit_node(node, nullptr, &subject); !done || stopped_) return done;
  }
  return {};
}

JsonLdEmitter::Term JsonLdEmitter::anonymous() {
  Term term{.kind = TermKind::blank,
            .text = std::string(labels_.room(), '\0'),
            .datatype = {},
            .language = {}};
  term.text.resize(labels_.write(++anonymous_, term.text.data()));
  return term;
}

bool JsonLdEmitter::resource(const std::string& id, Term& term) {
  if (id.starts_with("_:")) {
    const std::string_view label = std::string_view(id).substr(2);
    term.kind = TermKind::blank;
    if (is_blank_node_label(label)) {
      term.text.resize(labels_.room(label));
      term.text.resize(labels_.write(label, term.text.data()));
    } else {
      term.text = labels_.made_of(label);
    }
    return !label.empty();
  }
  term.kind = TermKind::iri;
  term.text = id;
  return is_iri(id);
}

void JsonLdEmitter::add(const Term& subject, const Term& predicate, const Term& object,
                        const Term* graph, std::size_t offset) {
  if (stopped_) return;
  const TermView s = subject.view();
  const TermView p = predicate.view();
  const TermView o = object.view();
  const TermView g = graph != nullptr ? graph->view() : TermView();
  ++statements_;
  stopped_ = !sink_.statement({&s, &p, &o, graph != nullptr ? &g : nullptr, offset});
}

// `subject` gets the node's term; its kind stays an ill-formed IRI when nothing may be said of it.
JsonLd<void> JsonLdEmitter::emit_node(const Json& node, const Term* graph, Term* subject) {
  bool fine = true;
  if (const Json* id = node.find("@id")) {
    fine = id->is_string() && resource(id->text, *subject);
  } else {
    *subject = anonymous();
  }
  if (!fine) {
    subject->text.clear();
    ++dropped_;
  }
  for (const auto& [key, value] : node.members) {
    if (key == "@type") {
      const Term type{
          .kind = TermKind::iri, .text = std::string(rdf::kType), .datatype = {}, .language = {}};
      for (const Json& each : value.items) {
        Term object;
        if (!each.is_string() || !resource(each.text, object)) {
          ++dropped_;
        } else if (fine) {
          add(*subject, type, object, graph, each.offset);
        }
      }
    } else if (key == "@graph") {
      for (const Json& each : value.items) {
        if (!each.is_object() || each.has("@value") || each.has("@list")) continue;
        Term inner;
        const Term name = *subject;
        if (!fine) continue;
        if (auto done = emit_node(each, &name, &inner); !done) return done;
      }
    } else if (key == "@included") {
      for (const Json& each : value.items) {
        Term inner;
        if (auto done = emit_node(each, graph, &inner); !done) return done;
      }
    } else if (key == "@reverse") {
      for (const auto& [property, values] : value.members) {
        Term predicate;
        const bool usable = resource(property, predicate) && fine;
        if (auto done = emit_values(usable ? *subject : Term{}, predicate, values, graph, true);
            !done)
          return done;
      }
    } else if (!key.starts_with('@')) {
      Term predicate;
      bool usable = resource(key, predicate) && fine;
      if (predicate.kind == TermKind::blank && !options_.generalized) usable = false;
      if (auto done = emit_values(usable ? *subject : Term{}, predicate, value, graph, false);
          !done)
        return done;
    }
    if (stopped_) return {};
  }
  return {};
}

// With an empty subject nothing is said of these values, but nodes inside speak for themselves.
JsonLd<void> JsonLdEmitter::emit_values(const Term& subject, const Term& predicate,
                                        const Json& values, const Term* graph, bool reverse) {
  for (const Json& item : values.items) {
    Term object;
    const JsonLd<bool> fine = object_of(item, graph, object);
    if (!fine) return std::unexpected(fine.error());
    if (!*fine || subject.text.empty()) {
      ++dropped_;
    } else if (reverse) {
      add(object, predicate, subject, graph, item.offset);
    } else {
      add(subject, predicate, object, graph, item.offset);
    }
  }
  return {};
}

// 8.2 Object to RDF Conversion. False: the item has no term.
JsonLd<bool> JsonLdEmitter::object_of(const Json& item, const Term* graph, Term& object) {
  if (!item.is_object()) return false;
  if (item.has("@value")) return literal_of(item, graph, object);
  if (const Json* list = item.find("@list")) return list_of(*list, graph, object);
  if (auto done = emit_node(item, graph, &object); !done) return std::unexpected(done.error());
  return !object.text.empty();
}

// 8.3 List Conversion
JsonLd<bool> JsonLdEmitter::list_of(const Json& list, const Term* graph, Term& head) {
  const auto iri = [](std::string_view text) {
    return Term{.kind = TermKind::iri, .text = std::string(text), .datatype = {}, .language = {}};
  };
  const Term first = iri(rdf::kFirst);
  const Term rest = iri(rdf::kRest);
  head = iri(rdf::kNil);
  if (list.items.empty()) return true;
  Term cell = anonymous();
  head = cell;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    Term object;
    const JsonLd<bool> fine = object_of(list.items[i], graph, object);
    if (!fine) return fine;
    if (*fine) add(cell, first, object, graph, list.items[i].offset);
    const Term next = i + 1 == list.items.size() ? iri(rdf::kNil) : anonymous();
    add(cell, rest, next, graph, list.items[i].offset);
    cell = next;
  }
  return true;
}

bool JsonLdEmitter::literal_of(const Json& item, const Term* graph, Term& literal) {
  const Json& value = *item.find("@value");
  const Json* type = item.find("@type");
  const Json* language = item.find("@language");
  literal.kind = TermKind::literal;
  if (type != nullptr && type->is("@json")) {
    literal.text = canonical_json(value);
    literal.datatype = kRdfJson;
    return true;
  }
  if (type != nullptr && (!type->is_string() || !is_iri(type->text))) return false;
  if (language != nullptr && !is_language_tag(language->text)) return false;
  if (type != nullptr) literal.datatype = type->text;
  if (value.is_boolean()) {
    literal.text = value.boolean ? "true" : "false";
    if (literal.datatype.empty()) literal.datatype = xsd::kBoolean;
    return true;
  }
  if (value.is_number()) {
    double number = 0;
    std::from_chars(value.text.data(), value.text.data() + value.text.size(), number);
    const bool fraction = std::floor(number) != number || std::abs(number) >= 1e21;
    if (fraction || literal.datatype == xsd::kDouble) {
      literal.text = canonical_double(number);
      if (literal.datatype.empty()) literal.datatype = xsd::kDouble;
    } else {
      // Digits as written when they are an integer's, so that no precision is lost above 2^53.
      const bool plain = value.text.find_first_of(".eE") == std::string::npos;
      literal.text = plain && value.text != "-0"
                         ? value.text
                         : fmt::format("{:.0f}", number == 0 ? 0.0 : number);
      if (literal.datatype.empty()) literal.datatype = xsd::kInteger;
    }
    return true;
  }
  literal.text = value.text;
  if (item.has("@direction")) return direction_of(item, graph, literal);
  if (language != nullptr) {
    literal.language = language->text;
    literal.datatype = rdf::kLangString;
  } else if (literal.datatype.empty()) {
    literal.datatype = xsd::kString;
  }
  return true;
}

bool JsonLdEmitter::direction_of(const Json& item, const Term* graph, Term& literal) {
  const std::string direction = item.find("@direction")->text;
  const Json* language = item.find("@language");
  const std::string tag = language != nullptr ? language->text : "";
  switch (options_.direction) {
    case JsonLdDirection::native:
    case JsonLdDirection::drop:
      literal.language = tag;
      literal.datatype = tag.empty() ? xsd::kString : rdf::kLangString;
      if (options_.direction == JsonLdDirection::native && !tag.empty()) {
        literal.direction = direction == "ltr" ? Direction::ltr : Direction::rtl;
        literal.datatype = rdf::kDirLangString;
      }
      return true;
    case JsonLdDirection::i18n_datatype:
      literal.datatype = fmt::format("{}{}_{}", kI18n, lower(tag), direction);
      return true;
    case JsonLdDirection::compound_literal: {
      const Term node = anonymous();
      const auto say = [&](std::string_view property, std::string_view text) {
        const Term predicate{
            .kind = TermKind::iri, .text = std::string(property), .datatype = {}, .language = {}};
        const Term object{.kind = TermKind::literal,
                          .text = std::string(text),
                          .datatype = std::string(xsd::kString),
                          .language = {}};
        add(node, predicate, object, graph, item.offset);
      };
      say(kRdfValue, literal.text);
      if (!tag.empty()) say(kRdfLanguage, lower(tag));
      say(kRdfDirection, direction);
      literal = node;
      return true;
    }
  }
  return false;
}

}  // namespace dossier
