#include "mapping/compile_term.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "graph/iri.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/compile_function.hpp"

namespace dossier {
namespace {

constexpr std::string_view kDefaultGraphs[] = {"http://w3id.org/rml/defaultGraph",
                                               "http://www.w3.org/ns/r2rml#defaultGraph"};

bool is_iriref(std::string_view text) {
  return find_iriref_fault(text) == kIriValid;
}

std::string_view name_of(Position position) {
  static constexpr std::array<std::string_view, 6> kNames = {
      "subject", "predicate", "object", "graph name", "class", "join value"};
  return kNames[static_cast<std::size_t>(position)];
}

bool is_iri(TermType type) {
  return type != TermType::blank_node && type != TermType::literal;
}

bool allowed(TermType type, Position position) {
  switch (position) {
    case Position::subject:
    case Position::graph:
      return type != TermType::literal;
    case Position::predicate:
    case Position::cls:
      return is_iri(type);
    case Position::object:
      return true;
    case Position::join:
      return type == TermType::literal;
  }
  return false;
}

Escape escape_of(TermType type, bool is_template) {
  if (type == TermType::blank_node) return Escape::label;
  if (!is_template) return Escape::none;
  if (type == TermType::iri) return Escape::iri;
  return type == TermType::uri ? Escape::uri : Escape::none;
}

class TermCompiler {
 public:
  TermCompiler(const TermMap& map, Position position, TermContext& context)
      : map_(map), position_(position), context_(context) {}

  std::optional<TermPlan> run();

 private:
  void report(DiagnosticCode code, const Place& place, std::string message, std::string hint) {
    context_.diagnostics.report(make_diagnostic(code, place, std::move(message), std::move(hint)));
    failed_ = true;
  }
  void refuse(const Place& place, std::string_view what) {
    report(code::mapping_unsupported, place, fmt::format("{} cannot be run yet", what),
           "leave it out, or do it in the source");
  }
  void check_type();
  void pieces(const Expression& expression, Escape escape, std::vector<Piece>& out);
  void constant(const ConstantTerm& term);
  void literal_type();
  void language();
  void datatype();
  void conditions();

  const TermMap& map_;
  Position position_;
  TermContext& context_;
  TermType type_ = TermType::iri;
  TermPlan plan_;
  bool failed_ = false;
};

void TermCompiler::check_type() {
  if (!allowed(type_, position_)) {
    report(code::mapping_term_type, map_.place,
           fmt::format("a {} cannot be of term type {}", name_of(position_), to_string(type_)),
           position_ == Position::subject || position_ == Position::graph
               ? "use rml:IRI or rml:BlankNode"
               : "use rml:IRI");
  }
  if (type_ != TermType::literal && (map_.datatype || map_.language)) {
    report(code::mapping_term_type, map_.place,
           fmt::format("a term of type {} has a {}", to_string(type_),
                       map_.datatype ? "datatype" : "language"),
           "only literals have datatypes and languages");
  }
  if (map_.expression.empty() && type_ != TermType::blank_node) {
    report(code::mapping_expression, map_.place, "this term map says nothing about its value",
           "give it one of rml:reference, rml:template, rml:constant");
  }
}

void TermCompiler::pieces(const Expression& expression, Escape escape, std::vector<Piece>& out) {
  const auto add_text = [&](std::string_view text) {
    Piece piece;
    piece.text = text;
    if (escape == Escape::label) {
      ByteBuffer label;
      append_label(label, text);
      piece.text = label.view();
    }
    out.push_back(std::move(piece));
  };
  const auto add_slot = [&](std::string_view reference) {
    Piece piece;
    piece.slot = context_.slots.slot(reference);
    piece.escape = escape;
    out.push_back(std::move(piece));
  };
  if (const auto* reference = std::get_if<Reference>(&expression.value)) {
    add_slot(reference->text);
  } else if (const auto* text = std::get_if<Template>(&expression.value)) {
    for (const TemplatePart& part : text->parts) {
      part.is_reference ? add_slot(part.text) : add_text(part.text);
    }
  } else if (const auto* term = std::get_if<ConstantTerm>(&expression.value)) {
    add_text(term->text);
  } else if (const auto* function = std::get_if<Function>(&expression.value)) {
    const auto computed = compile_call(**function, context_);
    if (!computed) {
      failed_ = true;
      return;
    }
    Piece piece;
    piece.slot = computed->slot;
    piece.escape = escape == Escape::label ? escape : Escape::none;
    out.push_back(std::move(piece));
  }
}

void TermCompiler::conditions() {
  if (!map_.condition) return;
  const auto computed = compile_condition(*map_.condition, context_);
  computed ? plan_.conditions.push_back(*computed) : static_cast<void>(failed_ = true);
}

void TermCompiler::constant(const ConstantTerm& term) {
  pieces(map_.expression, type_ == TermType::blank_node ? Escape::label : Escape::none,
         plan_.pieces);
  if (position_ == Position::graph) {
    plan_.default_graph = std::ranges::find(kDefaultGraphs, term.text) != std::end(kDefaultGraphs);
  }
  if (plan_.shape == TermShape::literal) {
    if (!map_.datatype) plan_.datatype = term.datatype;
    if (!map_.language) plan_.language = term.language;
    if (plan_.datatype == rdf::kLangString) plan_.datatype.clear();
  }
  if (plan_.shape == TermShape::iri && !is_absolute_reference(term.text)) {
    plan_.pieces.front().text = context_.base + term.text;
  }
  if (plan_.shape == TermShape::iri && (!is_absolute_reference(plan_.pieces.front().text) ||
                                        !is_iriref(plan_.pieces.front().text))) {
    report(code::mapping_bad_value, map_.expression.place,
           fmt::format("\"{}\" is not an IRI", printable(term.text)),
           is_absolute_reference(term.text) ? "" : "declare its prefix, or give a base IRI");
  }
}

void TermCompiler::language() {
  const Expression& expression = *map_.language;
  if (const auto* term = std::get_if<ConstantTerm>(&expression.value)) {
    plan_.language = term->text;
    if (!is_real_language_tag(term->text)) {
      report(code::mapping_bad_value, expression.place,
             fmt::format("\"{}\" is not a language tag", printable(term->text)),
             "tags begin with two to eight letters: en, de-AT, zh-Hans (BCP 47)");
    }
    return;
  }
  pieces(expression, Escape::none, plan_.language_pieces);
}

void TermCompiler::datatype() {
  const Expression& expression = *map_.datatype;
  if (const auto* term = std::get_if<ConstantTerm>(&expression.value)) {
    plan_.datatype = is_absolute_reference(term->text) ? term->text : context_.base + term->text;
    if (!is_absolute_reference(plan_.datatype) || !is_iriref(plan_.datatype)) {
      report(code::mapping_bad_value, expression.place,
             fmt::format("\"{}\" is not an IRI, as a datatype must be", printable(term->text)),
             "declare its prefix (xsd is http://www.w3.org/2001/XMLSchema#)");
    }
    return;
  }
  const bool is_template = std::holds_alternative<Template>(expression.value);
  pieces(expression, is_template ? Escape::iri : Escape::none, plan_.datatype_pieces);
}

void TermCompiler::literal_type() {
  if (map_.language && map_.datatype) {
    const auto* term = std::get_if<ConstantTerm>(&map_.datatype->value);
    if (term == nullptr || term->text != rdf::kLangString) {
      report(code::mapping_term_type, map_.datatype->place,
             "a literal has both a language and a datatype",
             "the datatype of a literal with a language is always rdf:langString: leave it out");
    }
  } else if (map_.datatype) {
    datatype();
  }
  if (map_.language) language();
  plan_.line_suffix = "\"";
  if (!plan_.language.empty()) {
    plan_.line_suffix += "@" + plan_.language;
  } else if (!plan_.datatype.empty() && plan_.datatype != xsd::kString) {
    plan_.line_suffix += "^^<" + plan_.datatype + ">";
  }
  const bool one_value = std::holds_alternative<Reference>(map_.expression.value) ||
                         std::holds_alternative<Function>(map_.expression.value);
  plan_.natural = one_value && !map_.language && !map_.datatype;
}

std::optional<TermPlan> TermCompiler::run() {
  type_ = map_.type ? *map_.type : default_term_type(map_, position_);
  check_type();
  if (failed_) return std::nullopt;

  plan_.place = map_.place;
  plan_.base = context_.base;
  plan_.shape = type_ == TermType::literal      ? TermShape::literal
                : type_ == TermType::blank_node ? TermShape::blank
                                                : TermShape::iri;
  plan_.unsafe = type_ == TermType::unsafe_iri || type_ == TermType::unsafe_uri;
  const auto* term = std::get_if<ConstantTerm>(&map_.expression.value);
  if (term != nullptr) {
    constant(*term);
  } else if (map_.expression.empty()) {
    plan_.by_record = true;
    plan_.record_seed = context_.record_seed;
  } else {
    const bool is_template = std::holds_alternative<Template>(map_.expression.value);
    pieces(map_.expression, escape_of(type_, is_template), plan_.pieces);
    // A template that begins with a scheme can only give absolute IRIs without bad characters.
    const bool begins_absolute = !plan_.pieces.empty() &&
                                 plan_.pieces.front().slot == Piece::kConstant &&
                                 is_absolute_reference(plan_.pieces.front().text);
    const bool good_text = std::ranges::all_of(plan_.pieces, [](const Piece& piece) {
      return piece.slot != Piece::kConstant || is_iriref(piece.text);
    });
    plan_.check_iri =
        plan_.shape == TermShape::iri && !(is_template && begins_absolute && good_text);
  }
  if (plan_.shape == TermShape::literal) literal_type();
  conditions();
  const auto has_computed = [](const std::vector<Piece>& pieces) {
    return std::ranges::any_of(pieces,
                               [](const Piece& p) { return RowProgram::is_computed(p.slot); });
  };
  plan_.computed = !plan_.conditions.empty() || has_computed(plan_.pieces) ||
                   has_computed(plan_.datatype_pieces) || has_computed(plan_.language_pieces);
  const auto has_slot = [](const std::vector<Piece>& pieces) {
    return std::ranges::any_of(pieces, [](const Piece& p) { return p.slot != Piece::kConstant; });
  };
  plan_.constant = !plan_.by_record && plan_.conditions.empty() && !has_slot(plan_.pieces) &&
                   !has_slot(plan_.datatype_pieces) && !has_slot(plan_.language_pieces);
  if (failed_) return std::nullopt;
  return std::move(plan_);
}

}  // namespace

std::uint32_t SlotTable::slot(std::string_view reference) {
  const auto found = std::ranges::find(names_, reference);
  const auto index = static_cast<std::uint32_t>(found - names_.begin());
  if (found == names_.end()) names_.emplace_back(reference);
  return index;
}

TermType default_term_type(const TermMap& map, Position position) {
  if (position == Position::join) return TermType::literal;
  if (const auto* term = std::get_if<ConstantTerm>(&map.expression.value)) {
    if (term->kind == TermKind::blank) return TermType::blank_node;
    return term->kind == TermKind::iri ? TermType::iri : TermType::literal;
  }
  if (position != Position::object) return TermType::iri;
  if (map.datatype || map.language) return TermType::literal;
  return std::holds_alternative<Template>(map.expression.value) ? TermType::iri : TermType::literal;
}

std::optional<TermPlan> compile_term(const TermMap& map, Position position, TermContext& context) {
  return TermCompiler(map, position, context).run();
}

}  // namespace dossier
