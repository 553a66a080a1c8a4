#include "sources/turtle_terms.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/rdf.hpp"
#include "base/text.hpp"
#include "graph/escapes.hpp"
#include "graph/language_tag.hpp"
#include "graph/prefixes.hpp"
#include "graph/vocabulary.hpp"

namespace dossier {
namespace {

constexpr std::size_t kNamesSearched = 1000;  // prefixes looked at for a near name

std::string_view datatype_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::integer:
      return xsd::kInteger;
    case TokenKind::decimal:
      return xsd::kDecimal;
    case TokenKind::double_number:
      return xsd::kDouble;
    case TokenKind::boolean:
      return xsd::kBoolean;
    default:
      return xsd::kString;
  }
}

}  // namespace

TurtleTerms::TurtleTerms(std::string blank_scope, const Limits& limits, TurtleContext context)
    : prefixes_(std::move(context.prefixes)),
      base_(std::move(context.base)),
      labels_(std::move(blank_scope)),
      anonymous_(context.anonymous),
      max_prefixes_(limits.max_prefixes),
      max_literal_bytes_(limits.max_literal_bytes) {}

TurtleTerms::TurtleTerms(std::string blank_scope, const Limits& limits, TurtleContext context,
                         TurtlePiece piece)
    : TurtleTerms(std::move(blank_scope), limits, std::move(context)) {
  arena_ = std::move(piece.arena);
  arena_.keep(true);
  in_piece_ = true;
}

bool TurtleTerms::fail(const char* at, DiagnosticCode code, std::string message, std::string hint) {
  fault_ = {code, at, std::move(message), std::move(hint)};
  return false;
}

bool TurtleTerms::iri(const NameToken& name, std::string_view& out) {
  return name.is_prefixed() ? prefixed_name(name, out) : iri_reference(name, out);
}

bool TurtleTerms::iri_reference(const NameToken& name, std::string_view& out) {
  std::string_view text = name.text;
  if (name.escaped) {
    char* decoded = arena_.allocate(text.size());
    const Unescaped result = unescape_iri(text, decoded);
    if (result.fault != kEscapesFine) {
      return fail(text.data() + result.fault, code::rdf_bad_escape,
                  "an IRI knows the escapes \\uXXXX and \\UXXXXXXXX only");
    }
    arena_.shrink(decoded, result.size);
    text = {decoded, result.size};
    if (find_iriref_fault(text) != kIriValid) {
      return fail(name.text.data(), code::rdf_bad_iri,
                  fmt::format("<{}> has an escape for a character that no IRI may have",
                              printable(name.text, kShownBytes)),
                  "percent-encode it");
    }
  }
  if (is_absolute_reference(text)) {
    out = text;
    return true;
  }
  if (base_.empty()) {
    return fail(name.text.data(), code::rdf_bad_iri,
                fmt::format("<{}> is relative and there is no base", printable(text, kShownBytes)),
                "give --base, or declare BASE <iri>");
  }
  resolved_.clear();
  base_.resolve(text, resolved_);
  out = arena_.copy(resolved_);
  return true;
}

bool TurtleTerms::prefixed_name(const NameToken& name, std::string_view& out) {
  const std::string_view prefix = name.text.substr(0, name.colon);
  const std::string_view local = name.text.substr(name.colon + 1);
  const std::string* space = prefixes_.find(prefix);
  if (space == nullptr) {
    return fail(name.text.data(), code::rdf_unknown_prefix,
                fmt::format("prefix '{}:' is not declared", printable(prefix, kShownBytes)),
                prefix_hint(prefix));
  }
  char* made = arena_.allocate(space->size() + local.size());
  if (!space->empty()) std::memcpy(made, space->data(), space->size());
  std::size_t size = local.size();
  if (name.escaped) {
    size = unescape_local(local, made + space->size()).size;  // the lexer has checked the escapes
  } else if (!local.empty()) {
    std::memcpy(made + space->size(), local.data(), local.size());
  }
  out = {made, space->size() + size};
  return true;
}

std::string TurtleTerms::prefix_hint(std::string_view name) const {
  std::vector<std::string_view> names;
  prefixes_.for_each_name([&names](std::string_view each) {
    if (names.size() < kNamesSearched) names.push_back(each);
  });
  std::ranges::sort(names);
  if (const auto near = nearest_name(name, names)) return fmt::format("did you mean '{}:'?", *near);
  if (const auto known = Prefixes::well_known().find(name)) {
    return fmt::format("declare it: PREFIX {}: <{}>", name, *known);
  }
  return fmt::format("declare it: PREFIX {}: <...>", printable(name, kShownBytes));
}

bool TurtleTerms::string(const Token& token, std::string_view& out) {
  if (token.text.size() > max_literal_bytes_) {
    return fail(token.begin, code::limit_exceeded,
                fmt::format("a literal is longer than {} bytes (max-literal-bytes)",
                            with_separators(max_literal_bytes_)),
                "raise it with --limit max-literal-bytes=N");
  }
  if (!token.escaped) {
    out = token.text;
    return true;
  }
  char* decoded = arena_.allocate(token.text.size());
  const Unescaped result = unescape_string(token.text, decoded);
  if (result.fault != kEscapesFine) {
    return fail(token.text.data() + result.fault, code::rdf_bad_escape,
                fmt::format("'{}' is no escape",
                            printable(token.text.substr(result.fault, 2), kShownBytes)));
  }
  arena_.shrink(decoded, result.size);
  out = {decoded, result.size};
  return true;
}

bool TurtleTerms::literal(const Token& token, TermView& out) {
  if (token.kind != TokenKind::string) {
    out = literal_view(token.text, datatype_of(token.kind));
    return true;
  }
  std::string_view text;
  if (!string(token, text)) return false;
  switch (token.suffix) {
    case Token::Suffix::none:
      out = literal_view(text);
      return true;
    case Token::Suffix::language: {
      const auto tag = parse_language_tag(token.language);
      if (!tag) {
        return fail(
            token.language.data(), code::rdf_bad_language_tag,
            fmt::format("'@{}' is no language tag", printable(token.language, kShownBytes)));
      }
      out = language_view(text, tag->language, tag->direction);
      return true;
    }
    case Token::Suffix::datatype: {
      std::string_view datatype;
      if (!iri(token.name, datatype)) return false;
      if (datatype == rdf::kLangString || datatype == rdf::kDirLangString) {
        return fail(token.name.text.data(), code::rdf_bad_language_tag,
                    "a literal of this datatype needs a language tag", "write \"text\"@en");
      }
      out = literal_view(text, datatype);
      return true;
    }
  }
  return false;
}

bool TurtleTerms::declare_prefix(std::string_view name, const NameToken& iri,
                                 std::string_view& out) {
  if (!iri_reference(iri, out)) return false;
  if (prefixes_.size() >= max_prefixes_ && prefixes_.find(name) == nullptr) {
    return fail(iri.text.data(), code::limit_exceeded,
                fmt::format("more than {} prefixes (max-prefixes)", with_separators(max_prefixes_)),
                "raise it with --limit max-prefixes=N");
  }
  prefixes_.set(name, out);
  return true;
}

bool TurtleTerms::declare_base(const NameToken& iri) {
  std::string_view text;
  if (!iri_reference(iri, text)) return false;
  base_ = IriBase(text);
  return true;
}

std::string_view TurtleTerms::blank(std::string_view label) {
  if (labels_.stays(label)) return label;
  char* made = arena_.allocate(labels_.room(label));
  const std::size_t size = labels_.write(label, made);
  arena_.shrink(made, size);
  return {made, size};
}

std::string_view TurtleTerms::unsettled_blank(std::uint64_t number) {
  char* made = arena_.allocate(1 + sizeof number);
  *made = kUnsettled;
  std::memcpy(made + 1, &number, sizeof number);
  return {made, 1 + sizeof number};
}

void TurtleTerms::settle(TermView& term, std::uint64_t before) {
  if (!is_unsettled(term)) return;
  std::uint64_t number = 0;
  std::memcpy(&number, term.text.data() + 1, sizeof number);
  term.text = labelled_blank(before + number);
}

std::string_view TurtleTerms::labelled_blank(std::uint64_t number) {
  char* made = arena_.allocate(labels_.room());
  const std::size_t size = labels_.write(number, made);
  arena_.shrink(made, size);
  return {made, size};
}

}  // namespace dossier
