// The version of the program, from CMakeLists.txt.
#pragma once

namespace dossier {

const char* program_version();

}  // namespace dossier
