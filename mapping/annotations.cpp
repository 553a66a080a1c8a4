#include "mapping/annotations.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "mapping/each_row.hpp"
#include "mapping/term_format.hpp"
#include "mapping/view_fields.hpp"

namespace dossier {
namespace {

void check_names(const LogicalView& view, std::span<const std::string> names, const Place& place,
                 DiagnosticSink& diagnostics) {
  ViewKeys keys;
  keys.offer("#");
  bool good = offer_fields(view.fields, "", keys).has_value();
  for (const ViewJoin& join : view.joins) {
    good = good && offer_fields(join.fields, "", keys).has_value();
  }
  if (!good) return;  // a name twice: told where the view is opened
  for (const std::string& name : names) {
    if (keys.offers(name)) continue;
    const auto close = nearest_name(name, std::span<const std::string>(keys.all()));
    diagnostics.report(
        make_diagnostic(code::mapping_unknown_reference, place,
                        fmt::format("the view has no field \"{}\"", printable(name)),
                        close ? fmt::format("did you mean \"{}\"?", *close)
                              : fmt::format("its fields are {}", fmt::join(keys.all(), ", "))));
  }
}

using Row = std::span<const Value>;

// The values of a row as one text; nothing where one is absent.
std::optional<std::string> key_of(Row row) {
  std::string key;
  for (const Value& value : row) {
    if (value.type == ValueType::absent) return std::nullopt;
    key += std::to_string(value.size) + ":";
    key += value.text();
  }
  return key;
}

std::string shown(Row row) {
  std::string out;
  for (const Value& value : row) {
    if (!out.empty()) out += ", ";
    out += value.type == ValueType::absent ? "nothing" : "\"" + printable(value.text(), 40) + "\"";
  }
  return out;
}

bool is_iri_safe(std::string_view text) {
  ByteBuffer encoded;
  append_percent_encoded(encoded, text, true);
  return encoded.view() == text;
}

class AnnotationCheck {
 public:
  AnnotationCheck(const Plan& plan, const Limits& limits, DiagnosticSink& diagnostics)
      : plan_(plan), limits_(limits), diagnostics_(diagnostics) {}

  Expected<void> run(const SourcePlan& source, const StructuralAnnotation& annotation,
                     std::uint64_t records) {
    std::set<std::string> known;
    if (annotation.has_target()) {
      const auto target =
          std::ranges::find(plan_.sources, annotation.target, &SourcePlan::model_index);
      if (target == plan_.sources.end()) return {};
      auto read = for_each_row(plan_, *target, annotation.target_fields, limits_, diagnostics_,
                               [&](Row row, std::uint64_t) {
                                 if (auto key = key_of(row)) known.insert(std::move(*key));
                                 return true;
                               });
      if (!read) return read;
    }
    std::size_t bad = 0;
    std::string example;
    std::set<std::string> met;
    std::uint64_t left = records;
    const auto take = [&](Row row, std::uint64_t) {
      if (!holds(annotation, row, met, known)) {
        if (bad++ == 0) example = shown(row);
      }
      return --left > 0;
    };
    auto read = for_each_row(plan_, source, annotation.fields, limits_, diagnostics_, take);
    if (!read) return read;
    if (bad > 0) report(annotation, bad, example);
    return {};
  }

 private:
  static bool holds(const StructuralAnnotation& annotation, Row row, std::set<std::string>& met,
                    const std::set<std::string>& known) {
    const auto key = key_of(row);
    switch (annotation.kind) {
      case AnnotationKind::iri_safe:
        return std::ranges::all_of(row, [](const Value& value) {
          return value.type == ValueType::absent || is_iri_safe(value.text());
        });
      case AnnotationKind::primary_key:
        return key && met.insert(*key).second;
      case AnnotationKind::unique:
        return !key || met.insert(*key).second;
      case AnnotationKind::not_null:
        return key.has_value();
      case AnnotationKind::foreign_key:
      case AnnotationKind::inclusion:
        return !key || known.contains(*key);
    }
    return true;
  }

  void report(const StructuralAnnotation& annotation, std::size_t bad,
              const std::string& example) const {
    static const std::map<AnnotationKind, std::string_view> kFaults = {
        {AnnotationKind::iri_safe, "with characters that are percent-encoded in IRIs"},
        {AnnotationKind::primary_key, "with values that are absent or there before"},
        {AnnotationKind::unique, "with values that are there before"},
        {AnnotationKind::not_null, "with an absent value"},
        {AnnotationKind::foreign_key, "with values that the other view does not have"},
        {AnnotationKind::inclusion, "with values that the other view does not have"},
    };
    diagnostics_.report(
        make_diagnostic(code::lint_annotation, annotation.place,
                        fmt::format("{} on {}: {} {}, such as {}", to_string(annotation.kind),
                                    fmt::join(annotation.fields, ", "), counted(bad, "row"),
                                    kFaults.at(annotation.kind), example),
                        "mend the data, or leave the annotation out"));
  }

  const Plan& plan_;
  const Limits& limits_;
  DiagnosticSink& diagnostics_;
};

}  // namespace

void check_annotated_fields(const MappingModel& model, const LogicalView& view,
                            DiagnosticSink& diagnostics) {
  for (const StructuralAnnotation& each : view.annotations) {
    check_names(view, each.fields, each.place, diagnostics);
    if (!each.has_target()) continue;
    if (const auto& target = model.sources[each.target].view) {
      check_names(*target, each.target_fields, each.place, diagnostics);
    } else {
      diagnostics.report(make_diagnostic(code::mapping_bad_view, each.place,
                                         "rml:targetView is no logical view",
                                         "make a view on that source"));
    }
  }
}

void lint_annotations(const Plan& plan, std::uint64_t records, const Limits& limits,
                      DiagnosticSink& diagnostics) {
  AnnotationCheck check(plan, limits, diagnostics);
  for (const SourcePlan& source : plan.sources) {
    const LogicalSource& described = plan.model.sources[source.model_index];
    if (!described.view) continue;
    for (const StructuralAnnotation& annotation : described.view->annotations) {
      if (const auto done = check.run(source, annotation, records); !done) {
        diagnostics.report(done.error());
      }
    }
  }
}

}  // namespace dossier
