// What must hold of any gradients, schedules and files.
#include <tinytorch/training.hpp>

#include "../pedagogy/14_training/folder.hpp"
#include "seeds.hpp"
#include "slow.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("properties of 14: clipping makes gradients shorter and does not turn them",
          "[14][property]") {
  for_each_seed(40, [](Random& random) {
    std::vector<Tensor> parameters;
    std::vector<Values> before;
    double squares = 0;
    for (Index i = random.between(1, 3); i > 0; --i) {
      const Tensor p = zeros(random.shape(1)).set_requires_grad(true);
      const Values g = slow::random_values(random, p.shape());
      sum(p * slow::somewhere(g, random)).backward();
      for (const double x : g.numbers) squares += x * x;
      parameters.push_back(p);
      before.push_back(g);
    }
    const double limit = double(random.between(1, 20)) / 4, norm = std::sqrt(squares);
    const double share = norm > limit ? limit / norm : 1;
    CHECK_TENSOR(scalar(real(clip_grad_norm(parameters, limit))), values({norm}, {}));
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      CHECK_TENSOR(parameters[i].grad(), slow::map(before[i], [&](double x) { return x * share; }));
    }
  });
}

TEST_CASE("properties of 14: a cosine rises to the base, falls to the minimum, and stays there",
          "[14][property]") {
  for_each_seed(40, [](Random& random) {
    const Index warm = random.between(0, 5), total = warm + random.between(1, 10);
    const double base = double(random.between(1, 10)), least = base * double(random.below(10)) / 10;
    const CosineSchedule rate(base, total, {.warmup_steps = warm, .min_lr = least});
    for (Index step = 0; step < total + 3; ++step) {
      const double now = rate(step), next = rate(step + 1);
      INFO("step " << step);
      CHECK((now > 0 || least == 0));
      CHECK(now <= base);
      CHECK((step + 1 < warm ? next > now : step < warm || next <= now));
    }
    CHECK(rate(total) == least);
  });
}

TEST_CASE("properties of 14: any tensors come back from a file, bit for bit", "[14][property]") {
  const runs::Folder folder;
  for_each_seed(30, [&](Random& random) {
    StateDict tensors;
    for (Index i = random.between(0, 4); i > 0; --i) {
      Shape shape = random.shape();
      if (!shape.empty() && random.below(8) == 0) shape[0] = 0;
      tensors["t" + std::to_string(i)] = slow::random_tensor(random, shape) / 3;
    }
    save_safetensors(folder / "any.safetensors", tensors);
    const auto back = load_safetensors(folder / "any.safetensors");
    REQUIRE(back.size() == tensors.size());
    for (const auto& [name, t] : tensors) CHECK_TENSOR_NEAR(back.at(name), read(t), 0);
  });
}
