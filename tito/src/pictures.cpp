#include "pictures.hpp"

#include "process.hpp"
#include "programs.hpp"

namespace tito {
namespace fs = std::filesystem;

fs::path picture_source(const grader::Course& course, const grader::Module& module) {
  const fs::path source = course.root / "tests" / "pictures" / (module.id + ".cpp");
  return fs::exists(source) ? source : fs::path();
}

PictureOutcome draw_picture(const Context& context, const grader::Module& module, bool solution,
                            bool quiet) {
  const fs::path source = picture_source(context.course, module);
  const fs::path out = context.build() / "pictures" / (solution ? "reference" : "");
  const fs::path program = build_program(context, source, solution, "release", module.id);
  if (program.empty()) return {};
  fs::create_directories(out);
  const std::vector<std::string> arguments = {program, "--out", out};
  if (!quiet) return {run_here(arguments) == 0, ""};
  grader::ProcessSpec spec;
  spec.arguments = arguments;
  spec.environment = grader::minimal_environment();
  spec.wall_seconds = 300;
  const grader::ProcessResult run = run_process(spec);
  return {run.ok(), run.out + run.err};
}

}  // namespace tito
