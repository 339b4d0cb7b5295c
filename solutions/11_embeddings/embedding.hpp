// 11_embeddings / embedding.hpp: a table of vectors, and the rows that ids ask for.
//
//   Tensor x = embedding(weight, ids);     weight [V, C], ids [B, T] -> [B, T, C]
// The same numbers come from one_hot(ids, V) times weight: a matrix product of which all but one
// term in V is a zero. A look-up skips the zeros. Its gradient skips them as well: it adds each row
// of g to the row of the table that it came from.
#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/layers.hpp>

namespace tinytorch {

namespace detail {

/// ids[i] is no row of a table of V rows: which id, and where it stands.
inline IndexError no_such_row(const IndexTensor& ids, Index i, Index rows, const std::string& who) {
  Shape place(ids.shape().size());
  for (Index axis = ids.dim() - 1, left = i; axis >= 0; left /= ids.size(axis), --axis) {
    place[static_cast<std::size_t>(axis)] = left % ids.size(axis);
  }
  return IndexError(who + ": expects ids in 0 .. " + std::to_string(rows - 1) + ", got " +
                    std::to_string(ids[i]) + " at " + tinytorch::to_string(place) +
                    "\n  hint: is it the tokenizer that the table was made for?");
}

/// A copy of the ids, all of which are rows of a table of `rows` rows: whoever changes the
/// originals afterwards changes neither what was looked up nor where its gradient goes.
///
/// Goal        A wrong id is told where it comes in. Read without a check, it is somebody else's
///             memory; written in backward, it destroys it.
/// Examples    [[3, 0], [9, 1]] with 4 rows -> IndexError("embedding: expects ids in 0 .. 3, got 9
///             at [1, 0]");  -1 is no row either
/// In PyTorch  aten/src/ATen/native/Embedding.cpp calls index_select, which checks
inline IndexTensor checked_ids(const IndexTensor& ids, Index rows, const std::string& who) {
  // TODO(11.1): throw no_such_row(ids, i, rows, who) for the first i whose id is no row.
  // HINT: ids[i] counts through all ids, whatever their shape.
  // BEGIN SOLUTION 11.1
  for (Index i = 0; i < ids.numel(); ++i) {
    if (ids[i] < 0 || ids[i] >= rows) throw no_such_row(ids, i, rows, who);
  }
  // END SOLUTION 11.1
  return IndexTensor(ids.to_vector(), ids.shape());
}

/// A shape with one axis more at its end: [B, T] and C -> [B, T, C].
inline Shape with_last(Shape shape, Index size) {
  shape.push_back(size);
  return shape;
}

/// How many rows of C numbers a tensor [*, C] has.
inline Index row_count(const Shape& shape) { return numel(Shape(shape.begin(), shape.end() - 1)); }

}  // namespace detail

/// A row of zeros with a single 1 for each id: [*] -> [*, classes].
///
/// Goal        An id as a vector that a matrix can be multiplied by.
/// Examples    [2, 0] with 3 classes -> [[0, 0, 1], [1, 0, 0]]
/// Cost        `classes` numbers an id, all but one of them 0
/// In PyTorch  torch.nn.functional.one_hot
inline Tensor one_hot(const IndexTensor& ids, Index classes) {
  const IndexTensor own = detail::checked_ids(ids, classes, "one_hot");
  const Tensor rows = zeros(detail::with_last(own.shape(), classes));
  // TODO(11.2): write the ones.
  // HINT: the rows lie one after another, `classes` numbers each.
  // BEGIN SOLUTION 11.2
  for (Index i = 0; i < own.numel(); ++i) rows.data()[i * classes + own[i]] = 1;
  // END SOLUTION 11.2
  return rows;
}

/// Copies of rows of a table: [V, C] -> [*, C].
///
/// Goal        Each id becomes the vector that is learned for it.
/// Background  The ids are part of the operation and not an input: whole numbers have no gradient.
/// Examples    table [[1, 2], [3, 4], [5, 6]], ids [2, 0, 2] -> [[5, 6], [1, 2], [5, 6]]
/// Cost        C numbers copied an id, no arithmetic, whatever V is; keeps the ids
/// In PyTorch  aten/src/ATen/native/Embedding.cpp, embedding
struct EmbeddingOp : Primitive {
  IndexTensor ids;
  Index padding_idx;  // its row gets no gradient; -1: there is none
  explicit EmbeddingOp(IndexTensor of, Index padding = -1)
      : ids(std::move(of)), padding_idx(padding) {}

  const char* name() const override { return "embedding"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Tensor forward(Inputs in) const override {
    const Tensor weight = in[0].contiguous();  // [V, C]
    const Index channels = weight.size(1);
    const Tensor rows = empty(detail::with_last(ids.shape(), channels));
    const real* from = weight.data();
    real* to = rows.data();
    // TODO(11.3): copy row ids[i] of the table to row i of the result, for each i.
    // HINT: row r of a contiguous table begins at from + r * channels.
    // HINT: std::copy_n(first, count, destination)
    // BEGIN SOLUTION 11.3
    for (Index i = 0; i < ids.numel(); ++i) {
      std::copy_n(from + ids[i] * channels, channels, to + i * channels);
    }
    // END SOLUTION 11.3
    return rows;
  }
};

/// Adds rows up by the ids that they belong to: [*, C] -> [V, C].
///
/// Goal        The way back of a look-up: a "scatter-add".
/// Background  A row that was read three times was used three times: its gradient is the sum of
///             three. To assign instead of adding keeps the last one only, and the error is silent:
///             a rare token learns as it should, "the" loses nearly all that it is told. Rows that
///             were not read get zeros. The padding row gets none of what is meant for it.
/// Examples    g [[1, 2], [3, 4], [5, 6]] for ids [2, 0, 2], V = 3 -> [[3, 4], [0, 0], [6, 8]]
/// Cost        one addition a number of g; and V * C numbers written, however few ids there are
/// In PyTorch  aten/src/ATen/native/Embedding.cpp, embedding_dense_backward_cpu
struct EmbeddingGrad : Primitive {
  IndexTensor ids;
  Index rows;  // V
  Index padding_idx;
  EmbeddingGrad(IndexTensor of, Index row_count, Index padding)
      : ids(std::move(of)), rows(row_count), padding_idx(padding) {}

  const char* name() const override { return "embedding_grad"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Index flops(Inputs in, const Tensor&) const override { return in[0].numel(); }
  Tensor forward(Inputs in) const override {
    const Tensor g = in[0].contiguous();  // [*, C]
    const Index channels = g.size(-1);
    const Tensor table = zeros({rows, channels});
    const real* from = g.data();
    real* to = table.data();
    // TODO(11.4): add row i of g to row ids[i] of the table, for each i whose id is not
    // padding_idx.
    // HINT: the mirror of 11.3, with a sum in place of the copy.
    // BEGIN SOLUTION 11.4
    for (Index i = 0; i < ids.numel(); ++i) {
      if (ids[i] == padding_idx) continue;
      for (Index c = 0; c < channels; ++c) to[ids[i] * channels + c] += from[i * channels + c];
    }
    // END SOLUTION 11.4
    return table;
  }
};

/// What was read gets its gradient back.
///
/// Background  With S the matrix of one-hot rows, the look-up is S weight. Its rule is S^T g, and
///             S^T adds where S copies.
inline Grads vjp(const EmbeddingOp& op, Inputs in, const Tensor&, const Tensor& g) {
  // TODO(11.5): apply the other primitive of this file to g.
  // HINT: only the shape of in[0] may be read here: saves() keeps no numbers.
  // BEGIN SOLUTION 11.5
  return {apply(EmbeddingGrad(op.ids, in[0].size(0), op.padding_idx), {g})};
  // END SOLUTION 11.5
}

namespace detail {

/// 0 for the padding id, 1 for all others: [*] -> [*, 1].
inline Tensor is_no_padding(const IndexTensor& ids, Index padding_idx) {
  const Tensor mask = ones(with_last(ids.shape(), 1));
  for (Index i = 0; i < ids.numel(); ++i) {
    if (ids[i] == padding_idx) mask.data()[i] = 0;
  }
  return mask;
}

}  // namespace detail

/// The rule of the rule, for second derivatives: S^T is linear too, and its rule is S again.
inline Grads vjp(const EmbeddingGrad& op, Inputs, const Tensor&, const Tensor& g) {
  // TODO(11.6): look the same ids up in g; times detail::is_no_padding if there is a padding_idx.
  // HINT: g has the shape of the table here, [V, C].
  // BEGIN SOLUTION 11.6
  const Tensor looked_up = apply(EmbeddingOp(op.ids), {g});
  if (op.padding_idx < 0) return {looked_up};
  return {looked_up * detail::is_no_padding(op.ids, op.padding_idx)};
  // END SOLUTION 11.6
}

namespace detail {
inline const bool embedding_rules_defined = define_rules<EmbeddingOp, EmbeddingGrad>();
}  // namespace detail

struct EmbeddingOptions {
  std::optional<Index> padding_idx;  // an id that stands for "nothing here": its row is not learned
};

namespace detail {

/// The padding id as a row of the table, -1 if there is none. Negative ones count from the back.
inline Index padding_row(const EmbeddingOptions& options, Index rows) {
  if (!options.padding_idx) return -1;
  const Index row = *options.padding_idx < 0 ? *options.padding_idx + rows : *options.padding_idx;
  if (row >= 0 && row < rows) return row;
  throw IndexError("embedding: expects padding_idx in " + std::to_string(-rows) + " .. " +
                   std::to_string(rows - 1) + ", got " + std::to_string(*options.padding_idx));
}

}  // namespace detail

/// The rows of weight [V, C] that `ids` [*] name: [*, C].
///
/// Examples    weight [27, 8], ids [32, 5] -> [32, 5, 8];  ids [] -> [8]
/// In PyTorch  torch.nn.functional.embedding
inline Tensor embedding(const Tensor& weight, const IndexTensor& ids,
                        EmbeddingOptions options = {}) {
  if (weight.dim() != 2) {
    throw ShapeError("embedding: expects a table [V, C], got " +
                     tinytorch::to_string(weight.shape()));
  }
  if (!ids.defined()) throw ValueError("embedding: expects ids, got an undefined IndexTensor");
  const Index padding = detail::padding_row(options, weight.size(0));
  return apply(EmbeddingOp(detail::checked_ids(ids, weight.size(0), "embedding"), padding),
               {weight});
}

/// A table of V learned vectors of C numbers.
///
/// Goal        Ids have no order and no distance: 17 is not like 18. Vectors can be alike, and
///             training makes them so.
/// Examples    Embedding(27, 8, rng): ids [32, 5] -> [32, 5, 8], 216 parameters
/// Cost        V * C numbers, often the largest tensor of a small model
/// In PyTorch  torch/nn/modules/sparse.py, Embedding
class Embedding : public Module {
 public:
  using Options = EmbeddingOptions;

  /// Starts normal with mean 0 and variance 1; the padding row starts as zeros.
  Embedding(Index rows, Index channels, Rng& rng, Options options = {})
      : weight(parameter("weight", initial_weight(rows, channels, rng, options))),
        options_(options) {}

  using Module::forward;  // of a Tensor: an error that says what to call
  using Module::operator();
  Tensor forward(const IndexTensor& ids) const {  // [*] -> [*, C]
    return embedding(weight, ids, options_);
  }
  Tensor operator()(const IndexTensor& ids) const { return forward(ids); }

  const Tensor weight;  // [V, C]

 private:
  static Tensor initial_weight(Index rows, Index channels, Rng& rng, const Options& options) {
    if (rows < 1 || channels < 1) {
      throw ValueError("Embedding: expects sizes >= 1, got " + std::to_string(rows) + " rows of " +
                       std::to_string(channels));
    }
    const Tensor table = init::normal({rows, channels}, rng, 0, 1);
    const Index padding = detail::padding_row(options, rows);
    if (padding >= 0) std::fill_n(table.data() + padding * channels, channels, real{0});
    return table;
  }

  const Options options_;
};

}  // namespace tinytorch
