#include "submission.hpp"

#include "files.hpp"
#include "process.hpp"
#include "sync.hpp"

namespace tito {
namespace fs = std::filesystem;

std::vector<fs::path> submitted_files(const grader::Course& course) {
  std::vector<fs::path> files;
  for (const grader::Module* module : course.available()) {
    for (const grader::GeneratedFile& file : skeletons(course, *module)) {
      const fs::path path = fs::path("modules") / module->id / file.name;
      if (!fs::is_regular_file(course.root / path)) {
        throw grader::UsageError(path.generic_string() + " is missing; tito reset " +
                                 module->id.substr(0, 2) + " brings back what was given");
      }
      files.push_back(path);
    }
  }
  return files;
}

void write_submission(const grader::Course& course, const fs::path& archive) {
  const fs::path partial = archive.string() + ".partial";
  grader::ProcessSpec spec;
  // Neither times nor owners: who hands in the same files twice hands in the same archive.
  spec.arguments = {grader::find_program("tar").string(),
                    "--create",
                    "--use-compress-program=gzip -n",
                    "--file=" + partial.string(),
                    "--sort=name",
                    "--mtime=@0",
                    "--owner=0",
                    "--group=0",
                    "--numeric-owner",
                    "--mode=0644",
                    "--dereference",
                    "--"};
  for (const fs::path& file : submitted_files(course)) spec.arguments.push_back(file.string());
  spec.environment = grader::minimal_environment();
  spec.folder = course.root;
  spec.wall_seconds = 60;
  const grader::ProcessResult run = run_process(spec);
  if (!run.ok()) {
    std::error_code ignored;
    fs::remove(partial, ignored);
    throw grader::InfrastructureError(archive.string() + ": tar cannot write it: " + run.err);
  }
  fs::rename(partial, archive);
}

}  // namespace tito
