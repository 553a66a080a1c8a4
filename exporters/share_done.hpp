// How far a file is, for those who wait for it.
#pragma once

#include <functional>

namespace dossier {

// Told a share from 0 to 1 a few times a second to a few thousand times, by one thread at a time;
// may be empty. Work that was begun counts as done, so it runs a few chunks ahead of the output.
using ShareDone = std::function<void(double)>;

}  // namespace dossier
