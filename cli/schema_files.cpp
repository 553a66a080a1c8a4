// Schemas among the TextFiles: the file, those that it imports, and the source of each statement.
#include <map>

#include "base/input.hpp"
#include "cli/file_iri.hpp"
#include "cli/load.hpp"
#include "cli/paths.hpp"
#include "cli/text_files.hpp"
#include "sources/schema.hpp"

namespace dossier {

// The files of one schema. Lives while it is read.
class TextFiles::Schema {
 public:
  Schema(TextFiles& files, const std::string& path, const Settings& settings)
      : files_(files), settings_(settings), folder_(settings.root) {
    // Imports stay in the folder of the first file, or in that of --root.
    if (folder_.empty()) folder_ = std::filesystem::path(path).parent_path();
    if (folder_.empty()) folder_ = ".";
  }

  Expected<const YamlDocument*> open(const std::filesystem::path& path, const Place& named_at) {
    const auto known = documents_.find(path.lexically_normal());
    if (known != documents_.end()) return &known->second;
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return nullptr;
    if (auto inside = check_inside(path, folder_, named_at); !inside) {
      return std::unexpected(inside.error());
    }
    return load(path, named_at);
  }

  Expected<const YamlDocument*> load(const std::filesystem::path& path, const Place& named_at) {
    Expected<std::string> text = load_file(path, settings_.limits.max_yaml_bytes, settings_.limits);
    if (!text) return std::unexpected(dossier::named_at(text.error(), named_at));
    Expected<YamlDocument> document = YamlDocument::parse(*text, path.string(), settings_.limits);
    if (!document) return std::unexpected(document.error());
    const File& file = files_.files_.emplace_back(path.string(), std::move(*text));
    sources_[file.name] = {files_.builder_.add_source({.path = file.name}), &file};
    return &documents_.emplace(path.lexically_normal(), std::move(*document)).first->second;
  }

  void enter(std::string_view name) {
    const Source& source = sources_.at(std::string(name));
    at_ = source.file;
    files_.builder_.shard().begin_source(source.id);
  }

  // As a StatementSink.
  bool statement(const StatementView& view) {
    files_.note(view, *at_);
    return files_.builder_.shard().statement(view);
  }
  void prefix(std::string_view name, std::string_view iri) { files_.prefixes_.set(name, iri); }

 private:
  struct Source {
    SourceId id;
    const File* file = nullptr;
  };
  TextFiles& files_;
  const Settings& settings_;
  std::filesystem::path folder_;
  std::map<std::filesystem::path, YamlDocument> documents_;
  std::map<std::string, Source> sources_;  // by the name of the file
  const File* at_ = nullptr;
};

bool names_schema(const std::filesystem::path& path) {
  return path.extension() == ".yaml" || path.extension() == ".yml";
}

Expected<void> TextFiles::add_schema(const std::string& path, const Settings& settings,
                                     DiagnosticSink& diagnostics, const Place& named_at) {
  if (has_file(path)) return {};  // a schema before it has brought it in
  Schema schema(*this, path, settings);
  const Expected<const YamlDocument*> document = schema.load(path, named_at);
  if (!document) return std::unexpected(document.error());
  const SchemaHost host{.open = [&](const std::filesystem::path& other,
                                    const Place& at) { return schema.open(other, at); },
                        .enter = [&](std::string_view name) { schema.enter(name); }};
  return read_schema(**document, host, schema, diagnostics, settings.limits);
}

}  // namespace dossier
