// 01_tensor / handle.hpp: class Tensor, a handle to numbers in memory.
//
// Copying a Tensor copies a pointer, as in PyTorch: both names then mean the same tensor. A tensor
// is a storage (the numbers) and a way to walk it (shape, strides, offset); a view is another way
// to walk the same storage. clone() is what makes new numbers.
#pragma once
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/support/storage.hpp>
#include <tinytorch/tensor/shape.hpp>

namespace tinytorch {

/// What autograd knows of a tensor. Module 03 defines it; until then every tensor carries a null
/// pointer.
struct AutogradMeta;

/// Note [The slot]: this file never changes again, although three modules later tensors have
/// gradients. It leaves a slot, a pointer to a type that it only declares. In PyTorch:
/// c10/core/TensorImpl.h, AutogradMetaInterface, for the same reason: c10 must not depend on
/// autograd.
struct TensorImpl {
  std::shared_ptr<Storage> storage;
  Shape shape;
  Shape strides;
  Index offset = 0;
  std::shared_ptr<AutogradMeta> autograd;
};

struct BackwardOptions {
  bool retain_graph = false;  // keep the graph for another backward
  /// Record backward itself, for derivatives of derivatives. A leaf's grad() then has a graph that
  /// leads back to the leaf; zero_grad() cuts that circle, or it is never freed. grad(loss, {x},
  /// true) makes none.
  bool create_graph = false;
};

class [[nodiscard]] Tensor {
 public:
  /// No tensor at all: defined() is false.
  Tensor() = default;

  /// A way to look at `storage`. Most callers want zeros, tensor({...}) or a view instead.
  Tensor(std::shared_ptr<Storage> storage, const Shape& shape, const Shape& strides, Index offset)
      : impl_(std::make_shared<TensorImpl>()) {
    impl_->storage = std::move(storage);
    impl_->shape = shape;
    impl_->strides = strides;
    impl_->offset = offset;
  }

  bool defined() const { return impl_ != nullptr; }
  const Shape& shape() const { return impl().shape; }
  const Shape& strides() const { return impl().strides; }  // in elements, not bytes
  Index offset() const { return impl().offset; }
  Index dim() const { return static_cast<Index>(shape().size()); }
  Index size(Index axis) const { return shape()[wrap_axis(axis, shape().size(), "size")]; }
  Index numel() const { return tinytorch::numel(shape()); }
  Index nbytes() const { return numel() * static_cast<Index>(sizeof(real)); }
  bool shares_storage_with(const Tensor& other) const { return storage() == other.storage(); }

  /// Do the elements lie one after another in row-major order?
  ///
  /// Goal        To know when a plain loop over memory is right.
  /// Background  A size-1 axis is never stepped along, so its stride does not matter; a tensor
  ///             without elements is contiguous.
  /// Examples    [2, 3] with strides [3, 1] -> true;  [3, 2] with [1, 3] -> false;  [3, 1] with [1,
  ///             7] -> true
  /// In PyTorch  c10/core/Contiguity.h, _compute_contiguous
  bool is_contiguous() const {
    // TODO(01.5): compare the strides with the row-major ones, axis by axis.
    // HINT: skip the axes whose size is 1.
    todo("01.5", "is_contiguous");
  }

  /// The first element in memory. Raw: it sees neither strides nor autograd, nor counts what you
  /// write.
  real* data() const { return storage()->data() + offset(); }

  /// The element at a full index, one entry an axis: t.at({1, -1}).
  real at(const Shape& index) const { return storage()->data()[position(index)]; }

  /// Changes one element in place. Every view of the same storage sees it.
  void set(const Shape& index, real value);  // views.hpp: it tells listeners first

  /// The only number of a tensor that has one.
  ///
  /// Goal        From a tensor back to a C++ number: a loss to print.
  /// Examples    shape [] and [1, 1] have one; [2] is a ShapeError that shows the shape
  real item() const {
    // TODO(01.6): throw ShapeError("item: expects exactly one element, got shape [..]") for any
    // other count.
    // HINT: a view may start anywhere in its storage; data() already knows where.
    todo("01.6", "item");
  }

  // Views: views.hpp. None of them copies a number, but for reshape and contiguous where they must.
  Tensor permute(const Shape& order) const;  // axis i of the result is axis order[i]
  Tensor transpose(Index a, Index b) const;  // two axes change places
  Tensor slice(Index axis, Index start, Index stop, Index step = 1) const;
  Tensor select(Index axis, Index i) const;  // one index of an axis, which goes
  Tensor squeeze(Index axis) const;          // takes a size-1 axis out
  Tensor unsqueeze(Index axis) const;        // puts a size-1 axis in
  Tensor expand(const Shape& shape) const;   // repeats size-1 axes without memory
  Tensor view(const Shape& shape) const;     // another shape; throws if it must copy
  Tensor reshape(const Shape& shape) const;  // another shape; copies only if it must
  Tensor flatten(Index start = 0) const;     // axes start .. last become one
  Tensor contiguous() const;                 // itself, or a row-major copy
  Tensor clone() const;                      // always new numbers
  Tensor detach() const;                     // the same numbers, outside any graph
  std::string to_string() const;             // print.hpp

  // In place, always with a trailing underscore.
  Tensor& fill_(real value);  // views.hpp
  Tensor& zero_() { return fill_(0); }
  Tensor& copy_(const Tensor& source);                // source broadcasts to this shape
  Tensor& add_(const Tensor& other, real scale = 1);  // 02_ops: this += scale * other
  Tensor& sub_(const Tensor& other);
  Tensor& mul_(const Tensor& other);
  Tensor& mul_(real factor);

  // Gradients: declared here, defined in 03_autograd.
  bool requires_grad() const;
  Tensor& set_requires_grad(bool on);
  bool is_leaf() const;
  Tensor grad() const;
  void zero_grad() const;
  void retain_grad() const;
  void backward(BackwardOptions options = {}) const;
  void backward(const Tensor& gradient, BackwardOptions options = {}) const;

  // For those who write operations.
  const std::shared_ptr<Storage>& storage() const {
    if (!impl().storage) {
      throw AutogradError("storage: this tensor kept only its shape for backward\n"
                          "  hint: the operation's saves() must say what its vjp reads");
    }
    return impl_->storage;
  }
  bool has_storage() const { return impl().storage != nullptr; }
  const std::shared_ptr<AutogradMeta>& autograd() const { return impl().autograd; }
  void set_autograd(std::shared_ptr<AutogradMeta> meta) const { impl().autograd = std::move(meta); }

  /// The same shape and history without the numbers: what backward keeps where a rule reads shapes
  /// only.
  Tensor shape_only() const {
    Tensor t;
    t.impl_ = std::make_shared<TensorImpl>();
    t.impl_->shape = shape();
    t.impl_->autograd = autograd();
    return t;
  }

 private:
  TensorImpl& impl() const {
    if (!impl_) {
      throw Error("Tensor: expects a tensor, got an undefined one (default-constructed, or a "
                  "gradient that was never computed)\n  hint: check defined() first");
    }
    return *impl_;
  }

  /// Where the element at `index` lies in the storage, after checking the index.
  ///
  /// Goal        A wrong index is an error with both shapes in it, never a wild read.
  /// Examples    shape [2, 3]: [1, 2] is fine; [1, -1] means [1, 2]; [2, 0] and [1] are IndexErrors
  Index position(const Shape& index) const {
    // TODO(01.7): check the number of indices, then each index; wrap negative ones; use
    // flat_offset.
    // HINT: IndexError("at: expects 2 indices for shape [2, 3], got [1]"), and
    // HINT: IndexError("at: expects index 0 in [-2, 1] for shape [2, 3], got 5").
    todo("01.7", "at");
  }

  std::shared_ptr<TensorImpl> impl_;
};

}  // namespace tinytorch
