#include "mapping/file_formulations.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace dossier {
namespace {

struct NamedFile {
  std::string_view name;
  Formulation formulation;
};
constexpr NamedFile kFileNames[] = {
    {"sparql_results_xml", Formulation::sparql_xml},
    {"sparql_results_json", Formulation::sparql_json},
    {"sparql_results_csv", Formulation::sparql_csv},
    {"sparql_results_tsv", Formulation::sparql_tsv},
    {"sparql-xml", Formulation::sparql_xml},
    {"sparql-json", Formulation::sparql_json},
    {"sparql-csv", Formulation::sparql_csv},
    {"sparql-tsv", Formulation::sparql_tsv},
    {"n-triples", Formulation::rdf},
    {"n-quads", Formulation::rdf},
    {"turtle", Formulation::rdf},
    {"trig", Formulation::rdf},
    {"rdf_xml", Formulation::rdf},
    {"json-ld", Formulation::rdf},
    {"rdf", Formulation::rdf},
    {"xlsx", Formulation::spreadsheet},
    {"spreadsheet", Formulation::spreadsheet},
};
constexpr NamedFile kExtensions[] = {
    {".srx", Formulation::sparql_xml}, {".srj", Formulation::sparql_json},
    {".nt", Formulation::rdf},         {".nq", Formulation::rdf},
    {".ttl", Formulation::rdf},        {".trig", Formulation::rdf},
    {".rdf", Formulation::rdf},        {".owl", Formulation::rdf},
    {".jsonld", Formulation::rdf},     {".xlsx", Formulation::spreadsheet},
};

}  // namespace

std::optional<Formulation> find_file_formulation(std::string_view name) {
  const auto found = std::ranges::find(kFileNames, to_lower_ascii(name), &NamedFile::name);
  if (found == std::end(kFileNames)) return std::nullopt;
  return found->formulation;
}

std::optional<Formulation> guess_file_formulation(std::string_view path) {
  const std::string name = unpacked_name(path);
  for (const NamedFile& each : kExtensions) {
    if (name.ends_with(each.name)) return each.formulation;
  }
  return std::nullopt;
}

Format rdf_format(const LogicalSource& source) {
  std::string name = to_lower_ascii(source.formulation_name);
  std::erase_if(name, [](char c) { return c == '-' || c == '_'; });
  if (const auto named = find_format(name)) return *named;
  return guess_format(unpacked_name(source.path)).value_or(Format::turtle);
}

std::string unpacked_name(std::string_view path) {
  std::string lower = to_lower_ascii(path);
  for (const std::string_view packed :
       {".tar.gz", ".tar.xz", ".gz", ".zst", ".zip", ".xz", ".bz2"}) {
    if (lower.ends_with(packed)) lower.resize(lower.size() - packed.size());
  }
  return lower;
}

}  // namespace dossier
