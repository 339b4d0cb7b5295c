// grader / earlier_modules.hpp: the modules before the one under test, compiled once.
//
// While a student edits a module, those before it stand still, and so does the given code. clang
// can precompile their headers, code and all, on top of the bench's header; then a test source
// costs what the edited module and the test itself cost. (g++ gains nothing from it: it is emitting
// their functions that takes its time, and it would emit them again. One precompiled header a
// module, each on top of the one before, would be cheaper still; clang 14 crashes on such chains.)
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "compiler.hpp"
#include "course.hpp"
#include "object_cache.hpp"
#include "overlay.hpp"
#include "test_bench.hpp"

namespace grader {

class EarlierModules {
 public:
  /// Those before `last`, and the given code that `last` includes. Compiles nothing yet. `flags`:
  /// how it is to be compiled, without paths.
  EarlierModules(const Course&, const Compiler&, const TestBench&, const ObjectCache&,
                 const Overlay&, const Module& last, const std::vector<std::string>& flags);

  /// With nothing to precompile, or with g++, this is no use.
  bool is_empty() const { return text_.empty(); }

  /// What the code depends on: content, not places.
  const std::string& key() const { return key_; }

  /// Makes what is not in the cache. False if a module does not compile: then each test source says
  /// so itself.
  bool make() const;

  std::string precompiled() const { return precompiled_.string(); }  // replaces the bench's header
  std::string code() const { return code_.string(); }                // to be linked

 private:
  bool make_precompiled() const;

  const Course& course_;
  const Compiler& compiler_;
  const TestBench& bench_;
  const ObjectCache& cache_;
  Overlay overlay_;
  std::vector<std::string> flags_;
  std::string text_, key_;
  std::filesystem::path header_, precompiled_, code_;
};

}  // namespace grader
