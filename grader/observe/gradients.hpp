// grader / observe / gradients.hpp: derivative rules and gradients as what is seen.
//
// A rule is asked directly, so that it is seen without the engine and without the other rules. The
// other two helpers go through backward.
#pragma once
#include <tinytorch/autograd.hpp>

#include "tensors.hpp"

namespace observe {

/// The same numbers, and a gradient is wanted.
inline Tensor leaf(const Tensor& t) { return t.detach().set_requires_grad(true); }

inline std::vector<Tensor> leaves(const std::vector<Tensor>& tensors) {
  std::vector<Tensor> list;
  for (const Tensor& t : tensors) list.push_back(leaf(t));
  return list;
}

/// What the rule of `op` returns for each input, given what `op` saves of inputs and result.
template <class Op>
void see_rule(Case& c, const Op& op, const std::vector<Tensor>& inputs, const Tensor& out,
              const Tensor& g) {
  const auto saves = op.saves();
  std::vector<Tensor> kept;
  for (const Tensor& input : inputs) kept.push_back(saves.inputs ? input : input.shape_only());
  const auto grads = vjp(op, kept, saves.output ? out : out.shape_only(), g);
  see(c, grads.size());
  for (const Tensor& gradient : grads) see(c, gradient);
}

template <class Op>
void see_rule(Case& c, const Op& op, const std::vector<Tensor>& inputs) {
  const Tensor out = op.forward(inputs);
  see_rule(c, op, inputs, out, any_tensor(c, out.shape()));
}

/// A leaf's gradient; none is the same as zeros.
inline void see_gradient(Case& c, const Tensor& leaf) {
  const Tensor gradient = leaf.grad();
  see(c, gradient.defined() ? gradient : zeros_like(leaf));
}

/// f of the inputs, and its gradients for a random gradient of the result.
template <class F>
void see_gradients(Case& c, F f, const std::vector<Tensor>& inputs) {
  const std::vector<Tensor> x = leaves(inputs);
  const Tensor y = f(x);
  see(c, y);
  y.backward(any_tensor(c, y.shape()));
  for (const Tensor& input : x) see_gradient(c, input);
}

/// The gradients of a random sum of f's gradients: second derivatives.
template <class F>
void see_second_gradients(Case& c, F f, const std::vector<Tensor>& inputs) {
  const std::vector<Tensor> x = leaves(inputs);
  const Tensor y = f(x);
  const auto first = grad(sum(y * random_tensor(c, y.shape())), x, true);
  Tensor total = tinytorch::scalar(0);
  for (const Tensor& gradient : first)
    total = total + sum(gradient * random_tensor(c, gradient.shape()));
  if (total.requires_grad()) total.backward();
  for (const Tensor& input : x) see_gradient(c, input);
}

}  // namespace observe
