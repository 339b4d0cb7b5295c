// grader / integrity.hpp: a result that nobody can alter without its being noticed.
//
// HMAC-SHA256 over the canonical JSON: keys sorted, no white space, the field "integrity" left out.
// Whoever has the key can make any result, so it belongs to the instructor's machine only: never
// into a submission, the course, or a workflow that students can edit.
#pragma once
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace grader {

struct Key {
  std::string bytes;
  std::string id;  // the first 16 hex digits of the SHA-256 of the bytes
};

/// Reads a key file: regular, ours, of mode 0600 or stricter, at least 32 bytes, and neither in the
/// course nor in a submission. Throws UsageError that says which of these does not hold.
Key read_key(const std::filesystem::path&);

/// The text that is signed.
std::string canonical_json(nlohmann::json result);

/// Sets result["integrity"]. Throws UsageError if it is there already and does not hold: signing
/// again would make an altered result a good one.
void sign_result(nlohmann::json& result, const Key&);

enum class Verdict { good, altered, other_key, not_signed };
Verdict verify_result(const nlohmann::json& result, const Key&);

}  // namespace grader
