// Observations of module 13: norms, blocks, a GPT, and how it chooses its next token.
#include <tinytorch/transformers.hpp>

#include "models.hpp"
#include "observe.hpp"
#include "tensors.hpp"

using namespace tinytorch;
using observe::any_tensor;
using observe::learned;
using observe::random_tensor;
using observe::see;
using observe::see_error;
using observe::see_second_gradients;
using observe::see_with_gradients;

namespace {

/// Rows [*, C] for a norm.
Tensor any_rows(observe::Case& c, Index channels, double low = -2, double high = 2) {
  Shape shape = c.shape(0, 2, 1, 3);
  shape.push_back(channels);
  return any_tensor(c, shape, low, high);
}

GPTConfig any_config(observe::Case& c) {
  const Index heads = c.whole(1, 2);
  return {.vocab_size = c.whole(4, 7),
          .block_size = c.whole(4, 6),
          .n_layer = c.whole(1, 2),
          .n_head = heads,
          .n_embd = heads * c.whole(2, 3),
          .bias = c.coin(),
          .tied = c.coin()};
}

GPT any_gpt(observe::Case& c, const GPTConfig& config) {
  Rng rng(c.bits());
  const GPT model(config, rng);
  observe::randomize(c, model);
  return model;
}

IndexTensor any_ids(observe::Case& c, const GPT& model, Index length) {
  return c.labels({c.whole(1, 2), length}, 0, model.config.vocab_size - 1);
}

/// Names and shapes as those of a GPT's parameters, in random order.
NamedTensors any_named(observe::Case& c) {
  static const std::vector<std::pair<std::string, Shape>> all = {
      {"transformer.wte.weight", {3, 2}},
      {"transformer.wpe.weight", {4, 2}},
      {"transformer.h.0.ln_1.weight", {2}},
      {"transformer.h.0.ln_1.bias", {2}},
      {"transformer.h.0.attn.c_attn.weight", {6, 2}},
      {"transformer.h.0.attn.c_attn.bias", {6}},
      {"transformer.h.0.attn.c_proj.weight", {2, 2}},
      {"transformer.h.0.attn.c_proj.bias", {2}},
      {"transformer.h.0.mlp.c_fc.weight", {8, 2}},
      {"transformer.h.0.mlp.c_proj.weight", {2, 8}},
      {"transformer.h.0.mlp.c_proj.bias", {2}},
      {"transformer.ln_f.weight", {2}},
      {"lm_head.weight", {3, 2}}};
  NamedTensors named;
  for (const Index i : c.permutation(static_cast<Index>(all.size()))) {
    const auto& [name, shape] = all[static_cast<std::size_t>(i)];
    named.emplace_back(name, random_tensor(c, shape));
  }
  return named;
}

/// Scores of few different sizes, so that some are equal.
Tensor scores_with_ties(observe::Case& c) {
  std::vector<double> values(static_cast<std::size_t>(c.whole(1, 8)));
  for (double& value : values) value = static_cast<double>(c.whole(-2, 2));
  return observe::tensor_of(values, {static_cast<Index>(values.size())});
}

GenerateOptions any_choice(observe::Case& c) {
  return {.temperature = c.whole(0, 2) == 0 ? 0 : c.number(0.3, 2),
          .top_k = c.whole(0, 4),
          .top_p = c.coin() ? 1 : c.number(0.3, 0.95),
          .use_cache = c.coin()};
}

}  // namespace

OBSERVE("13.1", "normalize_row, also where the mean is large against the spread") {
  const Index channels = c.whole(1, 7);
  const double middle = c.coin() ? 0 : 100;
  std::vector<real> from, to(static_cast<std::size_t>(channels), real(-1));
  for (Index i = 0; i < channels; ++i) from.push_back(static_cast<real>(middle + c.number(-1, 1)));
  detail::normalize_row(from.data(), to.data(), channels, c.number(0.001, 0.5));
  see(c, to);
}

OBSERVE("13.2", "normalize_grad") {
  const Index channels = c.whole(1, 6);
  Shape shape = c.shape(0, 2, 1, 3), one = shape;
  shape.push_back(channels);
  one.push_back(1);
  const Tensor normal = any_tensor(c, shape), scale = any_tensor(c, one, 0.5, 2);
  see(c, detail::normalize_grad(normal, scale, any_tensor(c, shape)));
}

OBSERVE("13.3", "the gradients of layer_norm, and their gradients") {
  const Index channels = c.whole(2, 5);
  std::vector<Tensor> inputs = {learned(any_rows(c, channels))};
  const Tensor weight = c.coin() ? learned(any_tensor(c, {channels})) : Tensor();
  const Tensor bias = c.coin() ? learned(any_tensor(c, {channels})) : Tensor();
  if (weight.defined()) inputs.push_back(weight);
  if (bias.defined()) inputs.push_back(bias);
  const LayerNormOptions how{.eps = c.number(0.001, 0.5)};
  see_with_gradients(c, layer_norm(inputs[0], weight, bias, how), inputs);
  see_second_gradients(c, layer_norm(inputs[0], weight, bias, how), inputs);
}

OBSERVE("13.4", "FeedForward, with its dropout and its gradients") {
  Rng rng(c.bits());
  const Index dim = c.whole(1, 4);
  const FeedForward mlp(dim, rng, {.hidden = c.whole(0, 3), .dropout = 0.3, .bias = c.coin()});
  observe::randomize(c, mlp, 2);
  std::vector<Tensor> all = mlp.parameters();
  all.push_back(learned(any_rows(c, dim)));
  see_with_gradients(c, mlp(all.back()), all);
  mlp.eval();
  see(c, mlp(all.back()));
}

OBSERVE("13.5", "TransformerBlock, with its dropout and its gradients") {
  Rng rng(c.bits());
  const Index heads = c.whole(1, 2), dim = heads * c.whole(1, 2);
  const TransformerBlock block(dim, heads, rng,
                               {.causal = c.coin(), .bias = c.coin(), .dropout = 0.3});
  observe::randomize(c, block);
  const Tensor x = learned(random_tensor(c, {c.whole(1, 2), c.whole(1, 4), dim}));
  std::vector<Tensor> all = block.parameters();
  all.push_back(x);
  see_with_gradients(c, block(x), all);
  block.eval();
  see(c, block(x));
}

OBSERVE("13.5", "TransformerBlock, piece by piece with a cache") {
  Rng rng(c.bits());
  const TransformerBlock block(4, 2, rng);
  observe::randomize(c, block);
  const NoGrad no_grad;
  KVCache cache(9);
  for (int piece = 0; piece < 3; ++piece)
    see(c, block.forward(random_tensor(c, {2, c.whole(1, 3), 4}), &cache));
}

OBSERVE("13.6", "gpt_parameter_count of any configuration") {
  const Index heads = c.whole(1, 12);
  GPTConfig config{.vocab_size = c.whole(1, 50000),
                   .block_size = c.whole(1, 2000),
                   .n_layer = c.whole(1, 40),
                   .n_head = heads,
                   .n_embd = heads * c.whole(1, 100)};
  for (const bool tied : {true, false}) {
    for (const bool bias : {true, false}) {
      config.tied = tied;
      config.bias = bias;
      see(c, gpt_parameter_count(config));
    }
  }
}

OBSERVE("13.7", "initialize_gpt: by names, in their order") {
  const NamedTensors named = any_named(c);
  Rng rng(c.bits());
  initialize_gpt(named, c.whole(1, 12), rng);
  for (const auto& [name, tensor] : named) {
    see(c, name);
    see(c, tensor);
  }
}

OBSERVE("13.8", "a GPT's scores, and the gradients of all that it learns") {
  const GPT model = any_gpt(c, any_config(c));
  const IndexTensor ids = any_ids(c, model, c.whole(1, model.block_size()));
  see_with_gradients(c, model(ids), model.parameters());
}

OBSERVE("13.8", "a GPT's scores, piece by piece with caches") {
  const NoGrad no_grad;
  const GPT model = any_gpt(c, any_config(c));
  Caches caches = model.make_caches();
  const Index vocabulary = model.config.vocab_size;
  for (Index past = 0; past < model.block_size();) {
    const Index more = c.whole(1, model.block_size() - past);
    see(c, model.forward(c.labels({2, more}, 0, vocabulary - 1), caches));
    past += more;
  }
}

OBSERVE("13.8", "a GPT with dropout, in training and after it") {
  GPTConfig config = any_config(c);
  config.dropout = 0.3;
  const GPT model = any_gpt(c, config);
  const IndexTensor ids = any_ids(c, model, 4);
  see(c, model(ids));
  model.eval();
  see(c, model(ids));
}

OBSERVE("13.9", "keep_top_k, ties included") {
  const Tensor scores = scores_with_ties(c);
  for (const Index k : {Index{1}, c.whole(1, 8), scores.numel(), scores.numel() + 3})
    see(c, keep_top_k(scores, k));
}

OBSERVE("13.10", "keep_top_p") {
  const Tensor scores = c.coin() ? scores_with_ties(c) : random_tensor(c, {c.whole(1, 8)});
  for (const double p : {0.001, c.number(0.1, 0.5), c.number(0.5, 0.95), 1.0})
    see(c, keep_top_p(scores, p));
}

OBSERVE("13.11", "pick: where probabilities end, where some are 0, and behind their sum") {
  std::vector<double> values(static_cast<std::size_t>(c.whole(1, 7)));
  double left = c.coin() ? 0.5 : 1;  // sixteenths: their sums are exact
  for (double& value : values) {
    value = std::min(left, 0.0625 * static_cast<double>(c.whole(0, 6)));
    left -= value;
  }
  values.insert(values.begin() + c.whole(0, static_cast<Index>(values.size())), 0.0625);
  if (c.coin()) values.push_back(0);
  const Tensor p = observe::tensor_of(values, {static_cast<Index>(values.size())});
  for (int sixteenth = 0; sixteenth < 16; ++sixteenth) see(c, detail::pick(p, 0.0625 * sixteenth));
  for (int i = 0; i < 8; ++i) see(c, detail::pick(p, c.number(0, 1)));
}

OBSERVE("13.12", "generate, within the window and beyond it") {
  const GPT model = any_gpt(c, any_config(c));
  const IndexTensor prompt = any_ids(c, model, c.whole(1, model.block_size() + 2));
  Rng rng(c.bits());
  see(c, model.generate(prompt, c.whole(0, 8) + (c.repetition() == 0 ? 0 : 1), rng, any_choice(c)));
  see(c, model.is_training());
  see(c, grad_enabled());
}

OBSERVE("13.12", "what generate costs, with caches and without") {
  const GPT model = any_gpt(c, any_config(c));
  const IndexTensor prompt = any_ids(c, model, c.whole(1, 3));
  for (const bool use_cache : {true, false}) {
    Rng rng(1);
    const FlopCounter counter;
    see(c, model.generate(prompt, 6, rng, {.temperature = 0, .use_cache = use_cache}));
    see(c, counter.of("matmul"));
  }
}

OBSERVE("13.13", "rms_norm and its gradients") {
  const Index channels = c.whole(1, 5);
  const Tensor x = learned(any_rows(c, channels, -1, 3));
  const Tensor weight = learned(any_tensor(c, {channels}));
  const RmsNormOptions how{.eps = c.number(0.001, 0.5)};
  see_with_gradients(c, rms_norm(x, weight, how), {x, weight});
  see_with_gradients(c, rms_norm(x, Tensor(), how), {x});
}

OBSERVE("13.14", "SwiGLU and its gradients") {
  Rng rng(c.bits());
  const Index dim = c.whole(1, 4);
  const SwiGLU gate(dim, c.whole(1, 4), rng);
  observe::randomize(c, gate, 2);
  std::vector<Tensor> all = gate.parameters();
  all.push_back(learned(any_rows(c, dim)));
  see_with_gradients(c, gate(all.back()), all);
}

OBSERVE("13", "a new GPT, and what it says") {
  GPTConfig config = any_config(c);
  Rng rng(c.bits());
  const GPT model(config, rng);
  observe::see_parameters(c, model);
  see(c, model.generate(index_tensor({1, 2}, {2}), 8, rng, any_choice(c)));
}

OBSERVE("13", "layer_norm of rows of any kind, and what does not fit together") {
  const Index channels = c.whole(2, 5);
  const Tensor x = any_rows(c, channels);
  see(c, layer_norm(x, any_tensor(c, {channels}), any_tensor(c, {channels})));
  see(c, layer_norm(full({2, channels}, 5)));
  see_error(c, [&] { (void)layer_norm(x, random_tensor(c, {channels + 1})); });
  see_error(c, [&] { (void)layer_norm(scalar(1)); });
  see_error(c, [&] { (void)keep_top_k(scores_with_ties(c), 0); });
  see_error(c, [&] { (void)keep_top_p(scores_with_ties(c), c.coin() ? 0 : 1.5); });
  see_error(c, [&] { (void)GPTConfig{.vocab_size = 3}.checked(); });
  const GPT model = any_gpt(c, any_config(c));
  const Index block = model.block_size();
  see_error(c, [&] { (void)model(c.labels({1, block + 1}, 0, 1)); });
}
