// Strings of YARRRML: tags, prefixes, externals, templates. Part of the YARRRML loader.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "graph/vocabulary.hpp"
#include "mapping/template.hpp"
#include "mapping/yarrrml_reader.hpp"

namespace dossier {
namespace {
constexpr std::size_t kShortestTypo = 3;
}

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

// Whether a known prefix is near to that of `iri`, which is not known itself.
bool YarrrmlReader::has_close_prefix(std::string_view iri) const {
  const std::string_view prefix = iri.substr(0, iri.find(':'));
  if (prefix.size() < kShortestTypo || prefix.size() == iri.size()) return false;
  std::vector<std::string> names;
  for (const Prefixes::Entry& each : prefixes_.entries()) names.push_back(each.name);
  return nearest_name(prefix, std::span<const std::string>(names)).has_value();
}

// For names that must be IRIs: functions, parameters, datatypes.
std::string YarrrmlReader::expand_name(const YamlNode& node, std::string_view text) {
  std::string iri = expand(text);
  const std::size_t colon = iri.find(':');
  if (iri == text && colon != std::string::npos && iri.substr(colon, 3) != "://" &&
      !iri.starts_with("urn:") && !iri.starts_with("mailto:")) {
    std::vector<std::string> names;
    for (const Prefixes::Entry& each : prefixes_.entries()) names.push_back(each.name);
    const auto close = nearest_name(iri.substr(0, colon), std::span<const std::string>(names));
    report(DiagnosticCode::mapping_unknown_reference, node,
           fmt::format("the prefix \"{}\" is not declared", printable(iri.substr(0, colon))),
           close
               ? fmt::format("did you mean \"{}\"? Prefixes are declared under `prefixes`", *close)
               : "declare it under `prefixes`");
  }
  return iri;
}

Expression YarrrmlReader::expression(const YamlNode& node, std::string_view text, bool iri) {
  Expression out;
  out.place = node.place();
  const std::string whole = expand(with_externals(text));
  auto parts = parse_yarrrml_template(whole);
  if (!parts) {
    report(DiagnosticCode::mapping_bad_template, node,
           fmt::format("{}, at character {} of \"{}\"", parts.error().message,
                       parts.error().offset + 1, printable(whole)),
           fmt::format("{}\n{}", parts.error().hint, with_caret(whole, parts.error().offset)));
    out.value = ConstantTerm{TermKind::literal, whole, std::string(xsd::kString), ""};
    return out;
  }
  const bool has_reference = std::ranges::any_of(*parts, &TemplatePart::is_reference);
  if (!has_reference) {
    const std::string constant = parts->empty() ? "" : parts->front().text;
    // "foat:name" is an IRI by its form. It is taken as a slip of the keyboard only where a prefix
    // of about that name is known and the name is long enough for that to mean something.
    if (iri && has_close_prefix(constant)) expand_name(node, constant);
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
