// Starting and ending programs, and the text that comes out of them.
#include <signal.h>
#include <unistd.h>

#include <thread>

#include "course.hpp"
#include "files.hpp"
#include "mini_course.hpp"
#include "process.hpp"
#include "progress.hpp"
#include "text.hpp"
#include "tt_catch.hpp"

using grader::ProcessSpec;
using namespace tt_test;

namespace {

ProcessSpec shell(const std::string& command) {
  ProcessSpec spec;
  spec.arguments = {"sh", "-c", command};
  spec.environment = grader::minimal_environment();
  spec.wall_seconds = 10;
  return spec;
}

}  // namespace

TEST_CASE("process: exit code, both outputs and the third pipe") {
  ProcessSpec spec = shell("echo out; echo err >&2; echo record >&3; exit 7");
  spec.record_pipe = true;
  const auto result = grader::run_process(spec);
  CHECK(result.exit_code == 7);
  CHECK(result.out == "out\n");
  CHECK(result.err == "err\n");
  CHECK(result.record == "record\n");
  CHECK_FALSE(result.left_processes);
}

TEST_CASE("process: nothing is inherited but what is given") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);  // without close-on-exec, as a careless library would
  setenv("TT_PLANTED", "secret", 1);
  const auto result = grader::run_process(shell("ls /proc/self/fd | wc -l; env; cat"));
  close(ends[0]);
  close(ends[1]);
  CHECK(result.out.substr(0, 2) == "4\n");  // 0, 1, 2 and the one that ls opens
  CHECK(result.out.find("TT_PLANTED") == std::string::npos);
  CHECK(result.out.find("HOME") == std::string::npos);
}

TEST_CASE("process: the deadline ends it and all that it started") {
  ProcessSpec spec = shell("sleep 60 & echo $!; sleep 60");
  spec.wall_seconds = 0.3;
  const auto result = grader::run_process(spec);
  CHECK(result.timed_out);
  CHECK(result.wall_seconds < 3);
  const int child = std::stoi(result.out);
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  CHECK((kill(child, 0) != 0 ||
         grader::read_text("/proc/" + std::to_string(child) + "/stat").find(") Z") !=
             std::string::npos));
}

TEST_CASE("process: a fair deadline counts computing, but does not wait for a sleeper") {
  ProcessSpec spec = shell("exec sleep 60");
  spec.fair_deadline = true;
  spec.wall_seconds = 0.5;
  CHECK(grader::run_process(spec).wall_seconds < 2);
  spec = shell("while :; do :; done");
  spec.fair_deadline = true;
  spec.wall_seconds = 0.5;
  const auto busy = grader::run_process(spec);
  CHECK(busy.timed_out);
  CHECK(busy.wall_seconds < 5);
  CHECK(busy.cpu_seconds > 0.3);
}

TEST_CASE(
    "process: a child that outlives it is noticed and ended, and its open pipe does not hold us up") {
  const auto result = grader::run_process(shell("sleep 60 & exit 0"));
  CHECK(result.left_processes);
  CHECK(result.wall_seconds < 3);
}

TEST_CASE("process: a flood is cut, not stored") {
  ProcessSpec spec = shell("head -c 50000000 /dev/zero");
  spec.output_bytes = 1000;
  const auto result = grader::run_process(spec);
  CHECK(result.ok());
  CHECK(result.out.size() == 1000);
  CHECK(result.output_cut);
}

TEST_CASE("process: limits of CPU time, memory and file size") {
  ProcessSpec spec = shell("while :; do :; done");
  spec.cpu_seconds = 1;
  CHECK(grader::run_process(spec).signal == SIGXCPU);
  spec = shell("head -c 5000000 /dev/zero > big");
  spec.folder = fs::path(TEST_FOLDER);
  spec.file_bytes = 1000;
  CHECK_FALSE(grader::run_process(spec).ok());
  CHECK(fs::file_size(fs::path(TEST_FOLDER) / "big") == 1000);
  fs::remove(fs::path(TEST_FOLDER) / "big");
}

TEST_CASE("process: a stack of its own size, so that a deep recursion ends the same everywhere") {
  ProcessSpec spec = shell("ulimit -s");
  spec.stack_bytes = 4 << 20;
  CHECK(grader::run_process(spec).out == "4096\n");
}

TEST_CASE("process: a program that is not there, or is none, is our problem") {
  ProcessSpec spec = shell("");
  spec.arguments = {"no-such-program-anywhere"};
  CHECK_THROWS_AS(grader::run_process(spec), grader::InfrastructureError);
  const fs::path nonsense = fs::path(TEST_FOLDER) / "nonsense";
  write(nonsense, "\x7f"
                  "ELF but not really");
  fs::permissions(nonsense, fs::perms::owner_all);
  spec.arguments = {nonsense.string()};
  CHECK_THROWS_AS(grader::run_process(spec), grader::InfrastructureError);
}

TEST_CASE("text: control characters and broken UTF-8 are replaced, good text stays") {
  using grader::clean_text;
  CHECK(clean_text("plain\ttext\n", 100) == "plain\ttext\n");
  CHECK(clean_text("\x1b[31mred", 100) == "?[31mred");
  CHECK(clean_text("caf\xc3\xa9 \xe2\x82\xac", 100) == "caf\xc3\xa9 \xe2\x82\xac");
  CHECK(clean_text("a\xff"
                   "b\xc3",
                   100) == "a?b?");
  CHECK(clean_text("\xe2\x80\xae"
                   "abc",
                   100) == "???abc");  // a mark that turns the direction of writing
  CHECK(clean_text("\xc0\xaf\xed\xa0\x80", 100) == "?????");  // overlong, surrogate
  CHECK(clean_text("line\r\nnext", 100) == "line\nnext");
  CHECK(clean_text("abcdef", 3) == "abc\n... (cut)");
  CHECK(clean_text(std::string("a\0b", 3), 100) == "a?b");
}

TEST_CASE("text: sizes and times as a person says them") {
  CHECK(grader::human_bytes(1) == "1 byte");
  CHECK(grader::human_bytes(1000) == "1000 bytes");
  CHECK(grader::human_bytes(2ull << 30) == "2.0 GB");
  CHECK(grader::human_seconds(10) == "10 s");
  CHECK(grader::human_seconds(0.25) == "0.25 s");
}

TEST_CASE("a file is replaced whole or not at all") {
  const fs::path file = fs::path(TEST_FOLDER) / "atomic" / "report.json";
  fs::remove_all(file.parent_path());
  grader::write_atomically(file, "first");
  grader::write_atomically(file, "second");
  CHECK(grader::read_text(file) == "second");
  CHECK(std::distance(fs::directory_iterator(file.parent_path()), fs::directory_iterator()) == 1);
  fs::remove(file);
  fs::create_directories(file);  // cannot be replaced
  write(file / "inside", "");
  CHECK_THROWS_AS(grader::write_atomically(file, "third"), grader::InfrastructureError);
  CHECK(std::distance(fs::directory_iterator(file.parent_path()), fs::directory_iterator()) == 1);
}
