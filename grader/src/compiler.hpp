// grader / compiler.hpp: one C++ compiler, run under limits.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "sandbox/sandbox.hpp"

namespace grader {

struct CompilerRun {
  bool ok = false;
  std::string log;  // the compiler's words, at most 64 kB
  double seconds = 0;
};

class Compiler {
 public:
  /// Asks the program for its version (compiler_answers.hpp). Throws InfrastructureError if it is not
  /// there.
  explicit Compiler(const std::string& program);

  bool is_clang() const { return clang_; }
  /// Changes whenever another compiler would be used: a part of each cache key.
  const std::string& identity() const { return identity_; }

  /// Runs it with these arguments: 120 s of CPU time, 3 GB and a clean environment.
  CompilerRun run(const std::vector<std::string>& arguments) const { return run(arguments, {}, {}); }

  /// The same in a box: what it reads is a stranger's.
  CompilerRun run(const std::vector<std::string>& arguments, const Sandbox&, Box) const;

 private:
  std::string program_, identity_;
  bool clang_ = false;
};

/// Is there such a compiler, and does it find a C++20 standard library? (clang++ on a machine with
/// two versions of gcc may not.)
bool compiles_cpp20(const std::string& program);

/// For tests, where seconds count: clang++ if it is there and works, since it builds them twice as
/// fast (earlier_modules.hpp); otherwise g++. Sanitized tests are g++'s where both are there:
/// clang's runtime is a package of its own.
std::string test_compiler(bool sanitize = false);

}  // namespace grader
