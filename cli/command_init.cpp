#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/output.hpp"
#include "cli/command.hpp"
#include "cli/embedded.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTemplate = "template/";

// The name under which a file of the template is written.
std::string project_name(std::string_view template_name) {
  return template_name == "gitignore" ? ".gitignore" : std::string(template_name);
}

std::unexpected<Error> cannot(const fs::path& path, std::string message, std::string hint = {}) {
  return fail(code::file_unwritable, {path.string()}, std::move(message), std::move(hint));
}

Expected<void> make_folder(const fs::path& folder) {
  std::error_code error;
  const fs::path parent = folder.has_parent_path() ? folder.parent_path() : fs::path(".");
  if (!fs::is_directory(parent, error)) {
    return cannot(folder, fmt::format("there is no folder {}", parent.string()));
  }
  if (fs::exists(folder, error) && !fs::is_directory(folder, error)) {
    return cannot(folder, "is a file, not a folder");
  }
  fs::create_directory(folder, error);
  if (error) return cannot(folder, fmt::format("cannot be made: {}", error.message()));
  return {};
}

// All files or none: nothing is overwritten, and nothing appears before all is written.
Expected<void> write_template(const fs::path& folder) {
  std::vector<std::unique_ptr<ByteSink>> sinks;
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.name.starts_with(kTemplate)) continue;
    const fs::path path = folder / project_name(file.name.substr(kTemplate.size()));
    std::error_code error;
    if (fs::exists(path, error)) {
      return cannot(path, "is there already; nothing was written", "name another folder");
    }
    Expected<std::unique_ptr<ByteSink>> sink = open_output(path);
    if (!sink) return std::unexpected(sink.error());
    (*sink)->append(file.bytes);
    if (Expected<void> sealed = (*sink)->seal(); !sealed) return sealed;
    sinks.push_back(std::move(*sink));
  }
  for (const auto& sink : sinks) {
    if (Expected<void> done = sink->finish(); !done) return done;
  }
  return {};
}

Expected<ExitCode> init(const std::string& name, Console& console) {
  fs::path folder = fs::path(name).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  if (Expected<void> made = make_folder(folder); !made) return std::unexpected(made.error());
  if (Expected<void> written = write_template(folder); !written) {
    return std::unexpected(written.error());
  }
  console.note(fmt::format("A project is in {}. Next:\n  dossier build {}", name, name));
  return ExitCode::clean;
}

}  // namespace

RunVerb declare_init(VerbArguments& arguments) {
  const auto folder = std::make_shared<std::string>();
  arguments.positional(*folder, "folder", "DIR", "where; it is made if it is missing").required =
      true;
  return [folder](const Settings&, Console& console) { return init(*folder, console); };
}

}  // namespace dossier
