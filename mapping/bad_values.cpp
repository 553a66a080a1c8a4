#include "mapping/bad_values.hpp"
namespace dossier {
void report_bad_values(const Plan&, const SourcePlan&, std::span<const std::string>, std::vector<BadValue>, DiagnosticSink&) {}
}
