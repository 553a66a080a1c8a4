#include "mapping/mapping.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/line_index.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "graph/freeze.hpp"
#include "mapping/rml_loader.hpp"
#include "mapping/yarrrml_loader.hpp"
#include "sources/rdf.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

bool is_yarrrml(const fs::path& file) {
  const std::string extension = to_lower_ascii(file.extension().string());
  return extension == ".yaml" || extension == ".yml" || extension == ".yarrrml";
}

// Counts what passes, so that a loader's faults become a failure.
class CountingSink final : public DiagnosticSink {
 public:
  explicit CountingSink(DiagnosticSink& to) : to_(to) {}
  void report(Diagnostic diagnostic) override {
    if (diagnostic.severity == Severity::error) ++errors_;
    to_.report(std::move(diagnostic));
  }
  std::size_t errors() const { return errors_; }

 private:
  DiagnosticSink& to_;
  std::size_t errors_ = 0;
};

// A mapping's file as text with its lines, for places.
struct LoadedFile {
  std::string name;
  std::string text;
  LineIndex lines;
  LoadedFile(std::string file_name, std::string file_text)
      : name(std::move(file_name)), text(std::move(file_text)), lines(text) {}
};

Expected<MappingModel> load_rml_files(std::span<const fs::path> files, const LoadOptions& options,
                                      DiagnosticSink& diagnostics) {
  Builder builder;
  std::vector<std::unique_ptr<LoadedFile>> loaded;
  for (const fs::path& file : files) {
    auto text = load_file(file, options.limits.max_literal_bytes, options.limits);
    if (!text) return std::unexpected(std::move(text.error()));
    loaded.push_back(std::make_unique<LoadedFile>(file.string(), std::move(*text)));
    SourceInfo info;
    info.path = file.string();
    builder.shard().begin_source(builder.add_source(std::move(info)));
    const auto source = memory_input(loaded.back()->text, file.string());
    RdfReadOptions read;
    read.base = "file://" + fs::absolute(file).generic_string();
    if (files.size() > 1) read.blank_scope = fmt::format("f{}", loaded.size());
    read.limits = options.limits;
    const Format format = guess_format(file).value_or(Format::turtle);
    auto counts = read_rdf(*source, format, read, builder.shard(), diagnostics);
    if (!counts) {
      Error error = std::move(counts.error());
      if (error.hint.empty() && error.place.line > 0) {
        error.hint = fmt::format("the mapping is read as {}; the fault may be on a line before",
                                 dossier::info(format).name);
      }
      return std::unexpected(std::move(error));
    }
  }
  const Graph graph = freeze(std::move(builder));
  const auto place_of = [&](const EvidenceRow& row) -> Place {
    const LoadedFile& file = *loaded[row.source.index()];
    const LineColumn at = file.lines.at(row.offset);
    return {file.name, at.line, at.column, {}};
  };
  return load_rml(graph, place_of, options.limits, diagnostics);
}

// The way back from a place: 0 when the text has no such line.
std::uint64_t offset_of(std::string_view text, const Place& place) {
  std::size_t at = 0;
  for (std::uint64_t line = 1; line < place.line; ++line) {
    at = text.find('\n', at);
    if (at == std::string_view::npos) return 0;
    ++at;
  }
  for (std::uint64_t column = 1; column < place.column && at < text.size(); ++column) {
    at += std::max<std::size_t>(decode_utf8(text.substr(at)).size, 1);
  }
  return at;
}

Expected<MappingModel> load_yarrrml_files(std::span<const fs::path> files,
                                          const LoadOptions& options, DiagnosticSink& diagnostics) {
  std::vector<YamlDocument> documents;
  std::vector<YamlNode> roots;
  std::vector<std::pair<std::string, std::string>> texts;
  for (const fs::path& file : files) {
    auto document = load_yaml(file, options.limits);
    if (!document) return std::unexpected(std::move(document.error()));
    documents.push_back(std::move(*document));
    // Standard input cannot be read twice; rules out of it have no offset.
    auto text = file == "-" ? Expected<std::string>() : load_file(file, SIZE_MAX, options.limits);
    if (text) texts.emplace_back(file.string(), std::move(*text));
  }
  for (const YamlDocument& document : documents) roots.push_back(document.root());
  YarrrmlOptions yarrrml;
  yarrrml.externals = options.externals;
  yarrrml.limits = options.limits;
  MappingModel model = load_yarrrml(roots, yarrrml, diagnostics);
  for (TriplesMap& map : model.triples_maps) {
    for (const auto& [name, text] : texts) {
      if (name == map.place.file) map.offset = offset_of(text, map.place);
    }
  }
  return model;
}

}  // namespace

Expected<Mapping> load_mapping(std::span<const fs::path> files, const LoadOptions& options,
                               DiagnosticSink& diagnostics) {
  if (files.empty()) {
    return fail(code::mapping_empty, {}, "no mapping was named");
  }
  const bool yarrrml = is_yarrrml(files.front());
  const auto other = std::ranges::find_if(
      files, [&](const fs::path& file) { return is_yarrrml(file) != yarrrml; });
  if (other != files.end()) {
    return fail(code::mapping_refused, {other->string(), 0, 0, {}},
                "RML and YARRRML cannot be mixed in one run", "run them one after the other");
  }
  CountingSink counting(diagnostics);
  auto model = yarrrml ? load_yarrrml_files(files, options, counting)
                       : load_rml_files(files, options, counting);

  if (!model) return std::unexpected(std::move(model.error()));
  if (counting.errors() > 0) {
    return fail(code::mapping_refused, {files.front().string(), 0, 0, {}},
                fmt::format("the mapping has {}", counted(counting.errors(), "error")),
                "each is listed with its place");
  }
  return Mapping{std::move(*model), files.front()};
}

Expected<Mapping> load_mapping(const fs::path& file, const LoadOptions& options,
                               DiagnosticSink& diagnostics) {
  return load_mapping(std::span(&file, 1), options, diagnostics);
}

Expected<Plan> compile(Mapping mapping, CompileOptions options, DiagnosticSink& diagnostics) {
  if (mapping.model.triples_maps.empty()) {
    return fail(
        code::mapping_empty, {mapping.file.string(), 0, 0, {}}, "there is no triples map in it",
        is_yarrrml(mapping.file) ? "mappings stand under the key `mappings`"
                                 : "a triples map has rml:logicalSource and rml:subjectMap");
  }
  if (options.mapping_directory.empty()) options.mapping_directory = mapping.file.parent_path();
  return compile(std::move(mapping.model), options, diagnostics);
}

}  // namespace dossier
