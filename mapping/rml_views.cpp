// Logical views (RML-LV). Part of the RML loader.
#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/rml_reader.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMaxNesting = 100;

}  // namespace

std::shared_ptr<const LogicalView> RmlReader::read_view(TermId node, const Place& place) {
  auto view = std::make_shared<LogicalView>();
  if (std::ranges::find(open_views_, node) != open_views_.end()) {
    rml_.report(code::mapping_bad_view, place,
                fmt::format("the view \"{}\" needs itself", printable(name_of(node))),
                "views on views, and joins of them, must end at a source");
    return view;
  }
  const auto on = rml_.value(node, Rml::view_on);
  if (!on) {
    rml_.report(code::mapping_no_source, place, "this view has no rml:viewOn",
                "name the source or the view that it is made of");
    return view;
  }
  if (open_views_.size() == kMaxNesting) {
    rml_.report(code::limit_exceeded, place,
                fmt::format("views are made on views more than {} deep", kMaxNesting));
    return view;
  }
  open_views_.push_back(node);
  view->on = read_source(*on);
  view->fields = read_fields(node);
  for (const Value& join : rml_.values(node, Rml::left_join)) {
    view->joins.push_back(read_view_join(join, false));
  }
  for (const Value& join : rml_.values(node, Rml::inner_join)) {
    view->joins.push_back(read_view_join(join, true));
  }
  open_views_.pop_back();
  return view;
}

std::vector<ViewField> RmlReader::read_fields(TermId node) {
  std::vector<ViewField> out;
  for (const Value& field : rml_.values(node, Rml::field)) out.push_back(read_field(field));
  return out;
}

ViewField RmlReader::read_field(const Value& value) {
  ViewField field;
  field.place = rml_.place(value);
  if (std::ranges::find(open_fields_, value.term) != open_fields_.end()) {
    rml_.report(code::mapping_bad_view, field.place, "this field is inside itself",
                "fields of fields must come to an end");
    return field;
  }
  if (open_fields_.size() == kMaxNesting) {
    rml_.report(code::limit_exceeded, field.place,
                fmt::format("fields are nested deeper than {}", kMaxNesting));
    return field;
  }
  rml_.check(value.term, kD, "field");
  field.name = rml_.text(value.term, Rml::field_name).value_or("");
  if (field.name.empty()) {
    rml_.report(code::mapping_bad_view, field.place, "this field has no name",
                "give it rml:fieldName");
  }
  field.iterable =
      rml_.has(value.term, Rml::iterator) || rml_.has_type(value.term, "IterableField");
  if (field.iterable) {
    field.iterator = rml_.text(value.term, Rml::iterator).value_or("");
    if (rml_.has(value.term, Rml::reference_formulation)) {
      LogicalSource described;
      read_formulation(value.term, described);
      field.formulation = described.formulation;
    }
  } else {
    field.expression = read_expression(value.term, field.place, "field");
    if (field.expression.empty()) {
      rml_.report(code::mapping_expression, field.place, "this field says nothing about its value",
                  "give it one of rml:reference, rml:template, rml:constant, or rml:iterator");
    }
  }
  open_fields_.push_back(value.term);
  field.fields = read_fields(value.term);
  open_fields_.pop_back();
  return field;
}

ViewJoin RmlReader::read_view_join(const Value& value, bool inner) {
  ViewJoin join;
  join.inner = inner;
  join.place = rml_.place(value);
  rml_.check(value.term, kW, "join of views");
  if (const auto parent = rml_.value(value.term, Rml::parent_view)) {
    join.parent = read_source(*parent);
  } else {
    rml_.report(code::mapping_bad_join, join.place, "this join names no view",
                "give it rml:parentLogicalView");
  }
  for (const Value& condition : rml_.values(value.term, Rml::join_condition)) {
    join.conditions.push_back(read_join(condition));
  }
  join.fields = read_fields(value.term);
  return join;
}

}  // namespace dossier
