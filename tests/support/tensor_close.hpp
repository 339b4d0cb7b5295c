// tests / tensor_close.hpp: do two tensors agree, and if not, where first?
//
//   CHECK_TENSOR(actual, expected)                    shape, then each element to 1e-5 (relative or absolute)
//   CHECK_TENSOR_NEAR(actual, expected, 1e-3)         another tolerance
//   CHECK_SHAPE(actual, {2, 3})
// `expected` may be a Tensor, or a list of numbers with a shape: values({1, 2, 3, 4}, {2, 2}). Elements are read
// with at(), one by one: no kernel of the code under test compares its own results. NaN equals only NaN.
// Where TT_DIFFERENCES is set, each comparison also prints how far the two are apart, and how far they may be.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/tensor.hpp>

#include "tt_catch.hpp"

namespace tt_test {

using tinytorch::Index;
using tinytorch::real;
using tinytorch::Shape;
using tinytorch::Tensor;

/// Numbers with a shape that owe nothing to the code under test.
struct Values {
  std::vector<double> numbers;
  Shape shape;
};

inline Values values(std::vector<double> numbers, Shape shape) {
  return {std::move(numbers), std::move(shape)};
}

/// All indices of a shape in row-major order; written out here, so that tests do not lean on next_index.
inline std::vector<Shape> all_indices(const Shape& shape) {
  std::vector<Shape> indices{Shape{}};
  for (const Index size : shape) {
    std::vector<Shape> longer;
    for (const Shape& prefix : indices) {
      for (Index i = 0; i < size; ++i) {
        longer.push_back(prefix);
        longer.back().push_back(i);
      }
    }
    indices = std::move(longer);
  }
  return indices;
}

inline Values read(const Tensor& t) {
  Values v{{}, t.shape()};
  for (const Shape& index : all_indices(t.shape())) v.numbers.push_back(double(t.at(index)));
  return v;
}
inline Values read(const Values& v) { return v; }

/// Empty if the two agree; otherwise words for a person.
inline std::string difference(const Values& actual, const Values& expected, double tolerance) {
  const auto text = [](double x) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.7g", x);
    return std::string(buffer);
  };
  const auto list = [&](const Values& v) {
    std::string out = "[";
    for (std::size_t i = 0; i < v.numbers.size() && i < 12; ++i) {
      out += (i > 0 ? ", " : "") + text(v.numbers[i]);
    }
    return out + (v.numbers.size() > 12 ? ", ...]" : "]") + "  shape " + to_string(v.shape);
  };
  if (actual.shape != expected.shape) {
    return "the shapes differ\n  expected   " + to_string(expected.shape) + "\n  got        " +
           to_string(actual.shape);
  }
  const std::vector<Shape> indices = all_indices(expected.shape);
  std::size_t wrong = 0, first = 0;
  for (std::size_t i = 0; i < indices.size(); ++i) {
    const double a = actual.numbers[i], e = expected.numbers[i];
    const bool same =
        a == e || (std::isnan(a) && std::isnan(e)) ||
        (std::isfinite(e) && std::abs(a - e) <= tolerance * std::max(1.0, std::abs(e)));
    if (!same && wrong++ == 0) first = i;
  }
  if (wrong == 0) return "";
  return std::to_string(wrong) + " of " + std::to_string(indices.size()) +
         " elements differ, the first at " + to_string(indices[first]) + "\n  expected   " +
         text(expected.numbers[first]) + "\n  got        " + text(actual.numbers[first]) +
         "\n  all expected   " + list(expected) + "\n  all got        " + list(actual);
}

inline void print_difference(const char* expression, const Values& actual, const Values& expected,
                             double tolerance) {
  if (std::getenv("TT_DIFFERENCES") == nullptr || actual.shape != expected.shape) return;
  double most = 0;
  for (std::size_t i = 0; i < actual.numbers.size(); ++i) {
    const double a = actual.numbers[i], e = expected.numbers[i];
    if (a != e) most = std::max(most, std::abs(a - e) / std::max(1.0, std::abs(e)));
  }
  std::printf("%.1e of %.0e  %s\n", most, tolerance, expression);
}

/// A function, not a macro's body: it is compiled once and not at each of hundreds of uses.
template <class Actual, class Expected>
void check_tensor(const char* expression, const Catch::SourceLineInfo& where, const Actual& actual,
                  const Expected& expected, double tolerance) {
  const Values ours = read(actual), theirs = read(expected);
  print_difference(expression, ours, theirs, tolerance);
  report("CHECK_TENSOR", where, expression, difference(ours, theirs, tolerance));
}

}  // namespace tt_test

#define CHECK_TENSOR_NEAR(actual, expected, tolerance)                                     \
  tt_test::check_tensor(#actual ", " #expected, CATCH_INTERNAL_LINEINFO, actual, expected, \
                        tolerance)

#define CHECK_TENSOR(actual, ...)                                                                \
  tt_test::check_tensor(#actual ", " #__VA_ARGS__, CATCH_INTERNAL_LINEINFO, actual, __VA_ARGS__, \
                        1e-5)

#define CHECK_SHAPE(actual, ...) CHECK((actual).shape() == tinytorch::Shape(__VA_ARGS__))
