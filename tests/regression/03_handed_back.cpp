// A bug of the first reference: a forward that hands back its own input left that input's history in
// node->output, which release() does not walk. A long chain of such nodes overflowed the stack when it was
// destroyed.
#include "tensor_close.hpp"

#include <tinytorch/autograd.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

struct HandsBack : Primitive {
  const char* name() const override { return "hands_back"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Tensor forward(Inputs in) const override { return in[0]; }
};
Grads vjp(const HandsBack&, Inputs, const Tensor&, const Tensor& g) { return {g}; }
const bool hands_back_defined = define_rules<HandsBack>();

}  // namespace

TEST_CASE("handed back: a long chain of inputs handed back is destroyed in a loop",
          "[03.1][regression]") {
  REQUIRE(hands_back_defined);
  const Index before = graph_node_count();
  {
    Tensor x = scalar(1);
    x.set_requires_grad(true);
    Tensor y = x;
    for (int i = 0; i < 10'000; ++i) y = apply(HandsBack{}, {y});
    CHECK(graph_node_count() - before == 10'001);
  }
  CHECK(graph_node_count() == before);
}
