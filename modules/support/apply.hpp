// support / apply.hpp: the one door through which every operation goes.
//
//   Tensor y = apply(Permute{{1, 0}}, {x});
// runs the forward and then tells the listeners (primitive.hpp). What an operation calls inside its
// own forward is its own business: only the outermost call is told.
#pragma once
#include <initializer_list>
#include <string>

#include <tinytorch/support/primitive.hpp>
#include <tinytorch/tensor/handle.hpp>

namespace tinytorch {

inline Inputs::Inputs(const std::vector<Tensor>& tensors)
    : Inputs(tensors.data(), tensors.size()) {}
inline const Tensor& Inputs::operator[](std::size_t i) const { return first_[i]; }
inline const Tensor* Inputs::end() const { return first_ + count_; }

namespace detail {

inline int& apply_depth() {
  thread_local int depth = 0;
  return depth;
}

/// Counts how deep we are in nested apply calls, also when a forward throws.
struct ApplyDepth {
  ApplyDepth() { ++apply_depth(); }
  ~ApplyDepth() { --apply_depth(); }
  ApplyDepth(const ApplyDepth&) = delete;
  ApplyDepth& operator=(const ApplyDepth&) = delete;
};

inline Tensor run(const Primitive& op, Inputs inputs, const Primitive* (*copy)(const Primitive&)) {
  if (apply_depth() > 0) return op.forward(inputs);
  for (Listener* listener : permanent_listeners()) listener->before(op, inputs);
  for (Listener* listener : scoped_listeners()) listener->before(op, inputs);
  Tensor output = [&] {
    const ApplyDepth deeper;
    return op.forward(inputs);
  }();
  const Call call{op, inputs, output, copy};
  for (Listener* listener : permanent_listeners()) listener->after(call);
  for (Listener* listener : scoped_listeners()) listener->after(call);
  return output;
}

}  // namespace detail

/// Runs `op` on `inputs`; the result knows its history if somebody (autograd) listens and
/// remembers. Only the copying of `op` needs its type: the less a template holds, the less is
/// compiled anew for each operation.
template <class Op>
Tensor apply(const Op& op, Inputs inputs) {
  return detail::run(op, inputs, [](const Primitive& p) -> const Primitive* {
    return new Op(static_cast<const Op&>(p));
  });
}

template <class Op>
Tensor apply(const Op& op, std::initializer_list<Tensor> inputs) {
  return apply(op, Inputs(inputs.begin(), inputs.size()));
}

/// Every function that changes numbers in place calls this first: listeners may refuse, then the
/// version moves.
inline void about_to_write(const Tensor& tensor, const char* who) {
  for (std::size_t axis = 0; axis < tensor.shape().size(); ++axis) {
    if (tensor.numel() > 0 && tensor.shape()[axis] > 1 && tensor.strides()[axis] == 0) {
      throw Error(std::string(who) + ": expects a tensor whose elements have a number each, got " +
                  to_string(tensor.shape()) + " with strides " + to_string(tensor.strides()) +
                  "\n  hint: an expanded tensor repeats its numbers; clone() it first");
    }
  }
  for (Listener* listener : permanent_listeners()) listener->writing(tensor, who);
  for (Listener* listener : scoped_listeners()) listener->writing(tensor, who);
  tensor.storage()->bump_version();
}

}  // namespace tinytorch
