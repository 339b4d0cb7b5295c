// Observations of module 05: trees of modules, what they hand out, and the first layers.
#include <tinytorch/layers.hpp>

#include "gradients.hpp"
#include "observe.hpp"
#include "tensors.hpp"

using namespace tinytorch;
using observe::any_tensor;
using observe::Case;
using observe::leaf;
using observe::random_tensor;
using observe::see;
using observe::see_error;
using observe::see_gradient;

namespace {

/// A module of which everything is open: a node of a random tree.
class Part : public Module {
 public:
  using Module::buffer;
  using Module::generator;
  using Module::parameter;
  using Module::register_child;
};

/// A tree of parts with some parameters, buffers and generators each; some tensors are tied.
struct Tree {
  std::vector<Part> parts;  // the first one is the root
  std::vector<Tensor> parameters, buffers;
  std::vector<Part> of_generators;
};

Part grow(Case& c, Tree& tree, Index depth) {
  Part part;
  tree.parts.push_back(part);
  const auto tied = [&](const std::vector<Tensor>& pool) {
    return pool[static_cast<std::size_t>(c.whole(0, static_cast<Index>(pool.size()) - 1))];
  };
  for (Index i = c.whole(0, 2); i > 0; --i) {
    const bool old = !tree.parameters.empty() && c.whole(0, 3) == 0;
    const Tensor t = old ? tied(tree.parameters) : random_tensor(c, c.shape(0, 2));
    tree.parameters.push_back(part.parameter("p" + std::to_string(i), t));
  }
  for (Index i = c.whole(0, 1); i > 0; --i) {
    const bool old = !tree.buffers.empty() && c.whole(0, 3) == 0;
    const Tensor t = old ? tied(tree.buffers) : random_tensor(c, c.shape(0, 2));
    tree.buffers.push_back(part.buffer("b" + std::to_string(i), t));
  }
  if (c.coin()) {
    Rng rng(c.bits());
    (void)part.generator("g", rng);
  }
  for (Index i = depth == 0 ? 0 : c.whole(0, 2); i > 0; --i)
    part.register_child("c" + std::to_string(i), grow(c, tree, depth - 1));
  return part;
}

Tree random_tree(Case& c) {
  Tree tree;
  const Part root = grow(c, tree, 3);
  tree.parameters.push_back(root.parameters().empty()
                                ? tree.parts[0].parameter("own", random_tensor(c, {2}))
                                : root.parameters()[0]);
  return tree;
}

void see_names(Case& c, const NamedTensors& named) {
  see(c, named.size());
  for (const auto& [name, tensor] : named) {
    see(c, name);
    see(c, tensor);
  }
}

/// The word before the colon: who complains.
template <class Act>
void see_who(Case& c, Act act) {
  see_error(c, act);
  try {
    act();
  } catch (const NotImplemented&) {
    throw;
  } catch (const Error& error) {
    const std::string_view words = error.what();
    see(c, words.substr(0, words.find(':')));
  }
}

/// A checkpoint for these tensors with other numbers.
StateDict other_numbers(Case& c, const StateDict& dict) {
  StateDict other;
  for (const auto& [name, tensor] : dict) other[name] = any_tensor(c, tensor.shape());
  return other;
}

/// The same checkpoint with one thing wrong.
void damage(Case& c, StateDict& dict) {
  const auto one =
      std::next(dict.begin(), static_cast<std::ptrdiff_t>(c.whole(0, Index(dict.size()) - 1)));
  switch (c.whole(0, 3)) {
    case 0: dict.erase(one); break;
    case 1: dict["zz" + std::to_string(c.whole(0, 9))] = random_tensor(c, {2}); break;
    case 2: one->second = random_tensor(c, one->second.dim() == 1 ? Shape{} : Shape{1}); break;
    default: {
      Shape longer = one->second.shape();
      longer.insert(0, 2);
      one->second = random_tensor(c, longer);
    }
  }
}

Shape any_weight(Case& c) {
  Shape shape = {c.whole(1, 9), c.whole(1, 9)};
  for (Index i = c.whole(0, 2); i > 0; --i) shape.push_back(c.whole(1, 5));
  return shape;
}

}  // namespace

OBSERVE("05.1", "names and tensors of a random tree, some of them tied") {
  const Tree tree = random_tree(c);
  for (const Part& part : {tree.parts.front(), tree.parts.back()}) {
    see_names(c, part.named_parameters());
    see_names(c, part.named_buffers());
    for (const auto& [name, generator] : part.named_generators()) {
      see(c, name);
      see(c, static_cast<Index>(generator->state()[0] >> 1));
    }
    see(c, part.parameter_count());
  }
}

OBSERVE("05.2", "train and eval reach the tree below, and nothing else") {
  const Tree tree = random_tree(c);
  for (int i = 0; i < 3; ++i) {
    const std::size_t which =
        static_cast<std::size_t>(c.whole(0, static_cast<Index>(tree.parts.size()) - 1));
    tree.parts[i == 0 ? 0 : which].train(i == 0 ? false : c.coin());
    for (const Part& part : tree.parts) see(c, part.is_training());
  }
}

OBSERVE("05.3", "what keeps a checkpoint from being loaded") {
  NamedTensors own;
  StateDict given;
  for (Index i = c.whole(0, 6); i > 0; --i) {
    const std::string name = "layer" + std::to_string(c.whole(0, 9)) + "." + std::to_string(i);
    const Shape shape = c.shape(0, 3);
    own.emplace_back(name, random_tensor(c, shape));
    if (c.whole(0, 3) == 0) continue;
    Shape theirs = shape;
    if (c.coin()) std::reverse(theirs.begin(), theirs.end());
    given[name] = random_tensor(c, theirs);
  }
  for (Index i = c.whole(0, 2); i > 0; --i) given["x" + std::to_string(i)] = scalar(0);
  see(c, detail::differences(own, given));
}

OBSERVE("05.4", "state_dict: names, numbers, and whose memory it is") {
  const Tree tree = random_tree(c);
  const Part& root = tree.parts[0];
  const StateDict dict = root.state_dict();
  for (const auto& [name, tensor] : dict) {
    see(c, name);
    see(c, tensor);
    see(c, tensor.requires_grad());
  }
  NamedTensors all = root.named_parameters();
  for (const auto& buffer : root.named_buffers()) all.push_back(buffer);
  for (const auto& [name, tensor] : all) {
    const auto found = dict.find(name);
    see(c, found != dict.end() && found->second.shares_storage_with(tensor));
  }
}

OBSERVE("05.5", "load_state_dict: all of it, into the tensors that are there") {
  const Tree tree = random_tree(c);
  const Part& root = tree.parts[0];
  const StateDict given = other_numbers(c, root.state_dict());
  root.load_state_dict(given);
  for (const Tensor& t : tree.parameters) {  // handles from before
    see(c, t);
    see(c, t.requires_grad());
    see(c, t.is_leaf());
  }
  for (const Tensor& t : tree.buffers) see(c, t);
  see(c, grad_enabled());
}

OBSERVE("05.5", "load_state_dict of what does not fit: nothing of it") {
  const Tree tree = random_tree(c);
  const Part& root = tree.parts[0];
  StateDict given = other_numbers(c, root.state_dict());
  damage(c, given);
  see_error(c, [&] { root.load_state_dict(given); });
  for (const Tensor& t : root.parameters()) see(c, t);
  for (const Tensor& t : root.buffers()) see(c, t);
}

OBSERVE("05.6", "fans of matrices and of kernels") {
  const init::Fans fans = init::calculate_fans(any_weight(c));
  see(c, fans.in);
  see(c, fans.out);
  see_error(c, [&] { (void)init::calculate_fans({c.whole(1, 4)}); });
}

OBSERVE("05.7", "Xavier's standard deviation, and numbers drawn with it") {
  const Shape shape = any_weight(c);
  see(c, init::xavier_std(shape));
  see(c, init::xavier_std(shape, {.gain = c.number(0.5, 3)}));
  Rng rng(c.bits());
  see(c, init::xavier_normal({3, 2}, rng));
  see(c, init::xavier_uniform({2, 3}, rng, {.gain = 2}));
}

OBSERVE("05.8", "Kaiming's standard deviation with any option, and numbers drawn with it") {
  const Shape shape = any_weight(c);
  see(c, init::kaiming_std(shape));
  for (const auto nonlinearity : {init::Nonlinearity::linear, init::Nonlinearity::tanh,
                                  init::Nonlinearity::relu, init::Nonlinearity::leaky_relu}) {
    see(c, init::kaiming_std(shape, {.a = c.number(0.1, 2),
                                     .mode = c.coin() ? init::FanMode::in : init::FanMode::out,
                                     .nonlinearity = nonlinearity}));
  }
  Rng rng(c.bits());
  see(c, init::kaiming_normal({3, 2}, rng, {.a = 0.5}));
  see(c, init::kaiming_uniform({2, 3}, rng, {.mode = init::FanMode::out}));
}

OBSERVE("05.9", "Linear over any leading axes, with its gradients") {
  Rng rng(c.bits());
  const Index in = c.whole(1, 5), out = c.coin() ? in : c.whole(1, 5);
  const Linear layer(in, out, rng, {.bias = c.coin()});
  Shape shape = c.shape(0, 3);
  shape.push_back(in);
  const Tensor x = leaf(any_tensor(c, shape));
  const Tensor y = layer(x);
  see(c, y);
  if (!y.requires_grad()) return;
  y.backward(any_tensor(c, y.shape()));
  see_gradient(c, x);
  for (const Tensor& parameter : layer.parameters()) see_gradient(c, parameter);
}

OBSERVE("05.9", "Linear: what does not fit, and the bytes that stay") {
  Rng rng(c.bits());
  const Index in = c.whole(2, 5), rows = c.whole(1, 4);
  const Index out = c.whole(1, 20);
  const Linear layer(in, out, rng, {.bias = c.coin()});
  see_who(c, [&] { (void)layer(random_tensor(c, {rows, in + c.whole(1, 3)})); });
  see_who(c, [&] { (void)layer(random_tensor(c, {rows, 1})); });
  see_who(c, [&] { (void)layer(random_tensor(c, {})); });
  const Tensor x = random_tensor(c, {rows, in});
  const auto before = memory::stats().live_bytes;
  const Tensor y = layer(x);
  see(c, static_cast<Index>(memory::stats().live_bytes - before));
}

OBSERVE("05.10", "Dropout in training: what is dropped, again and again, and the gradient") {
  Rng rng(c.bits());
  const double p = c.repetition() == 0 ? 0 : c.repetition() == 1 ? 1 : c.number(0.1, 0.9);
  const Dropout dropout(p, rng), copy = dropout;
  const Tensor x = leaf(any_tensor(c, c.shape(0, 3, 1, 6)));
  see(c, dropout(x));
  const Tensor y = copy(x);
  see(c, y);
  y.backward(any_tensor(c, y.shape()));
  see_gradient(c, x);
}

OBSERVE("05.10", "Dropout in evaluation, and between two trainings") {
  Rng rng(c.bits());
  const Dropout dropout(c.number(0.1, 0.9), rng);
  const Tensor x = any_tensor(c, c.shape(1, 3, 2, 5));
  see(c, dropout(x));
  dropout.eval();
  see(c, dropout(x));
  see(c, dropout(x).shares_storage_with(x));
  dropout.train();
  see(c, dropout(x));
  see_error(c, [&] { (void)Dropout(1 + c.number(0.1, 1), rng); });
}

OBSERVE("05.11", "Sequential: through all layers, in order, with gradients") {
  Rng rng(c.bits());
  const Sequential model;
  Index width = c.whole(1, 4);
  const Tensor x = leaf(any_tensor(c, {c.whole(1, 3), width}));
  for (Index i = c.whole(0, 4); i > 0; --i) {
    if (c.coin()) {
      model.append(Tanh());
      continue;
    }
    const Index next = c.whole(1, 4);
    model.append(Linear(width, next, rng));
    width = next;
  }
  const Tensor y = model(x);
  see(c, y);
  y.backward(any_tensor(c, y.shape()));
  see_gradient(c, x);
  for (const Tensor& parameter : model.parameters()) see_gradient(c, parameter);
}

OBSERVE("05", "a perceptron: its table, its training, its copy; and modules that cannot be") {
  Rng rng(c.bits());
  const Index in = c.whole(2, 4), classes = c.whole(2, 4);
  const Sequential model{Flatten(), Linear(in * 2, 5, rng), ReLU(), Dropout(0.3, rng),
                         Sequential{Linear(5, classes, rng, {.bias = false}), LogSoftmax(-1)}};
  see(c, model.to_string());
  const Tensor x = any_tensor(c, {3, in, 2});
  for (int step = 0; step < 3; ++step) {
    model.zero_grad();
    const Tensor loss = -mean(model(x).select(1, 0));
    see(c, loss);
    loss.backward();
    const NoGrad no_grad;
    for (Tensor parameter : model.parameters()) parameter.sub_(parameter.grad() * 0.5f);
  }
  model.eval();
  see(c, model(x));
  Rng other(c.bits());
  const Sequential copy{Flatten(), Linear(in * 2, 5, other), ReLU(), Dropout(0.3, other),
                        Sequential{Linear(5, classes, other, {.bias = false}), LogSoftmax(-1)}};
  copy.load_state_dict(model.state_dict());
  copy.eval();
  see(c, copy(x));

  Part part, below;
  part.register_child("below", below);
  see_error(c, [&] { part.register_child("below", Part()); });
  see_error(c, [&] { below.register_child("above", part); });
  see_error(c, [&] { (void)part.parameter("a.b", random_tensor(c, {2})); });
  see_error(c, [&] { (void)part.parameter("view", random_tensor(c, {2, 3}).transpose(0, 1)); });
  see_error(c, [&] { (void)part.buffer("learned", leaf(random_tensor(c, {2}))); });
  see_error(c, [&] { (void)part.forward(random_tensor(c, {2})); });
}
