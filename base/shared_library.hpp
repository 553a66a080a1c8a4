// A C library that is loaded when the first input needs it: reading a CSV file must not pay for a
// database client (libpq with what it pulls in costs every start of the program 5 ms), nor need it
// installed. A wrapper keeps a struct of function pointers, declared from the library's own header:
//
//   struct Api { decltype(&::PQfinish) finish; };
//   const auto pq = SharedLibrary::open("libpq.so.5", "libpq5");
//   if (!pq->find(api.finish, "PQfinish")) return pq->incomplete();
//
// Libraries stay loaded until the program ends. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.hpp"

namespace dossier {

class SharedLibrary {
 public:
  // `package` is what a person installs. Error: library_missing.
  static Expected<SharedLibrary> open(const char* file_name, std::string_view package);

  // False when the library has no such function.
  template <class Function>
  bool find(Function& function, const char* name) const {
    function = reinterpret_cast<Function>(symbol(name));
    return function != nullptr;
  }

  // What `open` gives for a library that is too old: it has not all functions.
  std::unexpected<Error> incomplete() const;

 private:
  SharedLibrary(void* handle, std::string file_name, std::string package)
      : handle_(handle), file_name_(std::move(file_name)), package_(std::move(package)) {}
  void* symbol(const char* name) const;

  void* handle_;
  std::string file_name_;
  std::string package_;
};

}  // namespace dossier
