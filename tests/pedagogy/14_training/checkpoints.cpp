// 14_training / checkpoint.hpp: all that the next step depends on, and nothing else changes.
#include <tinytorch/training/load_checkpoint.hpp>
#include <tinytorch/training/resume.hpp>
#include "../pedagogy/14_training/runs.hpp"

using namespace tinytorch;
using namespace tt_test;
using runs::Net;

namespace {

/// A network and its optimizer, as a program makes them when it starts.
template <class Optimizer>
struct Run {
  explicit Run(const typename Optimizer::Options& options, TrainerOptions how = {})
      : rng(1), net(rng), optimizer(net.parameters(), options), trainer(net, optimizer, how) {}
  Rng rng;
  Net net;
  Optimizer optimizer;
  Trainer trainer;
};

std::string names(const Snapshot& s) {
  std::string text;
  for (const auto& [name, t] : s.tensors) text += name + " ";
  for (const auto& [name, t] : s.indices) text += name + " ";
  return text;
}

/// 20 steps, against 10 and 10 more in other objects from a file.
template <class Optimizer>
void check_exact(const typename Optimizer::Options& options) {
  const runs::Folder folder;
  const std::function<double(Index)> rate = [&](Index step) { return 0.1 / double(1 + step); };
  Run<Optimizer> whole(options, {.max_steps = 20, .schedule = rate});
  whole.trainer.fit(runs::losses(whole.net));
  Run<Optimizer> first(options, {.max_steps = 10, .schedule = rate, .folder = folder.path()});
  first.trainer.fit(runs::losses(first.net));
  Run<Optimizer> second(options, {.max_steps = 20, .schedule = rate, .folder = folder.path()});
  REQUIRE(resume(second.trainer));
  CHECK(second.trainer.position() == Position{10, 3, 1});  // 3 batches an epoch
  second.trainer.fit(runs::losses(second.net));
  CHECK(runs::numbers(second.net) == runs::numbers(whole.net));  // bit for bit
  CHECK(runs::numbers(second.net) != runs::numbers(first.net));
}

}  // namespace

TEST_CASE("checkpoint: twenty steps are ten and save and load and ten", "[14.12][14.13][core]") {
  check_exact<SGD>({.lr = 0.1, .momentum = 0.9});
  check_exact<AdamW>({.lr = 0.01});
}

TEST_CASE("capture: weights and optimizer and generators and position", "[14.12][core]") {
  Run<Adam> run({.lr = 0.01}, {.max_steps = 1});
  CHECK(names(capture(run.net, run.optimizer, {})) ==
        "model.in.bias model.in.weight model.out.bias model.out.weight position rng.drop.rng ");
  run.trainer.fit(runs::losses(run.net));
  const Snapshot s = capture(run.net, run.optimizer, {.step = 7, .epoch = 2, .batch = 1});
  CHECK(s.tensors.size() == 4 + 4 * 3);
  CHECK_SHAPE(s.tensors.at("optimizer.0.exp_avg_sq"), {4, 3});
  CHECK(s.indices.at("position").to_vector() == std::vector<Index>{7, 2, 1});
  CHECK(s.indices.at("rng.drop.rng").numel() == 4);
}

TEST_CASE("capture: shares the tensors and copies none", "[14.12][systems]") {
  Run<Adam> run({.lr = 0.01}, {.max_steps = 1});
  run.trainer.fit(runs::losses(run.net));
  const auto before = memory::stats().allocations;
  const Snapshot s = run.trainer.snapshot();
  CHECK(memory::stats().allocations == before);
  CHECK(s.tensors.at("model.in.weight").shares_storage_with(run.net.in.weight));
}

TEST_CASE("restore: into a model that was made anew", "[14.13][core]") {
  Run<AdamW> run({.lr = 0.01}, {.max_steps = 5});
  run.trainer.fit(runs::losses(run.net));
  run.optimizer.set_lr(0.125);
  const runs::Folder folder;
  save_checkpoint(folder / "c", run.net, run.optimizer, {5, 1, 2});
  Run<AdamW> other({.lr = 0.01});
  const Position position = load_checkpoint(folder / "c", other.net, other.optimizer);
  CHECK(position == Position{5, 1, 2});
  CHECK(runs::numbers(other.net) == runs::numbers(run.net));
  CHECK(other.optimizer.lr() == 0.125);
  for (const auto& [name, t] : run.optimizer.state_dict()) {
    CHECK_TENSOR_NEAR(other.optimizer.state_dict().at(name), t, 0);
  }
  const Tensor x = ones({6, 3});  // both draw the same masks from here on
  CHECK_TENSOR_NEAR(other.net(x).detach(), run.net(x).detach(), 0);
}

TEST_CASE("restore: takes copies", "[14.13][edge]") {
  Run<SGD> run({.lr = 0.5, .momentum = 0.9}, {.max_steps = 3}), other({.lr = 0.5, .momentum = 0.9});
  run.trainer.fit(runs::losses(run.net));
  (void)restore(run.trainer.snapshot(), other.net, other.optimizer);
  const std::vector<double> before = runs::numbers(run.net);
  (void)other.trainer.train_step(runs::losses(other.net));
  CHECK(runs::numbers(run.net) == before);
  CHECK_FALSE(other.optimizer.state_dict()
                  .at("0.momentum_buffer")
                  .shares_storage_with(run.optimizer.state_dict().at("0.momentum_buffer")));
}

TEST_CASE("restore: what does not fit changes nothing", "[14.13][14.12][errors]") {
  Run<Adam> run({.lr = 0.01}, {.max_steps = 2}), other({.lr = 0.01});
  run.trainer.fit(runs::losses(run.net));
  const Snapshot good = run.trainer.snapshot();
  const std::vector<double> before = runs::numbers(other.net);
  const auto refused = [&](const Snapshot& s, const std::string& words) {
    CHECK_THROWS_WITH(restore(s, other.net, other.optimizer), contains(words));
  };
  Snapshot s = good;
  s.tensors.erase("model.in.bias");
  s.tensors["model.in.weight"] = zeros({4, 4});
  refused(s, "missing: in.bias");
  s = good;
  s.indices.erase("rng.drop.rng");
  refused(s, "missing: rng.drop.rng");
  s = good;
  s.indices["rng.more"] = s.indices["rng.drop.rng"];
  refused(s, "generators that the model does not have");
  s = good;
  s.indices["position"] = index_tensor({1, -2, 3}, {3});
  refused(s, "a position below 0");
  s = good;
  s.tensors["optimizer.0.exp_avg"] = zeros({2});  // the optimizer says it
  refused(s, "\"0.exp_avg\" of shape [4, 3], got [2]");
  CHECK(runs::numbers(other.net) == before);
  CHECK(other.optimizer.state_dict().empty());
}

TEST_CASE("resume: a folder without a checkpoint is a new run", "[14.12][14.13][edge]") {
  const runs::Folder folder;
  Run<SGD> run({.lr = 0.1}, {.max_steps = 3, .folder = folder.path()});
  CHECK_FALSE(resume(run.trainer));
  run.trainer.fit(runs::losses(run.net));
  CHECK(folder.files() == 1);
  CHECK(resume(run.trainer));
  CHECK(run.trainer.position().step == 3);
}

TEST_CASE("checkpoint: Adam's file is three times the weights", "[14.12][systems]") {
  Rng rng(1);
  const Linear layer(100, 100, rng);
  Adam adam(layer.parameters());
  sum(layer(ones({1, 100}))).backward();
  adam.step();
  const std::size_t bytes = encode_safetensors(capture(layer, adam, {})).size();
  const std::size_t weights = 10100 * sizeof(real);
  CHECK(bytes > 3 * weights);
  CHECK(bytes < 3 * weights + 2000);  // the header
}
