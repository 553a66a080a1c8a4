#include "cli/project_parser.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/codes/program.hpp"
#include "base/text.hpp"
#include "cli/options.hpp"
#include "cli/paths.hpp"
#include "graph/iri.hpp"

namespace dossier {
namespace {

constexpr std::uint64_t kProjectVersion = 1;
constexpr std::string_view kLinkForms[] = {"edges", "nodes", "both"};
constexpr std::string_view kReaders[] = {"gephi"};
constexpr std::string_view kModes[] = {"pretty", "diff-stable", "canonical"};
constexpr std::string_view kReportExtensions[] = {".ttl",    ".nt",   ".nq",    ".trig", ".rdf",
                                                  ".jsonld", ".json", ".sarif", ".html", ".txt"};

}  // namespace

void ProjectParser::mistake(DiagnosticCode code, YamlNode at, std::string message,
                            std::string hint) {
  ++mistakes_;
  diagnostics_.report(make_diagnostic(code, at.place(), std::move(message), std::move(hint)));
}

void ProjectParser::unwanted(YamlNode at, std::string_view wanted) {
  std::string found = "nothing";
  if (at.is_mapping()) found = "a mapping of keys";
  if (at.is_sequence()) found = "a list";
  if (at.is_scalar()) found = fmt::format("\"{}\"", printable(at.text(), 80));
  mistake(code::project_bad_value, at, fmt::format("found {}, wanted {}", found, wanted));
}

void ProjectParser::read_keys(YamlNode map, std::string_view what, const std::vector<Key>& keys) {
  if (!map.is_mapping()) return unwanted(map, fmt::format("keys of {}", what));
  std::vector<std::string_view> names;
  for (const Key& key : keys) names.push_back(key.name);
  std::vector<bool> seen(keys.size(), false);
  for (const auto& [name, value] : map.entries()) {
    const auto found = std::ranges::find(keys, name.text(), &Key::name);
    if (found == keys.end()) {
      const auto near = nearest_name(name.text(), names);
      mistake(code::project_unknown_key, name,
              fmt::format("{} has no key \"{}\"", what, printable(name.text(), 80)),
              near ? fmt::format("did you mean {}?", *near)
                   : fmt::format("keys are {}", fmt::join(names, ", ")));
      continue;
    }
    seen[static_cast<std::size_t>(found - keys.begin())] = true;
    found->read(value);
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!keys[i].required || seen[i]) continue;
    mistake(code::project_missing_key, map,
            fmt::format("{} needs the key \"{}\"", what, keys[i].name));
  }
}

void ProjectParser::each_item(YamlNode list, const std::function<void(YamlNode)>& read) {
  if (list.is_null()) return;
  if (!list.is_sequence()) return unwanted(list, "a list");
  for (const YamlNode item : list.items()) read(item);
}

std::string ProjectParser::text(YamlNode node, std::string_view wanted) {
  if (node.is_scalar() && !node.text().empty()) return std::string(node.text());
  unwanted(node, wanted);
  return {};
}

std::string ProjectParser::plain_text(YamlNode node, std::string_view wanted) {
  if (node.type() == YamlType::text) return text(node, wanted);
  unwanted(node, wanted);
  return {};
}

std::optional<bool> ProjectParser::truth(YamlNode node) {
  if (node.type() == YamlType::boolean) return to_lower_ascii(node.text()) == "true";
  unwanted(node, "true or false");
  return std::nullopt;
}

std::optional<std::uint64_t> ProjectParser::number(YamlNode node) {
  if (node.type() == YamlType::integer) {
    const std::string_view digits = node.text();
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc() && end == digits.data() + digits.size()) return value;
  }
  unwanted(node, "a whole number from 0 upwards");
  return std::nullopt;
}

std::string ProjectParser::choice(YamlNode node, std::span<const std::string_view> words) {
  if (node.is_scalar() && std::ranges::find(words, node.text()) != words.end()) {
    return std::string(node.text());
  }
  unwanted(node, fmt::format("{}", fmt::join(words, ", ")));
  return {};
}

// An IRI as it is, or prefix:name with a prefix of the project or a well-known one.
std::string ProjectParser::iri(YamlNode node) {
  const std::string written = text(node, "an IRI or prefix:name");
  if (written.empty()) return {};
  if (const auto expanded = project_.prefixes.expand(written)) return *expanded;
  if (const auto expanded = Prefixes::well_known().expand(written)) return *expanded;
  if (written.find("://") != std::string::npos || written.starts_with("urn:")) return written;
  mistake(code::project_bad_value, node,
          fmt::format("\"{}\" is no IRI, and its prefix is not declared", printable(written, 80)),
          "declare it under prefixes");
  return {};
}

std::optional<ProjectFile> ProjectParser::file(YamlNode node) {
  const std::string written = plain_text(node, "the path of a file");
  if (written.empty()) return std::nullopt;
  Expected<std::string> name = expand_variables(written, node.place());
  if (!name) {
    ++mistakes_;
    diagnostics_.report(name.error());
    return std::nullopt;
  }
  const std::filesystem::path path = (project_.folder / *name).lexically_normal();
  return ProjectFile{std::move(*name), path, node.place()};
}

void ProjectParser::files(YamlNode node, std::vector<ProjectFile>& into) {
  each_item(node, [&](YamlNode item) {
    if (std::optional<ProjectFile> named = file(item)) into.push_back(std::move(*named));
  });
}

void ProjectParser::prefixes(YamlNode node, Prefixes& into) {
  if (!node.is_mapping()) return unwanted(node, "name: IRI");
  for (const auto& [name, value] : node.entries()) {
    const std::string namespace_iri = plain_text(value, "the IRI of a namespace");
    if (!namespace_iri.empty()) into.set(name.text(), namespace_iri);
  }
}

void ProjectParser::catalogue(YamlNode node) {
  if (node.is_null()) return;
  if (!node.is_mapping()) return unwanted(node, "IRI of an ontology: path of a file");
  for (const auto& [name, value] : node.entries()) {
    std::string_view ontology = name.text();
    if (ontology.ends_with('#')) ontology.remove_suffix(1);
    if (std::optional<ProjectFile> named = file(value)) {
      project_.catalogue.emplace(ontology, std::move(*named));
    }
  }
}

void ProjectParser::version(YamlNode node) {
  const std::optional<std::uint64_t> found = number(node);
  if (found && *found != kProjectVersion) unwanted(node, "1, the version that this program reads");
}

void ProjectParser::base(YamlNode node) {
  project_.base = plain_text(node, "an IRI");
  if (!project_.base.empty() && find_iri_fault(project_.base) != kIriValid)
    unwanted(node, "an absolute IRI");
}

void ProjectParser::source(YamlNode node) {
  SourceNote note;
  note.place = node.place();
  SourceInfo& info = note.info;
  read_keys(node, "a source",
            {{"path", [&](YamlNode v) { info.path = text(v, "a path"); }, true},
             {"title", [&](YamlNode v) { info.title = text(v, "a title"); }},
             {"url", [&](YamlNode v) { info.url = text(v, "an address"); }},
             {"asserted_by",
              [&](YamlNode v) {
                // A name stands for itself; prefix:name is an IRI.
                info.asserted_by = text(v, "an IRI or a name");
                if (const auto full = project_.prefixes.expand(info.asserted_by)) {
                  info.asserted_by = *full;
                }
              }},
             {"retrieved_at", [&](YamlNode v) { info.retrieved_at = text(v, "a date"); }},
             {"licence", [&](YamlNode v) { info.licence = text(v, "a licence"); }}});
  project_.sources.push_back(std::move(note));
}

void ProjectParser::class_checks(YamlNode node) {
  if (!node.is_mapping()) return unwanted(node, "class: {min: N, max: N}");
  for (const auto& [name, value] : node.entries()) {
    ClassCheck check;
    check.name = name.text();
    check.place = name.place();
    check.iri = iri(name);
    read_keys(value, "the check of a class",
              {{"min", [&](YamlNode v) { check.least = number(v); }},
               {"max", [&](YamlNode v) { check.most = number(v); }}});
    if (check.least && check.most && *check.least > *check.most) {
      mistake(code::project_bad_value, value,
              fmt::format("min {} is more than max {}", *check.least, *check.most));
    }
    project_.class_checks.push_back(std::move(check));
  }
}

void ProjectParser::export_entry(YamlNode node) {
  ExportSpec spec;
  std::optional<ProjectFile> named;
  std::optional<Format> format;
  std::string links;
  std::string mode;
  std::string reader;
  std::optional<YamlNode> context;
  bool format_wrong = false;
  read_keys(node, "an export",
            {{"path", [&](YamlNode v) { named = file(v); }, true},
             {"format",
              [&](YamlNode v) {
                format = find_format(text(v, "a format"));
                format_wrong = !format;
                if (format_wrong) {
                  const Expected<Format> why = format_named(v.is_scalar() ? v.text() : "");
                  mistake(code::project_bad_value, v, why.error().message, why.error().hint);
                }
              }},
             {"links", [&](YamlNode v) { links = choice(v, kLinkForms); }},
             {"for", [&](YamlNode v) { reader = choice(v, kReaders); }},
             {"prefixes", [&](YamlNode v) { prefixes(v, spec.prefixes); }},
             {"mode", [&](YamlNode v) { mode = choice(v, kModes); }},
             {"context", [&](YamlNode v) { context = v; }}});
  if (!named || format_wrong) return;
  if (!format) format = guess_format(named->name);
  if (!format) {
    return mistake(code::project_bad_value, node,
                   fmt::format("the name {} does not tell the format", printable(named->name)),
                   "add format: turtle, or another");
  }
  spec.file = std::move(*named);
  spec.format = *format;
  spec.for_gephi = reader == "gephi";
  if (links == "edges") spec.links = LinkForm::edges;
  if (links == "nodes") spec.links = LinkForm::nodes;
  if (links == "both") spec.links = LinkForm::both;
  if (mode == "diff-stable") spec.mode = RdfWriteMode::diff_stable;
  if (mode == "canonical") spec.mode = RdfWriteMode::canonical;
  const bool network = info(spec.format).kind == FormatKind::network;
  if (!network && (spec.links || spec.for_gephi)) {
    mistake(code::project_bad_value, node,
            fmt::format("links and for are for networks, {} is none", info(spec.format).name));
  }
  if (network && !mode.empty()) {
    mistake(code::project_bad_value, node,
            fmt::format("mode is for RDF, {} is none", info(spec.format).name));
  }
  if (context) export_context(*context, spec);
  const auto same = std::ranges::find(project_.exports, spec.file.path,
                                      [](const ExportSpec& each) { return each.file.path; });
  if (same != project_.exports.end()) {
    mistake(code::project_bad_value, node,
            fmt::format("{} is exported twice", printable(spec.file.name)));
  }
  project_.exports.push_back(std::move(spec));
}

// A file, or an address on the network, which `copies` or --copy gives a file.
void ProjectParser::export_context(YamlNode node, ExportSpec& spec) {
  if (spec.format != Format::jsonld) {
    return mistake(code::project_bad_value, node,
                   fmt::format("context is for JSON-LD, not for {}", info(spec.format).name));
  }
  if (node.is_scalar() && node.text().find("://") != std::string_view::npos) {
    spec.context = node.text();
  } else if (const std::optional<ProjectFile> named = file(node)) {
    spec.context = named->path.string();
  }
}

void ProjectParser::report(YamlNode node) {
  std::optional<ProjectFile> named = file(node);
  if (!named) return;
  const std::string extension = named->path.extension().string();
  if (std::ranges::find(kReportExtensions, extension) == std::end(kReportExtensions)) {
    return unwanted(node, "a report called .txt, .html, .json, .sarif or as an RDF file");
  }
  project_.reports.push_back(std::move(*named));
}

void ProjectParser::copies(YamlNode node) {
  if (!node.is_mapping()) return unwanted(node, "address: file");
  for (const auto& [address, value] : node.entries()) {
    if (const std::optional<ProjectFile> named = file(value))
      project_.copies[std::string(address.text())] = named->path.string();
  }
}

void ProjectParser::limits(YamlNode node) {
  if (!node.is_mapping()) return unwanted(node, "limit: number");
  for (const auto& [name, value] : node.entries()) {
    Limits known;
    if (find_limit(known, name.text()) == nullptr) {
      const std::vector<std::string_view> names = limit_names();
      const auto near = nearest_name(name.text(), names);
      mistake(code::project_unknown_key, name,
              fmt::format("there is no limit \"{}\"", printable(name.text(), 80)),
              near ? fmt::format("did you mean {}?", *near)
                   : fmt::format("limits are {}", fmt::join(names, ", ")));
      continue;
    }
    const auto size = value.is_scalar() ? parse_size(value.text()) : std::nullopt;
    if (!size) {
      unwanted(value, "a number such as 1000000 or 2G");
      continue;
    }
    project_.limits[std::string(name.text())] = *size;
  }
}

void ProjectParser::read(YamlNode root) {
  // Prefixes first: other keys may use them wherever they stand.
  if (root.is_mapping()) {
    for (const auto& [name, value] : root.entries()) {
      if (name.text() == "prefixes") prefixes(value, project_.prefixes);
    }
  }
  Project& p = project_;
  read_keys(
      root, "a project",
      {{"dossier", [&](YamlNode v) { version(v); }, true},
       {"name", [&](YamlNode v) { p.name = text(v, "a name"); }, true},
       {"title", [&](YamlNode v) { p.title = text(v, "a title"); }},
       {"base", [&](YamlNode v) { base(v); }},
       {"prefixes", [](YamlNode) {}},
       {"sources", [&](YamlNode v) { each_item(v, [&](YamlNode item) { source(item); }); }},
       {"source_root",
        [&](YamlNode v) {
          if (const std::optional<ProjectFile> folder = file(v)) p.source_root = folder->path;
        }},
       {"allow_network", [&](YamlNode v) { p.allow_network = truth(v).value_or(false); }},
       {"allow_empty_joins", [&](YamlNode v) { p.allow_empty_joins = truth(v).value_or(false); }},
       {"mappings", [&](YamlNode v) { files(v, p.mappings); }},
       {"data", [&](YamlNode v) { files(v, p.data); }},
       {"ontology",
        [&](YamlNode v) {
          read_keys(v, "ontology",
                    {{"domain", [&](YamlNode d) { p.domain_ontology = truth(d).value_or(true); }},
                     {"files", [&](YamlNode f) { files(f, p.ontology); }},
                     {"catalogue", [&](YamlNode c) { catalogue(c); }}});
        }},
       {"shapes", [&](YamlNode v) { files(v, p.shapes); }},
       {"identity", [&](YamlNode v) { files(v, p.identity); }},
       {"checks",
        [&](YamlNode v) {
          read_keys(v, "checks", {{"classes", [&](YamlNode c) { class_checks(c); }}});
        }},
       {"exports", [&](YamlNode v) { each_item(v, [&](YamlNode item) { export_entry(item); }); }},
       {"reports", [&](YamlNode v) { each_item(v, [&](YamlNode item) { report(item); }); }},
       {"baseline", [&](YamlNode v) { p.baseline = file(v); }},
       {"ledger", [&](YamlNode v) { p.ledger = file(v); }},
       {"copies", [&](YamlNode v) { copies(v); }},
       {"limits", [&](YamlNode v) { limits(v); }}});
}

}  // namespace dossier
