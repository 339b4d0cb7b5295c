#include "shown_names.hpp"

namespace grader {
namespace fs = std::filesystem;

fs::path shown_name(const Course& course, const fs::path& folder) {
  const fs::path below_root = fs::absolute(folder).lexically_relative(course.root);
  const std::string first = below_root.empty() ? "" : below_root.begin()->string();
  if (first == "modules" || first == "solutions") return below_root;
  return fs::path("modules") / folder.filename();
}

std::vector<std::string> short_names(const Course& course, const Compiler& compiler,
                                     const Overlay& overlay) {
  std::vector<std::string> flags;
  if (compiler.is_clang())
    flags.push_back("-ffile-compilation-dir=.");  // else it puts our folder before each
  const auto map = [&](const fs::path& folder, const fs::path& name) {
    flags.push_back("-ffile-prefix-map=" + folder.string() + "=" + name.string());
  };
  map(course.root / "tests", "tests");
  map(course.root / "modules" / "support", "modules/support");
  for (const auto& [id, folder] : overlay.folder)
    map(fs::absolute(folder), shown_name(course, folder));
  return flags;
}

}  // namespace grader
