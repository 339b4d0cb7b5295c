// What training needs: bytes planned and counted, what a shared step saves, what a checkpoint weighs.
//
//   ./tito/tito run tests/performance/training_costs.cpp --solution --profile release
//
// The lesson of 14_training shows what it prints. It leaves costs.safetensors in the folder for temporary files, for
// other programs to open: tests/oracles/14_training.py prints what is in it.
#include <tinytorch/training.hpp>

#include <cstdio>
#include <filesystem>
#include <string>
using namespace tinytorch;

namespace {

class Mlp : public Module {
 public:
  explicit Mlp(Rng& rng)
      : fc1(child("fc1", Linear(784, 128, rng))),
        drop(child("drop", Dropout(0.1, rng))),
        fc2(child("fc2", Linear(128, 10, rng))) {}
  Tensor forward(const Tensor& x) const override { return fc2(drop(relu(fc1(x)))); }
  const Linear fc1;
  const Dropout drop;
  const Linear fc2;
};

long long live() { return static_cast<long long>(memory::stats().live_bytes); }

BatchLoss loss_of(const Mlp& model, Index batch) {
  const IndexTensor labels(std::vector<Index>(static_cast<std::size_t>(batch), 3), {batch});
  return {cross_entropy(model(ones({batch, 784})), labels), batch};
}

void plan_and_counters() {
  Rng rng(1);
  const long long start = live();
  const Mlp model(rng);
  const long long parameters = live() - start;
  Adam optimizer(model.parameters());
  constexpr Index batch = 256;
  const MemoryPlan plan =
      memory_plan(model, batch, [&](Index n) { return loss_of(model, n).loss; });
  memory::reset_peak();
  Tensor loss = loss_of(model, batch).loss;
  const long long activations = live() - start - parameters;
  loss.backward();
  const auto peak = static_cast<long long>(memory::stats().peak_bytes);
  loss = Tensor();
  const long long gradients = live() - start - parameters;
  optimizer.step();
  const long long state = live() - start - parameters - gradients;
  const auto row = [](const char* name, Index planned, long long counted) {
    std::printf("%-12s %12lld %12lld\n", name, static_cast<long long>(planned), counted);
  };
  std::printf("784-128-10, batch %lld    planned      counted\n", static_cast<long long>(batch));
  row("parameters", plan.parameters, parameters);
  row("gradients", plan.gradients, gradients);
  row("optimizer", plan.optimizer, state);
  row("activations", plan.activations, activations);
  row("total", plan.total(), parameters + gradients + state + activations);
  std::printf("peak of forward and backward, before Adam has a memory: %lld\n\n", peak - start);
}

void shared_steps() {
  std::printf("one step on 256 examples     peak bytes\n");
  for (const Index k : {1, 4, 16}) {
    Rng rng(1);
    const Mlp model(rng);
    Adam optimizer(model.parameters());
    Trainer trainer(model, optimizer, {.accumulate = k});
    const BatchLosses losses{k, [&](Index, Index) { return loss_of(model, 256 / k); }};
    (void)trainer.train_step(losses);  // Adam has its memory now
    memory::reset_peak();
    (void)trainer.train_step(losses);
    std::printf("%2lld batches of %3lld            %10lld\n", static_cast<long long>(k),
                static_cast<long long>(256 / k),
                static_cast<long long>(memory::stats().peak_bytes));
  }
  std::printf("\n");
}

template <class Optimizer>
void checkpoint_size(const char* name, const typename Optimizer::Options& options) {
  Rng rng(1);
  const Mlp model(rng);
  Optimizer optimizer(model.parameters(), options);
  Trainer trainer(model, optimizer, {});
  (void)trainer.train_step({1, [&](Index, Index) { return loss_of(model, 4); }});
  const std::string bytes = encode_safetensors(trainer.snapshot());
  std::printf("%-16s %8zu bytes, a header of %d\n", name, bytes.size(),
              static_cast<int>(bytes[8 - 8] & 0xff) + 256 * static_cast<int>(bytes[1] & 0xff));
}

struct Counted : Disk {
  int writes = 0, syncs = 0, renames = 0;
  void write(const Path& file, const std::string& bytes) override {
    ++writes;
    Disk::write(file, bytes);
  }
  void sync(const Path& path) override {
    ++syncs;
    Disk::sync(path);
  }
  void rename(const Path& from, const Path& to) override {
    ++renames;
    Disk::rename(from, to);
  }
};

}  // namespace

int main() {
  plan_and_counters();
  shared_steps();
  checkpoint_size<SGD>("SGD", {.lr = 0.1});
  checkpoint_size<SGD>("SGD, momentum", {.lr = 0.1, .momentum = 0.9});
  checkpoint_size<Adam>("Adam", {});

  Rng rng(1);
  const Linear layer(3, 2, rng);
  Adam optimizer(layer.parameters());
  sum(layer(ones({1, 3}))).backward();
  optimizer.step();
  const std::filesystem::path file = std::filesystem::temp_directory_path() / "costs.safetensors";
  Counted disk;
  write_file_atomically(file, encode_safetensors(capture(layer, optimizer, {1, 0, 1})), disk);
  std::printf("\na checkpoint: %d write, %d waits for the disk, %d rename\n", disk.writes,
              disk.syncs, disk.renames);
}
