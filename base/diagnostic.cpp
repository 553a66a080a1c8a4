#include "base/diagnostic.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "base/text.hpp"

namespace dossier {
namespace {

constexpr DiagnosticInfo kInfos[] = {
#define DOSSIER_DIAGNOSTIC(name, number, severity, title, help) \
  {DiagnosticCode{number}, Severity::severity, #name, title, help},
#include "base/codes/all.def"
#undef DOSSIER_DIAGNOSTIC
};

std::string_view colour_of(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "\x1b[36m";
    case Severity::warning:
      return "\x1b[33m";
    case Severity::violation:
    case Severity::error:
      return "\x1b[31m";
  }
  return "";
}

}  // namespace

std::string to_string(const Place& place) {
  std::string out = place.file;
  if (place.line > 0) out += fmt::format(":{}", place.line);
  if (place.line > 0 && place.column > 0) out += fmt::format(":{}", place.column);
  if (!place.locator.empty()) out += fmt::format("{}({})", out.empty() ? "" : " ", place.locator);
  return out;
}

std::string_view to_string(Severity severity) {
  static constexpr std::array<std::string_view, 4> kNames = {"info", "warning", "violation",
                                                             "error"};
  return kNames[static_cast<std::size_t>(severity)];
}

const DiagnosticInfo& info(DiagnosticCode code) {
  const auto* found = std::ranges::lower_bound(kInfos, code, {}, &DiagnosticInfo::code);
  return *found;  // every enumerator stands in the table; DiagnosticsTest proves that it is sorted
}

std::span<const DiagnosticInfo> all_diagnostics() {
  return kInfos;
}

std::string number_of(DiagnosticCode code) {
  return fmt::format("E{:04}", static_cast<unsigned>(code));
}

const DiagnosticInfo* find_diagnostic(std::string_view number) {
  for (const DiagnosticInfo& each : kInfos) {
    if (number_of(each.code) == number || each.name == number) return &each;
  }
  return nullptr;
}

Diagnostic make_diagnostic(DiagnosticCode code, Place place, std::string message,
                           std::string hint) {
  return {code, info(code).severity, std::move(place), std::move(message), std::move(hint), {}};
}

void DiagnosticCollector::report(Diagnostic diagnostic) {
  const std::scoped_lock lock(mutex_);
  ++by_code_[diagnostic.code];
  ++by_severity_[static_cast<std::size_t>(diagnostic.severity)];
  if (kept_.size() < keep_) kept_.push_back(std::move(diagnostic));
}

std::vector<Diagnostic> DiagnosticCollector::sorted() const {
  const std::scoped_lock lock(mutex_);
  std::vector<Diagnostic> out = kept_;
  std::ranges::stable_sort(out, [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.place, a.code, a.message) < std::tie(b.place, b.code, b.message);
  });
  return out;
}

std::size_t DiagnosticCollector::count() const {
  const std::scoped_lock lock(mutex_);
  std::size_t sum = 0;
  for (const std::size_t each : by_severity_) sum += each;
  return sum;
}

std::size_t DiagnosticCollector::count(Severity severity) const {
  const std::scoped_lock lock(mutex_);
  return by_severity_[static_cast<std::size_t>(severity)];
}

std::size_t DiagnosticCollector::count(DiagnosticCode code) const {
  const std::scoped_lock lock(mutex_);
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? 0 : found->second;
}

std::map<DiagnosticCode, std::size_t> DiagnosticCollector::counts() const {
  const std::scoped_lock lock(mutex_);
  return by_code_;
}

std::string render(const Diagnostic& diagnostic, bool colour) {
  const std::string place = to_string(diagnostic.place);
  std::string out;
  if (!place.empty()) out += printable(place) + ": ";
  if (colour) out += colour_of(diagnostic.severity);
  out += to_string(diagnostic.severity);
  if (colour) out += "\x1b[0m";
  out += fmt::format(": {} [{}]", printable(diagnostic.message), number_of(diagnostic.code));
  if (diagnostic.related.known()) {
    out += fmt::format("\n  see: {}", printable(to_string(diagnostic.related)));
  }
  if (!diagnostic.hint.empty()) out += fmt::format("\n  hint: {}", printable(diagnostic.hint));
  return out;
}

}  // namespace dossier
