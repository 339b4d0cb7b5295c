// How far each derivative rule and each layer is from finite differences: every primitive that has a rule occurs, or
// the program says which does not.
//
//   ./tito/tito run tests/performance/gradient_errors.cpp --solution --profile double
//
// Error: the largest |rule - difference| / max(1, |difference|) over all numbers of all inputs, parameters included.
// Differences are central ones with a step of 1e-5: what they leave out and what rounding takes is about 1e-9.
#include <tinytorch/convolutions.hpp>
#include <tinytorch/losses.hpp>
#include <tinytorch/transformers.hpp>

#include <cmath>
#include <cstdio>
#include <functional>
#include <set>
#include <string>
#include <typeindex>
#include <vector>

using namespace tinytorch;

namespace {

static_assert(sizeof(real) == 8, "run this with --profile double");

struct Seen : Listener {  // which operations ran
  std::set<std::type_index> types;
  void after(const Call& call) override { types.insert(typeid(call.op)); }
};
Seen seen;

double worst_of_all = 0;

Tensor some(const Shape& shape, std::uint64_t seed) {
  Rng rng(seed);
  return randn(shape, rng);
}
Tensor positive(const Shape& shape, std::uint64_t seed) {
  Rng rng(seed);
  return rand(shape, rng) + real(0.5);
}

using Leaves = std::vector<Tensor>;

void row(const std::string& name, const Leaves& leaves, const std::function<Tensor()>& f) {
  const ListenerScope scope(seen);
  for (Tensor leaf : leaves) leaf.set_requires_grad(true);
  Tensor weights;
  const auto loss = [&] {
    const Tensor y = f();
    if (!weights.defined()) weights = positive(y.shape(), 20);
    return sum(y * weights);
  };
  const std::vector<Tensor> analytic = grad(loss(), leaves);
  double worst = 0;
  for (std::size_t k = 0; k < leaves.size(); ++k) {
    const Tensor numeric = numeric_gradient([&] { return loss().item(); }, leaves[k], 1e-5);
    const Tensor ours = analytic[k].contiguous();
    for (Index i = 0; i < numeric.numel(); ++i) {
      const double error =
          std::abs(ours.data()[i] - numeric.data()[i]) / std::max(1.0, std::abs(numeric.data()[i]));
      worst = std::isnan(error) ? INFINITY : std::max(worst, error);
    }
  }
  std::printf("| %s | %.1e |\n", name.c_str(), worst);
  worst_of_all = std::max(worst_of_all, worst);
}

void row(const std::string& name, Tensor (*f)(const Tensor&), const Tensor& x) {
  row(name, {x}, [&] { return f(x); });
}

/// A layer: its parameters count as inputs.
void layer(const std::string& name, const Module& module, const Tensor& x) {
  Leaves leaves = module.parameters();
  leaves.push_back(x);
  row(name, leaves, [&] { return module(x); });
}

void arithmetic() {
  const Tensor a = some({2, 3}, 1), b = some({3}, 2), p = positive({2, 3}, 3);
  row("add", {a, b}, [&] { return a + b; });
  row("sub", {a, b}, [&] { return a - b; });
  row("mul", {a, b}, [&] { return a * b; });
  row("div", {b, p}, [&] { return b / p; });
  row("neg", {a}, [&] { return -a; });
  row("exp", exp, a);
  row("log", log, p);
  row("sqrt", sqrt, p);
  row("tanh", tinytorch::tanh, a);
  row("abs", abs, a);
  row("pow", {a}, [&] { return pow(a, 3); });
  row("maximum", {a, b}, [&] { return maximum(a, b); });
  row("where", {a, b}, [&] { return where(gt(p, scalar(1)), a, b); });
  row("sum", {a}, [&] { return sum(a, 0); });
  row("max", {a}, [&] { return max(a, 1); });
  row("matmul", {a, p}, [&] { return matmul(a, p.transpose(0, 1)); });
  row("cat", {a, p}, [&] { return cat({a, p}, 1); });
}

void views() {
  const Tensor a = some({2, 3, 4}, 4);
  row("permute", {a}, [&] { return pow(a.permute({2, 0, 1}), 2); });
  row("view", {a}, [&] { return pow(a.view({6, 4}), 2); });
  row("copy", {a}, [&] { return pow(a.transpose(0, 1).contiguous(), 2); });
  row("slice", {a}, [&] { return pow(a.slice(2, 1, 4, 2), 2); });
  row("select", {a}, [&] { return pow(a.select(1, 2), 2); });
  row("expand", {a}, [&] { return pow(a.unsqueeze(0).expand({2, 2, 3, 4}), 2); });
  const Tensor narrow = some({2, 3, 2}, 5);
  row("slice_scatter", {narrow}, [&] {
    return apply(SliceScatter({2, 3, 4}, Slice(2, 1, 3, 1)), {narrow});
  });
  row("checkpoint", {a},
      [&] { return checkpoint([](Inputs in) { return in[0] * in[0] * in[0]; }, {a}); });
}

void activations() {
  const Tensor x = some({3, 4}, 6);
  row("relu", relu, x);
  row("leaky_relu", {x}, [&] { return leaky_relu(x); });
  row("sigmoid", sigmoid, x);
  row("silu", silu, x);
  row("normal_cdf", {x}, [&] { return normal_cdf(x); });
  row("gelu", {x}, [&] { return gelu(x); });
  row("gelu, tanh", {x}, [&] { return gelu(x, {.tanh_approximation = true}); });
  row("softmax", {x}, [&] { return softmax(x, 1); });
  row("log_softmax", {x}, [&] { return log_softmax(x, 0); });
}

void losses() {
  const Tensor x = some({3, 4}, 7), y = some({3, 4}, 8), target = sigmoid(y.detach());
  const IndexTensor labels = index_tensor({1, 0, 3}, {3});
  row("mse_loss", {x, y}, [&] { return mse_loss(x, y); });
  row("l1_loss", {x, y}, [&] { return l1_loss(x, y); });
  row("binary_cross_entropy_with_logits", {x},
      [&] { return binary_cross_entropy_with_logits(x, target); });
  row("logsumexp", {x}, [&] { return logsumexp(x, 1); });
  row("nll_loss", {x}, [&] { return nll_loss(x, labels); });
  row("cross_entropy", {x},
      [&] { return cross_entropy(x, labels, {.ignore_index = 0, .label_smoothing = 0.1}); });
}

void images() {
  Rng rng(9);
  const Tensor x = some({2, 2, 5, 4}, 10), w = some({4, 1, 2, 3}, 11), b = some({4}, 12);
  row("unfold", {x}, [&] { return unfold(x, {2, 3}, {.stride = 2, .padding = 1}); });
  const Tensor columns = some({1, 4, 12}, 13);
  row("fold", {columns}, [&] { return fold(columns, {4, 5}, {2, 2}); });
  row("conv2d", {x, w, b},
      [&] { return conv2d(x, w, b, {.stride = 2, .padding = 1, .groups = 2}); });
  row("max_pool2d", {x}, [&] { return max_pool2d(x, 3, {.stride = 2, .padding = 1}); });
  row("avg_pool2d", {x}, [&] { return avg_pool2d(x, 2); });
  const Tensor picked = some({2, 3}, 14);
  row("put_back", {picked}, [&] {
    return apply(PutBack(index_tensor({0, 3, 1, 2, 0, 3}, {2, 3}), {2, 4}), {picked});
  });
  layer("Conv2d", Conv2d(2, 3, 3, rng, {.padding = 1}), x);
  layer("BatchNorm2d", BatchNorm2d(2), x);
}

void text() {
  Rng rng(15);
  const IndexTensor ids = index_tensor({1, 0, 1, 4, 2, 1}, {2, 3});
  const Tensor table = some({5, 4}, 16), gradient = some({2, 3, 4}, 17);
  row("embedding", {table}, [&] { return embedding(table, ids); });
  row("embedding_grad", {gradient}, [&] { return apply(EmbeddingGrad(ids, 5, -1), {gradient}); });
  const Tensor x = some({2, 3, 4}, 18);
  row("rope", {x}, [&] { return apply_rope(x, {.offset = 2}); });
  layer("LearnedPositions", LearnedPositions(6, 4, rng), x);
  const Tensor q = some({2, 4, 3, 2}, 19), k = some({2, 2, 3, 2}, 21), v = some({2, 2, 3, 2}, 22);
  row("masked_softmax", {x}, [&] { return masked_softmax(x, true); });
  row("attend_in_groups", {q, k, v}, [&] { return attend_in_groups(q, k, v, {.causal = true}); });
  const Tensor k4 = some({2, 4, 3, 2}, 23), v4 = some({2, 4, 3, 2}, 24);
  row("scaled_dot_product_attention", {q, k4, v4},
      [&] { return scaled_dot_product_attention(q, k4, v4, {.causal = true}); });
  row("tiled_attention", {q, k4, v4},
      [&] { return tiled_attention(q, k4, v4, {.causal = true, .block = 2}); });
  layer("MultiHeadAttention", MultiHeadAttention(4, 2, rng, {.causal = true}), x);
  row("layer_norm", {x}, [&] { return layer_norm(x); });
  layer("LayerNorm", LayerNorm(4), x);
  layer("RMSNorm", RMSNorm(4), x);
  layer("FeedForward", FeedForward(4, rng), x);
  layer("SwiGLU", SwiGLU(4, 6, rng), x);
  layer("TransformerBlock", TransformerBlock(4, 2, rng), x);
  const GPT gpt({.vocab_size = 5, .block_size = 4, .n_layer = 2, .n_head = 2, .n_embd = 4}, rng);
  row("GPT", gpt.parameters(), [&] { return gpt(ids); });
  const Llama llama({.vocab_size = 5,
                     .block_size = 4,
                     .n_layer = 2,
                     .n_head = 2,
                     .n_kv_head = 1,
                     .n_embd = 4,
                     .n_hidden = 6},
                    rng);
  row("Llama", llama.parameters(), [&] { return llama(ids); });
}

}  // namespace

int main() {
  std::printf("| primitive or layer | largest error |\n|---|--:|\n");
  arithmetic();
  views();
  activations();
  Rng rng(25);
  layer("Linear", Linear(4, 3, rng), some({2, 3, 4}, 26));
  losses();
  images();
  text();
  std::printf("| all | %.1e |\n", worst_of_all);
  int left_out = 0;
  for (const auto& [type, rule] : detail::rules()) {
    if (seen.types.count(type) != 0) continue;
    std::printf("left out: %s\n", type.name());
    ++left_out;
  }
  return left_out == 0 && worst_of_all < 1e-6 ? 0 : 1;
}
