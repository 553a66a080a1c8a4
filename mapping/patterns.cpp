#include "mapping/patterns.hpp"

#include <map>
#include <memory>

#include <re2/re2.h>

namespace dossier {
namespace {

constexpr std::size_t kKept = 64;

const re2::RE2& compiled(std::string_view pattern) {
  thread_local std::map<std::string, std::unique_ptr<re2::RE2>, std::less<>> kept;
  const auto found = kept.find(pattern);
  if (found != kept.end()) return *found->second;
  if (kept.size() >= kKept) kept.clear();
  re2::RE2::Options options;
  options.set_log_errors(false);
  std::string key(pattern);
  auto made = std::make_unique<re2::RE2>(key, options);
  return *kept.emplace(std::move(key), std::move(made)).first->second;
}

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

// All groups of one match; the whole match first.
bool match(const re2::RE2& expression, std::string_view text, re2::RE2::Anchor anchor,
           std::vector<re2::StringPiece>& groups) {
  groups.resize(static_cast<std::size_t>(expression.NumberOfCapturingGroups()) + 1);
  return expression.Match(piece(text), 0, text.size(), anchor, groups.data(),
                          static_cast<int>(groups.size()));
}

std::string text_of(const re2::StringPiece& part) {
  return part.data() == nullptr ? std::string() : std::string(part.data(), part.size());
}

}  // namespace

std::string pattern_fault(std::string_view pattern) {
  return compiled(pattern).error();
}

bool is_pattern(std::string_view pattern) {
  return compiled(pattern).ok();
}

bool pattern_matches(std::string_view pattern, std::string_view text) {
  return re2::RE2::PartialMatch(piece(text), compiled(pattern));
}

std::vector<std::string> pattern_groups(std::string_view pattern, std::string_view text) {
  std::vector<re2::StringPiece> groups;
  std::vector<std::string> out;
  if (!match(compiled(pattern), text, re2::RE2::ANCHOR_BOTH, groups)) return out;
  for (std::size_t i = groups.size() > 1 ? 1 : 0; i < groups.size(); ++i) {
    out.push_back(text_of(groups[i]));
  }
  return out;
}

bool pattern_extract(std::string_view pattern, std::string_view text, std::string& out) {
  std::vector<re2::StringPiece> groups;
  if (!match(compiled(pattern), text, re2::RE2::UNANCHORED, groups)) return false;
  out = text_of(groups[groups.size() > 1 ? 1 : 0]);
  return true;
}

std::string pattern_replace(std::string_view pattern, std::string_view text,
                            std::string_view replacement) {
  std::string out(text);
  re2::RE2::GlobalReplace(&out, compiled(pattern), piece(replacement));
  return out;
}

}  // namespace dossier
