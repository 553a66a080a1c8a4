#include "cli/manual.hpp"

#include <fmt/format.h>

#include "cli/command_line.hpp"
#include "cli/version.hpp"

namespace dossier {
namespace {

// Text that roff must not read as a request, an escape or a hyphen.
std::string roff(std::string_view text) {
  std::string out;
  bool at_line_start = true;
  for (const char c : text) {
    if (at_line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    at_line_start = c == '\n';
  }
  return out;
}

std::string heading(const OptionItem& item) {
  std::string out = fmt::format("{}", fmt::join(item.names, ", "));
  if (!item.value.empty()) out += (out.empty() ? "" : " ") + item.value;
  return out;
}

}  // namespace

std::string manual_page(const CommandLine& line) {
  std::string out = fmt::format(".TH DOSSIER 1 \"\" \"dossier {}\"\n", program_version());
  out += ".SH NAME\ndossier \\- sourced, typed knowledge graphs from tables and other sources\n";
  out += ".SH SYNOPSIS\n.B dossier\n.I VERB\n[options] [arguments]\n.SH VERBS\n";
  for (std::size_t i = 0; i < line.verbs().size(); ++i) {
    const Verb& verb = *line.verbs()[i]->verb;
    out += fmt::format(".SS {}\n{}.\n", verb.name, roff(verb.summary));
    for (const OptionItem& item : line.verbs()[i]->items()) {
      out += fmt::format(".TP\n.B {}\n{}\n", roff(heading(item)), roff(item.description));
    }
    out += fmt::format(".PP\nExamples:\n.PP\n.nf\n{}\n.fi\n", roff(verb.examples));
  }
  out += ".SH EXIT STATUS\n";
  for (const auto& [code, text] :
       {std::pair(0, "clean"), std::pair(1, "the data has findings at or above --fail-on"),
        std::pair(2, "the run could not be done; the message says why"),
        std::pair(64, "wrong usage"), std::pair(70, "a bug of dossier")}) {
    out += fmt::format(".TP\n.B {}\n{}\n", code, roff(text));
  }
  return out;
}

}  // namespace dossier
