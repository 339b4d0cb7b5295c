// 13_transformers / language_model.hpp: what all models have that predict the next token, and how
// one of them writes a text.
//
//   model.generate(prompt, 100, rng, {.temperature = 0.8, .top_k = 40})    [T] -> [T + 100]
#pragma once
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/attention.hpp>
#include <tinytorch/transformers/sampling.hpp>

namespace tinytorch {

/// The keys and values of every block, in order.
using Caches = std::vector<KVCache>;

namespace detail {

/// eval() now, and at the end of the block what it was before: also if something throws.
class Evaluating {
 public:
  explicit Evaluating(const Module& model) : model_(model), before_(model.is_training()) {
    model.eval();
  }
  ~Evaluating() { model_.train(before_); }
  Evaluating(const Evaluating&) = delete;
  Evaluating& operator=(const Evaluating&) = delete;

 private:
  const Module& model_;
  const bool before_;
};

}  // namespace detail

class LanguageModel : public Module {
 public:
  using Module::forward;  // of a Tensor: an error that says what to call
  using Module::operator();

  /// The scores of every token of the vocabulary as the one that follows: [B, T] -> [B, T, V].
  Tensor forward(const IndexTensor& ids) const { return logits(ids, nullptr); }
  Tensor operator()(const IndexTensor& ids) const { return forward(ids); }

  /// The same for tokens that follow those in the caches: make_caches() at first. Under NoGrad.
  Tensor forward(const IndexTensor& ids, Caches& caches) const { return logits(ids, &caches); }

  virtual Index block_size() const = 0;
  virtual Index n_layer() const = 0;

  /// Empty ones, a block each.
  Caches make_caches() const {
    Caches caches;
    for (Index i = 0; i < n_layer(); ++i) caches.emplace_back(block_size());
    return caches;
  }

  /// The prompt and n more ids, drawn one after another: [T] -> [T + n], or [B, T] -> [B, T + n].
  ///
  /// Background  Nothing is recorded, dropout is off, and train() is as it was afterwards. A text
  ///             longer than block_size is seen through a window: its last block_size tokens. The
  ///             window slides, so every token changes its position, and what the caches hold was
  ///             computed for other positions: from there on they are cleared and filled anew at
  ///             each step, and save nothing.
  /// Cost        n forwards: of one token with the caches, of the whole window without
  /// In PyTorch  nanoGPT's model.py, generate; huggingface/transformers, generation/utils.py
  IndexTensor generate(const IndexTensor& prompt, Index n, Rng& rng,
                       GenerateOptions options = {}) const;

 protected:
  LanguageModel() = default;

  /// One forward for both: caches may be null.
  virtual Tensor logits(const IndexTensor& ids, Caches* caches) const = 0;

  /// Refuses what is not [B, T], or does not fit behind `past` tokens.
  void check_ids(const IndexTensor& ids, Index past, const char* who) const {
    if (!ids.defined() || ids.dim() != 2 || ids.numel() == 0) {
      throw ShapeError(std::string(who) + ": expects ids [B, T], got " +
                       tinytorch::to_string(ids.shape()) +
                       "\n  hint: one text is [1, T]: ids.reshape({1, T})");
    }
    if (past + ids.size(1) <= block_size()) return;
    throw ShapeError(std::string(who) + ": expects at most " + std::to_string(block_size()) +
                     " tokens (block_size), got " + std::to_string(ids.size(1)) +
                     (past > 0 ? " after " + std::to_string(past) : std::string()));
  }

  void check_caches(const Caches& caches, const char* who) const {
    if (static_cast<Index>(caches.size()) == n_layer()) return;
    throw ValueError(std::string(who) + ": expects a cache for each of " +
                     std::to_string(n_layer()) + " blocks, got " + std::to_string(caches.size()) +
                     "\n  hint: make_caches()");
  }

 private:
  /// Columns start .. stop of rows of tokens.
  static IndexTensor columns(const std::vector<std::vector<Index>>& rows, Index start, Index stop) {
    std::vector<Index> ids;
    for (const auto& row : rows) ids.insert(ids.end(), row.begin() + start, row.begin() + stop);
    return IndexTensor(std::move(ids), {static_cast<Index>(rows.size()), stop - start});
  }
};

inline IndexTensor LanguageModel::generate(const IndexTensor& prompt, Index n, Rng& rng,
                                           GenerateOptions options) const {
  if (!prompt.defined() || prompt.dim() < 1 || prompt.dim() > 2 || prompt.numel() == 0) {
    throw ShapeError("generate: expects a prompt [T] or [B, T] of at least one token, got " +
                     tinytorch::to_string(prompt.shape()) +
                     "\n  hint: begin with a token that separates texts, such as a newline");
  }
  if (n < 0) throw ValueError("generate: expects n >= 0 tokens, got " + std::to_string(n));
  detail::check_options(options, "generate");
  const NoGrad no_grad;
  const detail::Evaluating evaluating(*this);

  const Index given = prompt.size(-1), batch = prompt.numel() / given;
  std::vector<std::vector<Index>> rows;  // B texts that grow
  for (Index b = 0; b < batch; ++b) {
    rows.emplace_back(prompt.data() + b * given, prompt.data() + (b + 1) * given);
  }
  Caches caches = make_caches();
  Index cached = 0;  // how many of a row's tokens the caches hold
  for (Index length = given; length < given + n; ++length) {
    Tensor last;  // [B, V]
    // TODO(13.12): last, the logits that follow the last token. forward() takes at most the
    // last block_size() tokens of the rows, columns(rows, start, length). With options.use_cache it
    // takes only those that the caches do not hold yet; where the window has slid, clear every
    // cache and begin with it again. Keep `cached` up to date.
    // HINT: start = length - block_size() once that is positive. When is what is cached no longer
    // HINT: the beginning of the window?
    // HINT: forward gives [B, some, V]; the last place of axis 1 is select(1, -1).
    todo("13.12", "generate");
    for (Index b = 0; b < batch; ++b) {
      rows[static_cast<std::size_t>(b)].push_back(
          sample_next(last.select(0, b).contiguous(), rng, options));
    }
  }
  IndexTensor texts = columns(rows, 0, given + n);
  return prompt.dim() == 1 ? texts.reshape({given + n}) : texts;
}

}  // namespace tinytorch
