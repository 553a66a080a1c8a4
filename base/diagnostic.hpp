// What can be said about trouble. Two kinds:
//   the operation failed (file missing, disk full): `Expected<T>`, carried up to the command, exit
//   code 2; the data is bad: a Diagnostic to a DiagnosticSink, and the work goes on.
// Codes are the closed list in base/codes/; each has a number (E0101), a title and a help text,
// which `dossier explain E0101` prints. Cold path: strings are allocated freely here.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// Where something stands. Lines and columns count from 1; 0 means not known. Columns count code
// points.
struct Place {
  std::string file;
  std::uint64_t line = 0;
  std::uint64_t column = 0;
  std::string locator;  // a JSON pointer, an XPath, a table and key, where lines do not say enough

  bool known() const { return !file.empty(); }
  friend auto operator<=>(const Place&, const Place&) = default;
};

// "bans.csv:41:3", "list.json:7:2 (/entities/3/name)" or "" when nothing is known.
std::string to_string(const Place& place);

enum class Severity : std::uint8_t { info, warning, violation, error };
std::string_view to_string(Severity severity);

// A number of the closed list. The names stand in base/codes/, a header a section:
// code::rdf_syntax.
enum class DiagnosticCode : std::uint16_t {};

// What the closed list says of a code. Texts have static lifetime.
struct DiagnosticInfo {
  DiagnosticCode code;
  Severity severity;
  std::string_view name;   // csv_ragged_row
  std::string_view title;  // one line
  std::string_view help;   // what it means and what to do
};
const DiagnosticInfo& info(DiagnosticCode code);
std::span<const DiagnosticInfo> all_diagnostics();
const DiagnosticInfo* find_diagnostic(std::string_view number);  // "E0101"; null when there is none
std::string number_of(DiagnosticCode code);                      // "E0101"

struct Diagnostic {
  DiagnosticCode code{};
  Severity severity = Severity::error;
  Place place;
  std::string message;  // found and wanted, one line
  std::string hint;     // what to do next; may be empty
  Place related;        // a second place (the mapping rule behind a data fault); may be unknown

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

// A diagnostic with the severity of its code.
Diagnostic make_diagnostic(DiagnosticCode code, Place place, std::string message,
                           std::string hint = {});

// The failure of an operation.
using Error = Diagnostic;
template <class T>
using Expected = std::expected<T, Error>;

inline std::unexpected<Error> fail(DiagnosticCode code, Place place, std::string message,
                                   std::string hint = {}) {
  Error error = make_diagnostic(code, std::move(place), std::move(message), std::move(hint));
  error.severity = Severity::error;
  return std::unexpected(std::move(error));
}

// Takes diagnostics from any thread.
class DiagnosticSink {
 public:
  virtual ~DiagnosticSink() = default;
  virtual void report(Diagnostic diagnostic) = 0;
};

// For a second look at what has been, or will be, reported elsewhere.
class NoDiagnostics final : public DiagnosticSink {
 public:
  void report(Diagnostic) override {}
};

// Keeps diagnostics up to a limit, and counts all of them by code and severity.
class DiagnosticCollector final : public DiagnosticSink {
 public:
  explicit DiagnosticCollector(std::size_t keep = 100'000) : keep_(keep) {}
  void report(Diagnostic diagnostic) override;

  // Kept ones, sorted by place, code and message, so that threads leave no trace.
  std::vector<Diagnostic> sorted() const;
  std::size_t count() const;
  std::size_t count(Severity severity) const;
  std::size_t count(DiagnosticCode code) const;
  std::map<DiagnosticCode, std::size_t> counts() const;
  bool has_errors() const { return count(Severity::error) > 0; }

 private:
  mutable std::mutex mutex_;
  std::size_t keep_;
  std::vector<Diagnostic> kept_;
  std::map<DiagnosticCode, std::size_t> by_code_;
  std::size_t by_severity_[4] = {};
};

// "bans.csv:41:3: error: message [E0101]\n  hint: ...", with colour on request. Control characters
// and terminal escapes in data are shown as \xNN.
std::string render(const Diagnostic& diagnostic, bool colour = false);

}  // namespace dossier
