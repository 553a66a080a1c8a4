// A starting mapping from a look at a table.
#include "cli/command.hpp"
#include "mapping/suggest.hpp"

namespace dossier {
namespace {

struct SuggestArguments {
  std::string table;
  std::string base = SuggestOptions{}.base;
  std::uint64_t records = SuggestOptions{}.records;
};

}  // namespace

RunVerb declare_suggest(VerbArguments& arguments) {
  const auto given = std::make_shared<SuggestArguments>();
  arguments.positional(given->table, "table", "TABLE", "a CSV or TSV file").required = true;
  arguments.option(given->base, {"--base"}, "IRI",
                   "IRI that the names of the mapping stand behind");
  arguments.option(given->records, {"--records"}, "N", "records to look at");
  return [given](const Settings& settings, Console& console) -> Expected<ExitCode> {
    SuggestOptions options;
    options.base = given->base;
    options.records = given->records;
    options.limits = settings.limits;
    if (settings.output != "-") {
      options.beside = std::filesystem::path(settings.output).parent_path();
    }
    const auto text = suggest_mapping(given->table, options);
    if (!text) return std::unexpected(text.error());
    if (auto said = console.result(*text); !said) return std::unexpected(said.error());
    return ExitCode::clean;
  };
}

}  // namespace dossier
