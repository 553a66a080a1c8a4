#include "sources/xml_path.hpp"

#include <algorithm>

namespace dossier {
namespace {

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_name_char(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

// Takes an NCName or QName off the front of `text`; empty when there is none.
std::string_view take_name(std::string_view& text) {
  const auto ncname = [&](std::size_t at) {
    if (at >= text.size() || !is_name_start(text[at])) return at;
    while (at < text.size() && is_name_char(text[at])) ++at;
    return at;
  };
  std::size_t end = ncname(0);
  if (end > 0 && end + 1 < text.size() && text[end] == ':' && is_name_start(text[end + 1])) {
    end = ncname(end + 1);
  }
  const std::string_view name = text.substr(0, end);
  text.remove_prefix(end);
  return name;
}

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

// `xpath` with what stands in quotes taken out.
std::string without_literals(std::string_view xpath) {
  std::string out;
  char quote = '\0';
  for (const char c : xpath) {
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
      out += '"';  // stands for the literal
    } else {
      out += c;
    }
  }
  return out;
}

bool ends_with_operator(std::string_view text) {
  if (text.ends_with('*')) return true;
  for (const std::string_view word : {"and", "or", "div", "mod"}) {
    if (text.ends_with(word)) return true;
  }
  return false;
}

// Whether the `/` at `at` begins a path, so that it leads to the root. In doubt it does.
bool begins_path(std::string_view xpath, std::size_t at) {
  const std::string_view before = xpath.substr(0, at);
  const std::size_t last = before.find_last_not_of(" \t\r\n");
  if (last == std::string_view::npos) return true;
  const char c = before[last];
  if (last + 1 < at && ends_with_operator(before.substr(0, last + 1))) return true;
  return !(is_name_char(c) || c == ')' || c == ']' || c == '*' || c == '/' || c == '"');
}

}  // namespace

std::optional<std::vector<XmlStep>> simple_xml_path(std::string_view xpath) {
  std::vector<XmlStep> steps;
  while (take(xpath, "/")) {
    if (take(xpath, "*")) {
      steps.push_back({"", "*"});
      continue;
    }
    const std::string_view name = take_name(xpath);
    if (name.empty()) return std::nullopt;
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos) {
      steps.push_back({"", std::string(name)});
    } else {
      steps.push_back({std::string(name.substr(0, colon)), std::string(name.substr(colon + 1))});
    }
  }
  if (!xpath.empty() || steps.empty()) return std::nullopt;
  return steps;
}

std::optional<SimpleXmlReference> simple_xml_reference(std::string_view xpath) {
  SimpleXmlReference out;
  if (xpath == ".") return out;
  while (take(xpath, "../")) ++out.up;
  for (;;) {
    if (take(xpath, "@")) {
      out.last = SimpleXmlReference::Last::attribute;
      out.attribute = take_name(xpath);
      if (out.attribute.empty() || !xpath.empty()) return std::nullopt;
      break;
    }
    if (xpath == "text()") {
      out.last = SimpleXmlReference::Last::text;
      break;
    }
    const std::string_view name = take_name(xpath);
    if (name.empty()) return std::nullopt;
    out.steps.emplace_back(name);
    if (xpath.empty()) break;
    if (!take(xpath, "/")) return std::nullopt;
  }
  const bool upwards =
      out.up > 0 && (out.last != SimpleXmlReference::Last::attribute || !out.steps.empty());
  if (upwards) return std::nullopt;
  return out;
}

bool stays_in_record(std::string_view xpath) {
  if (const auto simple = simple_xml_reference(xpath)) return true;
  const std::string bare = without_literals(xpath);
  for (const std::string_view outside :
       {"..", "parent::", "ancestor", "preceding", "following", "id(", "lang("}) {
    if (bare.find(outside) != std::string::npos) return false;
  }
  for (std::size_t at = bare.find('/'); at != std::string::npos; at = bare.find('/', at + 1)) {
    if (begins_path(bare, at)) return false;
  }
  return true;
}

std::size_t xpath_depth(std::string_view xpath) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  for (const char c : without_literals(xpath)) {
    if (c == '(' || c == '[') deepest = std::max(deepest, ++depth);
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return deepest;
}

}  // namespace dossier
