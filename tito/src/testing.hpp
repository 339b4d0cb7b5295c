// tito / testing.hpp: a module's tests on the student's (or the reference) code, and what is known
// of them.
#pragma once
#include <filesystem>
#include <string>

#include "context.hpp"
#include "report.hpp"

namespace tito {

struct TestRequest {
  bool solution = false;
  bool sanitize = false;
  bool everything_double = false;
  std::string compiler;  // empty: grader::test_compiler()
  std::function<bool(const grader::TestCase&)> only;
};

/// For programs: g++ if it is there, otherwise clang++.
std::string default_compiler();

/// Builds and runs, with a progress line on a terminal. Remembers the report by the content it is
/// about.
grader::ModuleResult test_module(const Context&, const grader::Module&, const TestRequest&);

/// What the tests say of the student's module as it is now: remembered if exactly these sources
/// were tested before, otherwise tested now.
ModuleReport current_report(const Context&, const grader::Module&);

/// The module that `tito test` means: the first that is not done, or the last.
const grader::Module& current_module(const Context&);

/// Do its headers still say word for word what the skeletons say?
bool is_untouched(const grader::Course&, const grader::Module&,
                  const std::filesystem::path& module_dir);

}  // namespace tito
