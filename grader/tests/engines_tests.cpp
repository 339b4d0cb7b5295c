// The scripts in grader/engines, with a grader that only notes that it was called: who is marked,
// who is marked again, and when there is a result.
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "files.hpp"
#include "mini_course.hpp"
#include "process.hpp"
#include "tt_catch.hpp"

using namespace tt_test;
using grader::read_text;

namespace {

const fs::path engines = fs::path(TINYTORCH_ROOT) / "grader" / "engines";

/// `run` writes a result and ends with the number in SUBMISSION/code; `export` writes what it was
/// asked for.
const char* const stub = R"sh(#!/bin/sh
what=$1
while [ $# -gt 0 ]; do
  case $1 in
    --submission) submission=$2 ;; --json) out=$2 ;; --from) from=$2 ;; --format) format=$2 ;; --out) out=$2 ;;
    --policy) policy=$2 ;;
  esac
  shift
done
if [ "$what" = export ]; then echo "$format of $(cat "$from")" >"$out"; exit; fi
basename -- "$submission" >>"$CALLS"
[ -z "$policy" ] || echo "$policy" >>"$CALLS"
echo "::notice::words of a student"
echo '{"complete": true}' >"$out"
exit "$(cat "$submission/code")"
)sh";

/// A folder with submissions/, the grader that is called, and the list of its calls.
class Workshop {
 public:
  Workshop() : root_(fs::path(TEST_FOLDER) / "engines") {
    fs::remove_all(root_);
    write(root_ / "grader", stub);
    fs::permissions(root_ / "grader", fs::perms::owner_all);
    calls();
  }

  const fs::path& root() const { return root_; }
  fs::path out() const { return root_ / "out"; }
  fs::path submissions() const { return root_ / "submissions"; }

  /// A submission whose marking ends with this exit code.
  fs::path submission(const std::string& name, int code) const {
    write(submissions() / name / "code", std::to_string(code) + "\n");
    return submissions() / name;
  }

  grader::ProcessResult run(std::vector<std::string> arguments,
                            std::vector<std::string> environment = {}) const {
    grader::ProcessSpec spec;
    spec.arguments = std::move(arguments);
    spec.environment = grader::minimal_environment();
    for (const std::string& variable :
         {"GRADER=" + (root_ / "grader").string(), "CALLS=" + (root_ / "calls").string(),
          "HOME=" + root_.string()})
      environment.push_back(variable);
    spec.environment.insert(spec.environment.end(), environment.begin(), environment.end());
    spec.folder = root_;
    return grader::run_process(spec);
  }

  /// Whom the grader was asked to mark since the last question, sorted.
  std::string calls() const {
    std::vector<std::string> names;
    if (fs::exists(root_ / "calls")) names = grader::split_lines(read_text(root_ / "calls"));
    std::sort(names.begin(), names.end());
    write(root_ / "calls", "");
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : " ") + name;
    return all;
  }

  bool has_mark(const std::string& name) const { return fs::exists(out() / (name + ".json")); }

 private:
  fs::path root_;
};

/// A program that not everybody has; a build machine must.
bool there(const std::string& program) {
  const bool found = !grader::find_program(program).empty();
  if (!found) WARN(program << " is not installed: a test is left out");
  CHECK((found || std::getenv("CI") == nullptr));
  return found;
}

}  // namespace

TEST_CASE("engines: a mark is a success, whatever the mark; what is no mark is a failure") {
  const Workshop shop;
  const auto grade = [&](const std::string& name, int code) {
    return shop.run({engines / "grade_one", shop.submission(name, code), shop.out()}).exit_code;
  };
  CHECK(grade("perfect", 0) == 0);
  CHECK(grade("short", 1) == 0);
  CHECK(grade("usage", 2) == 2);
  CHECK(grade("machine", 3) == 3);
  CHECK(shop.has_mark("perfect"));
  CHECK(shop.has_mark("short"));
  CHECK_FALSE(shop.has_mark("usage"));
  CHECK_FALSE(shop.has_mark("machine"));
  CHECK(fs::exists(shop.out() / "machine.json.part"));
  CHECK(grade("perfect", 3) == 3);  // the mark of yesterday is not the mark of today
  CHECK_FALSE(shop.has_mark("perfect"));
  const auto words = shop.run({engines / "grade_one", shop.submission("quiet", 0), shop.out()});
  CHECK(words.out.empty());  // no line of a student reaches the log of an engine
  CHECK_THAT(read_text(shop.out() / "quiet.log"), contains("::notice::"));
  CHECK(shop.run({engines / "grade_one", "alone"}).exit_code == 2);

  shop.calls();
  CHECK(shop.run({engines / "grade_one", shop.submission("quiet", 0), shop.out()},
                 {"GRADER_OPTIONS=--policy official --jobs 1"})
            .ok());
  CHECK(shop.calls() == "official quiet");
}

TEST_CASE("engines: a result is named after its submission") {
  const Workshop shop;
  for (const auto& [name, result] : std::vector<std::pair<std::string, std::string>>{
           {"alice.zip", "alice"},
           {"bob.tar.gz", "bob"},
           {"carol.tgz", "carol"},
           {"dave.tar", "dave"},
           {"eve.v1.0", "eve.v1.0"},
           {"-rf", "-rf"},
           {"Li $(touch x) 'n'", "Li $(touch x) 'n'"}}) {
    INFO(name);
    CHECK(shop.run({engines / "grade_one", shop.submission(name, 0), shop.out()}).ok());
    CHECK(shop.has_mark(result));
  }
  CHECK_FALSE(fs::exists(shop.root() / "x"));
}

TEST_CASE("engines: the list has everybody, once, or there is none") {
  const Workshop shop;
  const auto list = [&] { return shop.run({engines / "list_submissions", shop.submissions()}); };
  CHECK(list().exit_code == 2);  // no such folder
  fs::create_directories(shop.submissions());
  CHECK(list().exit_code == 2);  // an empty one
  const std::string folder = shop.submissions().string();
  shop.submission("bob", 0);
  shop.submission(".git", 0);
  write(shop.submissions() / "alice.zip", "");
  write(shop.submissions() / "carol.rar", "");  // what is wrong with it, her result says
  CHECK(list().out == folder + "/alice.zip\n" + folder + "/bob\n" + folder + "/carol.rar\n");
  SECTION("two for one name") {
    write(shop.submissions() / "bob.tar.gz", "");
    CHECK_THAT(list().err, contains("several for " + folder + "/bob"));
    CHECK(list().out.empty());
  }
  SECTION("a link") {
    fs::create_symlink("/etc", shop.submissions() / "eve");
    CHECK(list().exit_code == 2);
  }
  SECTION("a name of two lines") {
    write(shop.submissions() / "a\nb.zip", "");
    CHECK(list().exit_code == 2);
  }
}

TEST_CASE(
    "engines: a shard marks its part, goes on after a failure, and leaves out what has a mark") {
  const Workshop shop;
  for (const char* name : {"a", "b c", "d", "e", "f"}) shop.submission(name, 0);
  shop.submission("b c", 3);
  write(shop.root() / "list", shop.run({engines / "list_submissions", shop.submissions()}).out);
  const auto shard = [&](const std::string& index) {
    return shop.run({engines / "grade_shard", shop.root() / "list", index, "3", shop.out()})
        .exit_code;
  };
  CHECK(shard("0") == 1);
  CHECK(shop.calls() == "a b c d");
  CHECK(shard("1") == 0);
  CHECK(shop.calls() == "e f");
  CHECK(shard("2") == 2);  // there is no such part
  shop.submission("b c", 1);
  CHECK(shard("0") == 0);
  CHECK(shop.calls() == "b c");
  CHECK(shop.has_mark("b c"));
}

TEST_CASE("engines: a Slurm task marks the twenty of its number") {
  const Workshop shop;
  std::string list;
  for (int i = 10; i < 35; ++i) list += shop.submission("s" + std::to_string(i), 0).string() + "\n";
  write(shop.root() / "list", list);
  const auto task = [&](const std::string& index) {
    return shop
        .run({engines / "slurm/grade_array.sbatch", "list", shop.out()},
             {"SLURM_SUBMIT_DIR=" + shop.root().string(), "SLURM_ARRAY_TASK_ID=" + index,
              "TINYTORCH=" TINYTORCH_ROOT})
        .exit_code;
  };
  CHECK(task("1") == 0);
  CHECK(shop.calls() == "s30 s31 s32 s33 s34");
  CHECK(task("0") == 0);
  CHECK(grader::split_lines(list).size() == 25);
  CHECK(std::distance(fs::directory_iterator(shop.out()), fs::directory_iterator()) == 2 * 25);
}

TEST_CASE("engines: GNU parallel runs again exactly what failed") {
  if (!there("parallel")) return;
  const Workshop shop;
  const auto grade_all = [&] {
    return shop.run({engines / "parallel/grade_all", shop.submissions(), shop.root() / "my out",
                     "--jobs", "2", "--will-cite"});
  };
  for (const char* name : {"a", "b", "c d", "e'", "$HOME"}) shop.submission(name, 1);
  shop.submission("b", 3);
  shop.submission("c d", 2);
  CHECK(grade_all().exit_code == 2);  // so many failed
  CHECK(shop.calls() == "$HOME a b c d e'");
  CHECK(fs::exists(shop.root() / "my out" / "$HOME.json"));
  CHECK_FALSE(fs::exists(shop.root() / "my out" / "b.json"));

  shop.submission("b", 0);
  CHECK(grade_all().exit_code == 1);
  CHECK(shop.calls() == "b c d");
  shop.submission("c d", 1);
  CHECK(grade_all().exit_code == 0);
  CHECK(shop.calls() == "c d");
  CHECK(grade_all().exit_code == 0);
  CHECK(shop.calls().empty());
}

TEST_CASE("engines: GNU parallel goes on where it was killed") {
  if (!there("parallel")) return;
  const Workshop shop;
  for (const char* name : {"a", "b", "c", "d"}) shop.submission(name, 0);
  // The second one kills parallel from within, as a machine that is switched off would.
  const std::string killer = "#!/bin/sh\ncase $3 in *b) [ -e armed ] && rm armed && "
                             "kill -9 $(cut -d ' ' -f 4 /proc/$PPID/stat) && exit 9 ;; esac\n";
  write(shop.root() / "real", read_text(shop.root() / "grader"));
  fs::permissions(shop.root() / "real", fs::perms::owner_all);
  write(shop.root() / "grader", killer + "exec ./real \"$@\"\n");
  write(shop.root() / "armed", "");
  const auto grade_all = [&] {
    return shop.run({engines / "parallel/grade_all", shop.submissions(), shop.out(), "--jobs", "1",
                     "--will-cite"});
  };
  CHECK_FALSE(grade_all().ok());
  CHECK_FALSE(fs::exists(shop.root() / "armed"));
  CHECK_FALSE(shop.has_mark("c"));
  shop.calls();
  CHECK(grade_all().ok());
  CHECK(shop.calls() == "b c d");
  for (const char* name : {"a", "b", "c", "d"}) CHECK(shop.has_mark(name));
}

TEST_CASE("engines: the Gradescope zip, unpacked and run") {
  if (!there("git")) return;
  const Workshop shop;
  const fs::path course = shop.root() / "course", root = shop.root() / "autograder";
  fs::create_directories(course / "grader");
  fs::copy(engines, course / "grader" / "engines", fs::copy_options::recursive);
  const std::vector<std::string> names = {"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b.c",
                                          "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b.c"};
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"init", "-q"}, {"add", "."}, {"commit", "-q", "-m", "all"}}) {
    std::vector<std::string> git = {"git", "-C", course};
    git.insert(git.end(), words.begin(), words.end());
    REQUIRE(shop.run(git, names).ok());
  }
  REQUIRE(shop.run({course / "grader/engines/gradescope/make_zip", "autograder.zip"}).ok());

  // As Gradescope does: the zip in source, the student's files in submission.
  fs::create_directories(root / "source");
  fs::create_directories(root / "results");
  REQUIRE(shop.run({"cmake", "-E", "chdir", root / "source", "cmake", "-E", "tar", "xf",
                    shop.root() / "autograder.zip"})
              .ok());
  for (const char* file : {"setup.sh", "run_autograder", "course/grader/engines/grade_one"})
    CHECK(access((root / "source" / file).c_str(), X_OK) == 0);

  const std::string user(grader::trim(shop.run({"id", "-un"}).out));
  const auto autograde = [&](int code) {
    write(root / "submission" / "code", std::to_string(code));
    return shop.run({root / "source" / "run_autograder"},
                    {"AUTOGRADER_ROOT=" + root.string(), "AUTOGRADER_USER=" + user});
  };
  CHECK(autograde(1).exit_code == 0);
  CHECK(read_text(root / "results/results.json") == "gradescope of {\"complete\": true}\n");
  CHECK(shop.calls() == "submission");
  fs::remove(root / "results/results.json");
  const auto failed = autograde(3);
  CHECK(failed.exit_code == 3);  // Gradescope shows an error of the autograder, not a zero
  CHECK_THAT(failed.err, contains("no mark for submission"));
  CHECK_FALSE(fs::exists(root / "results/results.json"));
}

TEST_CASE("engines: Classroom 50 gets a result.json, or a failure") {
  const Workshop shop;
  const auto autograde = [&](int code) {
    write(shop.root() / "code", std::to_string(code));
    return shop.run({engines / "classroom50/autograde"}, {"COURSE=" TINYTORCH_ROOT}).exit_code;
  };
  CHECK(autograde(1) == 0);
  CHECK(read_text(shop.root() / "result.json") == "classroom50 of {\"complete\": true}\n");
  fs::remove(shop.root() / "result.json");
  CHECK(autograde(3) == 3);
  CHECK_FALSE(fs::exists(shop.root() / "result.json"));
}

TEST_CASE("engines: shellcheck finds nothing") {
  if (!there("shellcheck")) return;
  std::vector<std::string> command = {"shellcheck"};
  for (const auto& entry : fs::recursive_directory_iterator(engines)) {
    if (entry.is_regular_file() && read_text(entry.path()).compare(0, 2, "#!") == 0)
      command.push_back(entry.path());
  }
  CHECK(command.size() == 1 + 9);
  const auto result = Workshop().run(command);
  CHECK(result.out == "");
  CHECK(result.ok());
}
