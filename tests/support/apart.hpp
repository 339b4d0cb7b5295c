// tests / apart.hpp: examples of a batch must not see each other.
//
//   check_apart([&](const Tensor& x) { return layer(x); }, x);
#pragma once
#include <functional>

#include <tinytorch/tensor.hpp>

#include "tensor_close.hpp"

namespace tt_test {

/// f of each example alone, [1, ...], gives the numbers that it gives in the batch.
inline void check_apart(const std::function<Tensor(const Tensor&)>& f, const Tensor& batch) {
  const Tensor together = f(batch);
  for (Index i = 0; i < batch.size(0); ++i) {
    INFO("example " << i);
    CHECK_TENSOR(f(batch.slice(0, i, i + 1)), read(together.slice(0, i, i + 1)));
  }
}

}  // namespace tt_test
