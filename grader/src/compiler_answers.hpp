// grader / compiler_answers.hpp: what was asked of a compiler, asked once.
//
// A compiler that only tells its version takes an eighth of a second, which is much of the time
// between an edit and its verdict. Its answers hold until the program or the standard library changes.
#pragma once
#include <filesystem>
#include <functional>
#include <string>

namespace grader {

/// From now on answers are kept in this folder too, for the next process. Without it, in memory only.
void keep_compiler_answers(const std::filesystem::path& folder);

/// The answer to `question` about the compiler `program`: as known, or `ask()`. What throws is asked
/// again. A file that cannot be read or written is no error.
std::string compiler_answer(const std::filesystem::path& program, const std::string& question,
                            const std::function<std::string()>& ask);

}  // namespace grader
