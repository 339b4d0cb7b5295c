#include "testing.hpp"

#include <cstdlib>
#include <optional>

#include "compiler.hpp"
#include "files.hpp"
#include "hash.hpp"
#include "json_output.hpp"
#include "process.hpp"
#include "sync.hpp"

namespace tito {
namespace fs = std::filesystem;
using grader::Module;
using grader::Status;
namespace {

/// Everything that the verdict on a module depends on: its sources and those below it, the tests,
/// our tools.
fs::path report_file(const Context& context, const Module& module) {
  const fs::path& root = context.course.root;
  grader::ContentHash hash;
  hash.add(overlay_hash(context.course, context.student(), module));
  hash.add(grader::read_text(root / "modules" / "course.json"));
  hash.add(grader::read_text(root / "cmake" / "profiles.json"));
  const auto add_files = [&](const fs::path& folder, const std::string& prefix) {
    for (const char* extension : {".cpp", ".hpp"}) {
      for (const fs::path& file : grader::list_files(folder, extension)) {
        if (!file.filename().string().starts_with(prefix)) continue;
        hash.add(file.filename().string()).add(grader::read_text(file));
      }
    }
  };
  add_files(root / "tests" / "pedagogy" / module.id, "");
  add_files(root / "tests" / "regression", module.id.substr(0, 2) + "_");
  add_files(root / "tests" / "support", "");
  std::error_code error;
  for (const fs::path& program :
       {grader::find_program(grader::test_compiler()), context.tool("tito")}) {
    const auto changed = fs::last_write_time(program, error).time_since_epoch().count();
    hash.add(program.string()).add(std::to_string(changed));
  }
  return context.build() / "reports" / (module.id + "-" + hash.hex() + ".json");
}

/// A test that ran out of time may do better on a quieter machine: such a report is not kept.
bool worth_remembering(const grader::ModuleResult& result) {
  for (const grader::TestResult& test : result.tests) {
    if (test.status == Status::timeout || test.status == Status::memory ||
        test.status == Status::not_run || test.status == Status::infra_error) {
      return false;
    }
  }
  return true;
}

std::optional<ModuleReport> remembered_report(const fs::path& file) {
  if (!fs::exists(file)) return std::nullopt;
  try {
    return parse_report(grader::read_text(file));
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

void remember(const Context& context, const Module& module, const grader::ModuleResult& result) {
  if (!worth_remembering(result)) return;
  const fs::path file = report_file(context, module);
  fs::create_directories(file.parent_path());
  for (const fs::path& older : grader::list_files(file.parent_path(), ".json")) {
    if (older != file && older.filename().string().starts_with(module.id)) fs::remove(older);
  }
  grader::write_atomically(file, report_text(report_of(module, result)));
}

}  // namespace

std::string default_compiler() {
  return grader::find_program("g++").empty() && !grader::find_program("clang++").empty() ? "clang++"
                                                                                         : "g++";
}

grader::ModuleResult test_module(const Context& context, const Module& module,
                                 const TestRequest& request) {
  grader::SessionOptions options;
  options.compiler = request.compiler;
  options.sanitize = request.sanitize;
  options.everything_double = request.everything_double;
  options.jobs = job_count();
  options.only = request.only;
  // An endless loop computes; a test that only waits for its turn on a busy machine does not.
  options.limits.wall_seconds = 4 * options.limits.cpu_seconds;
  options.limits.hurry = true;
  options.together_seconds = request.sanitize ? 30 : 5;  // a module's tests take one to three
  const char* seed = std::getenv("TT_SEED");  // of tests/support/seeds.hpp: one case again
  if (seed != nullptr) options.environment.push_back(std::string("TT_SEED=") + seed);
  int seen = 0;
  options.on_result = [&](const grader::TestResult&) {
    context.screen.progress("  testing " + module.id + "   " + count_of(++seen, "test"));
  };
  context.screen.progress("  building the tests of " + module.id + " ...");
  grader::ModuleResult result =
      run_module(context.course, module, context.code(request.solution), options);
  context.screen.end_progress();
  const bool plain = !request.solution && !request.sanitize && !request.everything_double &&
                     request.compiler.empty() && !request.only && seed == nullptr;
  if (plain) remember(context, module, result);
  return result;
}

ModuleReport current_report(const Context& context, const Module& module) {
  if (is_untouched(context.course, module, context.course.student_dir(module)))
    return untouched_report(module);
  if (auto known = remembered_report(report_file(context, module))) return *known;
  return report_of(module, test_module(context, module, {}));
}

const Module& current_module(const Context& context) {
  const auto modules = context.course.available();
  if (modules.empty())
    throw grader::UsageError("modules/course.json: every module is planned, none is there");
  for (const Module* module : modules) {
    if (!current_report(context, *module).core_passed) return *module;
  }
  return *modules.back();
}

bool is_untouched(const grader::Course& course, const Module& module, const fs::path& module_dir) {
  for (const grader::GeneratedFile& file : skeletons(course, module)) {
    const fs::path mine = module_dir / file.name;
    if (!fs::exists(mine) || grader::read_text(mine) != file.text) return false;
  }
  return !module.blanks.empty();
}

}  // namespace tito
