// grader / misconceptions.hpp: a failure that others had before, in words.
//
// tests/mutants holds wrong solutions with the thought behind each. tests/mutants/signatures.json
// says which of its blank's tests fail on each of them, and how; `tito dev mutants --signatures` writes it.
// Whoever fails in exactly the same way probably thought the same, and is told.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "runner.hpp"

namespace grader {

/// How the tests of one blank come out.
struct Signature {
  int tests = 0;                              // of the blank
  std::map<std::string, std::string> failed;  // name -> "fail 3f2a91c0": status and values, hashed

  /// Values were compared: a crash or an endless loop alone could be anybody's.
  bool tells_something() const;
  bool operator==(const Signature&) const = default;
};

/// Of the tests of `blank` among `results`. Empty if one of them was not run to its end, such as
/// one that does not compile or waits for another blank.
Signature signature_of(const std::vector<TestResult>& results, const std::string& blank);

struct Misconception {
  std::string blank;
  std::vector<std::string> mutants;  // files in tests/mutants, without ".hpp"
  std::string sentence;
  Signature signature;
};

std::filesystem::path signatures_file(const std::filesystem::path& root);

/// None if there is no such file. Throws UsageError if it cannot be read.
std::vector<Misconception> read_misconceptions(const std::filesystem::path& root);
std::string misconceptions_text(const std::vector<Misconception>&);

/// The sentence for this blank's failures; empty if they are nobody's.
std::string misconception_of(const std::vector<Misconception>&,
                             const std::vector<TestResult>& results, const std::string& blank);

}  // namespace grader
