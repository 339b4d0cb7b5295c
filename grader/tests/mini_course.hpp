// grader / tests / mini_course.hpp: a course of two small modules, made for the tests in a folder
// of their own.
//
//   01_box   twice(x), half(x) and the stretch blank thrice(x);   02_lid   cover(x) = twice(x) + 1
// It uses the repository's own recorder, profiles and support headers, so what holds here holds
// there.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "course.hpp"
#include "runner.hpp"
#include "session.hpp"

namespace tt_test {

namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& text);

class MiniCourse {
 public:
  /// A fresh course, always in the same folder (one at a time), so that the precompiled header is
  /// made once.
  MiniCourse();

  const fs::path& root() const { return root_; }
  grader::Course load() const { return grader::Course::load(root_); }

  /// Replaces the test sources of a module: {"twice.cpp", text}, ...
  void set_tests(const std::string& module,
                 const std::vector<std::pair<std::string, std::string>>& sources) const;
  /// A submission folder with the solutions' headers; change files in it as the test needs.
  fs::path submission(const std::string& name) const;

  grader::SessionOptions options() const;  // with a cache that all tests share

 private:
  fs::path root_;
};

/// What every test source begins with.
extern const std::string test_head;

/// The result whose test has this name.
const grader::TestResult& find(const std::vector<grader::TestResult>& results,
                               const std::string& name);

}  // namespace tt_test
