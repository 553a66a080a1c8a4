#include "exporters/jsonld_layout.hpp"

#include "exporters/line_terms.hpp"

namespace dossier {
namespace {

constexpr std::size_t kJsonLineWidth = 100;

// On one line; false, with part of the text written, when it does not end before `limit`.
bool write_on_line(TextBuffer& out, const Json& value, std::size_t limit) {
  switch (value.kind) {
    case JsonKind::null:
      out.append("null");
      break;
    case JsonKind::boolean:
      out.append(value.boolean ? "true" : "false");
      break;
    case JsonKind::number:
      out.append(value.text);
      break;
    case JsonKind::string:
      write_quoted(out, value.text);
      break;
    case JsonKind::array:
      out.append('[');
      for (const Json& item : value.items) {
        if (&item != value.items.data()) out.append(", ");
        if (!write_on_line(out, item, limit)) return false;
      }
      out.append(']');
      break;
    case JsonKind::object:
      out.append('{');
      for (const auto& member : value.members) {
        if (&member != value.members.data()) out.append(", ");
        write_quoted(out, member.first);
        out.append(": ");
        if (!write_on_line(out, member.second, limit)) return false;
      }
      out.append('}');
      break;
  }
  return out.size() <= limit;
}

std::size_t line_start(const TextBuffer& out) {
  const std::size_t end = out.text().rfind('\n');
  return end == std::string_view::npos ? 0 : end + 1;
}

void new_json_line(TextBuffer& out, std::size_t level, bool first) {
  if (!first) out.append(',');
  out.append('\n');
  out.fill(level * 2, ' ');
}

}  // namespace

void write_laid_out(TextBuffer& out, const Json& value, std::size_t level, bool broken) {
  const bool empty = value.items.empty() && value.members.empty();
  const std::size_t start = out.size();
  if (!broken || empty) {
    const bool atom = !value.is_array() && !value.is_object();
    const std::size_t limit = atom || empty ? SIZE_MAX : line_start(out) + kJsonLineWidth;
    if (write_on_line(out, value, limit)) return;
    out.truncate(start);
  }
  out.append(value.is_array() ? '[' : '{');
  for (const Json& item : value.items) {
    new_json_line(out, level + 1, &item == value.items.data());
    write_laid_out(out, item, level + 1, false);
  }
  for (const auto& member : value.members) {
    new_json_line(out, level + 1, &member == value.members.data());
    write_quoted(out, member.first);
    out.append(": ");
    write_laid_out(out, member.second, level + 1, false);
  }
  out.append('\n');
  out.fill(level * 2, ' ');
  out.append(value.is_array() ? ']' : '}');
}

}  // namespace dossier
