#include "sources/xml_canonical.hpp"

#include <algorithm>
#include <utility>

namespace dossier {
namespace {

// Canonical XML 1.0, 2.3: what text and attribute values must not hold as it is.
std::string_view replacement(char c, bool attribute) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return attribute ? "" : "&gt;";
    case '"':
      return attribute ? "&quot;" : "";
    case '\t':
      return attribute ? "&#x9;" : "";
    case '\n':
      return attribute ? "&#xA;" : "";
    case '\r':
      return "&#xD;";
    default:
      return "";
  }
}

void append_escaped(std::string_view text, bool attribute, std::string& out) {
  for (const char c : text) {
    const std::string_view escape = replacement(c, attribute);
    if (escape.empty()) {
      out.push_back(c);
    } else {
      out.append(escape);
    }
  }
}

}  // namespace

void XmlCanonicalizer::append_name(const XmlName& name) {
  if (!name.prefix.empty()) out_.append(name.prefix).push_back(':');
  out_.append(name.local);
}

// Notes the prefix of `name` when its namespace is not yet said.
void XmlCanonicalizer::declare_used(const XmlName& name, std::vector<std::string>& prefixes) {
  if (name.prefix == "xml") return;
  std::vector<std::string>& said = said_[std::string(name.prefix)];
  const std::string_view before = said.empty() ? std::string_view{} : said.back();
  if (before == name.space) return;
  said.emplace_back(name.space);
  prefixes.emplace_back(name.prefix);
}

void XmlCanonicalizer::start_element(const XmlName& name,
                                     std::span<const XmlAttribute> attributes) {
  std::vector<std::string> prefixes;
  declare_used(name, prefixes);
  for (const XmlAttribute& each : attributes) {
    if (!each.name.prefix.empty()) declare_used(each.name, prefixes);
  }
  std::ranges::sort(prefixes);
  out_.push_back('<');
  append_name(name);
  for (const std::string& prefix : prefixes) {
    out_.append(prefix.empty() ? " xmlns" : " xmlns:").append(prefix).append("=\"");
    append_escaped(said_[prefix].back(), true, out_);
    out_.push_back('"');
  }
  std::vector<const XmlAttribute*> sorted;
  for (const XmlAttribute& each : attributes) sorted.push_back(&each);
  std::ranges::sort(sorted, {}, [](const XmlAttribute* each) {
    return std::pair(each->name.space, each->name.local);
  });
  for (const XmlAttribute* each : sorted) {
    out_.push_back(' ');
    append_name(each->name);
    out_.append("=\"");
    append_escaped(each->value, true, out_);
    out_.push_back('"');
  }
  out_.push_back('>');
  declared_.push_back(std::move(prefixes));
}

void XmlCanonicalizer::end_element(const XmlName& name) {
  out_.append("</");
  append_name(name);
  out_.push_back('>');
  for (const std::string& prefix : declared_.back()) said_[prefix].pop_back();
  declared_.pop_back();
}

void XmlCanonicalizer::text(std::string_view text) {
  append_escaped(text, false, out_);
}

void XmlCanonicalizer::comment(std::string_view text) {
  out_.append("<!--").append(text).append("-->");
}

void XmlCanonicalizer::instruction(std::string_view target, std::string_view data) {
  out_.append("<?").append(target);
  if (!data.empty()) out_.append(1, ' ').append(data);
  out_.append("?>");
}

std::string XmlCanonicalizer::take() {
  said_.clear();
  declared_.clear();
  return std::exchange(out_, {});
}

}  // namespace dossier
