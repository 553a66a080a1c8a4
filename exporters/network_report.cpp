#include "exporters/network_report.hpp"

#include <fmt/format.h>

#include "base/codes/exports.hpp"
#include "base/text.hpp"

namespace dossier {
namespace {

void report_column(const AttributeColumn& column, std::string_view element,
                   DiagnosticSink& diagnostics) {
  if (!column.list) return;
  diagnostics.report(
      make_diagnostic(code::values_joined, {},
                      fmt::format("attribute {} <{}>: {} of {} {}s have several values",
                                  column.name, column.description, with_separators(column.several),
                                  with_separators(column.elements), element)));
}

}  // namespace

void report_joined_values(const NetworkPlan& plan, DiagnosticSink& diagnostics) {
  for (const AttributeColumn& column : plan.attributes().nodes) {
    report_column(column, "node", diagnostics);
  }
  for (const AttributeColumn& column : plan.attributes().edges) {
    report_column(column, "edge", diagnostics);
  }
  report_column(plan.attributes().sources, "edge", diagnostics);
}

void report_replaced_characters(const NetworkPlan& plan, std::uint64_t count, TermId first,
                                DiagnosticSink& diagnostics) {
  if (count == 0) return;
  std::string message = fmt::format("{} written as U+FFFD", counted(count, "character"));
  if (first) {
    message += fmt::format(", the first at {}", to_string(plan.graph().graph().term(first)));
  }
  diagnostics.report(make_diagnostic(code::xml_character_replaced, {}, std::move(message)));
}

}  // namespace dossier
