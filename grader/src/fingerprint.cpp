#include "fingerprint.hpp"

#include <algorithm>

#include "compiler.hpp"
#include "files.hpp"
#include "hash.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

/// Names and texts of all files below a folder.
void add_folder(ContentHash& hash, const fs::path& root, const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code none;  // a course without such a folder has none of its files
  for (const auto& entry : fs::recursive_directory_iterator(root / folder, none)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files)
    hash.add(file.lexically_relative(root).generic_string()).add(read_text(file));
}

/// Which compiler that is; nothing if it is not there, which is told when it is needed.
std::string compiler_identity(const std::string& told) {
  try {
    return Compiler(told.empty() ? test_compiler() : told).identity();
  } catch (const InfrastructureError&) {
    return "";
  }
}

}  // namespace

std::string fingerprint(const Course& course, const GradeOptions& options,
                        const fs::path& program) {
  ContentHash hash;
  hash.add(read_text(course.root / "modules" / "course.json"));
  hash.add(read_text(course.root / "cmake" / "profiles.json"));
  for (const char* folder : {"modules/support", "solutions", "grader/observe", "tests/support",
                             "tests/pedagogy", "tests/regression"}) {
    add_folder(hash, course.root, folder);
  }
  hash.add(read_text(program)).add(compiler_identity(options.session.compiler));
  hash.add(options.modules).add(options.official ? "official" : "formative");
  hash.add(options.key)
      .add(std::to_string(options.case_seconds))
      .add(to_string(options.sandbox.level()));
  for (const std::string& suite : options.session.suites) hash.add(suite);
  return hash.hex();
}

}  // namespace grader
