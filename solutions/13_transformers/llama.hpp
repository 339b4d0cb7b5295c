// 13_transformers / llama.hpp: the same machine with four parts exchanged (stretch, given code).
//
//                     GPT-2 (2019)               Llama (2023)
//   norm              LayerNorm                  RMSNorm: no mean, no bias
//   feed-forward      gelu, 4 C wide             SwiGLU, 8/3 C wide
//   positions         learned, added once        rotations of queries and keys in every block
//   attention         a key for each query       groups of query heads share keys and values (GQA)
// Touvron et al. 2023, arXiv:2302.13971. What is new stands in rms_norm.hpp and swiglu.hpp; RoPE
// is in 11_embeddings, GQA in 12_attention.
#pragma once
#include <string>

#include <tinytorch/attention.hpp>
#include <tinytorch/embeddings.hpp>
#include <tinytorch/transformers/gpt.hpp>
#include <tinytorch/transformers/rms_norm.hpp>
#include <tinytorch/transformers/swiglu.hpp>

namespace tinytorch {

struct LlamaConfig {
  Index vocab_size = 0;
  Index block_size = 0;
  Index n_layer = 0;
  Index n_head = 0;
  Index n_kv_head = 0;  // 0: as many as n_head
  Index n_embd = 0;
  Index n_hidden = 0;
  bool tied = true;
  double eps = 1e-5;
  double rope_base = 10000;

  const LlamaConfig& checked() const {
    (void)GPTConfig{.vocab_size = vocab_size,
                    .block_size = block_size,
                    .n_layer = n_layer,
                    .n_head = n_head,
                    .n_embd = n_embd}
        .checked();
    if (n_hidden >= 1) return *this;
    throw ValueError("LlamaConfig: expects n_hidden >= 1, got " + std::to_string(n_hidden));
  }
};

/// TransformerBlock with Llama's parts: [B, T, C] -> [B, T, C].
class LlamaBlock : public Module {
 public:
  LlamaBlock(const LlamaConfig& config, Rng& rng)
      : attention_norm(child("attention_norm", RMSNorm(config.n_embd, {.eps = config.eps}))),
        attn(child("attn", MultiHeadAttention(config.n_embd, config.n_head, rng,
                                              {.causal = true,
                                               .bias = false,
                                               .kv_heads = config.n_kv_head,
                                               .rope = true,
                                               .rope_base = config.rope_base}))),
        ffn_norm(child("ffn_norm", RMSNorm(config.n_embd, {.eps = config.eps}))),
        feed_forward(child("feed_forward", SwiGLU(config.n_embd, config.n_hidden, rng))) {}

  using Module::operator();
  Tensor forward(const Tensor& x) const override { return forward(x, nullptr); }
  Tensor forward(const Tensor& x, KVCache* cache) const {
    const Tensor heard = x + attn.attend(attention_norm(x), {.cache = cache});
    return heard + feed_forward(ffn_norm(heard));
  }

  const RMSNorm attention_norm;
  const MultiHeadAttention attn;
  const RMSNorm ffn_norm;
  const SwiGLU feed_forward;
};

/// A Llama: ids [B, T] -> scores [B, T, V]; generate() as GPT.
///
/// In PyTorch  meta-llama/llama, llama/model.py, Transformer
class Llama : public LanguageModel {
 public:
  Llama(const LlamaConfig& configuration, Rng& rng)
      : config(configuration.checked()),
        tok_embeddings(child("tok_embeddings", Embedding(config.vocab_size, config.n_embd, rng))),
        layers(child("layers", blocks(config, rng))),
        norm(child("norm", RMSNorm(config.n_embd, {.eps = config.eps}))),
        output(child("output",
                     LanguageModelHead(config.tied ? tok_embeddings.weight
                                                   : zeros({config.vocab_size, config.n_embd})))) {
    const NoGrad no_grad;
    for (auto [name, tensor] : named_parameters()) {
      if (name.find("norm") != name.npos) continue;
      tensor.copy_(init::normal(tensor.shape(), rng, 0, 0.02));
    }
  }

  Index block_size() const override { return config.block_size; }
  Index n_layer() const override { return config.n_layer; }

  const LlamaConfig config;
  const Embedding tok_embeddings;
  const ModuleList<LlamaBlock> layers;
  const RMSNorm norm;
  const LanguageModelHead output;

 protected:
  Tensor logits(const IndexTensor& ids, Caches* caches) const override {
    if (caches) check_caches(*caches, "Llama");
    check_ids(ids, caches ? caches->front().length() : 0, "Llama");
    Tensor x = tok_embeddings(ids);  // [B, T, C]; positions come in attention, as rotations
    for (Index i = 0; i < config.n_layer; ++i) {
      x = layers[i].forward(x, caches ? &(*caches)[static_cast<std::size_t>(i)] : nullptr);
    }
    return output(norm(x));
  }

 private:
  static ModuleList<LlamaBlock> blocks(const LlamaConfig& config, Rng& rng) {
    ModuleList<LlamaBlock> list;
    for (Index i = 0; i < config.n_layer; ++i) list.append(LlamaBlock(config, rng));
    return list;
  }
};

}  // namespace tinytorch
