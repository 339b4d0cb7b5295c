// 08_dataloader / transforms.hpp: what is done to a picture before it is learned from.
//
//   const Compose augment({RandomCrop(28, 2), RandomHorizontalFlip(0.5), Normalize(0.13, 0.31)});
//   TransformedDataset data(pictures, augment, seed);
// A transform is anything that can be called with a tensor and a generator. Pictures are
// [..., h, w]. Random ones are for training only: a test is about the pictures as they are.
#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/dataloader/dataset.hpp>
#include <tinytorch/dataloader/samplers.hpp>

namespace tinytorch {

using Transform = std::function<Tensor(const Tensor&, Rng&)>;

/// One transform after another, from left to right.
class Compose {
 public:
  Compose(std::initializer_list<Transform> transforms) : transforms_(transforms) {}

  Tensor operator()(const Tensor& x, Rng& rng) const {
    Tensor y = x;
    for (const Transform& transform : transforms_) y = transform(y, rng);
    return y;
  }

 private:
  std::vector<Transform> transforms_;
};

/// (x - mean) / std, with one mean and one std for all, or one for each channel of [C, h, w].
///
/// Goal        Numbers around 0 and of size 1, which layers are initialised for.
/// Background  Take mean and std from the training part only: the test part is unknown.
class Normalize {
 public:
  Normalize(double mean, double std) : Normalize({mean}, {std}) {}
  Normalize(std::initializer_list<double> mean, std::initializer_list<double> std)
      : Normalize(std::vector<double>(mean), std::vector<double>(std)) {}
  Normalize(const std::vector<double>& mean, const std::vector<double>& std) {
    if (mean.size() != std.size()) {
      throw ShapeError("Normalize: expects as many means as standard deviations, got " +
                       std::to_string(mean.size()) + " and " + std::to_string(std.size()));
    }
    for (const double s : std) {
      if (!(s > 0)) throw ValueError("Normalize: expects std > 0, got " + std::to_string(s));
    }
    const Shape shape =
        mean.size() == 1 ? Shape{} : Shape{static_cast<Index>(mean.size()), 1, 1};  // [C, 1, 1]
    mean_ = tensor({mean.begin(), mean.end()}, shape);
    std_ = tensor({std.begin(), std.end()}, shape);
  }

  Tensor operator()(const Tensor& x, Rng&) const {
    if (mean_.dim() > 0 && (x.dim() < 3 || x.size(-3) != mean_.size(0))) {
      throw ShapeError("Normalize: expects [" + std::to_string(mean_.size(0)) + ", h, w], got " +
                       to_string(x.shape()));
    }
    return (x - mean_) / std_;
  }

 private:
  Tensor mean_, std_;
};

/// Left and right change places with probability p: a cat stays a cat (a digit does not stay one).
class RandomHorizontalFlip {
 public:
  explicit RandomHorizontalFlip(double p = 0.5) : p_(p) {
    if (!(p >= 0 && p <= 1)) {
      throw ValueError("RandomHorizontalFlip: expects p in [0, 1], got " + std::to_string(p));
    }
  }

  Tensor operator()(const Tensor& x, Rng& rng) const {  // [..., w]
    if (static_cast<double>(rng.uniform()) >= p_) return x;
    const Index width = x.size(-1);
    const Tensor from = x.contiguous();
    Tensor out = empty(x.shape());
    for (Index i = 0; i < x.numel(); i += width) {
      std::reverse_copy(from.data() + i, from.data() + i + width, out.data() + i);
    }
    return out;
  }

 private:
  double p_;
};

/// A window of size x size somewhere in the picture, around which `padding` zeros were laid.
///
/// Goal        The same picture, a little moved: the place of a thing does not say what it is.
/// Background  With padding p a picture of h x w becomes (h + 2 p) x (w + 2 p). RandomCrop(h, p) of
///             a square picture keeps its size and moves it by at most p in each direction.
/// Examples    [1, 4, 4], size 4, padding 1: nine windows, each as likely as any other
/// Cost        one copy where there is padding; a view where there is none
/// In PyTorch  torchvision/transforms/transforms.py, RandomCrop
class RandomCrop {
 public:
  explicit RandomCrop(Index size, Index padding = 0) : size_(size), padding_(padding) {
    if (size < 1 || padding < 0) {
      throw ValueError("RandomCrop: expects size >= 1 and padding >= 0, got " +
                       std::to_string(size) + " and " + std::to_string(padding));
    }
  }

  Tensor operator()(const Tensor& x, Rng& rng) const {  // [..., h, w] -> [..., size, size]
    const Index height = x.size(-2) + 2 * padding_, width = x.size(-1) + 2 * padding_;
    if (height < size_ || width < size_) {
      throw ShapeError("RandomCrop: expects at least " + std::to_string(size_) + " x " +
                       std::to_string(size_) + " pixels, padding included, got " +
                       std::to_string(height) + " x " + std::to_string(width));
    }
    // TODO(08.9): lay x into the middle of zeros, draw where the window begins, slice it out.
    // HINT: first the row, then the column; rng.below(n) draws one of n places: how many are there?
    // HINT: slice(-2, first, stop) is a view of rows; copy_ writes through it.
    // BEGIN SOLUTION 08.9
    Tensor padded = x;
    if (padding_ > 0) {
      Shape shape = x.shape();
      shape[shape.size() - 2] = height;
      shape[shape.size() - 1] = width;
      padded = zeros(shape);
      padded.slice(-2, padding_, height - padding_).slice(-1, padding_, width - padding_).copy_(x);
    }
    const Index top = rng.below(height - size_ + 1);
    const Index left = rng.below(width - size_ + 1);
    return padded.slice(-2, top, top + size_).slice(-1, left, left + size_);
    // END SOLUTION 08.9
  }

 private:
  Index size_, padding_;
};

/// A dataset whose inputs go through a transform when they are asked for.
///
/// In PyTorch  torchvision datasets take `transform=`; their randomness comes from global
///             generators, a separate one in each worker
template <Dataset D>
class TransformedDataset {
 public:
  TransformedDataset(D dataset, Transform transform, std::uint64_t seed = 0)
      : dataset_(std::move(dataset)), transform_(std::move(transform)), seed_(seed) {}

  Index size() const { return dataset_.size(); }

  /// Example i as it is in `epoch`.
  ///
  /// Goal        Another crop each epoch, and yet every run the same.
  /// Background  What is drawn may depend on the seed, the epoch and i only: not on which examples
  ///             were asked for before, nor on the thread that asks.
  ExampleOf<D> get(Index i, Index epoch = 0) const {
    const Index at = wrap_index(i, size(), "TransformedDataset");
    // TODO(08.10): transform the example's x with a generator of its own; y stays.
    // HINT: derive_seed(seed, {...}) of samplers.hpp; get_example passes the epoch on.
    // BEGIN SOLUTION 08.10
    ExampleOf<D> example = get_example(dataset_, at, epoch);
    Rng rng(derive_seed(seed_, {epoch, at}));
    example.x = transform_(example.x, rng);
    return example;
    // END SOLUTION 08.10
  }

 private:
  D dataset_;
  Transform transform_;
  std::uint64_t seed_;
};

}  // namespace tinytorch
