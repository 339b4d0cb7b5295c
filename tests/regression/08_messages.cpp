// Messages that a student of 08 meets most, word for word (01_messages.cpp says why).
#include <tinytorch/dataloader.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;

TEST_CASE("messages of 08: examples that do not go together", "[08][regression]") {
  const TensorDataset data(zeros({3, 2}), index_tensor({0, 1, 2}, {3}));
  CHECK(data.get(2).y.item() == 2);
  CHECK_THROWS_WITH(data.get(3), "TensorDataset: expects an example in [-3, 2], got 3");
  CHECK_THROWS_WITH(
      (TensorDataset(zeros({3, 2}), index_tensor({0, 1}, {2}))),
      "TensorDataset: expects x and y with a first axis of the same size, got [3, 2] and [2]");
  CHECK_THROWS_WITH(DataLoader(data, {.batch_size = 0}),
                    "DataLoader: expects batch_size >= 1, got 0");
  CHECK_THROWS_WITH(split_sizes(10, {0.5, 0.4}),
                    "random_split: expects fractions >= 0 that add up to 1, got a sum of 0.900000");
  CHECK_THROWS_WITH(
      TextWindows(index_tensor({1, 2, 3}, {3}), 3),
      "TextWindows: expects block_size >= 1 and more than block_size tokens, got block_size 3 and tokens of shape [3]");
  Rng rng(1);
  CHECK_THROWS_WITH(RandomCrop(5)(zeros({1, 4, 4}), rng),
                    "RandomCrop: expects at least 5 x 5 pixels, padding included, got 4 x 4");
  CHECK_THROWS_WITH(
      random_parts(10, {5, 4}, rng),
      "random_split: expects counts >= 0 that add up to the 10 examples, got a sum of 9");
}
