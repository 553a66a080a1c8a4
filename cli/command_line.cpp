#include "cli/command_line.hpp"

#include <charconv>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/version.hpp"

namespace dossier {
namespace {

// A validator that lets the listed words pass and names the nearest for any other.
CLI::Validator one_of(std::vector<std::string> words) {
  return {[words = std::move(words)](std::string& text) {
            if (std::ranges::find(words, text) != words.end()) return std::string();
            const auto near = nearest_name(text, words);
            return near ? fmt::format("\"{}\" is not known; did you mean {}?", text, *near)
                        : fmt::format("\"{}\" is not one of {}", text, fmt::join(words, ", "));
          },
          ""};
}

CLI::Validator whole_number() {
  return {[](std::string& text) {
            std::size_t number = 0;
            const char* const end = text.data() + text.size();
            const auto [at, error] = std::from_chars(text.data(), end, number);
            const bool good = error == std::errc() && at == end;
            return good ? std::string()
                        : fmt::format("\"{}\" is no whole number from 0 upwards", text);
          },
          ""};
}

void declare(CLI::App& app, const OptionItem& item) {
  std::string names = fmt::format("{}", fmt::join(item.names, ","));
  CLI::Option* option = nullptr;
  if (auto* const flag = std::get_if<bool*>(&item.into)) {
    option = app.add_flag(names, **flag, item.description);
  } else if (auto* const text = std::get_if<std::string*>(&item.into)) {
    option = app.add_option(names, **text, item.description);
  } else if (auto* const number = std::get_if<std::size_t*>(&item.into)) {
    option = app.add_option(names, **number, item.description)->check(whole_number());
  } else if (auto* const list = std::get_if<std::vector<std::string>*>(&item.into)) {
    option = app.add_option(names, **list, item.description);
    if (!item.positional) option->expected(1)->take_all();
  }
  if (!item.value.empty()) option->type_name(item.value);
  // Formats may also be media types: what they are is told later, with the list.
  if (item.kind == ValueKind::choice && item.value != "FORMAT") option->check(one_of(item.choices));
  if (item.required) option->required();
  if (item.common) option->group("Common options");
}

std::string indented(std::string_view lines) {
  std::string out = "  ";
  for (const char c : lines) {
    out += c;
    if (c == '\n') out += "  ";
  }
  return out;
}

// The option of a verb that an unknown one was probably meant to be.
std::string nearest_option(const VerbArguments& arguments, std::string_view unknown) {
  std::vector<std::string> names;
  for (const OptionItem& item : arguments.items()) {
    if (!item.positional) names.insert(names.end(), item.names.begin(), item.names.end());
  }
  const auto near = nearest_name(unknown.substr(0, unknown.find('=')), names);
  return near ? fmt::format("did you mean {}?", *near) : std::string();
}

}  // namespace

struct CommandLine::Parser {
  CLI::App app{"Sourced, typed knowledge graphs from tables and other sources.", "dossier"};
  std::vector<CLI::App*> verbs;  // in the order of the verbs
};

CommandLine::CommandLine() : parser_(std::make_unique<Parser>()) {
  CLI::App& app = parser_->app;
  app.set_version_flag("--version", std::string("dossier ") + program_version());
  app.get_formatter()->column_width(32);
  app.get_formatter()->label("SUBCOMMAND", "VERB");
  app.get_formatter()->label("REQUIRED", "(required)");
  app.set_help_flag("-h,--help", "this text, or that of a verb");
  app.footer(
      "Exit codes: 0 clean, 1 the data has findings, 2 the run could not be done,\n"
      "64 wrong usage, 70 a bug of ours. `dossier VERB --help` has examples.");
  for (const Verb& verb : all_verbs()) {
    Entry& entry = *verbs_.emplace_back(std::make_unique<Entry>());
    entry.verb = &verb;
    entry.run = verb.declare(entry.arguments);
    add_common_options(entry.arguments, common_, verb.options);
    CLI::App* const sub = app.add_subcommand(std::string(verb.name), std::string(verb.summary));
    sub->group("Verbs");
    sub->footer(fmt::format("Examples:\n{}", indented(verb.examples)));
    for (const OptionItem& item : entry.arguments.items()) declare(*sub, item);
    parser_->verbs.push_back(sub);
  }
}

CommandLine::~CommandLine() = default;

std::vector<OptionItem> CommandLine::Entry::items() const {
  std::vector<OptionItem> out = arguments.items();
  OptionItem help;
  help.names = {"-h", "--help"};
  help.description = "what the verb does, with examples";
  out.push_back(std::move(help));
  return out;
}

std::string CommandLine::help() const {
  return parser_->app.help();
}

CommandLine::Parsed CommandLine::wrong(const std::string& verb, const std::string& message) const {
  Parsed parsed;
  parsed.text = verb.empty() ? message : fmt::format("{}: {}", verb, message);
  parsed.hint = fmt::format("try: dossier {}--help", verb.empty() ? "" : verb + " ");
  for (std::size_t i = 0; i < verbs_.size(); ++i) {
    const std::vector<std::string> extras = parser_->verbs[i]->remaining();
    if (verbs_[i]->verb->name != verb || extras.empty()) continue;
    const std::string& first = extras.front();
    if (!first.starts_with("-")) {
      parsed.text = fmt::format("{}: unexpected argument \"{}\"", verb, first);
      continue;
    }
    parsed.text = fmt::format("{}: there is no option {}", verb, first);
    const std::string near = nearest_option(verbs_[i]->arguments, first);
    if (!near.empty()) parsed.hint = near;
  }
  return parsed;
}

CommandLine::Parsed CommandLine::parse(int argc, const char* const* argv) {
  const std::string first = argc > 1 ? argv[1] : "";
  const std::string verb = find_verb(first) != nullptr ? first : "";
  if (verb.empty() && !first.starts_with("-")) {
    std::vector<std::string_view> names;
    for (const Verb& each : all_verbs()) names.push_back(each.name);
    const auto near = nearest_name(first, names);
    return {What::wrong_usage, nullptr, fmt::format("there is no verb \"{}\"", first),
            near ? fmt::format("did you mean: dossier {}", *near)
                 : fmt::format("verbs are {}", fmt::join(names, ", "))};
  }
  try {
    parser_->app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return {What::text, nullptr, parser_->app.help(), {}};
  } catch (const CLI::CallForVersion& version) {
    return {What::text, nullptr, std::string(version.what()) + "\n", {}};
  } catch (const CLI::ParseError& error) {
    return wrong(verb, error.what());
  }
  for (std::size_t i = 0; i < verbs_.size(); ++i) {
    if (parser_->verbs[i]->parsed()) return {What::run, verbs_[i].get(), {}, {}};
  }
  return {What::wrong_usage, nullptr, "a verb is wanted", "try: dossier --help"};
}

}  // namespace dossier
