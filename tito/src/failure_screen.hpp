// tito / failure_screen.hpp: one failing test, or one compile error, told in full.
#pragma once
#include "context.hpp"

namespace tito {

/// What the test is about, what came of it, where, and where help is. `misconception`: what was
/// thought by others who failed in exactly this way; empty if nothing is known.
void show_failure(const Context&, const grader::TestResult&, const std::string& misconception = "");

/// "slice: crashed".
std::string failure_title(const grader::TestResult&);

/// The same in one line, for a list of the other failures.
void show_failure_line(const Context&, const grader::TestResult&);

/// The first error of the compiler, in the student's file, in plain words.
void show_compile_error(const Context&, const grader::Module&, const grader::ModuleResult&);

}  // namespace tito
