// tito / test_screen.hpp: the outcome of one module's tests, from the blanks to the next step.
#pragma once
#include "context.hpp"
#include "report.hpp"

namespace tito {

/// A result that replaces the one at hand when it says more: the same case run under a sanitizer.
using LookCloser = std::function<grader::TestResult(const grader::TestResult&)>;

/// Table of blanks, first failure in full, others one line each, next step, time. `solution`: it is
/// about the reference, so there is no next step.
void show_module(const Context&, const grader::Module&, const grader::ModuleResult&, bool solution,
                 const LookCloser&);

/// One line on the reference: a run of one blank says nothing of the others.
std::string reference_verdict(const ModuleReport&, const grader::ModuleResult&);

/// "next   01.3  offset_of   modules/01_tensor/shape.hpp:58", and how to get help.
void show_next(const Context&, const grader::Module&, const ModuleReport&);

/// "modules/01_tensor/shape.hpp:58" of a blank in the student's tree; the folder if nothing marks
/// it.
std::string blank_place(const Context&, const grader::Module&, const std::string& blank_id);

}  // namespace tito
