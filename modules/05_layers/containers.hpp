// 05_layers / containers.hpp: modules made of modules, and the glue between them.
//
//   Sequential model{Linear(64, 32, rng), ReLU(), Linear(32, 10, rng)};
//   model.append(Dropout(0.1, rng));      children are named "0", "1", "2", "3"
//
// Note [Braces]: write a Sequential with braces. C++ computes what stands in braces from left to
// right, but arguments in parentheses in any order: g++ would draw the last layer's weights first,
// clang++ the first layer's. And `Sequential s(Flatten(), ReLU());` would declare a function.
#pragma once
#include <concepts>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/layers/module.hpp>

namespace tinytorch {

namespace detail {

inline std::size_t checked_position(Index i, std::size_t size, const char* who) {
  if (i < 0 || i >= static_cast<Index>(size)) {
    throw IndexError(std::string(who) + ": expects a position below " + std::to_string(size) +
                     ", got " + std::to_string(i));
  }
  return static_cast<std::size_t>(i);
}

}  // namespace detail

/// Modules one after another: the output of each is the input of the next.
///
/// Goal        A model without a class of its own.
/// Background  It holds modules of any class behind pointers to Module; forward is virtual. All
///             copies of a Sequential share one list, so that append through one is seen by all.
/// In PyTorch  torch/nn/modules/container.py, Sequential
class Sequential : public Module {
 public:
  template <std::derived_from<Module>... Modules>
  explicit Sequential(Modules... modules) {
    (append(std::move(modules)), ...);
  }

  template <std::derived_from<Module> M>
  const Sequential& append(M module) const {
    register_child(std::to_string(layers_->size()), module);
    layers_->push_back(std::make_shared<const M>(std::move(module)));
    return *this;
  }

  Index size() const { return static_cast<Index>(layers_->size()); }
  const Module& operator[](Index i) const {
    return *(*layers_)[detail::checked_position(i, layers_->size(), "Sequential")];
  }

  Tensor forward(const Tensor& x) const override {
    // TODO(05.11): pass x through all layers, in order.
    // HINT: copying a Tensor copies a pointer; a variable may take one value after another.
    todo("05.11", "Sequential::forward");
  }

 private:
  using Layers = std::vector<std::shared_ptr<const Module>>;
  const std::shared_ptr<Layers> layers_ = std::make_shared<Layers>();
};

/// A list of modules of one class, for a forward that does more than call one after another. It has
/// no forward itself: for (const Block& block : blocks) x = block(x, mask);
///
/// In PyTorch  torch/nn/modules/container.py, ModuleList
template <std::derived_from<Module> M>
class ModuleList : public Module {
 public:
  const ModuleList& append(M module) const {
    register_child(std::to_string(list_->size()), module);
    list_->push_back(std::move(module));
    return *this;
  }

  Index size() const { return static_cast<Index>(list_->size()); }
  const M& operator[](Index i) const {
    return (*list_)[detail::checked_position(i, list_->size(), "ModuleList")];
  }
  auto begin() const { return list_->cbegin(); }
  auto end() const { return list_->cend(); }

 private:
  const std::shared_ptr<std::vector<M>> list_ = std::make_shared<std::vector<M>>();
};

/// Axes start .. last become one: [B, 64, 6, 6] -> [B, 2304]. The step from images to features.
class Flatten : public Module {
 public:
  explicit Flatten(Index start = 1) : start_(start) {}
  Tensor forward(const Tensor& x) const override { return x.flatten(start_); }

 private:
  const Index start_;
};

/// Hands back its input: a place holder.
class Identity : public Module {
 public:
  Tensor forward(const Tensor& x) const override { return x; }
};

}  // namespace tinytorch
