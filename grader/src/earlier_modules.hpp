// grader / earlier_modules.hpp: the modules before the one under test, compiled once.
//
// While a student edits a module, those before it stand still. clang can precompile their headers,
// code and all, on top of the bench's header; then a test source costs what the edited module and
// the test itself cost. (g++ gains nothing from it: it is emitting their functions that takes its
// time, and it would emit them again.)
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "compiler.hpp"
#include "course.hpp"
#include "object_cache.hpp"
#include "overlay.hpp"
#include "test_bench.hpp"

namespace grader {

struct EarlierModules {
  std::string precompiled;  // takes the place of the bench's header
  std::string code;         // to be linked
};

/// Of the modules before `last`. `flags` are those of the test sources. Nothing if there are none,
/// if the compiler is g++, or if they do not compile: then each source says so itself.
std::optional<EarlierModules> prepare_earlier(const Course&, const Compiler&, const TestBench&,
                                              const ObjectCache&, const Overlay&,
                                              const Module& last,
                                              const std::vector<std::string>& flags);

}  // namespace grader
