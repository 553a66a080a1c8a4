#include "graph/digest.hpp"

#include <new>
#include <openssl/evp.h>

namespace dossier {

struct Digester::State {
  EVP_MD* method = nullptr;
  EVP_MD_CTX* context = nullptr;

  ~State() {
    EVP_MD_CTX_free(context);
    EVP_MD_free(method);
  }
  void begin() const {
    // Fails only without memory: the method was fetched.
    if (EVP_DigestInit_ex(context, method, nullptr) != 1) throw std::bad_alloc();
  }
};

Digester::Digester(DigestKind kind) : state_(std::make_unique<State>()) {
  static constexpr const char* kNames[] = {"MD5", "SHA1", "SHA256", "SHA384", "SHA512"};
  state_->method = EVP_MD_fetch(nullptr, kNames[static_cast<std::size_t>(kind)], nullptr);
  state_->context = EVP_MD_CTX_new();
  if (state_->method == nullptr || state_->context == nullptr) throw std::bad_alloc();
  state_->begin();
}

Digester::~Digester() = default;

void Digester::add(std::string_view bytes) {
  EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
}

std::string Digester::finish() {
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_DigestFinal_ex(state_->context, bytes, &size);
  state_->begin();
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(std::size_t{size} * 2);
  for (unsigned i = 0; i < size; ++i) {
    hex.push_back(kDigits[bytes[i] >> 4]);
    hex.push_back(kDigits[bytes[i] & 15]);
  }
  return hex;
}

std::string Digester::hex(std::string_view bytes) {
  add(bytes);
  return finish();
}

}  // namespace dossier
