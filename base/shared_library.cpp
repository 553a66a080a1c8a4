#include "base/shared_library.hpp"

#include <dlfcn.h>

#include <fmt/format.h>

#include "base/codes/files.hpp"

namespace dossier {

Expected<SharedLibrary> SharedLibrary::open(const char* file_name, std::string_view package) {
  void* const handle = ::dlopen(file_name, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    return fail(code::library_missing, {},
                fmt::format("{} is needed for this and cannot be loaded", file_name),
                fmt::format("install the package {}", package));
  }
  return SharedLibrary(handle, file_name, std::string(package));
}

std::unexpected<Error> SharedLibrary::incomplete() const {
  return fail(code::library_missing, {}, fmt::format("{} is too old", file_name_),
              fmt::format("install a newer {}", package_));
}

void* SharedLibrary::symbol(const char* name) const {
  return ::dlsym(handle_, name);
}

}  // namespace dossier
