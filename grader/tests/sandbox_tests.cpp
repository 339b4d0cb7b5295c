// The walls themselves: what a program finds inside, and how its end is told.
#include "sandbox/sandbox.hpp"

#include <signal.h>

#include "course.hpp"
#include "files.hpp"
#include "scratch.hpp"
#include "tt_catch.hpp"

using namespace grader;
namespace fs = std::filesystem;

namespace {

Sandbox strongest() {
  return Sandbox::strongest(fs::path(TINYTORCH_ROOT) / "solutions/01_tensor/shape.hpp", GRADER);
}

ProcessResult run(const Sandbox& sandbox, const std::string& script, Box box = {}) {
  ProcessSpec spec;
  spec.arguments = {"sh", "-c", script};
  spec.environment = minimal_environment();
  spec.wall_seconds = 20;
  spec.memory_bytes = 256 << 20;
  spec.file_bytes = 1 << 20;
  spec.cpu_seconds = 2;
  spec.record_pipe = true;
  return sandbox.run(spec, box);
}

}  // namespace

TEST_CASE("sandbox: without walls a program is just run") {
  const ProcessResult result = run(Sandbox(), "echo out; echo record >&3; exit 3");
  CHECK(result.exit_code == 3);
  CHECK(result.out == "out\n");
  CHECK(result.record == "record\n");
}

TEST_CASE("sandbox: the strongest level runs a program, and the course is not there") {
  const Sandbox sandbox = strongest();
  INFO(sandbox.detail());
  if (sandbox.level() < Confinement::partial) {
    WARN("skipped: no sandbox on this machine: " << sandbox.detail());
    return;
  }
  CHECK(run(sandbox, "echo record >&3; exit 5").exit_code == 5);
  CHECK(run(sandbox, "echo record >&3").record == "record\n");
  CHECK(run(sandbox, "cat " TINYTORCH_ROOT "/README.md").exit_code != 0);
  CHECK(run(sandbox, "cat /etc/passwd").out.empty());
  CHECK(run(sandbox, "id -u").out != "0\n");
  Box box;
  box.readable = {fs::path(TINYTORCH_ROOT) / "modules" / "course.json"};
  CHECK(run(sandbox, "head -c 1 " TINYTORCH_ROOT "/modules/course.json", box).out == "{");
}

TEST_CASE("sandbox: what is written stays where it may be") {
  const Sandbox sandbox = strongest();
  if (sandbox.level() < Confinement::partial) return;
  const ScratchFolder folder(TEST_FOLDER, "box");
  sandbox.give(folder.path());
  Box box;
  box.writable = folder.path();
  run(sandbox, "echo in > " + (folder.path() / "file").string() + "; echo out > /usr/file", box);
  CHECK(read_text(folder.path() / "file") == "in\n");
  CHECK_FALSE(fs::exists("/usr/file"));
}

TEST_CASE("sandbox: a signal is told as one") {
  const Sandbox sandbox = strongest();
  if (sandbox.level() < Confinement::partial) return;
  const ProcessResult result = run(sandbox, "kill -SEGV $$");
  CHECK(result.signal == SIGSEGV);
}

TEST_CASE("sandbox: a program that speaks like bubblewrap is not taken for it") {
  const Sandbox sandbox = strongest();
  if (sandbox.level() != Confinement::full) return;
  const ProcessResult result = run(sandbox, "echo 'bwrap: no' >&2; exit 1");
  CHECK(result.exit_code == 1);
  Box box;
  box.readable = {"/there/is/no/such/folder"};
  CHECK_THROWS_AS(run(sandbox, "true", box), InfrastructureError);
}

TEST_CASE("sandbox: names of the levels") {
  CHECK(to_string(Confinement::none) == "none");
  CHECK(to_string(Confinement::full) == "full");
}
