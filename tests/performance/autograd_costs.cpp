// What a graph keeps and what backward costs, counted and not timed: bytes of tensor storage, nodes, flops.
//
//   ./tito/tito run tests/performance/autograd_costs.cpp --solution
//
// The lesson of 03_autograd shows what it prints.
#include <tinytorch/autograd.hpp>

#include <cstdio>
using namespace tinytorch;

Tensor chain(Tensor t, const Tensor& w, char op) {
  for (int i = 0; i < 64; ++i) t = op == '+' ? t + w : op == '*' ? t * w : tanh(t);
  return t;
}

template <class F>
void kept(const char* what, F forward) {
  Tensor x = full({1000}, 0.5f);
  x.set_requires_grad(true);
  const Tensor w = full({1000}, 0.9f);
  const auto before = memory::stats();
  const Index nodes = graph_node_count();
  const Tensor y = forward(x, w);
  const auto after = memory::stats().live_bytes - before.live_bytes;
  const Index graph = graph_node_count() - nodes;
  FlopCounter counter;
  memory::reset_peak();
  if (y.requires_grad()) y.backward(ones({1000}));
  std::printf("%-28s %4lld nodes %7llu bytes kept %7llu at the peak of backward %8lld flops\n",
              what, static_cast<long long>(graph), static_cast<unsigned long long>(after),
              static_cast<unsigned long long>(memory::stats().peak_bytes - before.live_bytes),
              static_cast<long long>(counter.total()));
}

int main() {
  kept("64 additions", [](auto& x, auto& w) { return chain(x, w, '+'); });
  kept("64 products", [](auto& x, auto& w) { return chain(x, w, '*'); });
  kept("64 tanh", [](auto& x, auto& w) { return chain(x, w, 't'); });
  kept("64 tanh under NoGrad", [](auto& x, auto& w) {
    const NoGrad off;
    return chain(x, w, 't');
  });
  kept("64 tanh, 8 checkpoints of 8", [](auto& x, auto&) {
    Tensor y = x;
    for (int i = 0; i < 8; ++i) {
      y = checkpoint(
          [](Inputs in) {
            Tensor t = in[0];
            for (int k = 0; k < 8; ++k) t = tanh(t);
            return t;
          },
          {y});
    }
    return y;
  });

  for (const bool data_wants_one : {false, true}) {
    Tensor data = ones({32, 100}), w1 = ones({100, 50}), w2 = ones({50, 10});
    if (data_wants_one) data.set_requires_grad(true);
    w1.set_requires_grad(true);
    w2.set_requires_grad(true);
    FlopCounter forward;
    const Tensor loss = sum(matmul(tanh(matmul(data, w1)), w2));
    const Index there = forward.of("matmul");
    FlopCounter backward;
    loss.backward();
    std::printf("two layers%s: matmul %lld flops forward, %lld backward\n",
                data_wants_one ? ", the data wants a gradient" : "", static_cast<long long>(there),
                static_cast<long long>(backward.of("matmul")));
  }
  std::printf("sizeof: AutogradMeta %zu, TensorImpl %zu bytes\n", sizeof(AutogradMeta),
              sizeof(TensorImpl));
}
