// Strings of YARRRML: tags, prefixes, externals, templates. Part of the YARRRML loader.
#include <algorithm>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/template.hpp"
#include "mapping/yarrrml_reader.hpp"

namespace dossier {
namespace {}

// "value~iri": the tag behind the last '~' that is not escaped and not inside a reference.
YarrrmlReader::Tagged YarrrmlReader::split_tag(std::string_view text) const {
  const std::size_t at = text.rfind('~');
  if (at == std::string_view::npos || (at > 0 && text[at - 1] == '\\') ||
      text.find_first_of(") /", at) != std::string_view::npos) {
    return {std::string(text), ""};
  }
  return {std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
}

// $(_name) stands for an external value where there is one, and for the column "_name" else.
std::string YarrrmlReader::with_externals(std::string_view text) const {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = text.find("$(_", at);
    const std::size_t close = open == std::string_view::npos ? open : text.find(')', open);
    if (close == std::string_view::npos) return out.append(text.substr(at));
    const auto found = externals_.find(std::string(text.substr(open + 3, close - open - 3)));
    out.append(text.substr(at, open - at));
    if (found == externals_.end()) {
      out.append(text.substr(open, close + 1 - open));
    } else {
      for (const char c : found->second) {
        if (std::string_view("$()~:\\").find(c) != std::string_view::npos) out += '\\';
        out += c;
      }
    }
    at = close + 1;
  }
  return out;
}

std::string YarrrmlReader::expand(std::string_view text) const {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || (colon > 0 && text[colon - 1] == '\\')) {
    return std::string(text);
  }
  const std::string_view name = text.substr(0, colon);
  const std::string_view rest = text.substr(colon + 1);
  if (name.find_first_of("$({\\ /") != std::string_view::npos) return std::string(text);
  // "note: a sentence" and "http://..." are no prefixed names.
  if (rest.starts_with(' ') || rest.starts_with("//")) return std::string(text);
  const auto iri = prefixes_.find(name);
  if (!iri) return std::string(text);
  return std::string(*iri).append(rest);
}

namespace {

// "foat:" of "foat:name" when nothing says what it is: no prefix, and no scheme of IRIs that people
// write without slashes.
std::string_view unknown_prefix(std::string_view iri) {
  static constexpr std::string_view kSchemes[] = {"urn", "mailto", "tel",  "file", "data",
                                                  "doi", "tag",    "info", "news", "geo",
                                                  "did", "http",   "https"};
  const std::size_t colon = iri.find(':');
  if (colon == std::string_view::npos || iri.substr(colon, 3) == "://") return {};
  const std::string_view name = iri.substr(0, colon);
  return std::ranges::find(kSchemes, name) == std::end(kSchemes) ? name : std::string_view{};
}

}  // namespace

void YarrrmlReader::report_prefix(const YamlNode& node, std::string_view name, Severity severity) {
  std::vector<std::string> names;
  for (const Prefixes::Entry& each : prefixes_.entries()) names.push_back(each.name);
  const auto close = nearest_name(name, std::span<const std::string>(names));
  Diagnostic diagnostic = make_diagnostic(
      code::mapping_unknown_reference, node.place(),
      fmt::format("the prefix \"{}\" is not declared", printable(name)),
      close ? fmt::format("did you mean \"{}\"? Prefixes are declared under `prefixes`", *close)
            : "declare it under `prefixes`");
  diagnostic.severity = severity;
  diagnostics_.report(std::move(diagnostic));
}

// For names that must be IRIs: functions, parameters, datatypes.
std::string YarrrmlReader::expand_name(const YamlNode& node, std::string_view text) {
  std::string iri = expand(text);
  const std::string_view prefix = unknown_prefix(iri);
  if (iri == text && !prefix.empty()) report_prefix(node, prefix, Severity::error);
  return iri;
}

Expression YarrrmlReader::expression(const YamlNode& node, std::string_view text, bool iri) {
  Expression out;
  out.place = node.place();
  const std::string whole = expand(with_externals(text));
  auto parts = parse_yarrrml_template(whole);
  if (!parts) {
    report(code::mapping_bad_template, node,
           fmt::format("{}, at character {} of \"{}\"", parts.error().message,
                       parts.error().offset + 1, printable(whole)),
           fmt::format("{}\n{}", parts.error().hint, with_caret(whole, parts.error().offset)));
    out.value = ConstantTerm{TermKind::literal, whole, std::string(xsd::kString), ""};
    return out;
  }
  const bool has_reference = std::ranges::any_of(*parts, &TemplatePart::is_reference);
  if (!has_reference) {
    const std::string constant = parts->empty() ? "" : parts->front().text;
    if (iri && constant == text && !unknown_prefix(constant).empty()) {
      report_prefix(node, unknown_prefix(constant), Severity::warning);
    }
    out.value = iri ? ConstantTerm{TermKind::iri, constant, "", ""}
                    : ConstantTerm{TermKind::literal, constant, std::string(xsd::kString), ""};
  } else if (parts->size() == 1) {
    out.value = Reference{parts->front().text};
  } else {
    out.value = Template{whole, std::move(*parts)};
  }
  return out;
}

}  // namespace dossier
