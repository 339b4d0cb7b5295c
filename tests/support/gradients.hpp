// tests / gradients.hpp: do the derivative rules agree with finite differences?
//
//   CHECK_GRADIENTS([](const Tensor& x, const Tensor& y) { return x * y; }, {x, y});
// For files named *_gradients.cpp, which are compiled with double numbers.
#pragma once
#include <string>
#include <vector>

#include <tinytorch/autograd.hpp>

#include "tt_catch.hpp"

namespace tt_test {

static_assert(sizeof(tinytorch::real) == 8, "compile this file with -DTT_DOUBLE");

/// Checks what gradcheck says of f: nothing, if the rules are right.
inline void check_gradients(const char* expression, const Catch::SourceLineInfo& where,
                            tinytorch::TensorFunction f,
                            const std::vector<tinytorch::Tensor>& inputs) {
  const tinytorch::GradcheckResult result = gradcheck(f, inputs);
  const bool agrees = result.ok == result.message.empty();
  report("CHECK_GRADIENTS", where, expression,
         agrees ? result.message : "gradcheck: ok and the message disagree");
}

}  // namespace tt_test

#define CHECK_GRADIENTS(...) \
  tt_test::check_gradients(#__VA_ARGS__, CATCH_INTERNAL_LINEINFO, __VA_ARGS__)
