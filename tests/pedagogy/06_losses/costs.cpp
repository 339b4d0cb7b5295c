// What losses keep and compute, counted: bytes by the memory counters, operations by formula.
#include "tensor_close.hpp"

#include <tinytorch/losses.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

constexpr Index examples = 8, classes = 100;
constexpr std::uint64_t score_bytes = examples * classes * sizeof(real);

Tensor scores() {
  Rng rng(6);
  Tensor x = randn({examples, classes}, rng);
  x.set_requires_grad(true);
  return x;
}

IndexTensor labels() { return index_tensor({3, 1, 4, 1, 5, 9, 2, 6}, {examples}); }

/// Bytes in tensors at the worst moment of f, beyond what is there before.
template <class F>
std::uint64_t peak_of(F f) {
  const auto before = memory::stats().live_bytes;
  memory::reset_peak();
  f();
  return memory::stats().peak_bytes - before;
}

}  // namespace

TEST_CASE("costs: the fused forward makes nothing as large as the scores", "[06.11][systems]") {
  const Tensor x = scores();
  Tensor fused, composed;
  const auto peak = peak_of([&] { fused = cross_entropy(x, labels()); });
  CHECK(peak < score_bytes / 10);
  CHECK(peak >= examples * sizeof(real));
  CHECK(peak_of([&] { composed = cross_entropy_composed(x, labels()); }) >= score_bytes);
}

TEST_CASE("costs: what the fused one keeps until backward", "[06.11][systems]") {
  const Tensor x = scores();
  const auto before = memory::stats().live_bytes;
  const Tensor fused = cross_entropy(x, labels());
  CHECK(memory::stats().live_bytes - before < score_bytes / 10);
  const auto between = memory::stats().live_bytes;
  const Tensor composed = cross_entropy_composed(x, labels());
  CHECK(memory::stats().live_bytes - between >= score_bytes);  // log p
}

TEST_CASE("costs: the way back holds at most three tensors of scores", "[06.12][systems]") {
  const Tensor x = scores();
  const Tensor loss = cross_entropy(x, labels());
  const auto peak = peak_of([&] { loss.backward(); });
  CHECK(peak >= 2 * score_bytes);
  CHECK(peak < 3 * score_bytes + score_bytes / 10);
}

TEST_CASE("costs: one node for the loss of each example", "[06.11][systems]") {
  const Tensor x = scores();
  const Index before = graph_node_count();
  const Tensor losses = cross_entropy(x, labels(), {.reduction = Reduction::none});
  CHECK(graph_node_count() - before == 1);
  const NoGrad no_grad;
  const Tensor silent = cross_entropy(x, labels());
  CHECK(graph_node_count() - before == 1);
  CHECK_FALSE(silent.requires_grad());
}

TEST_CASE("costs: operations by formula", "[06.11][06.5][06.3][systems]") {
  const Tensor x = scores(), y = zeros({examples, classes});
  const Index n = examples * classes;
  FlopCounter counter;
  (void)cross_entropy(x, labels());
  CHECK(counter.of("cross_entropy") == 4 * n + 3 * examples);
  CHECK(counter.total() == 4 * n + 3 * examples + examples + 1);  // their sum and one division
  (void)cross_entropy(x, labels(), {.label_smoothing = 0.1});
  CHECK(counter.of("cross_entropy") == 9 * n + 6 * examples);
  (void)logsumexp(x, 1);
  CHECK(counter.of("logsumexp") == 4 * n + 2 * examples);
  (void)binary_cross_entropy_with_logits(x, y);
  CHECK(counter.of("binary_cross_entropy_with_logits") == 7 * n);
}

TEST_CASE("costs: a target that wants no gradient costs none", "[06.4][systems]") {
  const Tensor z = scores();
  Tensor y = zeros({examples, classes});
  const auto back = [&] {
    const Tensor loss = binary_cross_entropy_with_logits(z, y, {.reduction = Reduction::sum});
    FlopCounter counter;
    loss.backward();
    z.zero_grad();
    return counter.total();
  };
  const Index without = back();
  y.set_requires_grad(true);
  CHECK(back() - without == 2 * examples * classes);  // g z, and its sign
}

TEST_CASE("costs: nll_loss keeps shapes only", "[06.8][systems]") {
  const Tensor x = scores();
  const auto before = memory::stats().live_bytes;
  const Tensor losses = nll_loss(x + 1, labels(), {.reduction = Reduction::none});
  CHECK(memory::stats().live_bytes - before == examples * sizeof(real));
}

TEST_CASE("costs: the squared distances keep the distances", "[06.2][systems]") {
  const Tensor x = scores(), y = zeros({examples, classes});
  const auto before = memory::stats().live_bytes;
  const Tensor loss = mse_loss(x, y);
  const auto kept = memory::stats().live_bytes - before;
  CHECK(kept >= score_bytes);  // once: both factors of the square are one tensor
  CHECK(kept < score_bytes + score_bytes / 10);
}
