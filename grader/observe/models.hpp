// grader / observe / models.hpp: what a function sends back, what a module holds, what it costs.
//
// For the modules that come after 05_layers.
#pragma once
#include <tinytorch/layers.hpp>

#include "tensors.hpp"

namespace observe {

/// A tensor whose gradient is wanted.
inline Tensor learned(Tensor t) { return t.set_requires_grad(true); }

/// The result y, and what a random mixture of its numbers sends back to each input.
inline void see_with_gradients(Case& c, const Tensor& y, const std::vector<Tensor>& inputs) {
  see(c, y);
  const Tensor mixture = random_tensor(c, y.shape());
  for (const Tensor& g : tinytorch::grad(tinytorch::sum(y * mixture), inputs)) see(c, g);
}

/// The gradients of a mixture of the gradients of a mixture of y squared: a rule that leaves the
/// graph is right once, but not twice.
inline void see_second_gradients(Case& c, const Tensor& y, const std::vector<Tensor>& inputs) {
  const Tensor mixture = random_tensor(c, y.shape());
  Tensor total = tinytorch::scalar(0);
  for (const Tensor& g : tinytorch::grad(tinytorch::sum(y * y * mixture), inputs, true))
    total = total + tinytorch::sum(g * random_tensor(c, g.shape()));
  for (const Tensor& g : tinytorch::grad(total, inputs)) see(c, g);
}

/// Names and numbers of all that is learned.
inline void see_parameters(Case& c, const tinytorch::Module& module) {
  for (const auto& [name, parameter] : module.named_parameters()) {
    see(c, name);
    see(c, parameter);
  }
}

/// Random numbers for all that is learned: ones and zeros, as norms and biases start, hide mistakes.
inline void randomize(Case& c, const tinytorch::Module& module, double size = 1) {
  for (const Tensor& parameter : module.parameters()) {
    for (Index i = 0; i < parameter.numel(); ++i)
      parameter.data()[i] = static_cast<real>(c.number(-size, size));
  }
}

/// The error's class, and what its first line says behind `mark`: which of the numbers was wrong.
template <class Act>
void see_complaint(Case& c, std::string_view mark, Act act) {
  see_error(c, [&] {
    try {
      act();
    } catch (const tinytorch::NotImplemented&) {
      throw;
    } catch (const std::exception& error) {
      std::string words = error.what();
      words = words.substr(0, words.find('\n'));
      const std::size_t at = words.find(mark);
      see(c, at == words.npos ? std::string() : words.substr(at + mark.size()));
      throw;
    }
  });
}

/// Bytes of tensors that `act` makes, whether or not they are still there at its end.
template <class Act>
Index bytes_made(Act act) {
  const auto before = tinytorch::memory::stats().allocated_bytes;
  act();
  return static_cast<Index>(tinytorch::memory::stats().allocated_bytes - before);
}

}  // namespace observe
