// What a model holds and what a training step adds to it, counted in bytes and operations; and how the size of a
// signal changes from layer to layer.
//
//   ./tito/tito run tests/performance/layers_costs.cpp --solution
//
// The lesson of 05_layers shows what it prints.
#include <tinytorch/layers.hpp>

#include <cstdio>
using namespace tinytorch;

long long live() { return static_cast<long long>(memory::stats().live_bytes); }

void mlp_costs() {
  Rng rng(1);
  const long long start = live();
  const Sequential model{Linear(784, 128, rng), ReLU(), Dropout(0.2, rng), Linear(128, 10, rng)};
  std::printf("%s", model.to_string().c_str());
  std::printf("parameters hold %lld bytes", live() - start);
  const Sequential copy = model;
  std::printf(", with a copy %lld", live() - start);
  const StateDict dict = model.state_dict();
  std::printf(", with a state_dict %lld\n", live() - start);

  std::printf("batch  forward keeps  its peak  with gradients  forward flops  backward flops\n");
  for (const Index batch : {Index{1}, Index{32}, Index{256}}) {
    const Tensor x = rand({batch, 784}, rng);
    model.zero_grad();
    const long long before = live();
    memory::reset_peak();
    FlopCounter counter;
    const Tensor loss = mean(model(x));
    const long long kept = live() - before;
    const long long peak = static_cast<long long>(memory::stats().peak_bytes) - before;
    const long long forward = counter.total();
    loss.backward();
    std::printf("%5lld %14lld %9lld %15lld %14lld %15lld\n", static_cast<long long>(batch), kept,
                peak, live() - before, forward, static_cast<long long>(counter.total()) - forward);
  }
  const Tensor x = rand({256, 784}, rng);
  model.eval();
  const NoGrad no_grad;
  const long long before = live();
  const Tensor y = model(x);
  std::printf("batch 256 in evaluation, under NoGrad: keeps %lld bytes, the result\n",
              live() - before);
}

void signals() {
  std::printf("\nmean square of the signal after relu layers of width 256\n");
  std::printf("layers   normal, std 0.01      xavier_normal     kaiming_normal\n");
  const NoGrad no_grad;
  Rng rng(2), a(3), b(3), c(3);
  const Tensor x = randn({64, 256}, rng);
  Tensor small = x, xavier = x, kaiming = x;
  const auto size = [](const Tensor& t) { return static_cast<double>(mean(t * t).item()); };
  for (int layer = 1; layer <= 16; ++layer) {
    small = relu(matmul(small, init::normal({256, 256}, a, 0, 0.01)));
    xavier = relu(matmul(xavier, init::xavier_normal({256, 256}, b)));
    kaiming = relu(matmul(kaiming, init::kaiming_normal({256, 256}, c)));
    if ((layer & (layer - 1)) != 0) continue;  // 1, 2, 4, 8, 16
    std::printf("%6d %18.3g %18.3g %18.3g\n", layer, size(small), size(xavier), size(kaiming));
  }
}

int main() {
  mlp_costs();
  signals();
}
