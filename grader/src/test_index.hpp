// grader / test_index.hpp: which tests exist, read from the pristine sources (never from a
// student's binary).
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "course.hpp"

namespace grader {

/// One TEST_CASE("name", "[01.2][core]").
struct TestCase {
  std::string name;
  std::string suite;   // "pedagogy" or "regression"
  std::string module;  // "01_tensor"
  std::string blank;   // "01.2": the first blank tag; empty for a test of the module as a whole
  std::string kind;    // core edge errors gradient property systems regression
  std::filesystem::path file;
  int line = 0;
  int points = 0;        // its share of the blank's points, or of the module's regression points
  bool stretch = false;  // belongs to a stretch blank
  bool given = false;    // tag [given]: asks given code only, which a skeleton has, too; no points
  bool needs_double =
      false;  // stands in a file named *_gradients.cpp, which is built with the double profile
};

/// Splits points over tests: whole ones, and the first tests take the remainder.
void share_points(const std::vector<TestCase*>& tests, int points);

/// tests/pedagogy/NN_name/*.cpp, and tests/regression/NN_*.cpp of that module; file order, then
/// line order. A blank's points are split over its tests (whole numbers; the first tests take the
/// remainder). A module's regression points go round its regression files, one bug each: the first
/// test of each file takes a point, then the second of each, until none is left.
/// Throws UsageError on a case without a kind tag, a duplicate name, or a tag of an
/// unknown blank.
std::vector<TestCase> index_tests(const Course&, const Module&, const std::string& suite);

}  // namespace grader
