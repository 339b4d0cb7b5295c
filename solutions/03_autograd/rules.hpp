// 03_autograd / rules.hpp: how a primitive finds its derivative rule.
//
// A rule is an overload, one for each primitive:
//     Grads vjp(const Mul& op, Inputs in, const Tensor& out, const Tensor& g);
// Given g, the gradient of the loss with respect to the result, it returns the gradient with
// respect to each input: a vector-Jacobian product. An undefined Tensor says "none for this input".
// Rules are written with ordinary operations, so they can be differentiated themselves.
// define_rules<Mul, ...>() makes them known; later modules, and you in your own programs, add
// primitives in the same way.
// In PyTorch: tools/autograd/derivatives.yaml, a table of formulas from which such functions are
// generated.
#pragma once
#include <concepts>
#include <typeindex>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tinytorch/autograd/graph.hpp>

namespace tinytorch {

using Grads = std::vector<Tensor>;
using Rule = Grads (*)(const Primitive&, Inputs, const Tensor& out, const Tensor& g);

namespace detail {

inline std::unordered_map<std::type_index, Rule>& rules() {
  static std::unordered_map<std::type_index, Rule> table;
  return table;
}

inline void add_rule(std::type_index type, Rule rule) { rules().insert_or_assign(type, rule); }

inline Rule find_rule(const Primitive& op) {
  const auto found = rules().find(std::type_index(typeid(op)));
  return found == rules().end() ? nullptr : found->second;
}

template <class Op>
Grads call_vjp(const Primitive& op, Inputs in, const Tensor& out, const Tensor& g) {
  return vjp(static_cast<const Op&>(op), in, out, g);
}

}  // namespace detail

/// A primitive for which somebody wrote vjp.
template <class Op>
concept HasRule = requires(const Op& op, Inputs in, const Tensor& t) {
  { vjp(op, in, t, t) } -> std::same_as<Grads>;
};

/// Makes the vjp overloads of these primitives known to backward. Returns true, so that it can
/// initialise a constant.
template <class... Ops>
bool define_rules() {
  static_assert(
      (HasRule<Ops> && ...),
      "define_rules: each primitive needs Grads vjp(const Op&, Inputs, const Tensor& out, "
      "const Tensor& g)");
  (detail::add_rule(typeid(Ops), detail::call_vjp<Ops>), ...);
  return true;
}

/// The gradient of an operand that was broadcast: g summed over every axis that was repeated.
///
/// Goal        The way back through broadcasting; every elementwise rule ends with it.
/// Background  A number that was used n times gets the sum of n gradients. Axes that were added in
///             front go; axes that had size 1 stay, with size 1.
/// Examples    g [2, 3] to [3] -> the column sums;  to [2, 1] -> the row sums, [2, 1];  to [] ->
///             the total
/// In PyTorch  aten/src/ATen/ExpandUtils.h, sum_to
inline Tensor unbroadcast(const Tensor& g, const Shape& shape) {
  if (g.shape() == shape) return g;
  // TODO(03.5): sum over the axes in which g and `shape` differ, then give the result exactly
  // `shape`.
  // HINT: align from the right, as broadcast_shapes does; sum takes a list of axes.
  // BEGIN SOLUTION 03.5
  const std::size_t added = g.shape().size() - shape.size();
  Shape repeated;
  for (std::size_t axis = 0; axis < g.shape().size(); ++axis) {
    if (axis < added || shape[axis - added] != g.shape()[axis]) {
      repeated.push_back(static_cast<Index>(axis));
    }
  }
  return sum(g, repeated, true).reshape(shape);
  // END SOLUTION 03.5
}

}  // namespace tinytorch
