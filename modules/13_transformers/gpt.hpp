// 13_transformers / gpt.hpp: the machine that talks.
//
//   GPT model(GPTConfig{.vocab_size = 512, .block_size = 128, .n_layer = 4, .n_head = 4,
//                       .n_embd = 128}, rng);
//   cross_entropy(model(ids).reshape({-1, 512}), next.reshape({-1}))     ids and next [B, T]
// Radford et al. 2019, Language Models are Unsupervised Multitask Learners (GPT-2); names and
// initial values are those of openai/gpt-2, src/model.py, and of karpathy/nanoGPT, model.py.
#pragma once
#include <cmath>
#include <string>

#include <tinytorch/attention.hpp>
#include <tinytorch/embeddings.hpp>
#include <tinytorch/transformers/block.hpp>
#include <tinytorch/transformers/language_model.hpp>

namespace tinytorch {

struct GPTConfig {
  Index vocab_size = 0;  // V
  Index block_size = 0;  // the longest text that it sees at once
  Index n_layer = 0;
  Index n_head = 0;
  Index n_embd = 0;  // C
  double dropout = 0;
  bool bias = true;  // in linear layers and norms
  bool tied = true;  // is the output's table that of the input?

  /// This, if a model can be made of it; otherwise an error that says why not.
  const GPTConfig& checked() const {
    const auto at_least_one = [](const char* what, Index n) {
      if (n >= 1) return;
      throw ValueError(std::string("GPTConfig: expects ") + what + " >= 1, got " +
                       std::to_string(n));
    };
    at_least_one("vocab_size", vocab_size);
    at_least_one("block_size", block_size);
    at_least_one("n_layer", n_layer);
    at_least_one("n_head", n_head);
    at_least_one("n_embd", n_embd);
    if (n_embd % n_head != 0) {
      throw ValueError("GPTConfig: expects n_embd to be a multiple of n_head, got n_embd " +
                       std::to_string(n_embd) + ", n_head " + std::to_string(n_head));
    }
    return *this;
  }
};

/// How many numbers a GPT of this configuration learns.
///
/// Goal        Bytes and time of a model before it exists: this times 4 for the weights, times 16
///             with gradients and Adam; twice this is the operations of a token.
/// Background  A block has 12 C^2 in its matrices and, with biases, 13 C beside them; the tables
///             have V C and block_size C; ln_f has two vectors, or one. Tied, the output has none.
/// Examples    GPT-2 small {50257, 1024, 12, 12, 768} -> 124,439,808
inline Index gpt_parameter_count(const GPTConfig& config) {
  const Index C = config.checked().n_embd;
  // TODO(13.6): tables, blocks, ln_f, and the output's table if it has one of its own.
  // HINT: of a block: c_attn [3C, C], c_proj [C, C], c_fc [4C, C], c_proj [C, 4C], two norms.
  // HINT: without biases the norms have their weights still.
  todo("13.6", "gpt_parameter_count");
}

/// Writes GPT-2's initial values into the parameters of a model, by their names.
///
/// Goal        A first loss of log(V), and a signal that neither dies out nor explodes in the depth.
/// Background  Weights and tables are normal with standard deviation 0.02, biases 0, norms 1 and 0
///             (as they are already). 2 n_layer layers add to the residual stream, and variances
///             add up: the matrices that end in it, all named c_proj, get 0.02 / sqrt(2 n_layer).
/// Examples    n_layer 2: "transformer.h.0.mlp.c_proj.weight" has standard deviation 0.01
/// In PyTorch  nanoGPT's model.py, _init_weights
inline void initialize_gpt(const NamedTensors& parameters, Index n_layer, Rng& rng) {
  const NoGrad no_grad;
  const double narrow = 0.02 / std::sqrt(2 * static_cast<double>(n_layer));
  for (auto [name, tensor] : parameters) {
    // TODO(13.7): overwrite `tensor` by what its name asks for; leave the norms alone.
    // HINT: name.ends_with("bias"), name.find("ln_") == name.npos; tensor.copy_(...)
    // HINT: init::normal(shape, rng, mean, std); tensor.mul_(0) makes zeros.
    todo("13.7", "initialize_gpt");
  }
}

/// What a GPT has under the name "transformer": tables, blocks, the last norm.
class GPTBody : public Module {
 public:
  GPTBody(const GPTConfig& config, Rng& rng)
      : wte(child("wte", Embedding(config.vocab_size, config.n_embd, rng))),
        wpe(child("wpe", LearnedPositions(config.block_size, config.n_embd, rng))),
        dropout(child("drop", Dropout(config.dropout, rng))),
        h(child("h", blocks(config, rng))),
        ln_f(child("ln_f", LayerNorm(config.n_embd, {.bias = config.bias}))) {}

  const Embedding wte;
  const LearnedPositions wpe;
  const Dropout dropout;
  const ModuleList<TransformerBlock> h;
  const LayerNorm ln_f;

 private:
  static ModuleList<TransformerBlock> blocks(const GPTConfig& config, Rng& rng) {
    ModuleList<TransformerBlock> list;
    for (Index i = 0; i < config.n_layer; ++i) {
      list.append(TransformerBlock(config.n_embd, config.n_head, rng,
                                   {.bias = config.bias, .dropout = config.dropout}));
    }
    return list;
  }
};

/// From a token's vector to a score for each token of the vocabulary, by a table [V, C] that may
/// be somebody else's parameter.
class LanguageModelHead : public Module {
 public:
  explicit LanguageModelHead(const Tensor& table) : weight(parameter("weight", table)) {}
  Tensor forward(const Tensor& x) const override {  // [*, C] -> [*, V]
    return matmul(x, weight.transpose(0, 1));
  }
  const Tensor weight;  // [V, C]
};

/// GPT-2: a stack of blocks between a table of tokens and the same table again.
///
/// Background  Tied: the vector that a token is read as is also what a state must resemble to say
///             it. One tensor in two places: it is listed once, as transformer.wte.weight, and its
///             gradient is the sum of both uses. (Press and Wolf 2017, arXiv:1608.05859)
/// Cost        2 N operations a token forward, N without the table of positions; 4 T C a layer for
///             attention
/// In PyTorch  nanoGPT's model.py, GPT; huggingface/transformers, GPT2LMHeadModel
class GPT : public LanguageModel {
 public:
  GPT(const GPTConfig& configuration, Rng& rng)
      : config(configuration.checked()),
        transformer(child("transformer", GPTBody(config, rng))),
        lm_head(child("lm_head",
                      LanguageModelHead(config.tied ? transformer.wte.weight
                                                    : zeros({config.vocab_size, config.n_embd})))) {
    initialize_gpt(named_parameters(), config.n_layer, rng);
  }

  Index block_size() const override { return config.block_size; }
  Index n_layer() const override { return config.n_layer; }

  const GPTConfig config;
  const GPTBody transformer;
  const LanguageModelHead lm_head;

 protected:
  Tensor logits(const IndexTensor& ids, Caches* caches) const override {  // [B, T] -> [B, T, V]
    if (caches) check_caches(*caches, "GPT");
    const Index past = caches ? caches->front().length() : 0;
    check_ids(ids, past, "GPT");
    const auto block = [&](Index i, const Tensor& x) {  // block i, with its cache if there is one
      KVCache* cache = caches ? &(*caches)[static_cast<std::size_t>(i)] : nullptr;
      return transformer.h[i].forward(x, cache);
    };
    // TODO(13.8): the vectors of the ids, their positions from `past` on, transformer.dropout; all
    // blocks; the last norm; lm_head.
    // HINT: transformer.wpe(x, offset) adds the positions.
    todo("13.8", "gpt_logits");
  }
};

}  // namespace tinytorch
