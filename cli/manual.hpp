// The manual page dossier(1), made from the table of options.
#pragma once

#include <string>

namespace dossier {

class CommandLine;

// roff with the man macros.
std::string manual_page(const CommandLine& line);

}  // namespace dossier
