// 12_attention / tiled.hpp: attention that never holds the T by S weights. A stretch blank.
//
//   tiled_attention(q, k, v, {.causal = true})        the numbers of scaled_dot_product_attention
// The matrix of weights is needed a row at a time, and a row only until its mean of values is known.
// Softmax seems to need the whole row first, for the maximum and the sum. It does not: both can be
// kept running, and what was added too large is scaled down when a larger score comes.
// Milakov and Gimelshein 2018, Online normalizer calculation for softmax, arXiv:1805.02867; Dao et
// al. 2022, FlashAttention, arXiv:2205.14135.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <tinytorch/attention/scaled_dot_product.hpp>

namespace tinytorch {

struct TiledOptions {
  bool causal = false;
  Index block = 64;  // queries, and keys, at a time
};

/// A softmax that is still being read.
struct OnlineSoftmax {
  real top = detail::minus_infinity;  // the largest score so far
  double mass = 0;                    // the sum of exp(score - top) so far
};

/// Reads `count` further scores of one query and adds exp(score - top) times their values to `sum`,
/// which has dv numbers. The values of key j begin at values + j * value_step.
///
/// Goal        After all keys, sum / mass is what attention finds.
/// Background  exp(s - new_top) = exp(s - old_top) * exp(old_top - new_top): a larger maximum
///             multiplies all that was added before by one number.
/// Examples    scores [0], value 1, then [log 3], value 5: top log 3, mass 1/3 + 1, sum 1/3 + 5;
///             sum / mass = 4, the mean of 1 and 5 with weights 1/4 and 3/4
/// Cost        one exp a score; dv multiplications a score, and dv a block
inline void absorb(OnlineSoftmax& state, real* sum, Index dv, const real* scores, Index count,
                   const real* values, Index value_step) {
  // TODO(12.13): the new top; scale mass and sum down to it; then add the new scores.
  // HINT: at the first block the old top is -inf, and exp(-inf) = 0 scales nothing to nothing.
  // HINT: while all scores are -inf the top is, too, and -inf - -inf is NaN: take 0 away then, as in
  // HINT: 12.4.
  todo("12.13", "absorb");
}

namespace detail {

/// The matrix of t that begins at `start` of its storage.
inline Matrix last_matrix(const Tensor& t, Index start) {
  const std::size_t row = t.shape().size() - 2, col = row + 1;
  return {t.storage()->data() + start, t.shape()[row], t.shape()[col], t.strides()[row],
          t.strides()[col]};
}

}  // namespace detail

/// Attention by blocks: q [*, T, d], k [*, S, d], v [*, S, dv] -> [*, T, dv].
///
/// Background  Block by block of queries, block by block of keys: block * block scores exist at a
///             time. Blocks that no query of theirs may see are skipped.
/// Cost        the operations of plain attention, for causal about half of them; beside the result
///             block * block numbers for the scores
/// In PyTorch  aten/src/ATen/native/cpu/FlashAttentionKernel.cpp, cpu_flash_attention
struct TiledAttention : Primitive {
  TiledOptions options;
  explicit TiledAttention(TiledOptions how) : options(how) {}

  const char* name() const override { return "tiled_attention"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }

  /// Of the pairs of query and key that may see each other.
  Index flops(Inputs in, const Tensor& out) const override {
    const Index T = in[0].size(-2), S = in[1].size(-2), each = 2 * (in[0].size(-1) + out.size(-1));
    Index pairs = 0;
    for (Index t = 0; t < T; ++t) pairs += options.causal ? visible_keys(t, T, S) : S;
    const Index a_matrix = T * out.size(-1);
    return a_matrix == 0 ? 0 : out.numel() / a_matrix * pairs * (each + 5);
  }

  Tensor forward(Inputs in) const override {
    const Shape batch = batch_shape(in);
    const auto batch_and = [&](Index rows, Index cols) {
      Shape shape = batch;
      shape.push_back(rows);
      shape.push_back(cols);
      return shape;
    };
    const Index T = in[0].size(-2), S = in[1].size(-2), d = in[0].size(-1), dv = in[2].size(-1);
    const Tensor steady = in[2].strides().back() == 1 ? in[2] : in[2].contiguous();
    const Tensor q = in[0].expand(batch_and(T, d)), k = in[1].expand(batch_and(S, d));
    const Tensor v = steady.expand(batch_and(S, dv)), out = zeros(batch_and(T, dv));
    const Tensor scores = empty({std::min(options.block, T), std::min(options.block, S)});
    Shape once = batch;  // for_each_row then calls once a matrix, as in 02.18
    once.push_back(1);
    for_each_row<4>(once, {&q.strides(), &k.strides(), &v.strides(), &out.strides()},
                    {q.offset(), k.offset(), v.offset(), 0}, [&](auto at) {
                      attend(detail::last_matrix(q, at[0]), detail::last_matrix(k, at[1]),
                             detail::last_matrix(v, at[2]), detail::last_matrix(out, at[3]),
                             scores.data());
                    });
    return out;
  }

 private:
  static Shape batch_shape(Inputs in) {
    Shape batch;
    for (const Tensor& t : in) {
      batch = broadcast_shapes(batch, Shape(t.shape().begin(), t.shape().end() - 2),
                               "tiled_attention (leading axes)");
    }
    return batch;
  }

  /// One matrix of each: q [T, d], k [S, d], v [S, dv], out [T, dv] of zeros.
  void attend(const Matrix& q, const Matrix& k, const Matrix& v, const Matrix& out,
              real* scores) const {
    const Index T = q.rows, S = k.rows, block = options.block;
    const real root = std::sqrt(static_cast<real>(q.cols));
    for (Index first = 0; first < T; first += block) {
      const Index rows = std::min(block, T - first);
      const Index reach = options.causal ? visible_keys(first + rows - 1, T, S) : S;
      std::vector<OnlineSoftmax> states(static_cast<std::size_t>(rows));
      for (Index begin = 0; begin < reach; begin += block) {
        const Index cols = std::min(block, reach - begin);
        const Matrix some_q{q.data + first * q.row_stride, rows, q.cols, q.row_stride,
                            q.col_stride};
        const Matrix some_k{k.data + begin * k.row_stride, k.cols, cols, k.col_stride,
                            k.row_stride};  // transposed: [d, cols]
        detail::multiply(some_q, some_k, {scores, rows, cols, cols, 1});
        for (Index i = 0; i < rows * cols; ++i) scores[i] /= root;
        for (Index row = 0; row < rows; ++row) {
          const Index seen = options.causal ? visible_keys(first + row, T, S) : S;
          absorb(states[static_cast<std::size_t>(row)], out.data + (first + row) * out.row_stride,
                 v.cols, scores + row * cols, std::clamp<Index>(seen - begin, 0, cols),
                 v.data + begin * v.row_stride, v.row_stride);
        }
      }
      for (Index row = 0; row < rows; ++row) {
        const double mass = states[static_cast<std::size_t>(row)].mass;
        real* found = out.data + (first + row) * out.row_stride;
        for (Index c = 0; c < v.cols; ++c) found[c] /= mass == 0 ? 1 : static_cast<real>(mass);
      }
    }
  }
};

/// The weights once more, block by block of queries: W = softmax(scale q k^T), out = W v.
///
/// Background  dv = W^T g;  dW = g v^T;  of softmax dS = W (dW - sum of dW W);  dq = scale dS k;  dk
///             = scale dS^T q. A block of queries that ends at query t is causal attention of its own
///             to the keys that t may see, because the last query stands at the last key.
/// Cost        the products of the plain rule and one more, for the weights; block * S numbers at a
///             time
/// In PyTorch  the same file, cpu_flash_attention_backward: it keeps the logarithm of each row's sum
inline Grads vjp(const TiledAttention& op, Inputs in, const Tensor&, const Tensor& g) {
  const Tensor &q = in[0], &k = in[1], &v = in[2];
  const Index T = q.size(-2), S = k.size(-2), block = op.options.block;
  const real root = std::sqrt(static_cast<real>(q.size(-1)));
  Grads grads = {zeros_like(q), zeros_like(k), zeros_like(v)};
  const auto add = [&](std::size_t i, Index start, Index stop, const Tensor& part) {
    const std::size_t axis = in[i].shape().size() - 2;
    Shape shape = in[i].shape();
    shape[axis] = stop - start;
    const SliceScatter place(in[i].shape(), Slice(axis, start, stop, 1));
    grads[i] = grads[i] + apply(place, {unbroadcast(part, shape)});
  };
  for (Index first = 0; first < T; first += block) {
    const Index last = std::min(first + block, T);
    const Index reach = op.options.causal ? visible_keys(last - 1, T, S) : S;
    const Tensor q_block = q.slice(-2, first, last), g_block = g.slice(-2, first, last);
    const Tensor k_seen = k.slice(-2, 0, reach), v_seen = v.slice(-2, 0, reach);
    const Tensor w = attention_weights(q_block, k_seen, {.causal = op.options.causal});
    const Tensor dw = matmul(g_block, v_seen.transpose(-1, -2));  // [*, rows, reach]
    const Tensor ds = w * (dw - sum(dw * w, -1, true)) / root;
    add(0, first, last, matmul(ds, k_seen));
    add(1, 0, reach, matmul(ds.transpose(-1, -2), q_block));
    add(2, 0, reach, matmul(w.transpose(-1, -2), g_block));
  }
  return grads;
}

namespace detail {
inline const bool tiled_attention_rule_defined = define_rules<TiledAttention>();
}  // namespace detail

/// scaled_dot_product_attention without mask and dropout, in memory that grows with T and not with
/// T * S.
inline Tensor tiled_attention(const Tensor& q, const Tensor& k, const Tensor& v,
                              TiledOptions options = {}) {
  (void)detail::score_shape(q, k, Tensor(), "tiled_attention");
  if (v.dim() < 2 || v.size(-2) != k.size(-2)) {
    throw ShapeError("tiled_attention: expects a value for each key, [*, " +
                     std::to_string(k.size(-2)) + ", dv], got " + to_string(v.shape()));
  }
  if (options.block < 1) {
    throw ValueError("tiled_attention: expects a block >= 1, got " + std::to_string(options.block));
  }
  return apply(TiledAttention(options), {q, k, v});
}

}  // namespace tinytorch
