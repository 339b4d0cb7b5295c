// What compilers were asked: once, until the program changes; and never an error of its own.
#include "compiler_answers.hpp"

#include <chrono>

#include "files.hpp"
#include "tt_catch.hpp"

namespace fs = std::filesystem;
using grader::compiler_answer;

TEST_CASE("compiler answers: asked once, and again when the program is another") {
  const fs::path folder = fs::path(TEST_FOLDER) / "answers";
  fs::remove_all(folder);
  fs::create_directories(folder);
  const fs::path program = folder / "c++";
  grader::write_atomically(program, "one");
  int asked = 0;
  const auto answer = [&] {
    return compiler_answer(program, "version", [&] { return std::to_string(++asked); });
  };
  CHECK(answer() == "1");
  CHECK(answer() == "1");
  CHECK(compiler_answer(program, "C++20", [] { return "yes"; }) == "yes");  // another question
  fs::last_write_time(program, fs::last_write_time(program) + std::chrono::seconds(2));
  CHECK(answer() == "2");
  const auto fails = []() -> std::string { throw std::runtime_error("no such program"); };
  CHECK_THROWS_AS(compiler_answer(folder / "none", "version", fails), std::runtime_error);
  CHECK(compiler_answer(folder / "none", "version", [] { return "there"; }) == "there");
}

TEST_CASE("compiler answers: kept in a folder, and asked where that cannot be") {
  const fs::path folder = fs::path(TEST_FOLDER) / "kept answers";
  fs::remove_all(folder);
  const fs::path program = fs::path(TEST_FOLDER) / "another c++";
  grader::write_atomically(program, "one");
  grader::keep_compiler_answers(folder);
  CHECK(compiler_answer(program, "kept?", [] { return "yes\n"; }) == "yes\n");
  REQUIRE(grader::list_files(folder, ".txt").size() == 1);
  CHECK(grader::read_text(grader::list_files(folder, ".txt").front()) == "yes\n");
  grader::keep_compiler_answers(program / "no folder");
  CHECK(compiler_answer(program, "kept then?", [] { return "no"; }) == "no");
  grader::keep_compiler_answers("");
}
