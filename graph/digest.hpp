// Digests in hexadecimal, over OpenSSL's libcrypto. One Digester a thread; about 0.3
// microseconds for a short text.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace dossier {

enum class DigestKind : unsigned char { md5, sha1, sha256, sha384, sha512 };

class Digester {
 public:
  explicit Digester(DigestKind kind);
  ~Digester();
  Digester(const Digester&) = delete;
  Digester& operator=(const Digester&) = delete;

  // Of one text: lower-case digits.
  std::string hex(std::string_view bytes);

  // Of a text in pieces: `add` them, then `finish`, which is ready for the next text.
  void add(std::string_view bytes);
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dossier
