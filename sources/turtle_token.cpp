#include "sources/turtle_token.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace dossier {
namespace {

std::string_view kind_name(TokenKind kind) {
  switch (kind) {
    case TokenKind::iri:
      return "the IRI ";
    case TokenKind::prefixed_name:
      return "the name ";
    case TokenKind::blank_label:
      return "the blank node ";
    case TokenKind::string:
      return "the literal ";
    case TokenKind::integer:
    case TokenKind::decimal:
    case TokenKind::double_number:
      return "the number ";
    default:
      return "";
  }
}

}  // namespace

std::string describe(const Token& token) {
  if (token.kind == TokenKind::end) return "the end of the input";
  if (token.kind == TokenKind::fault) return "no token";
  const std::string_view raw(token.begin, static_cast<std::size_t>(token.end - token.begin));
  const std::string_view kind = kind_name(token.kind);
  if (kind.empty()) return fmt::format("'{}'", printable(raw, kShownBytes));
  return fmt::format("{}{}", kind, printable(raw, kShownBytes));
}

}  // namespace dossier
