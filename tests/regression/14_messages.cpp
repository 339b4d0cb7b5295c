// Messages that a student of 14 meets most, word for word (01_messages.cpp says why).
#include <fstream>

#include <tinytorch/training.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;

TEST_CASE("messages of 14: schedules, limits and labels that are none", "[14][regression]") {
  const Tensor w = ones({2}).set_requires_grad(true);
  CHECK(clip_grad_norm({w}, 1) == 0);
  CHECK_THROWS_WITH(clip_grad_norm({w}, 0), "clip_grad_norm: expects max_norm > 0, got 0.000000");
  CHECK_THROWS_WITH(LinearWarmup(0.1, -1), "LinearWarmup: expects warmup_steps >= 0, got -1");
  CHECK_THROWS_WITH(CosineSchedule(0.1, 5, {.warmup_steps = 6}),
                    "CosineSchedule: expects total_steps >= warmup_steps, got 5 and 6");
  CHECK_THROWS_WITH(
      CosineSchedule(0.1, 5, {.min_lr = 0.2}),
      "CosineSchedule: expects min_lr in [0, base_lr], got 0.200000 for a base_lr of 0.100000");
  CHECK_THROWS_WITH(StepSchedule(0.1, 0, 0.5), "StepSchedule: expects step_size >= 1, got 0");
  CHECK_THROWS_WITH(accuracy(zeros({2, 3}), index_tensor({0, 1, 2}, {3})),
                    "accuracy: expects scores [*, C] with labels [*], got [2, 3] with [3]");
}

TEST_CASE("messages of 14: a file that is none", "[14][regression]") {
  save_safetensors("whole.safetensors", {{"t", ones({2})}});  // a test runs in a folder of its own
  CHECK_TENSOR(load_safetensors("whole.safetensors").at("t"), tt_test::values({1, 1}, {2}));
  CHECK_THROWS_WITH(load_safetensors("no_such_file.safetensors"),
                    "no_such_file.safetensors: expects a file that can be read, got none");
  std::ofstream("short.safetensors") << "abc";
  CHECK_THROWS_WITH(load_safetensors("short.safetensors"),
                    "short.safetensors: expects 8 bytes and a header of 0 bytes, got a file of 3\n"
                    "  hint: was it copied to its end?");
}
