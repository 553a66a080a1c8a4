// Built-in functions for keys: checksums, slugs, names without spelling, country codes.
#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "graph/digest.hpp"
#include "mapping/countries.hpp"
#include "mapping/function_table.hpp"
#include "mapping/text_escapes.hpp"
#include "mapping/unicode_text.hpp"

namespace dossier {
namespace {

using enum FunctionType;

template <DigestKind Kind>
Value checksum(const Arguments& in, FunctionScope& scope) {
  thread_local Digester digester(Kind);
  return scope.text(digester.hex(in.text(0)));
}

Value slugify(const Arguments& in, FunctionScope& scope) {
  return scope.text(slug(in.text(0)));
}
Value latin(const Arguments& in, FunctionScope& scope) {
  return scope.text(latin_letters(in.text(0)));
}
Value compose(const Arguments& in, FunctionScope& scope) {
  return scope.text(composed(in.text(0)));
}

// Words in Latin small letters, without marks between them.
std::vector<std::string> plain_words(std::string_view text) {
  std::vector<std::string> words;
  std::string key = slug(text);
  for (std::size_t at = 0; at < key.size();) {
    const std::size_t end = std::min(key.find('-', at), key.size());
    words.push_back(key.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

// The legal form of a company says little about which one it is.
Value normalise_name(const Arguments& in, FunctionScope& scope) {
  static constexpr std::string_view kForms[] = {
      "ltd",         "limited", "inc", "incorporated", "llc", "plc", "co", "company", "corp",
      "corporation", "gmbh",    "ag",  "sa",           "nv",  "bv",  "ab", "oy",      "pte"};
  auto words = plain_words(in.text(0));
  while (words.size() > 1 && std::ranges::find(kForms, words.back()) != std::end(kForms)) {
    words.pop_back();
  }
  return scope.text(joined(words));
}

// OpenRefine's key collision: words in order, each once.
Value fingerprint(const Arguments& in, FunctionScope& scope) {
  auto words = plain_words(in.text(0));
  std::ranges::sort(words);
  words.erase(std::ranges::unique(words).begin(), words.end());
  return scope.text(joined(words));
}

Value country_code(const Arguments& in, FunctionScope& scope) {
  const Country* country = find_country(in.text(0));
  if (country == nullptr) {
    return scope.fail(
        fmt::format("\"{}\" is no country or country code", printable(in.text(0), 60)));
  }
  return scope.text(in.text(1) == "alpha-3"   ? country->alpha3
                    : in.text(1) == "numeric" ? country->numeric
                                              : country->alpha2);
}
Value country_name(const Arguments& in, FunctionScope& scope) {
  const Country* country = find_country(in.text(0));
  if (country != nullptr) return scope.text(country->name);
  return scope.fail(fmt::format("\"{}\" is no country or country code", printable(in.text(0), 60)));
}

Value media_type(const Arguments& in, FunctionScope& scope) {
  static const std::map<std::string_view, std::string_view> kTypes = {
      {"csv", "text/csv"},
      {"html", "text/html"},
      {"jpg", "image/jpeg"},
      {"jpeg", "image/jpeg"},
      {"json", "application/json"},
      {"pdf", "application/pdf"},
      {"png", "image/png"},
      {"rdf", "application/rdf+xml"},
      {"svg", "image/svg+xml"},
      {"ttl", "text/turtle"},
      {"txt", "text/plain"},
      {"xml", "application/xml"},
      {"nt", "application/n-triples"},
      {"zip", "application/zip"},
  };
  const std::string extension = to_lower_ascii(in.text(0).substr(in.text(0).rfind('.') + 1));
  const auto found = kTypes.find(extension);
  return found == kTypes.end() ? Value{} : scope.text(found->second);
}

constexpr FunctionParameter kCodeValue[] = {{"valueParameter valueParam str _str"}};
constexpr FunctionParameter kCountry[] = {{"valueParameter valueParam str _str"},
                                          {"form", text, false, false, true}};

constexpr BuiltinFunction kCodeFunctions[] = {
    {"grel", "string_md5", "The MD5 checksum in hexadecimal.", kCodeValue, text,
     checksum<DigestKind::md5>},
    {"grel", "string_sha1", "The SHA-1 checksum in hexadecimal.", kCodeValue, text,
     checksum<DigestKind::sha1>},
    {"dfn", "sha256", "The SHA-256 checksum in hexadecimal.", kCodeValue, text,
     checksum<DigestKind::sha256>},
    {"dfn", "sha512", "The SHA-512 checksum in hexadecimal.", kCodeValue, text,
     checksum<DigestKind::sha512>},
    {"idlab-fn", "slugify slug", "Small Latin letters and digits with - between them, for IRIs.",
     kCodeValue, text, slugify},
    {"dfn", "latin", "Plain Latin letters for those of other scripts and with accents.", kCodeValue,
     text, latin},
    {"dfn", "compose", "In Unicode's Normalization Form C.", kCodeValue, text, compose},
    {"dfn", "normaliseName",
     "A name for comparing: small Latin letters, one blank between words, no legal form at the "
     "end.",
     kCodeValue, text, normalise_name},
    {"grel", "string_fingerprint", "The words in order, each once, in small Latin letters.",
     kCodeValue, text, fingerprint},
    {"dfn", "countryCode",
     "The code of a country by its name or another code; form is alpha-2, alpha-3 or numeric.",
     kCountry, text, country_code},
    {"dfn", "countryName", "The English name of a country by its code or another name.", kCodeValue,
     text, country_name},
    {"idlab-fn", "getMIMEType", "The media type of a file name, by its extension.", kCodeValue,
     text, media_type},
};

}  // namespace

std::span<const BuiltinFunction> code_functions() {
  return kCodeFunctions;
}

}  // namespace dossier
