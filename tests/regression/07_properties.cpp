// What must hold of every optimizer, whatever the parameters.
#include <tinytorch/optimizers.hpp>

#include "seeds.hpp"
#include "slow.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Tensor leaf(Random& random, const Shape& shape) {
  return slow::random_tensor(random, shape).clone().set_requires_grad(true);
}

Tensor copy(const Tensor& t) { return t.detach().clone().set_requires_grad(true); }

/// Three steps along gradients that depend on the parameter and on the step.
void steps(Optimizer& optimizer, const std::vector<Tensor>& parameters) {
  for (int step = 1; step <= 3; ++step) {
    optimizer.zero_grad();
    for (const Tensor& p : parameters) sum(pow(p, 3) * real(step)).backward();
    optimizer.step();
  }
}

/// Parameters do not see each other, nor an element its neighbours.
template <class Optimizer>
void check_apart(const typename Optimizer::Options& options) {
  for_each_seed(15, [&](Random& random) {
    const Tensor a = leaf(random, random.shape(1)), b = leaf(random, random.shape(1));
    const Tensor a_alone = copy(a), b_alone = copy(b), flat = copy(a.reshape({a.numel()}));
    Optimizer both({a, b}, options), first({a_alone}, options), second({b_alone}, options);
    Optimizer flattened({flat}, options);
    steps(both, {a, b});
    steps(first, {a_alone});
    steps(second, {b_alone});
    steps(flattened, {flat});
    CHECK_TENSOR_NEAR(a, read(a_alone), 0);
    CHECK_TENSOR_NEAR(b, read(b_alone), 0);
    CHECK_TENSOR_NEAR(flat.detach().reshape(a.shape()), read(a), 0);
  });
}

/// Without a gradient there is no step, even where weights decay.
template <class Optimizer>
void check_stays(const typename Optimizer::Options& options) {
  for_each_seed(5, [&](Random& random) {
    const Tensor moved = leaf(random, {3}), unused = leaf(random, {2, 2});
    const Values before = read(unused);
    Optimizer optimizer({moved, unused}, options);
    steps(optimizer, {moved});
    CHECK_TENSOR_NEAR(unused, before, 0);
  });
}

}  // namespace

TEST_CASE("properties of 07: parameters do not see each other", "[07][property]") {
  check_apart<SGD>({.lr = 0.01, .momentum = 0.9, .weight_decay = 0.1});
  check_apart<RMSprop>({.lr = 0.01});
  check_apart<Adam>({.lr = 0.01});
  check_apart<AdamW>({.lr = 0.01, .weight_decay = 0.1});
}

TEST_CASE("properties of 07: a parameter without a gradient stays where it is", "[07][property]") {
  check_stays<SGD>({.lr = 0.01, .momentum = 0.9, .weight_decay = 0.1});
  check_stays<RMSprop>({.lr = 0.01});
  check_stays<Adam>({.lr = 0.01});
  check_stays<AdamW>({.lr = 0.01, .weight_decay = 0.1});
}

TEST_CASE("properties of 07: plain descent is the parameter less lr times the gradient",
          "[07][property]") {
  for_each_seed(20, [](Random& random) {
    const Tensor p = leaf(random, random.shape(1));
    const Values before = read(p);
    SGD optimizer({p}, {.lr = 0.125});
    sum(pow(p, 2)).backward();  // the gradient is 2 p
    optimizer.step();
    CHECK_TENSOR(p, slow::map(before, [](double x) { return x - 0.125 * 2 * x; }));
  });
}
