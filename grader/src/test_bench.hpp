// grader / test_bench.hpp: what all test programs share, made once per compiler and profile.
//
// The bench is Catch2's main, the recorder (tests/support/recorder.cpp) and a precompiled header of
// the standard library and Catch2 (tests/support/pch.hpp): with it a test source costs a fraction
// of a second, not two. With clang the header's inline functions are compiled once as well, to an
// object that is linked to each program.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "compiler.hpp"
#include "course.hpp"
#include "object_cache.hpp"
#include "profiles.hpp"

namespace grader {

struct TestBench {
  std::string key;  // content of all that went in
  std::vector<std::string>
      compile_flags;  // the first two name the precompiled header
  std::vector<std::string> code_flags;   // of a precompiled header's code (clang)
  std::vector<std::string> link_inputs;  // recorder and libraries
};

/// Makes what is not in the cache yet. Throws InfrastructureError with the compiler's words if that
/// fails.
TestBench prepare_bench(const Course&, const Compiler&, const Profile&, const ObjectCache&,
                        int jobs);

/// clang's flags for a precompiled header whose inline functions go to an object of their own
/// (`-c header.pch -o header.o`): what includes it leaves them out. g++ has nothing like it.
std::vector<std::string> precompiled_with_code();

}  // namespace grader
