// In the original a checkpoint was a pickle written over the one before, of the weights alone: a run killed while saving had
// none left, and a resumed Adam took its next steps as long as its first ones, which looked like a spike in the data.
#include <tinytorch/dataloader/loader.hpp>
#include <tinytorch/layers.hpp>
#include <tinytorch/losses.hpp>
#include <tinytorch/optimizers.hpp>
#include <tinytorch/training/load_checkpoint.hpp>
#include "../pedagogy/14_training/folder.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

void step(const Linear& layer, Optimizer& optimizer, real size) {
  optimizer.zero_grad();
  (sum(layer(ones({1, 2}))) * size).backward();
  optimizer.step();
}

}  // namespace

TEST_CASE("checkpoint: Adam goes on with the averages that it had", "[14.12][14.13][regression]") {
  const runs::Folder folder;
  Rng rng(1), again(2);
  const Linear layer(2, 1, rng), other(2, 1, again);
  Adam optimizer(layer.parameters(), {.lr = 1}), second(other.parameters(), {.lr = 1});
  for (int k = 0; k < 20; ++k) step(layer, optimizer, 1);
  save_checkpoint(folder / "c", layer, optimizer);
  (void)load_checkpoint(folder / "c", other, second);
  const Tensor before = layer.weight.detach().clone();
  step(other, second, real(1e-3));
  // A gradient a thousand times smaller: with the averages the step hardly shortens, by about a tenth.
  // m = 0.9 * (1 - 0.9^20) and so on: the step is 0.8925 by the formula; a new Adam would take 1.
  const double m = (0.9 * (1 - std::pow(0.9, 20)) + 0.1e-3) / (1 - std::pow(0.9, 21));
  const double v = (0.999 * (1 - std::pow(0.999, 20)) + 1e-9) / (1 - std::pow(0.999, 21));
  const double moved = m / std::sqrt(v);
  CHECK_TENSOR_NEAR(before - other.weight.detach(), values({moved, moved}, {1, 2}), 1e-4);
  CHECK(moved < 0.95);
}

TEST_CASE("checkpoint: a full disk leaves the last one", "[14.9][regression]") {
  struct Full : Disk {
    void write(const Path& file, const std::string& bytes) override {
      Disk::write(file, bytes.substr(0, bytes.size() / 2));
      throw FileError("no space left");
    }
  };
  const runs::Folder folder;
  Rng rng(1);
  const Linear layer(2, 1, rng);
  save_safetensors(folder / "c", layer.state_dict());
  Full disk;
  CHECK_THROWS_AS(write_file_atomically(folder / "c", "something new and long", disk), FileError);
  CHECK_TENSOR_NEAR(load_safetensors(folder / "c").at("weight"), layer.weight.detach(), 0);
  CHECK(folder.files() == 1);
}
