// Messages that a student of 06 meets most, word for word (01_messages.cpp says why).
#include <tinytorch/losses.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;

TEST_CASE("messages of 06: targets that do not fit", "[06][regression]") {
  const Tensor scores = zeros({2, 3});
  CHECK_SHAPE(cross_entropy(scores, index_tensor({0, 2}, {2})), {});
  CHECK_THROWS_WITH(cross_entropy(scores, index_tensor({0, 3}, {2})),
                    "cross_entropy: expects labels from 0 to 2 for 3 classes, got 3 at [1]\n"
                    "  hint: only the label -100 (ignore_index) may be outside");
  CHECK_THROWS_WITH(
      cross_entropy(scores, index_tensor({0, 1, 2}, {3})),
      "cross_entropy: expects labels of shape [2] for scores [2, 3], got [3]\n"
      "  hint: labels have no class axis, and that of the scores is axis 1: reshape [B, T, C] to [B * T, C]");
  CHECK_THROWS_WITH(mse_loss(zeros({4, 1}), zeros({4})),
                    "mse_loss: expects input and target of one shape, got [4, 1] and [4]\n"
                    "  hint: reshape one of them; [N, 1] against [N] would compare all with all");
  CHECK_THROWS_WITH(cross_entropy(scores, index_tensor({0, 1}, {2}), {.label_smoothing = 2}),
                    "cross_entropy: expects label_smoothing in [0, 1], got 2.000000");
}
