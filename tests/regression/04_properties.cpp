// What must hold of activations of any views, against plain loops: tests/support/slow.hpp.
#include <tinytorch/activations.hpp>

#include "seeds.hpp"
#include "slow.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

using Function = Tensor (*)(const Tensor&);

const std::pair<Function, double (*)(double)> functions[] = {
    {[](const Tensor& x) { return relu(x); }, [](double x) { return std::max(x, 0.0); }},
    {[](const Tensor& x) { return leaky_relu(x); }, [](double x) { return x > 0 ? x : x / 100; }},
    {[](const Tensor& x) { return sigmoid(x); }, [](double x) { return 1 / (1 + std::exp(-x)); }},
    {[](const Tensor& x) { return silu(x); }, [](double x) { return x / (1 + std::exp(-x)); }},
    {[](const Tensor& x) { return gelu(x); },
     [](double x) { return x * std::erfc(-x / std::sqrt(2.0)) / 2; }},
};

}  // namespace

TEST_CASE("properties of 04: number by number, whatever the view", "[04][property]") {
  for_each_seed(40, [](Random& random) {
    const Values v = slow::random_values(random, random.shape());
    const Tensor x = slow::somewhere(v, random);
    for (const auto& [ours, slowly] : functions) CHECK_TENSOR(ours(x), slow::map(v, slowly));
  });
}

TEST_CASE("properties of 04: softmax along any axis of any view", "[04][property]") {
  for_each_seed(60, [](Random& random) {
    const Values v = slow::random_values(random, random.shape(1));
    const Tensor x = slow::somewhere(v, random);
    const Index axis = random.below(x.dim());
    const Values shares = slow::softmax(v, std::size_t(axis));
    CHECK_TENSOR(softmax(x, axis), shares);
    CHECK_TENSOR(softmax(x + 50, axis - x.dim()), shares);  // what all have in common is nothing
    CHECK_TENSOR(log_softmax(x, axis), slow::map(shares, [](double p) { return std::log(p); }));
  });
}

TEST_CASE("properties of 04: lines do not see each other", "[04][property]") {
  for_each_seed(40, [](Random& random) {
    const Tensor x = slow::random_tensor(random, random.shape(2));
    const Tensor whole = softmax(x, -1), logs = log_softmax(x, -1);
    for (Index i = 0; i < x.size(0); ++i) {
      CHECK_TENSOR_NEAR(softmax(x.select(0, i), -1), read(whole.select(0, i)), 0);
      CHECK_TENSOR_NEAR(log_softmax(x.select(0, i), -1), read(logs.select(0, i)), 0);
    }
  });
}
