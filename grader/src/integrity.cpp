#include "integrity.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cctype>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "course.hpp"
#include "hash.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;
constexpr std::size_t least_bytes = 32, most_bytes = 4096;

[[noreturn]] void refuse(const fs::path& file, const std::string& expects, const std::string& got,
                         const std::string& hint) {
  throw UsageError("key file " + file.generic_string() + ": expects " + expects + ", got " + got +
                   "\n  hint: " + hint);
}

/// modules/NN_name below a folder makes it a course or a submission.
bool is_course_like(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator it(folder / "modules", error), end; !error && it != end;
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name.size() > 3 && std::isdigit(static_cast<unsigned char>(name[0])) != 0 &&
        std::isdigit(static_cast<unsigned char>(name[1])) != 0 && name[2] == '_')
      return true;
  }
  return false;
}

void refuse_place(const fs::path& file) {
  for (fs::path folder = fs::canonical(file).parent_path();; folder = folder.parent_path()) {
    if (is_course_like(folder)) {
      refuse(file, "a place outside of courses and submissions", "one in " + folder.string(),
             "what lies there is committed, copied, or read by students' code");
    }
    if (folder == folder.parent_path()) return;
  }
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

std::string octal(mode_t mode) {
  char text[8];
  std::snprintf(text, sizeof text, "%04o", static_cast<unsigned>(mode & 07777));
  return text;
}

/// Reads through the descriptor that was looked at, so that no other file can take its place.
std::string read_key_bytes(const fs::path& file) {
  const Descriptor fd(open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (fd.get() < 0) {
    const std::string why = errno == ELOOP ? "a link" : std::strerror(errno);
    refuse(file, "a regular file", why, "name the file itself");
  }
  struct stat info {};
  if (fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode))
    refuse(file, "a regular file", "something else", "name the file itself");
  if ((info.st_mode & 07177) != 0)
    refuse(file, "mode 0600 or stricter", octal(info.st_mode), "chmod 600 " + file.string());
  if (info.st_uid != geteuid())
    refuse(file, "a file of yours", "one of another user", "run as its owner");
  std::string bytes(most_bytes + 1, '\0');
  std::size_t size = 0;
  for (ssize_t n = 1; n > 0 && size < bytes.size();) {
    n = read(fd.get(), bytes.data() + size, bytes.size() - size);
    if (n > 0) size += static_cast<std::size_t>(n);
  }
  if (size < least_bytes || size > most_bytes) {
    refuse(file, "32 to 4096 bytes", size > most_bytes ? "more" : std::to_string(size),
           "(umask 077; openssl rand -hex 32 > " + file.string() + ")");
  }
  bytes.resize(size);
  return bytes;
}

std::string mac_of(const json& result, const Key& key) {
  return hmac_sha256(key.bytes, canonical_json(result));
}

std::string word(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

}  // namespace

Key read_key(const fs::path& file) {
  Key key{read_key_bytes(file), ""};
  refuse_place(file);
  key.id = sha256(key.bytes).substr(0, 16);
  return key;
}

std::string canonical_json(json result) {
  result.erase("integrity");
  return result.dump();  // nlohmann's objects are sorted maps
}

void sign_result(json& result, const Key& key) {
  if (!result.is_object() || word(result, "schema") != "tinytorch.progress/1")
    throw UsageError("sign: expects a result of schema tinytorch.progress/1, got something else");
  const Verdict verdict = verify_result(result, key);
  if (verdict == Verdict::good) return;
  if (verdict != Verdict::not_signed) {
    throw UsageError(
        "sign: expects a result without a signature, got one whose signature does not hold\n"
        "  hint: it was altered, or signed with another key; grade the submission again");
  }
  const std::string mac = mac_of(result, key);
  result["integrity"] = {{"alg", "HMAC-SHA256"}, {"key_id", key.id}, {"mac", mac}};
}

Verdict verify_result(const json& result, const Key& key) {
  if (!result.is_object() || !result.contains("integrity")) return Verdict::not_signed;
  const json& integrity = result["integrity"];
  if (!integrity.is_object() || integrity.size() != 3 || word(integrity, "alg") != "HMAC-SHA256")
    return Verdict::altered;
  if (word(integrity, "key_id") != key.id) return Verdict::other_key;
  const std::string expected = mac_of(result, key), found = word(integrity, "mac");
  const bool equal = expected.size() == found.size() &&
                     CRYPTO_memcmp(expected.data(), found.data(), expected.size()) == 0;
  return equal ? Verdict::good : Verdict::altered;
}

}  // namespace grader
