// What is handed to JPlag, Dolos and MOSS: only what students wrote, under no name of theirs.
#include "plagiarism.hpp"

#include <sys/stat.h>

#include "export/csv_read.hpp"
#include "files.hpp"
#include "mini_course.hpp"
#include "own_code.hpp"
#include "process.hpp"
#include "sync.hpp"
#include "tt_catch.hpp"

using namespace tt_test;

namespace {

const std::string skeleton = "/// Doubles.\n"
                             "inline int twice(int x) {\n"
                             "  // TODO(01.1): add.\n"
                             "  todo(\"01.1\", \"twice\");\n"
                             "}\n"
                             "\n"
                             "inline int half(int x) {\n"
                             "  todo(\"01.2\", \"half\");\n"
                             "}\n";

/// The files below a folder, relative, sorted.
std::vector<std::string> files_below(const fs::path& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file())
      files.push_back(entry.path().lexically_relative(folder).generic_string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

struct Fixture {
  MiniCourse mini;
  fs::path submissions = mini.root() / "submissions";
  fs::path out = mini.root() / "plagiarism", mapping = mini.root() / "plagiarism.mapping.csv";

  Fixture() {
    fs::remove_all(submissions);
    mini.submission("alice.smith");
    mini.submission("bob");
    skeleton_tree(mini.load(), mini.submission("carol"));
    fs::create_directories(submissions / "dave");  // handed in nothing
    write(submissions / "erin.zip", "no archive");
    const fs::path own = submissions / "alice.smith" / "modules" / "01_box" / "box.hpp";
    std::string text = grader::read_text(own);
    const std::string body = "return x + x;";
    text.replace(text.find(body), body.size(), "int y = x;  // by Alice Smith\n  return y + y;");
    write(own, text);
  }
  grader::PlagiarismExport run(const std::string& modules = "01") {
    return export_for_plagiarism(mini.load(), {submissions, out, {}, modules});
  }
};

}  // namespace

TEST_CASE("own code: nothing was written") {
  CHECK(grader::own_code(skeleton, skeleton).empty());
  CHECK(grader::own_code("", skeleton).empty());
  CHECK(grader::own_code("// my notes, and a comment on\n" + skeleton, skeleton).empty());
}

TEST_CASE("own code: each place in a function of its own, helpers as they are") {
  const std::string mine = "inline int helper(int a) { return a; }  // mine\n"
                           "inline int twice(int x) {\n"
                           "  if (x == 0) {\n"
                           "    return 0;\n"
                           "  }\n"
                           "  return helper(x) + x;\n"
                           "}\n"
                           "inline int half(int x) {\n"
                           "    todo(\"01.2\", \"half\");\n"
                           "}\n";
  CHECK(grader::own_code(mine, skeleton) == "inline int helper(int a) { return a; }\n"
                                            "void blank_01_1() {\n"
                                            "  if (x == 0) {\n"
                                            "    return 0;\n"
                                            "  }\n"
                                            "  return helper(x) + x;\n"
                                            "}\n");
}

TEST_CASE("own code: of the reference, exactly the regions are left") {
  const MiniCourse mini;
  const grader::Course course = mini.load();
  const grader::Module& module = course.module("01");
  const auto sources = read_solution(course, module);
  const auto given = skeletons(course, module);
  REQUIRE(sources.size() == 1);
  std::string expected;
  for (const grader::Region& region : sources[0].regions) {
    expected += "void blank_" + region.id.substr(0, 2) + "_" + region.id.substr(3) + "() {\n" +
                grader::without_comments(grader::join_lines(region.lines)) + "}\n";
  }
  CHECK(grader::own_code(sources[0].text, given[0].text) == expected);
}

TEST_CASE("without comments: only comments go") {
  using grader::without_comments;
  CHECK(without_comments("a;  // x\n\n\n  /* y\n z */ b;\r\n") == "a;\n    b;\n");
  CHECK(without_comments("a; // x \\\n still x\nb;\n") == "a;\nb;\n");
  CHECK(without_comments("s = \"// no \\\" /* no */\";\n") == "s = \"// no \\\" /* no */\";\n");
  CHECK(without_comments("c = '\"'; // yes\n") == "c = '\"';\n");
  CHECK(without_comments("c = '\\''; // yes\n") == "c = '\\'';\n");
  CHECK(without_comments("n = 1'000; // yes '\n") == "n = 1'000;\n");
  CHECK(without_comments("r = R\"x(// \")\" no )x\"; // yes\n") == "r = R\"x(// \")\" no )x\";\n");
  CHECK(without_comments("r = u8R\"(//)\"; // yes\n") == "r = u8R\"(//)\";\n");
  CHECK(without_comments("a /* never ends") == "a\n");
  CHECK(without_comments("a \"never ends\n// x\n") == "a \"never ends\n");
  CHECK(without_comments("// x\\").empty());
}

TEST_CASE("own code: a huge header costs memory and time in bounds") {
  std::string huge;
  for (int i = 0; i < 300'000; ++i) huge += ";\n";
  CHECK(grader::own_code(huge, skeleton).size() < 100'000);
}

TEST_CASE("plagiarism export: layout, pseudonyms, and who is left out") {
  Fixture fixture;
  const auto result = fixture.run();
  CHECK(result.students == 2);
  REQUIRE(result.left_out.size() == 3);
  CHECK(result.left_out[0] == "carol: 01_box: nothing was written");
  CHECK_THAT(result.left_out[1], contains("dave: "));
  CHECK_THAT(result.left_out[2], contains("erin: "));

  const auto rows = grader::parse_csv(grader::read_text(fixture.mapping));
  REQUIRE(rows.size() == 3);
  CHECK(rows[0] == std::vector<std::string>{"pseudonym", "id"});
  std::map<std::string, std::string> pseudonym;
  for (const auto& row : rows) pseudonym[row[1]] = row[0];
  struct stat info {};
  REQUIRE(stat(fixture.mapping.c_str(), &info) == 0);
  CHECK((info.st_mode & 07777) == 0600);

  const std::string alice = pseudonym.at("alice.smith"), bob = pseudonym.at("bob");
  std::vector<std::string> expected = {"01_box/info.csv", "01_box/known/reference/01_box.hpp",
                                       "01_box/submissions/" + alice + "/01_box.hpp",
                                       "01_box/submissions/" + bob + "/01_box.hpp"};
  std::sort(expected.begin(), expected.end());
  CHECK(files_below(fixture.out) == expected);

  const auto list = grader::parse_csv(grader::read_text(fixture.out / "01_box" / "info.csv"));
  REQUIRE(list.size() == 4);
  CHECK(list[0] == std::vector<std::string>{"filename", "label"});
  for (std::size_t i = 1; i < list.size(); ++i)
    CHECK(fs::is_regular_file(fixture.out / "01_box" / list[i][0]));

  const std::string code =
      grader::read_text(fixture.out / "01_box" / "submissions" / alice / "01_box.hpp");
  CHECK_THAT(code, contains("int y = x;\n") && contains("void blank_01_1() {"));
  CHECK_THAT(code, !contains("#pragma") && !contains("namespace") && !contains("TODO"));
  for (const std::string& file : files_below(fixture.out)) {
    const std::string text = file + grader::read_text(fixture.out / file);
    for (const char* name : {"alice", "Alice", "smith", "bob"}) CHECK_THAT(text, !contains(name));
  }
}

TEST_CASE("plagiarism export: a student keeps the pseudonym, an export is not mixed with another") {
  Fixture fixture;
  fixture.run();
  const std::string before = grader::read_text(fixture.mapping);
  CHECK_THROWS_WITH(fixture.run(), contains("an earlier export"));
  fixture.run("02");
  CHECK(grader::read_text(fixture.mapping) == before);
  CHECK(fs::exists(fixture.out / "02_lid" / "info.csv"));
  CHECK_THROWS_WITH(export_for_plagiarism(fixture.mini.load(),
                                          {fixture.submissions, fixture.mini.root() / "other",
                                           fixture.mini.root() / "other/in/map.csv", "01"}),
                    contains("outside of"));
  CHECK_FALSE(fs::exists(fixture.mini.root() / "other"));
}

TEST_CASE("the grader program: plagiarism-export prints what to run, and runs nothing") {
  const Fixture fixture;
  grader::ProcessSpec spec;
  spec.arguments = {GRADER,          "plagiarism-export", "--course", fixture.mini.root(),
                    "--out",         fixture.out,         "--module", "01",
                    "--submissions", fixture.submissions};
  spec.environment = grader::minimal_environment();
  const auto result = run_process(spec);
  CHECK(result.exit_code == 0);
  CHECK_THAT(result.out, contains("java -jar jplag.jar") && contains("dolos run") &&
                             contains("moss -l cc") && contains("Nothing was sent"));
  CHECK(run_process(spec).exit_code == 2);
}

TEST_CASE("CSV is read as it is written") {
  using grader::parse_csv;
  using Rows = std::vector<std::vector<std::string>>;
  CHECK(parse_csv("\xef\xbb\xbfid,name\r\n1,\"a \"\"b\"\", c\"\r\n\r\n2,\n") ==
        Rows{{"id", "name"}, {"1", "a \"b\", c"}, {"2", ""}});
  CHECK(parse_csv("a,\"b\nc\"") == Rows{{"a", "b\nc"}});
  CHECK(parse_csv("").empty());
  CHECK_THROWS_WITH(parse_csv("a\nb,\"c\n\n"), contains("line 2"));
}
