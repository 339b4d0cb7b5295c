// Images a second of a shuffled epoch: 20,000 pictures of 28 x 28 in memory, 64 a batch.
#include <tinytorch/dataloader.hpp>

#include "../harness.hpp"

using namespace tinytorch;

int main(int argc, char** argv) {
  bench::Report report(argc, argv);
  if (report.threads() > 1) return 0;
  constexpr Index count = 20'000;
  const TensorDataset data(zeros({count, 1, 28, 28}),
                           IndexTensor(std::vector<Index>(static_cast<std::size_t>(count)), {count}));
  DataLoader loader(data, {.batch_size = 64, .shuffle = true, .seed = 1});
  report.rate("loader", "images/s", static_cast<double>(count), [&] {
    for (const auto& batch : loader) bench::keep(batch);
  });
}
