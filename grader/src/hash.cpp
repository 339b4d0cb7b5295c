#include "hash.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstdint>

#include "course.hpp"

namespace grader {
namespace {

void must(bool ok) {
  if (!ok) throw InfrastructureError("OpenSSL cannot compute SHA-256 on this machine");
}

}  // namespace

void ContentHash::Free::operator()(evp_md_ctx_st* state) const { EVP_MD_CTX_free(state); }

ContentHash::ContentHash() : state_(EVP_MD_CTX_new()) {
  must(state_ && EVP_DigestInit_ex(state_.get(), EVP_sha256(), nullptr) == 1);
}

ContentHash& ContentHash::add(std::string_view text) {
  const std::uint64_t size = text.size();
  must(EVP_DigestUpdate(state_.get(), &size, sizeof size) == 1);
  must(EVP_DigestUpdate(state_.get(), text.data(), text.size()) == 1);
  return *this;
}

std::string ContentHash::hex() const {
  const std::unique_ptr<evp_md_ctx_st, Free> copy(EVP_MD_CTX_new());
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  must(copy && EVP_MD_CTX_copy_ex(copy.get(), state_.get()) == 1 &&
       EVP_DigestFinal_ex(copy.get(), bytes.data(), nullptr) == 1);
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < 20; ++i) {
    text += digits[bytes[i] >> 4];
    text += digits[bytes[i] & 15];
  }
  return text;
}

std::string content_hash(std::string_view text) { return ContentHash().add(text).hex(); }

}  // namespace grader
