// grader / test_bench.hpp: what all test programs share, made once per compiler and profile.
//
// The bench is Catch2's main, the recorder (tests/support/recorder.cpp) and a precompiled header of
// the standard library and Catch2 (tests/support/pch.hpp): with it a test source costs a fraction
// of a second, not two.
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
      compile_flags;  // first: the precompiled header must come before anything else
  std::vector<std::string> link_inputs;  // recorder and libraries
};

/// Makes what is not in the cache yet. Throws InfrastructureError with the compiler's words if that
/// fails.
TestBench prepare_bench(const Course&, const Compiler&, const Profile&, const ObjectCache&,
                        int jobs);

}  // namespace grader
