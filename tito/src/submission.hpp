// tito / submission.hpp: what a student hands in: the headers of modules/ and nothing else.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "context.hpp"

namespace tito {

/// The headers that the course gave this student to edit, as paths below the repository. One that is
/// missing is a UsageError: the grader could not compile without it.
std::vector<std::filesystem::path> submitted_files(const grader::Course&);

/// Writes them to a .tar.gz, which is there whole or not at all. Equal files give equal archives.
void write_submission(const grader::Course&, const std::filesystem::path& archive);

}  // namespace tito
