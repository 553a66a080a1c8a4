#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/version.hpp"

namespace dossier {
namespace {

constexpr OptionSet kResult = OptionSet::output;
constexpr OptionSet kRead = OptionSet::output | OptionSet::reads;

constexpr Verb kVerbs[] = {
    {"init", "Write a small working project with comments",
     "dossier init mygraph            # then: dossier build mygraph", OptionSet{}, declare_init},
    {"build", "Build the graph of a project, validate it, write all its exports",
     "dossier build data/app-bans-2020\n"
     "dossier build                   # the project of this folder or one above\n"
     "dossier build --fail-on warning --json > result.json",
     kRead, declare_build},
    {"convert", "Write statements in another syntax",
     "dossier convert graph.nt -o graph.ttl\n"
     "dossier convert a.ttl b.nq.gz -o all.nq       # several files become one\n"
     "dossier convert - --from turtle --to ntriples < graph.ttl\n"
     "dossier convert graph.ttl -o graph.nt --mode canonical",
     kRead | OptionSet::from | OptionSet::to, declare_convert},
    {"explain", "Say what an error code means, or where an entity or statement comes from",
     "dossier explain E0202           # the page of an error code\n"
     "dossier explain ex:tiktok       # each statement about it, with its place in the sources\n"
     "dossier explain ex:tiktok data/app-bans-2020",
     kRead | OptionSet::from, declare_explain},
    {"completion", "Print a completion script for a shell",
     "dossier completion bash > ~/.local/share/bash-completion/completions/dossier\n"
     "dossier completion zsh > ~/.zfunc/_dossier\n"
     "dossier completion fish > ~/.config/fish/completions/dossier.fish",
     kResult, declare_completion},
};

std::string indented(std::string_view lines) {
  std::string out = "  ";
  for (const char c : lines) {
    out += c;
    if (c == '\n') out += "  ";
  }
  return out;
}

}  // namespace

std::span<const Verb> all_verbs() {
  return kVerbs;
}

CommandLine::~CommandLine() = default;

CommandLine::CommandLine()
    : app(std::make_unique<CLI::App>(
          "Sourced, typed knowledge graphs from tables and other sources.", "dossier")) {
  app->set_version_flag("--version", std::string("dossier ") + program_version());
  app->get_formatter()->column_width(32);
  app->get_formatter()->label("SUBCOMMAND", "VERB");
  app->get_formatter()->label("REQUIRED", "(required)");
  app->set_help_flag("-h,--help", "this text, or that of a verb");
  app->footer(
      "Exit codes: 0 clean, 1 the data has findings, 2 the run could not be done,\n"
      "64 wrong usage, 70 a bug of ours. `dossier VERB --help` has examples.");
  for (const Verb& verb : all_verbs()) {
    CLI::App* const sub = app->add_subcommand(std::string(verb.name), std::string(verb.summary));
    sub->group("Verbs");
    sub->footer(fmt::format("Examples:\n{}", indented(verb.examples)));
    RunVerb run = verb.declare(*sub);
    add_common_options(*sub, common, verb.options);
    verbs.emplace_back(sub, std::move(run));
  }
}

}  // namespace dossier
