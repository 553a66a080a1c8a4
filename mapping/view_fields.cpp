#include "mapping/view_fields.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/input.hpp"
#include "base/text.hpp"
#include "mapping/compile_function.hpp"
#include "mapping/row_values.hpp"
#include "mapping/template.hpp"
#include "sources/csv.hpp"

namespace dossier {

// ---- keys

bool ViewKeys::offer(const std::string& key) {
  if (offers(key)) return false;
  offered_.push_back(key);
  return true;
}

bool ViewKeys::offers(std::string_view key) const {
  return std::ranges::find(offered_, key) != offered_.end();
}

std::uint32_t ViewKeys::need(const std::string& key) {
  return reference_slot(needed_, key);
}

std::uint32_t ViewKeys::slot(std::string_view key) const {
  const auto found = std::ranges::find(needed_, key);
  return found == needed_.end() ? kUnused : static_cast<std::uint32_t>(found - needed_.begin());
}

std::uint32_t reference_slot(std::vector<std::string>& references, std::string_view reference) {
  const auto found = std::ranges::find(references, reference);
  const auto slot = static_cast<std::uint32_t>(found - references.begin());
  if (found == references.end()) references.emplace_back(reference);
  return slot;
}

std::optional<std::vector<Piece>> view_pieces(const Expression& expression,
                                              std::vector<std::string>& references) {
  std::vector<Piece> out;
  const auto add = [&](bool is_reference, const std::string& text) {
    Piece piece;
    if (is_reference) {
      piece.slot = reference_slot(references, text);
    } else {
      piece.text = text;
    }
    out.push_back(std::move(piece));
  };
  if (const auto* reference = std::get_if<Reference>(&expression.value)) {
    add(true, reference->text);
  } else if (const auto* text = std::get_if<Template>(&expression.value)) {
    for (const TemplatePart& part : text->parts) add(part.is_reference, part.text);
  } else if (const auto* constant = std::get_if<ConstantTerm>(&expression.value)) {
    add(false, constant->text);
  } else {
    return std::nullopt;
  }
  return out;
}

// ---- compiling

Expected<void> offer_fields(const std::vector<ViewField>& fields, const std::string& prefix,
                            ViewKeys& keys) {
  for (const ViewField& field : fields) {
    const std::string name = prefix + field.name;
    // An iterable field has no value of its own, but its name is taken.
    if (!keys.offer(field.iterable ? "<it> of " + name : name) || !keys.offer(name + ".#") ||
        (field.iterable && keys.offers(name))) {
      return fail(code::mapping_bad_view, field.place,
                  fmt::format("the view has two fields \"{}\"", printable(name)),
                  "give one of them another name");
    }
    if (auto inner = offer_fields(field.fields, name + ".", keys); !inner) return inner;
  }
  return {};
}

Expected<std::unique_ptr<ViewFieldPlan::Iteration>> ViewFieldCompiler::iteration(
    const ViewField& field, Formulation formulation, bool in_record) const {
  auto out = std::make_unique<ViewFieldPlan::Iteration>();
  out->formulation = formulation;
  if (formulation == Formulation::csv) return out;
  if (formulation == Formulation::xpath) {
    if (auto done = iterate_xml(field, in_record, *out); !done) {
      return std::unexpected(std::move(done.error()));
    }
    return out;
  }
  if (formulation != Formulation::jsonpath) {
    return fail(
        code::mapping_unsupported, field.place,
        fmt::format("items of {} cannot be iterated over in a view", to_string(formulation)),
        "JSON, XML and CSV can");
  }
  auto path =
      parse_json_path(field.iterator.empty() ? "$" : field.iterator, limits_.max_expression_depth);
  if (!path) {
    return fail(code::mapping_bad_value, field.place,
                fmt::format("the iterator \"{}\" is no JSONPath: {}", printable(field.iterator),
                            path.error().message),
                with_caret(field.iterator, path.error().offset));
  }
  out->json.iterator = std::move(*path);
  out->json.options.structures = true;
  out->json.options.nulls = source_.nulls;
  out->json.limits = limits_;
  return out;
}

Expected<void> ViewFieldCompiler::iterate_xml(const ViewField& field, bool in_record,
                                              ViewFieldPlan::Iteration& out) const {
  XmlOptions options;
  options.namespaces = source_.namespaces;
  options.nulls = source_.nulls;
  const std::string all = in_record ? "." : "/*";
  auto items = XmlItems::compile(field.iterator.empty() ? all : field.iterator, field.place.file,
                                 std::move(options), in_record, limits_);
  if (!items) {
    items.error().place = field.place;
    return std::unexpected(std::move(items.error()));
  }
  out.xml = std::move(*items);
  return {};
}

// When all references of the items are known.
Expected<void> ViewFieldCompiler::finish_iteration(const ViewField& field,
                                                   ViewFieldPlan::Iteration& out) const {
  for (const std::string& text : out.level.references) {
    if (out.xml) {
      if (auto added = out.xml->add_reference(text); !added) {
        added.error().place = field.place;
        return added;
      }
    }
    if (out.formulation != Formulation::jsonpath) continue;
    auto path = parse_json_reference(text, limits_.max_expression_depth);
    if (!path) {
      return fail(code::mapping_bad_value, field.place,
                  fmt::format("\"{}\" is no JSONPath: {}", printable(text), path.error().message),
                  with_caret(text, path.error().offset));
    }
    out.json.references.push_back({text, std::move(*path), false});
  }
  return {};
}

namespace {

// Slots of functions are known when all references of the level are.
void place_functions(std::vector<ViewFieldPlan>& fields, std::size_t references) {
  for (ViewFieldPlan& field : fields) {
    for (Piece& piece : field.pieces) piece.slot = RowProgram::placed(piece.slot, references);
    if (!field.iteration) place_functions(field.fields, references);
  }
}

}  // namespace

Expected<std::uint32_t> compile_field_call(const FunctionCall& call, const MappingModel& model,
                                           const Limits& limits, ViewLevel& level) {
  DiagnosticCollector found;
  TermContext context{SlotTable(level.references), {}, 0, found, level.program, model, limits};
  if (const auto computed = compile_call(call, context)) return computed->slot;
  return std::unexpected(found.sorted().front());
}

Expected<std::vector<ViewFieldPlan>> ViewFieldCompiler::compile(const std::vector<ViewField>& given,
                                                                Formulation formulation,
                                                                ViewLevel& level) {
  auto made = fields(given, {"", formulation, false}, level);
  if (!made) return made;
  level.program.place_behind(level.references.size());
  place_functions(*made, level.references.size());
  return made;
}

Expected<std::vector<ViewFieldPlan>> ViewFieldCompiler::fields(const std::vector<ViewField>& given,
                                                               const Inside& inside,
                                                               ViewLevel& level) {
  std::vector<ViewFieldPlan> out;
  for (const ViewField& field : given) {
    auto plan = field.iterable ? iterable(field, inside, level) : expression(field, inside, level);
    if (!plan) return std::unexpected(std::move(plan.error()));
    const std::string name = inside.prefix + field.name;
    plan->value_slot = keys_.slot(name);
    plan->index_slot = keys_.slot(name + ".#");
    out.push_back(std::move(*plan));
  }
  return out;
}

Expected<std::vector<Piece>> ViewFieldCompiler::pieces(const ViewField& field,
                                                       ViewLevel& level) const {
  if (auto plain = view_pieces(field.expression, level.references)) return std::move(*plain);
  const auto& call = std::get<Function>(field.expression.value);
  auto slot = compile_field_call(*call, model_, limits_, level);
  if (!slot) return std::unexpected(std::move(slot.error()));
  Piece piece;
  piece.slot = *slot;
  return std::vector<Piece>{std::move(piece)};
}

Expected<ViewFieldPlan> ViewFieldCompiler::expression(const ViewField& field, const Inside& inside,
                                                      ViewLevel& level) {
  ViewFieldPlan plan;
  auto made = pieces(field, level);
  if (!made) return std::unexpected(std::move(made.error()));
  plan.pieces = std::move(*made);
  auto inner =
      fields(field.fields, {inside.prefix + field.name + ".", inside.formulation, true}, level);
  if (!inner) return std::unexpected(std::move(inner.error()));
  plan.fields = std::move(*inner);
  return plan;
}

Expected<ViewFieldPlan> ViewFieldCompiler::iterable(const ViewField& field, const Inside& inside,
                                                    ViewLevel& level) {
  ViewFieldPlan plan;
  const Formulation own = field.formulation.value_or(inside.formulation);
  // Inside a value that text is iterated over, else the record's own.
  if (!inside.text) {
    if (inside.formulation != Formulation::jsonpath && inside.formulation != Formulation::xpath) {
      return fail(
          code::mapping_unsupported, field.place,
          fmt::format("a record of {} has no items to iterate over", to_string(inside.formulation)),
          "iterate over the text of a field: put this field inside that one");
    }
    if (own != inside.formulation) {
      return fail(code::mapping_bad_view, field.place,
                  fmt::format("the records are {}, and items of {} are wanted of them",
                              to_string(inside.formulation), to_string(own)),
                  "put this field inside an expression field that holds such a text");
    }
    const bool xml = own == Formulation::xpath;
    plan.text = reference_slot(level.references, xml ? kXmlMarkup : std::string_view("$"));
  }
  auto made = iteration(field, own, !inside.text);
  if (!made) return std::unexpected(std::move(made.error()));
  plan.iteration = std::move(*made);
  ViewLevel& items = plan.iteration->level;
  auto inner = fields(field.fields, {inside.prefix + field.name + ".", own, false}, items);
  if (!inner) return std::unexpected(std::move(inner.error()));
  plan.fields = std::move(*inner);
  items.program.place_behind(items.references.size());
  place_functions(plan.fields, items.references.size());
  if (auto done = finish_iteration(field, *plan.iteration); !done) {
    return std::unexpected(std::move(done.error()));
  }
  return plan;
}

// ---- rows

Value ViewExpander::number(std::size_t value) {
  char digits[20];
  char* const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  const std::string_view text(digits, static_cast<std::size_t>(end - digits));
  return Value::of({arena_.copy(text), text.size()}, ValueType::integer);
}

Value ViewExpander::kept(const Value& value) {
  if (value.type == ValueType::absent) return {};
  return Value::of({arena_.copy(value.text()), value.size}, value.type);
}

void ViewExpander::complain(const Error& error) {
  Diagnostic diagnostic = error;
  diagnostic.place = {name_, 0, 0, {}};
  diagnostics_.report(std::move(diagnostic));
}

std::vector<ViewRow> ViewExpander::combined(const std::vector<ViewRow>& a,
                                            const std::vector<ViewRow>& b) const {
  std::vector<ViewRow> out;
  for (const ViewRow& first : a) {
    for (const ViewRow& second : b) {
      ViewRow row = first;
      for (std::size_t i = 0; i < slots_; ++i) {
        if (second[i].type != ValueType::absent) row[i] = second[i];
      }
      out.push_back(std::move(row));
    }
  }
  return out;
}

RowEvaluator& ViewExpander::evaluator(const ViewLevel& level) {
  return evaluators_.try_emplace(&level, level.program).first->second;
}

std::vector<ViewRow> ViewExpander::rows(const std::vector<ViewFieldPlan>& fields,
                                        const ViewLevel& level, std::span<const Value> record) {
  if (!level.program.empty()) {
    RowEvaluator& functions = evaluator(level);
    record = functions.extend(record);
    for (const ViewFieldPlan& field : fields) {
      for (const Piece& piece : field.pieces) {
        if (piece.slot == Piece::kConstant) continue;
        if (const RowFailure* failure = functions.failure(piece.slot)) {
          complain(make_diagnostic(code::map_function, {}, failure->message));
        }
      }
    }
  }
  std::vector<ViewRow> out(1, ViewRow(slots_));
  for (const ViewFieldPlan& field : fields) out = combined(out, field_rows(field, record));
  return out;
}

// One row for each value; one without a value when there is none.
std::vector<ViewRow> ViewExpander::field_rows(const ViewFieldPlan& field,
                                              std::span<const Value> record) {
  std::vector<ViewRow> out;
  if (field.iteration) {
    const Value& text = record[field.text];
    if (text.type != ValueType::absent && text.type != ValueType::list) {
      add_items(field, text.text(), out);
    }
  } else {
    ByteBuffer buffer;
    std::size_t index = 0;
    const auto add = [&](std::span<const Value> values) {
      Value value;
      const bool plain = field.pieces.size() == 1 && field.pieces[0].slot != Piece::kConstant;
      if (plain) {
        value = kept(values[field.pieces[0].slot]);
      } else {
        const std::string_view text = lexical(field.pieces, values, buffer);
        value = Value::of({arena_.copy(text), text.size()});
      }
      ViewRow row(slots_);
      if (field.value_slot != ViewKeys::kUnused) row[field.value_slot] = value;
      if (field.index_slot != ViewKeys::kUnused) row[field.index_slot] = number(index);
      ++index;
      std::vector<ViewRow> made(1, std::move(row));
      for (const ViewFieldPlan& inner : field.fields) {
        std::vector<ViewRow> items;
        if (inner.iteration) {
          add_items(inner, value.text(), items);
        } else {
          items = field_rows(inner, values);
        }
        if (!items.empty()) made = combined(made, items);
      }
      out.insert(out.end(), made.begin(), made.end());
    };
    switch (presence(field.pieces, record)) {
      case Presence::absent:
        break;
      case Presence::present:
        add(record);
        break;
      case Presence::list:
        for_each_combination(std::span<const Piece>(field.pieces), record, add);
        break;
    }
  }
  if (out.empty()) out.emplace_back(slots_);
  return out;
}

void ViewExpander::add_items(const ViewFieldPlan& field, std::string_view text,
                             std::vector<ViewRow>& out) {
  const ViewFieldPlan::Iteration& iteration = *field.iteration;
  std::size_t index = 0;
  const auto add_batch = [&](const RecordBatch& batch) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      for (ViewRow& row : rows(field.fields, iteration.level, batch.row(i))) {
        if (field.index_slot != ViewKeys::kUnused) row[field.index_slot] = number(index);
        out.push_back(std::move(row));
      }
      ++index;
    }
  };
  DiagnosticCollector collected;
  RecordBatch batch;
  if (iteration.formulation == Formulation::jsonpath) {
    RecordBlock block;
    block.bytes.assign(text.begin(), text.end());
    block.last = true;
    const auto parsed = parse_json_block(iteration.json, std::move(block), batch, collected);
    if (!parsed) return complain(parsed.error());
    add_batch(batch);
  } else if (iteration.xml) {
    const auto parsed = iteration.xml->parse(text, batch, collected);
    if (!parsed) return complain(parsed.error());
    add_batch(batch);
  } else {
    auto reader =
        open_csv(memory_input(text, name_), CsvDialect{}, iteration.level.references, limits_);
    if (!reader) return complain(reader.error());
    for (;;) {
      auto block = (*reader)->next();
      if (!block) return complain(block.error());
      if (!*block) break;
      const auto parsed = (*reader)->parse(std::move(**block), batch, collected);
      if (!parsed) return complain(parsed.error());
      add_batch(batch);
    }
  }
  for (const Diagnostic& each : collected.sorted()) complain(each);
}

}  // namespace dossier
