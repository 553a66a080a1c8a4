#include "exporters/jsonld_compaction.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/exports.hpp"
#include "base/codes/rdf.hpp"
#include "base/line_index.hpp"
#include "exporters/jsonld_layout.hpp"
#include "graph/jsonld_values.hpp"

namespace dossier {
namespace {

// Deeper than what JsonLdNodes nests, and than any context in use.
constexpr std::size_t kMaxContextDepth = 200;
const std::string kGraph = "@graph";

std::string told(const JsonLdError& error) {
  return error.detail.empty() ? error.code : fmt::format("{}: {}", error.code, error.detail);
}

// Values under a property are a set: sorted, so that equal ones compare equal.
void sort_values(Json& value) {
  for (auto& [key, member] : value.members) {
    sort_values(member);
    if (!member.is_array() || key == "@list") continue;
    std::vector<std::pair<std::string, Json>> keyed;
    for (Json& each : member.items) keyed.emplace_back(canonical_json(each), std::move(each));
    std::ranges::sort(keyed, {}, [](const auto& each) { return std::string_view(each.first); });
    for (std::size_t i = 0; i < keyed.size(); ++i) member.items[i] = std::move(keyed[i].second);
  }
  for (Json& item : value.items) sort_values(item);
}

}  // namespace

JsonLdCompaction::JsonLdCompaction(const JsonLdContext& context)
    : documents_(context.load, kMaxContextDepth, diagnostics_),
      contexts_([this](const std::string& address) { return documents_.find(address); }, false),
      expander_(contexts_) {}

Expected<std::unique_ptr<JsonLdCompaction>> JsonLdCompaction::make(const JsonLdContext& context) {
  std::unique_ptr<JsonLdCompaction> made(new JsonLdCompaction(context));
  if (auto error = made->process(context)) return std::unexpected(std::move(*error));
  return made;
}

std::optional<Error> JsonLdCompaction::process(const JsonLdContext& context) {
  Expected<Json> document = parse_json(context.text, context.name, kMaxContextDepth, diagnostics_);
  if (!document) return document.error();
  const Json* const inner = document->is_object() ? document->find("@context") : nullptr;
  written_ = inner != nullptr ? *inner : *document;
  const JsonLd<ContextPtr> active =
      contexts_.process(contexts_.initial(""), written_, context.address, {});
  if (!active) {
    for (const Diagnostic& each : diagnostics_.sorted()) {
      if (each.severity == Severity::error) return each;
    }
    const LineColumn at = line_column(context.text, active.error().offset);
    return make_diagnostic(code::jsonld_error, {context.name, at.line, at.column},
                           told(active.error()));
  }
  active_ = *active;
  if (!context.address.empty()) written_ = Json::make_string(context.address);
  compactor_ = std::make_unique<JsonLdCompactor>(contexts_, active_);
  return std::nullopt;
}

JsonLd<std::string> JsonLdCompaction::reference(const std::string& iri) const {
  return compactor_->scope().reference(iri);
}

std::optional<std::string> JsonLdCompaction::compact(TextBuffer& text, std::size_t start,
                                                     std::size_t level) const {
  std::string_view nodes = text.text().substr(start);
  const std::size_t first = nodes.find('{');
  if (first == std::string_view::npos) return std::nullopt;
  const std::string lead(nodes.substr(0, first));
  const std::string array = fmt::format("[{}]", nodes.substr(first));
  const Expected<Json> parsed = parse_json(array, "", kMaxContextDepth, diagnostics_);
  if (!parsed) return parsed.error().message;
  text.truncate(start);
  for (const Json& node : parsed->items) {
    Json compacted;
    if (auto why = compact_node(node, compacted)) return why;
    if (&node == parsed->items.data()) {
      text.append(lead);
    } else {
      text.append(",\n");
      text.fill(level * 2, ' ');
    }
    write_laid_out(text, compacted, level, true);
  }
  return std::nullopt;
}

std::optional<std::string> JsonLdCompaction::compact_node(const Json& node, Json& compacted) const {
  JsonLd<Json> done = compactor_->compact(node, &kGraph);
  if (!done) return told(done.error());
  compacted = std::move(*done);
  JsonLd<Json> again = expander_.expand_value_of(active_, &kGraph, compacted);
  if (!again) return told(again.error());
  Json wanted = wrap(kGraph, as_array(node));
  Json got = wrap(kGraph, as_array(std::move(*again)));
  sort_values(wanted);
  sort_values(got);
  return got == wanted ? std::nullopt : std::optional<std::string>("it would be read differently");
}

}  // namespace dossier
