#include "exporters/jsonld_terms.hpp"

#include <charconv>
#include <cmath>

#include <rapidjson/reader.h>

#include "exporters/line_terms.hpp"
#include "graph/characters.hpp"
#include "graph/iri.hpp"
#include "graph/language_tag.hpp"

namespace dossier {
namespace {

constexpr std::string_view kJson = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON";
constexpr std::string_view kI18n = "https://www.w3.org/ns/i18n#";

// Digits without leading zeros, few enough that every reader holds the number exactly.
bool is_canonical_integer(std::string_view text) {
  if (text == "0") return true;
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || text.size() > 15 || text.front() == '0') return false;
  for (const char c : text) {
    if (!has_class(c, kDigit)) return false;
  }
  return true;
}

// JSON's own number, or empty: what useNativeTypes makes of an xsd:integer or xsd:double.
std::string number_of(std::string_view text) {
  const bool plus = text.starts_with('+');
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, fault] = std::from_chars(text.data() + (plus ? 1 : 0), end, value);
  if (fault != std::errc() || rest != end || !std::isfinite(value)) return {};
  char out[32];
  return {out, std::to_chars(out, out + sizeof out, value).ptr};
}

bool is_json(std::string_view text) {
  rapidjson::MemoryStream bytes(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(bytes);
  rapidjson::Reader reader;
  rapidjson::BaseReaderHandler<> ignore;
  return !reader.Parse<rapidjson::kParseIterativeFlag>(stream, ignore).IsError();
}

}  // namespace

JsonLdTerms::JsonLdTerms(const Graph& graph, const WriteOrder& order, const Namespaces& namespaces,
                         const JsonLdWriteOptions& options)
    : graph_(graph), order_(order), namespaces_(namespaces), options_(options) {
  for (const LiteralType& type : graph.literal_types()) types_.push_back(make_type(type));
}

JsonLdTerms::Type JsonLdTerms::make_type(const LiteralType& type) const {
  Type out;
  TextBuffer text;
  if (!type.language.empty()) {
    out.kind = Kind::tagged;
    out.good = is_language_tag(type.language);
    text.append(", \"@language\": ");
    write_quoted(text, type.language);
    if (type.direction != Direction::none) {
      text.append(", \"@direction\": ");
      write_quoted(text, to_string(type.direction));
    }
    text.append('}');
    out.suffix = text.text();
    return out;
  }
  const bool natives = options_.natives != JsonLdNatives::none;
  const bool i18n = options_.directions == JsonLdDirections::i18n_datatype;
  if (type.datatype == xsd::kString) out.kind = Kind::string;
  if (natives && type.datatype == xsd::kBoolean) out.kind = Kind::boolean;
  if (natives && type.datatype == xsd::kInteger) out.kind = Kind::integer;
  if (natives && type.datatype == xsd::kDouble) out.kind = Kind::double_;
  if (options_.json_literals && type.datatype == kJson) out.kind = Kind::json;
  if (i18n && type.datatype.starts_with(kI18n)) out.kind = Kind::i18n;
  text.append(", \"@type\": ");
  out.good = write_iri(text, namespaces_.find_text(type.datatype), type.datatype);
  text.append('}');
  out.suffix = text.text();
  return out;
}

bool JsonLdTerms::write_iri(TextBuffer& out, Namespaces::Number number,
                            std::string_view iri) const {
  // Readers of JSON-LD leave out, silently, what names something that is no IRI.
  if (!is_absolute_reference(iri) || find_iri_fault(iri) != kIriValid) return false;
  out.append('"');
  if (number != Namespaces::kNone) {
    const Namespaces::Entry& entry = namespaces_.entries()[number];
    if (const std::string_view local = iri.substr(entry.iri.size()); can_write_local(local)) {
      out.append(entry.name);
      iri = local;
    }
  }
  out.append(iri);
  out.append('"');
  return true;
}

bool JsonLdTerms::write_id(TextBuffer& out, TermId resource) const {
  if (resource.is_iri()) return write_iri(out, namespaces_.find(resource), graph_.text(resource));
  if (!resource.is_blank()) return false;
  out.append('"');
  write_blank(out, order_.label(resource));
  out.append('"');
  return true;
}

bool JsonLdTerms::write_reference(TextBuffer& out, TermId resource) const {
  out.append("{\"@id\": ");
  const bool good = write_id(out, resource);
  out.append('}');
  return good;
}

std::string JsonLdTerms::native(Kind kind, std::string_view text) const {
  const bool all = options_.natives == JsonLdNatives::all;
  switch (kind) {
    case Kind::boolean:
      if (text == "true" || (all && text == "1")) return "true";
      return text == "false" || (all && text == "0") ? "false" : "";
    case Kind::integer:
      return all ? number_of(text) : is_canonical_integer(text) ? std::string(text) : "";
    case Kind::double_:
      return all ? number_of(text) : "";
    default:
      return {};
  }
}

bool JsonLdTerms::hides_datatype(TermId literal) const {
  const Kind kind = types_[graph_.literal_type_index(literal)].kind;
  if (kind == Kind::typed) return false;
  return kind == Kind::string || kind == Kind::tagged || kind == Kind::json || kind == Kind::i18n ||
         !native(kind, graph_.text(literal)).empty();
}

bool JsonLdTerms::write_literal(TextBuffer& out, TermId literal) const {
  const std::string_view text = graph_.text(literal);
  const Type& type = types_[graph_.literal_type_index(literal)];
  const bool bare = options_.form == JsonLdForm::compacted;
  if (type.kind == Kind::string && bare) {
    write_quoted(out, text);
    return true;
  }
  if (type.kind == Kind::json) return write_json(out, text);
  if (type.kind == Kind::i18n) {
    const std::string_view tag =
        std::string_view(graph_.literal_type(literal).datatype).substr(kI18n.size());
    const std::size_t bar = tag.find('_');
    if (bar != std::string_view::npos)
      return write_directed(out, text, tag.substr(0, bar), tag.substr(bar + 1));
  }
  const std::string value = native(type.kind, text);
  if (!value.empty() && bare) {
    out.append(value);
    return true;
  }
  out.append("{\"@value\": ");
  if (!value.empty()) {
    out.append(value);
  } else {
    write_quoted(out, text);
  }
  out.append(type.kind == Kind::string || !value.empty() ? std::string_view("}") : type.suffix);
  return type.good;
}

bool JsonLdTerms::write_directed(TextBuffer& out, std::string_view text, std::string_view language,
                                 std::string_view direction) const {
  out.append("{\"@value\": ");
  write_quoted(out, text);
  if (!language.empty()) {
    out.append(", \"@language\": ");
    write_quoted(out, language);
  }
  out.append(", \"@direction\": ");
  write_quoted(out, direction);
  out.append('}');
  return true;
}

bool JsonLdTerms::write_json(TextBuffer& out, std::string_view text) const {
  if (!is_json(text)) return false;
  out.append("{\"@value\": ");
  out.append(text);
  out.append(", \"@type\": \"@json\"}");
  return true;
}

Prefixes jsonld_prefixes(const Graph& graph, const Prefixes& prefixes) {
  Prefixes out;
  for (const Prefixes::Entry& each : prefixes.entries()) {
    if (each.iri.empty()) continue;
    // <ex:a> would read as the name ex:a; <ex://a> never does.
    const auto [first, last] = graph.iri_range(each.name + ":");
    const auto [slash_first, slash_last] = graph.iri_range(each.name + "://");
    const bool is_scheme = last - first != slash_last - slash_first;
    const bool is_prefix =
        std::string_view(":/?#[]@").find(each.iri.back()) != std::string_view::npos;
    if (!each.name.empty() && !is_scheme && is_prefix) out.set(each.name, each.iri);
  }
  return out;
}

}  // namespace dossier
