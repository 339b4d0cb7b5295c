// grader / fingerprint.hpp: by what a result was made, so that an old one is not taken for a new one.
#pragma once
#include <string>

#include "course.hpp"
#include "grade.hpp"

namespace grader {

/// Of the course, its tests and observations, the grader's program, the compiler, and all options
/// that a mark may depend on. The same submission with the same fingerprint gets the same result.
std::string fingerprint(const Course&, const GradeOptions&, const std::filesystem::path& program);

}  // namespace grader
