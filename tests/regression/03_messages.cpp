// Messages that a student of 03 meets most, word for word (01_messages.cpp says why).
#include "tensor_close.hpp"

#include <tinytorch/autograd.hpp>

using namespace tinytorch;

TEST_CASE("messages of 03: backward from where there is no way back",
          "[03.1][03.3][03.7][regression]") {
  const Tensor x = tensor({1, 2}).set_requires_grad(true);
  CHECK_THROWS_WITH(tensor({1}).backward(),
                    "backward: expects a tensor that requires grad, got one without a graph\n"
                    "  hint: call set_requires_grad(true) on a leaf before computing");
  CHECK_THROWS_WITH((x * x).backward(),
                    "backward: start from a scalar, got shape [2]\n"
                    "  hint: reduce the loss first, e.g. mean(loss), or pass a gradient");
  const Tensor loss = sum(x * x);
  loss.backward();
  CHECK_THROWS_WITH(loss.backward(),
                    "backward: the graph behind 'sum' was freed by an earlier backward\n"
                    "  hint: backward({.retain_graph = true}) keeps it, or compute it again");
  CHECK_THROWS_WITH(loss.grad(),
                    "grad: expects a leaf, got the result of 'sum', whose gradient is not kept\n"
                    "  hint: call retain_grad() before backward, or use grad(loss, {t})");
}
