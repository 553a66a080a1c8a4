#include "cli/reports.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/version.hpp"
#include "exporters/rdf.hpp"
#include "ontology/report_shacl.hpp"

namespace dossier {
namespace {

std::string extension_of(const std::filesystem::path& path) {
  return to_lower_ascii(path.extension().string());
}

bool is_own_format(const std::string& extension) {
  return extension == ".json" || extension == ".sarif" || extension == ".txt";
}

}  // namespace

Expected<void> check_report_name(const std::filesystem::path& path) {
  if (is_own_format(extension_of(path))) return {};
  const std::optional<Format> format = guess_format(path);
  if (format && can_write_rdf(*format)) return {};
  return fail(
      DiagnosticCode::wrong_usage, {},
      fmt::format("the name {} does not tell the form of the report", printable(path.string())),
      "end it in .txt, .json, .sarif, or .ttl or another RDF syntax for a SHACL report");
}

Expected<void> write_report(const Findings& findings, const ReportOptions& options,
                            std::size_t threads, const std::filesystem::path& path, ByteSink& out) {
  const std::string extension = extension_of(path);
  if (extension == ".json") {
    write_json_report(findings, options, out);
  } else if (extension == ".sarif") {
    write_sarif_report(findings, options, program_version(), out);
  } else if (extension == ".txt") {
    write_text_report(findings, options, out);
  } else {
    if (Expected<void> fine = check_report_name(path); !fine) return fine;
    const Graph report = shacl_report(findings, options.prefixes, options.place_of);
    RdfWriteOptions write_options;
    write_options.prefixes = options.prefixes;
    write_options.threads = threads;
    const auto written = write_rdf(report, *guess_format(path), write_options, out);
    if (!written) return std::unexpected(written.error());
  }
  return {};
}

std::optional<FailOn> find_fail_on(std::string_view name) {
  if (name == "violation") return FailOn::violation;
  if (name == "warning") return FailOn::warning;
  if (name == "info") return FailOn::info;
  return std::nullopt;
}

bool fails(const Findings& findings, FailOn level) {
  const std::uint64_t grave = findings.count(Severity::violation) + findings.count(Severity::error);
  switch (level) {
    case FailOn::violation:
      return grave > 0;
    case FailOn::warning:
      return grave + findings.count(Severity::warning) > 0;
    case FailOn::info:
      return findings.count() > 0;
  }
  return true;
}

}  // namespace dossier
