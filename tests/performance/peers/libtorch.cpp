// The workloads of ../workloads in libtorch, the C++ library of PyTorch (Debian: libtorch-dev). The same sizes, the same
// harness, the same names.
// flags: -std=c++17 -w -I/usr/include/torch/csrc/api/include -ltorch -ltorch_cpu -lc10
#include <torch/torch.h>

#include "../harness.hpp"

namespace {

namespace F = torch::nn::functional;
namespace nn = torch::nn;
using torch::Tensor;

void gemm(bench::Report& report) {
  for (const long n : {64, 128, 256, 512, 1024}) {
    const Tensor a = torch::randn({n, n}), b = torch::randn({n, n});
    const double work = 2e-9 * static_cast<double>(n * n * n);
    report.rate("gemm_" + std::to_string(n), "GFLOP/s", work,
                [&] { bench::keep(torch::mm(a, b)); });
  }
}

void elementwise(bench::Report& report) {
  constexpr long rows = 4096, cols = 1024;
  const Tensor x = torch::randn({rows, cols}), y = torch::randn({rows, cols});
  const Tensor w = torch::ones({cols}), b = torch::zeros({cols});
  const auto moves = [&](const char* name, double operands, auto f) {
    report.rate(name, "GB/s", operands * 4e-9 * rows * cols, [&] { bench::keep(f()); });
  };
  moves("elementwise_add", 3, [&] { return x + y; });
  moves("elementwise_add_row", 2, [&] { return x + w; });
  moves("elementwise_relu", 2, [&] { return torch::relu(x); });
  moves("elementwise_exp", 2, [&] { return torch::exp(x); });
  moves("elementwise_tanh", 2, [&] { return torch::tanh(x); });
  moves("elementwise_sigmoid", 2, [&] { return torch::sigmoid(x); });
  moves("elementwise_gelu", 2, [&] { return torch::gelu(x); });
  moves("elementwise_gelu_tanh", 2, [&] { return torch::gelu(x, "tanh"); });
  moves("elementwise_softmax", 2, [&] { return torch::softmax(x, 1); });
  moves("elementwise_layer_norm", 2, [&] { return torch::layer_norm(x, {cols}, w, b); });
  moves("elementwise_sum", 1, [&] { return x.sum(); });
  moves("elementwise_sum_rows", 1, [&] { return x.sum(0); });
}

void autograd(bench::Report& report) {
  if (report.threads() > 1) return;
  Tensor a = torch::randn({4, 4});
  const Tensor b = torch::randn({4, 4});
  {
    const torch::NoGradGuard no_grad;
    report.time("add4x4_no_grad", "ns", 1e9, [&] { bench::keep(a + b); });
  }
  a.requires_grad_();
  report.time("add4x4", "ns", 1e9, [&] { bench::keep(a + b); });
  report.time("add4x4_both", "ns", 1e7, [&] {
    Tensor c = a;
    for (int i = 0; i < 100; ++i) c = c + b;
    c.sum().backward();
  });
}

template <class Net, class Loss>
void train(bench::Report& report, const char* name, Net& net, Loss loss) {
  torch::optim::SGD optimizer(net->parameters(), torch::optim::SGDOptions(0.01));
  report.rate(name, "steps/s", 1, [&] {
    optimizer.zero_grad();
    loss().backward();
    optimizer.step();
  });
}

void mlp(bench::Report& report) {
  nn::Sequential net(nn::Linear(784, 128), nn::ReLU(), nn::Linear(128, 10));
  const Tensor x = torch::randn({64, 784}), y = torch::arange(64).remainder(10);
  train(report, "mlp_step", net, [&] { return F::cross_entropy(net->forward(x), y); });
}

void lenet(bench::Report& report) {
  nn::Sequential net(nn::Conv2d(1, 8, 5), nn::ReLU(), nn::MaxPool2d(2), nn::Conv2d(8, 16, 5),
                     nn::ReLU(), nn::MaxPool2d(2), nn::Flatten(), nn::Linear(256, 10));
  const Tensor x = torch::randn({64, 1, 28, 28}), y = torch::arange(64).remainder(10);
  train(report, "lenet_step", net, [&] { return F::cross_entropy(net->forward(x), y); });
  const torch::NoGradGuard no_grad;
  report.rate("lenet_forward", "images/s", 64, [&] { bench::keep(net->forward(x)); });
}

struct BlockImpl : nn::Module {
  long heads;
  nn::LayerNorm ln_1, ln_2;
  nn::Linear c_attn, c_proj, c_fc, c_out;
  BlockImpl(long C, long H)
      : heads(H),
        ln_1(nn::LayerNormOptions({C})),
        ln_2(nn::LayerNormOptions({C})),
        c_attn(C, 3 * C),
        c_proj(C, C),
        c_fc(C, 4 * C),
        c_out(4 * C, C) {
    register_module("ln_1", ln_1), register_module("ln_2", ln_2);
    register_module("c_attn", c_attn), register_module("c_proj", c_proj);
    register_module("c_fc", c_fc), register_module("c_out", c_out);
  }
  Tensor forward(const Tensor& x, const Tensor& future) {
    const long B = x.size(0), T = x.size(1), C = x.size(2), d = C / heads;
    const Tensor all = c_attn(ln_1(x)).view({B, T, 3, heads, d}).permute({2, 0, 3, 1, 4});
    const Tensor scores = torch::matmul(all[0], all[1].transpose(-2, -1)) / std::sqrt(double(d));
    const Tensor weights = torch::softmax(scores.masked_fill(future, -INFINITY), -1);
    const Tensor heard =
        x + c_proj(torch::matmul(weights, all[2]).transpose(1, 2).reshape({B, T, C}));
    return heard +
           c_out(F::gelu(c_fc(ln_2(heard)), F::GELUFuncOptions().approximate("tanh")));
  }
};
TORCH_MODULE(Block);

struct GPTImpl : nn::Module {
  nn::Embedding wte, wpe;
  nn::LayerNorm ln_f;
  std::vector<Block> blocks;
  Tensor future, places;
  GPTImpl(long layers, long C, long H, long T, long V)
      : wte(V, C), wpe(T, C), ln_f(nn::LayerNormOptions({C})) {
    register_module("wte", wte), register_module("wpe", wpe), register_module("ln_f", ln_f);
    nn::init::normal_(wte->weight, 0, 0.02), nn::init::normal_(wpe->weight, 0, 0.02);
    for (long i = 0; i < layers; ++i) {
      blocks.push_back(register_module("h" + std::to_string(i), Block(C, H)));
    }
    future = torch::ones({T, T}, torch::kBool).triu(1);
    places = torch::arange(T);
  }
  Tensor forward(const Tensor& ids) {
    Tensor x = wte(ids) + wpe(places);
    for (Block& block : blocks) x = block->forward(x, future);
    return F::linear(ln_f(x), wte->weight);
  }
};
TORCH_MODULE(GPT);

void gpt(bench::Report& report) {
  constexpr long V = 256, T = 128, B = 8;
  GPT model(4, 128, 4, T, V);
  torch::optim::AdamW optimizer(model->parameters(),
                                torch::optim::AdamWOptions(1e-3).weight_decay(0.01));
  const Tensor x = torch::randint(V, {B, T}, torch::kLong);
  const Tensor y = (x * 7 + 3).remainder(V).reshape({-1});
  const auto loss = [&] { return F::cross_entropy(model->forward(x).reshape({B * T, V}), y); };
  report.time("gpt_step", "ms", 1e3, [&] {
    optimizer.zero_grad();
    loss().backward();
    optimizer.step();
  });
  report.time("gpt_optimizer", "ms", 1e3, [&] { optimizer.step(); });
  const torch::NoGradGuard no_grad;
  report.time("gpt_forward", "ms", 1e3, [&] { bench::keep(loss()); });
}

}  // namespace

int main(int argc, char** argv) {
  bench::Report report(argc, argv);
  at::set_num_threads(report.threads());
  torch::manual_seed(0);
  {
    const torch::NoGradGuard no_grad;
    if (report.wants("gemm")) gemm(report);
    elementwise(report);
  }
  autograd(report);
  mlp(report);
  lenet(report);
  if (report.wants("gpt_step")) gpt(report);
}
