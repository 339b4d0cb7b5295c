// support / primitive.hpp: what an operation is, and who may listen to it.
//
// Every operation on tensors is a Primitive: a small object with a name, a forward, and its
// attributes as members. All of them pass through one function, apply (apply.hpp), which runs
// forward and tells whoever listens. That is the choke point on which autograd, the FLOP counter
// and any profiler stand; none of them edits an operation.
// In PyTorch: the dispatcher, c10/core/DispatchKey.h; in MLX: mlx/primitives.h.
#pragma once
#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include <tinytorch/support/types.hpp>

namespace tinytorch {

class Tensor;

/// The tensors that an operation reads: a pointer and a count, never a copy. (A std::span would do,
/// but then the call apply(op, span) would also find std::apply.)
class Inputs {
 public:
  Inputs(const Tensor* first, std::size_t count) : first_(first), count_(count) {}
  Inputs(const std::vector<Tensor>& tensors);
  template <std::size_t N>
  Inputs(const std::array<Tensor, N>& tensors) : Inputs(tensors.data(), N) {}

  std::size_t size() const { return count_; }
  const Tensor& operator[](std::size_t i) const;  // apply.hpp, where Tensor is complete
  const Tensor* begin() const { return first_; }
  const Tensor* end() const;

  /// Only input i.
  Inputs only(std::size_t i) const { return {&(*this)[i], 1}; }

 private:
  const Tensor* first_;
  std::size_t count_;
};

/// What the derivative rule of an operation reads besides shapes. What it does not read is not kept
/// alive.
struct Saves {
  bool inputs = true;
  bool output = true;
};

struct Primitive {
  virtual ~Primitive() = default;

  virtual const char* name() const = 0;
  virtual Tensor forward(Inputs inputs) const = 0;

  /// Floating-point operations of one forward, counted by formula: no timing. Views and copies do
  /// none.
  virtual Index flops(Inputs /*inputs*/, const Tensor& /*output*/) const { return 0; }

  virtual Saves saves() const { return {}; }

  /// False for an operation whose result is constant wherever it is smooth, such as a comparison.
  virtual bool differentiable() const { return true; }
};

/// One operation that has just run. keep() copies the operation to the heap; a listener that does
/// not remember operations never pays for that.
struct Call {
  const Primitive& op;
  Inputs inputs;
  Tensor& output;
  const Primitive* (*copy)(const Primitive&);  // new, of the same type

  std::shared_ptr<const Primitive> keep() const {
    return std::shared_ptr<const Primitive>(copy(op));
  }
};

struct Listener {
  virtual ~Listener() = default;
  virtual void before(const Primitive& /*op*/, Inputs /*inputs*/) {}
  virtual void after(const Call& /*call*/) {}
  /// Somebody is about to change the numbers of `tensor` in place.
  virtual void writing(const Tensor& /*tensor*/, const char* /*who*/) {}
};

/// Listeners for the whole program, such as autograd's recorder. Add to it before threads start.
inline std::vector<Listener*>& permanent_listeners() {
  static std::vector<Listener*> listeners;
  return listeners;
}

/// Listeners of this thread (ListenerScope adds and removes them).
inline std::vector<Listener*>& scoped_listeners() {
  thread_local std::vector<Listener*> listeners;
  return listeners;
}

/// Listens from construction to the end of the enclosing block.
class ListenerScope {
 public:
  explicit ListenerScope(Listener& listener) { scoped_listeners().push_back(&listener); }
  ~ListenerScope() { scoped_listeners().pop_back(); }
  ListenerScope(const ListenerScope&) = delete;
  ListenerScope& operator=(const ListenerScope&) = delete;
};

}  // namespace tinytorch
