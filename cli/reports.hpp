// Findings of a validation written in the form that a file's name asks for: that of an RDF syntax
// (a SHACL validation report), .json, .sarif, .html or .txt; and as text for the terminal. Each
// with its place in the sources.
#pragma once

#include <filesystem>
#include <optional>

#include "cli/arguments.hpp"
#include "cli/pipeline.hpp"
#include "cli/places.hpp"

namespace dossier {

enum class ReportForm : std::uint8_t { rdf, json, sarif, html, text };
struct ReportKind {
  ReportForm form = ReportForm::text;
  Format syntax{};  // of rdf
};
inline constexpr std::string_view kReportNames = ".txt, .html, .json, .sarif, or one of RDF (.ttl)";
// By extension; nothing for others.
std::optional<ReportKind> report_kind(const std::filesystem::path& path);

// What a user may ask of reports; the options of build and validate.
struct ReportWishes {
  std::size_t max_results = 10'000;
  std::string language = "en";  // of the messages of shapes
};
void add_report_wishes(VerbArguments& arguments, ReportWishes& wishes);
// Errors: wrong_usage.
Expected<void> check_wishes(const ReportWishes& wishes);

struct FindingReports {
  // Finds the places of the findings that reports may list.
  FindingReports(const BuiltGraph& built, const Findings& findings, const Settings& settings,
                 const ReportWishes& wishes);
  Expected<void> write(ReportKind kind, ByteSink& out, bool colour = false) const;

 private:
  const BuiltGraph& built_;
  const Findings& findings_;
  const Settings& settings_;
  ReportWishes wishes_;
  mutable Places places_;  // reads files when a report asks
};

}  // namespace dossier
