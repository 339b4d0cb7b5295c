// tito / grader_proof.hpp: the grader as an instructor starts it, on a perfect and on an empty
// submission.
#pragma once
#include <filesystem>

#include "course.hpp"
#include "problems.hpp"

namespace tito {

/// `grader run` gives every point to the solutions and exits with 0; none to the skeletons, every
/// graded test `todo`, and exits with 1. `work`: a folder for the two submissions and their
/// reports.
Problems prove_grader(const grader::Course&, const std::filesystem::path& grader,
                      const std::filesystem::path& work);

}  // namespace tito
