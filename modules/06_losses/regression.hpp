// 06_losses / regression.hpp: how far numbers are from other numbers.
#pragma once
#include <string>

#include <tinytorch/losses/reduction.hpp>

namespace tinytorch {

namespace detail {

/// Predictions [N, 1] against targets [N] would broadcast to [N, N]: every prediction would be
/// compared with every target, and the loss would look like a loss.
inline void check_same_shape(const Tensor& input, const Tensor& target, const char* who) {
  if (input.shape() == target.shape()) return;
  throw ShapeError(std::string(who) + ": expects input and target of one shape, got " +
                   to_string(input.shape()) + " and " + to_string(target.shape()) +
                   "\n  hint: reshape one of them; [N, 1] against [N] would compare all with all");
}

}  // namespace detail

struct MseLossOptions {
  Reduction reduction = Reduction::mean;
};

/// The squared distance of each number from its target.
///
/// Goal        Regression: a number is predicted.
/// Background  Its gradient is 2 (input - target): twice as far, twice the pull, so one outlier
///             outweighs many small errors. It is what maximum likelihood asks for if the errors
///             are normal.
/// Examples    [1, 2, 3] against [1, 0, 6] -> none [0, 4, 9], sum 13, mean 13 / 3
/// Cost        2 operations a number, and one more to add up; keeps the distances
/// In PyTorch  torch.nn.functional.mse_loss, which broadcasts with a warning; here it is an error
inline Tensor mse_loss(const Tensor& input, const Tensor& target, MseLossOptions options = {}) {
  detail::check_same_shape(input, target, "mse_loss");
  // TODO(06.2): the squared distances, reduced.
  // HINT: the distance times itself; pow would compute a logarithm.
  todo("06.2", "mse_loss");
}

struct L1LossOptions {
  Reduction reduction = Reduction::mean;
};

/// The distance of each number from its target. Its gradient is 1 or -1 however far it is (and 0 at
/// the target itself): an outlier pulls no more than others. Given code.
///
/// Examples    [1, 2, 3] against [1, 0, 6] -> none [0, 2, 3], sum 5, mean 5 / 3
/// In PyTorch  torch.nn.functional.l1_loss
inline Tensor l1_loss(const Tensor& input, const Tensor& target, L1LossOptions options = {}) {
  detail::check_same_shape(input, target, "l1_loss");
  return detail::reduced(abs(input - target), options.reduction, input.numel());
}

}  // namespace tinytorch
