// Gives the memory of a container back. `container = {}` would not: it assigns an empty list and
// keeps what the container has reserved.
#pragma once

namespace dossier {

template <class Container>
void release(Container& container) noexcept {
  Container().swap(container);
}

}  // namespace dossier
