#include "context.hpp"

#include <cstdlib>
#include <thread>

#include "process.hpp"

namespace tito {
namespace fs = std::filesystem;

std::string Context::shown(const fs::path& path) const {
  const fs::path relative = path.lexically_relative(course.root);
  const bool inside = !relative.empty() && *relative.begin() != "..";
  return (inside ? relative : path).generic_string();
}

fs::path find_root() {
  if (const char* given = std::getenv("TINYTORCH_ROOT")) return fs::absolute(given);
  for (fs::path at = fs::read_symlink("/proc/self/exe").parent_path();; at = at.parent_path()) {
    if (fs::exists(at / "modules" / "course.json")) return at;
    if (at == at.parent_path()) break;
  }
  throw grader::UsageError(
      "no modules/course.json above this program; start tito as ./tito/tito in the repository");
}

std::string find_command(const fs::path& root) {
  std::error_code error;
  const fs::path launcher = root / "tito" / "tito";
  if (fs::equivalent(grader::find_program("tito"), launcher, error)) return "tito";
  const char* typed = std::getenv("TITO_TYPED");
  return typed != nullptr && std::string(typed).size() <= 24 ? typed : "./tito/tito";
}

int job_count() {
  const unsigned n = std::thread::hardware_concurrency();
  return n == 0 ? 2 : static_cast<int>(n);
}

}  // namespace tito
