// Validation reports as files, by the extension of their name: .json, .sarif, .txt, or the SHACL
// report in any RDF syntax.
#pragma once

#include <filesystem>

#include "base/output.hpp"
#include "ontology/report.hpp"

namespace dossier {

// Wrong usage when the extension says nothing.
Expected<void> check_report_name(const std::filesystem::path& path);

// Does not finish the sink.
Expected<void> write_report(const Findings& findings, const ReportOptions& options,
                            std::size_t threads, const std::filesystem::path& path, ByteSink& out);

// Findings of at least this severity make a run end with exit code 1; `info` counts all.
enum class FailOn : unsigned char { violation, warning, info };
std::optional<FailOn> find_fail_on(std::string_view name);
bool fails(const Findings& findings, FailOn level);

}  // namespace dossier
