// 08_dataloader / dataset.hpp: anything that has a size and can hand out an example.
//
//   TensorDataset data(images, labels);    images: [N, ...], labels: [N]
//   Example one = data.get(3);             one.x: [...], one.y: []
//   collate(examples)                      B examples become one batch: x [B, ...], y [B, ...]
// Not here: the order in which examples come (samplers.hpp), files (image_sheet.hpp).
#pragma once
#include <algorithm>
#include <concepts>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/ops.hpp>
#include <tinytorch/support/todo.hpp>

namespace tinytorch {

/// What a dataset hands out, one or a batch of them: an input and what is to be said of it.
template <class X, class Y>
struct Labelled {
  X x;
  Y y;
};

using Example = Labelled<Tensor, IndexTensor>;            // a picture and its class
using RegressionExample = Labelled<Tensor, Tensor>;       // numbers and numbers
using IndexExample = Labelled<IndexTensor, IndexTensor>;  // tokens and the tokens that follow

/// A Dataset says how many examples it has and makes the i-th on demand, always the same.
///
/// Background  No base class: whatever has these two members is one, and the compiler says so.
///             A dataset whose examples change from epoch to epoch (TransformedDataset) takes the
///             epoch as a second argument of get; it keeps no state, so threads may share it.
/// In PyTorch  torch/utils/data/dataset.py, Dataset: __len__ and __getitem__
template <class D>
concept Dataset = requires(const D& dataset, Index i) {
  { dataset.size() } -> std::convertible_to<Index>;
  dataset.get(i).x;
  dataset.get(i).y;
};

/// The type of one example of D, and of a batch.
template <Dataset D>
using ExampleOf = decltype(std::declval<const D&>().get(Index{}));

/// Example i as it is in `epoch`.
template <Dataset D>
ExampleOf<D> get_example(const D& dataset, Index i, Index epoch) {
  if constexpr (requires { dataset.get(i, epoch); }) {
    return dataset.get(i, epoch);
  } else {
    return dataset.get(i);
  }
}

/// An index counted from the front, 0 .. n-1; negative ones count from the back: -1 is the last.
inline Index wrap_index(Index i, Index n, const std::string& who) {
  if (i < -n || i >= n) {
    throw IndexError(who + ": expects an example " +
                     (n == 0 ? "of a dataset that has some"
                             : "in [" + std::to_string(-n) + ", " + std::to_string(n - 1) + "]") +
                     ", got " + std::to_string(i));
  }
  return i < 0 ? i + n : i;
}

/// Entry i of the first axis, 0 <= i < size(0): a view, no number is copied.
inline Tensor row(const Tensor& t, Index i) { return t.select(0, i); }

/// Entry i of the first axis, 0 <= i < size(0): [N, ...] -> [...].
///
/// Goal        The label, or labels, of one example.
/// Background  An IndexTensor is always contiguous, so the numbers of a row lie side by side.
/// Examples    [7, 8, 9], i = 1 -> 8 with shape [];  [[1, 2], [3, 4]], i = 1 -> [3, 4]
/// Cost        a copy of the row
inline IndexTensor row(const IndexTensor& t, Index i) {
  // TODO(08.1): the numbers of row i, under the shape without its first axis.
  // HINT: how many numbers has a row? numel(shape) of what is left of the shape.
  // HINT: IndexTensor(std::vector<Index>(from, to), shape)
  // BEGIN SOLUTION 08.1
  Shape shape = t.shape();
  shape.erase(0);
  const Index length = numel(shape);
  const Index* first = t.data() + i * length;
  return IndexTensor(std::vector<Index>(first, first + length), shape);
  // END SOLUTION 08.1
}

/// Joins index tensors of one shape along a new first axis: three of [2] -> [3, 2].
///
/// Goal        The labels of a batch. (stack of 02_ops does the same for its inputs.)
/// Examples    [1, 2] and [3, 4] -> [[1, 2], [3, 4]];  5 and 6, both of shape [], -> [5, 6]
/// Cost        each number is copied once
inline IndexTensor stack(const std::vector<IndexTensor>& tensors) {
  if (tensors.empty()) throw ValueError("stack: expects at least one tensor, got none");
  // TODO(08.2): one list of all numbers, under the shape [count, ...]. All shapes must be equal, or
  // TODO(08.2): ShapeError("stack: expects tensors of one shape, got [2] and [3]").
  // HINT: Shape has insert(position, value).
  // HINT: compare shapes, not counts: [2, 3] and [3, 2] have the same number of entries.
  // BEGIN SOLUTION 08.2
  Shape shape = tensors[0].shape();
  std::vector<Index> values;
  values.reserve(tensors.size() * static_cast<std::size_t>(numel(shape)));
  for (const IndexTensor& t : tensors) {
    if (t.shape() != tensors[0].shape()) {
      throw ShapeError("stack: expects tensors of one shape, got " + to_string(tensors[0].shape()) +
                       " and " + to_string(t.shape()));
    }
    values.insert(values.end(), t.data(), t.data() + t.numel());
  }
  shape.insert(0, static_cast<Index>(tensors.size()));
  return IndexTensor(std::move(values), shape);
  // END SOLUTION 08.2
}

/// B examples become one batch, x [B, ...] and y [B, ...].
///
/// In PyTorch  torch/utils/data/_utils/collate.py, default_collate
template <class E>
E collate(const std::vector<E>& examples) {
  std::vector<decltype(E::x)> xs;
  std::vector<decltype(E::y)> ys;
  xs.reserve(examples.size());
  ys.reserve(examples.size());
  for (const E& example : examples) {
    xs.push_back(example.x);
    ys.push_back(example.y);
  }
  return {stack(xs), stack(ys)};
}

/// Inputs [N, ...] and targets [N, ...] side by side: the rows belong together.
///
/// In PyTorch  torch/utils/data/dataset.py, TensorDataset
template <class X, class Y>
class TensorDataset {
 public:
  TensorDataset(X x, Y y) : x_(std::move(x)), y_(std::move(y)) {
    if (x_.dim() == 0 || y_.dim() == 0 || x_.size(0) != y_.size(0)) {
      throw ShapeError("TensorDataset: expects x and y with a first axis of the same size, got " +
                       to_string(x_.shape()) + " and " + to_string(y_.shape()));
    }
  }

  Index size() const { return x_.size(0); }

  Labelled<X, Y> get(Index i) const {
    const Index at = wrap_index(i, size(), "TensorDataset");
    return {row(x_, at), row(y_, at)};
  }

 private:
  X x_;
  Y y_;
};

/// Some examples of a dataset, in an order of their own.
///
/// In PyTorch  torch/utils/data/dataset.py, Subset
template <Dataset D>
class Subset {
 public:
  Subset(D dataset, std::vector<Index> indices)
      : dataset_(std::move(dataset)), indices_(std::move(indices)) {
    for (Index& i : indices_) i = wrap_index(i, dataset_.size(), "Subset");
  }

  Index size() const { return static_cast<Index>(indices_.size()); }
  const std::vector<Index>& indices() const { return indices_; }  // in the whole dataset

  ExampleOf<D> get(Index i, Index epoch = 0) const {
    const Index at = wrap_index(i, size(), "Subset");
    return get_example(dataset_, indices_[static_cast<std::size_t>(at)], epoch);
  }

 private:
  D dataset_;
  std::vector<Index> indices_;
};

}  // namespace tinytorch
