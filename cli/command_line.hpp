// The command line: all verbs with all their options, and the parser over them. CLI11 stands in
// command_line.cpp only, which is why it is wrapped: it takes seconds to compile.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace dossier {

class CommandLine {
 public:
  struct Entry {
    const Verb* verb = nullptr;
    VerbArguments arguments;  // the common ones last
    RunVerb run;

    // What the parser takes: the arguments, and --help.
    std::vector<OptionItem> items() const;
  };

  CommandLine();
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  const std::vector<std::unique_ptr<Entry>>& verbs() const { return verbs_; }
  const CommonOptions& common() const { return common_; }

  enum class What : unsigned char { run, text, wrong_usage };
  struct Parsed {
    What what = What::wrong_usage;
    const Entry* entry = nullptr;  // run
    std::string text;              // for stdout; or what is wrong
    std::string hint;
  };
  Parsed parse(int argc, const char* const* argv);

  std::string help() const;

 private:
  struct Parser;

  Parsed wrong(const std::string& verb, const std::string& message) const;

  CommonOptions common_;
  std::vector<std::unique_ptr<Entry>> verbs_;
  std::unique_ptr<Parser> parser_;
};

}  // namespace dossier
