// grader / verdict.hpp: from what a process did and recorded to one status and its words.
#pragma once
#include <filesystem>

#include "process.hpp"
#include "record.hpp"
#include "runner.hpp"

namespace grader {

/// Fills everything of the result but `test`. A pass needs: it began, it ended, it asserted,
/// nothing failed, it left nothing behind, and the process said 0.
TestResult judge(const std::filesystem::path& executable, const Limits&, const ProcessResult&,
                 const Record&);

}  // namespace grader
