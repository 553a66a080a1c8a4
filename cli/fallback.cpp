#include "cli/fallback.hpp"

#include <algorithm>

#include "base/codes/exports.hpp"
#include "base/utf8.hpp"
#include "cli/places.hpp"
#include "exporters/holds.hpp"
#include "graph/characters.hpp"

namespace dossier {
namespace {

// [2] Char of XML 1.0
bool is_xml_character(char32_t c) {
  return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
}

std::string with_xml_characters(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const CodePoint c = decode_utf8(text);
    const std::size_t size = std::max<std::size_t>(c.size, 1);
    if (c.size > 0 && is_xml_character(c.value)) {
      out.append(text.substr(0, size));
    } else {
      append_utf8(out, 0xFFFD);
    }
    text.remove_prefix(size);
  }
  return out;
}

}  // namespace

void Fallback::pass(const StatementView& statement, Passed& out) {
  out.view = &statement;
  std::optional<Error> why = refused_by(format_, statement);
  if (!why) return;
  const std::string first = why->message;
  if (kind_ == FallbackKind::nearest) {
    out.changed_ = statement;
    if (why->code == code::export_named_graph) {
      out.changed_.graph = nullptr;
      why = refused_by(format_, out.changed_);
    }
    if (why && why->code == code::export_character && statement.object->kind == TermKind::literal) {
      out.text_ = with_xml_characters(statement.object->text);
      out.object_ = *statement.object;
      out.object_.text = out.text_;
      out.changed_.object = &out.object_;
      why = refused_by(format_, out.changed_);
    }
    if (!why) {
      out.view = &out.changed_;
      note(statement.offset, code::export_changed, first);
      return;
    }
  }
  out.view = nullptr;
  note(statement.offset, code::export_left_out, first);
}

void Fallback::note(std::uint64_t offset, DiagnosticCode code, std::string message) {
  const std::scoped_lock lock(mutex_);
  ++(code == code::export_changed ? changed_ : left_out_);
  if (events_.size() < limits_.max_diagnostics) {
    events_.push_back({offset, code, std::move(message)});
  }
}

void Fallback::report(const std::string& path, DiagnosticSink& diagnostics) {
  std::ranges::stable_sort(events_, {}, &Event::offset);
  std::vector<std::uint64_t> offsets;
  for (const Event& each : events_) offsets.push_back(each.offset);
  const std::vector<LineColumn> at = line_columns(path, offsets, limits_);
  for (std::size_t i = 0; i < events_.size(); ++i) {
    diagnostics.report(make_diagnostic(events_[i].code, {path, at[i].line, at[i].column, {}},
                                       std::move(events_[i].message)));
  }
  events_.clear();
}

}  // namespace dossier
