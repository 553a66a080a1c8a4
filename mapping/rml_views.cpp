// Logical views (RML-LV). Part of the RML loader.
#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/rml_reader.hpp"

namespace dossier {

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
  if (!check_depth(open_views_.size() + 1, place, "views on views")) return view;
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
  if (rml_.has(node, Rml::annotation)) annotated_.emplace_back(node, view);
  return view;
}

// May read views that have annotations themselves.
void RmlReader::read_annotations() {
  while (!annotated_.empty()) {
    const auto [node, view] = std::move(annotated_.back());
    annotated_.pop_back();
    for (const Value& value : rml_.values(node, Rml::annotation)) {
      if (auto annotation = read_annotation(value)) {
        view->annotations.push_back(std::move(*annotation));
      }
    }
    const bool several = std::ranges::count(view->annotations, AnnotationKind::primary_key,
                                            &StructuralAnnotation::kind) > 1;
    if (several) {
      rml_.report(code::mapping_bad_view, rml_.place(node),
                  fmt::format("the view \"{}\" has several primary keys", printable(name_of(node))),
                  "keep one, and say rml:UniqueAnnotation for the others");
    }
  }
}

std::vector<std::string> RmlReader::read_names(TermId node, Rml property) {
  std::vector<std::string> out;
  const auto list = rml_.value(node, property);
  if (!list) return out;
  for (const Value& item : list_items(*list)) out.emplace_back(rml_.graph().text(item.term));
  return out;
}

std::optional<StructuralAnnotation> RmlReader::read_annotation(const Value& value) {
  static constexpr AnnotationKind kKinds[] = {
      AnnotationKind::iri_safe, AnnotationKind::primary_key, AnnotationKind::unique,
      AnnotationKind::not_null, AnnotationKind::foreign_key, AnnotationKind::inclusion};
  StructuralAnnotation out;
  out.place = rml_.place(value);
  rml_.check(value.term, kA, "structural annotation");
  const auto* kind = std::ranges::find_if(kKinds, [&](AnnotationKind each) {
    std::string name = fmt::format("{}Annotation", to_string(each));
    const bool typed = rml_.has_type(value.term, name);
    name.front() = static_cast<char>(name.front() - 'A' + 'a');  // as the specification's example
    return typed || rml_.has_type(value.term, name);
  });
  if (kind == std::end(kKinds)) {
    rml_.report(code::mapping_bad_value, out.place, "this structural annotation has no known type",
                "rml:IriSafeAnnotation, PrimaryKey-, Unique-, NotNull-, ForeignKey- and "
                "InclusionAnnotation are");
    return std::nullopt;
  }
  out.kind = *kind;
  out.fields = read_names(value.term, Rml::on_fields);
  if (out.fields.empty()) {
    rml_.report(code::mapping_bad_view, out.place, "this structural annotation names no fields",
                "give it rml:onFields (\"name\")");
    return std::nullopt;
  }
  if (!out.has_target()) return out;
  out.target_fields = read_names(value.term, Rml::target_fields);
  const auto target = rml_.value(value.term, Rml::target_view);
  if (!target || out.target_fields.size() != out.fields.size()) {
    rml_.report(
        code::mapping_bad_view, out.place,
        target ? fmt::format("{} lead to {}", counted(out.fields.size(), "field"),
                             counted(out.target_fields.size(), "field"))
               : "this structural annotation names no view that it leads to",
        "give it rml:targetView, and rml:targetFields with a field for each of rml:onFields");
    return std::nullopt;
  }
  out.target = read_source(*target);
  return out;
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
  if (!check_depth(open_fields_.size() + 1, field.place, "fields of fields")) return field;
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
