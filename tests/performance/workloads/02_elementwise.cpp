// Bytes a second of operations that read and write memory, 4 M numbers each, beside memcpy of as many. An addition
// moves 12 bytes a number, an operation of one operand 8.
#include <tinytorch/transformers.hpp>

#include <cstring>

#include "../harness.hpp"

using namespace tinytorch;

int main(int argc, char** argv) {
  bench::Report report(argc, argv);
  const NoGrad no_grad;
  constexpr Index rows = 4096, cols = 1024;
  Rng rng(1);
  const Tensor x = randn({rows, cols}, rng), y = randn({rows, cols}, rng);
  const Tensor w = ones({cols}), b = zeros({cols});
  const Tensor column = randn({rows, 1}, rng);
  const Tensor out = zeros({rows, cols});
  const double numbers = static_cast<double>(rows * cols), size = sizeof(real);
  const auto moves = [&](const char* name, double operands, auto f) {
    report.rate(name, "GB/s", 1e-9 * operands * size * numbers, [&] { bench::keep(f()); });
  };
  if (report.threads() == 1) {
    report.rate("elementwise_limit", "GB/s", 2e-9 * size * numbers,
                [&] { std::memcpy(out.data(), x.data(), static_cast<std::size_t>(x.nbytes())); },
                "memcpy");
  }
  moves("elementwise_add", 3, [&] { return x + y; });
  moves("elementwise_add_row", 2, [&] { return x + w; });
  moves("elementwise_add_column", 2, [&] { return x + column; });
  moves("elementwise_relu", 2, [&] { return relu(x); });
  moves("elementwise_exp", 2, [&] { return exp(x); });
  moves("elementwise_tanh", 2, [&] { return tanh(x); });
  moves("elementwise_sigmoid", 2, [&] { return sigmoid(x); });
  moves("elementwise_gelu", 2, [&] { return gelu(x); });
  moves("elementwise_gelu_tanh", 2, [&] { return gelu(x, {.tanh_approximation = true}); });
  moves("elementwise_softmax", 2, [&] { return softmax(x, 1); });
  moves("elementwise_layer_norm", 2, [&] { return layer_norm(x, w, b); });
  moves("elementwise_sum", 1, [&] { return sum(x); });
  moves("elementwise_sum_rows", 1, [&] { return sum(x, 0); });
  moves("elementwise_transpose", 2, [&] { return x.transpose(0, 1).contiguous(); });
}
