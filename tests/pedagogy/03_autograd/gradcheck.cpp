// 03_autograd / gradcheck.hpp: finite differences, and a check that finds wrong rules.
//
// numeric_gradient is tested on functions that are no operations on tensors at all. Its steps here are powers of
// two, so that every sum below is exact also in float.
#include <algorithm>
#include <string>

#include <tinytorch/autograd.hpp>
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// x^2 with the rule of x: right for shapes, wrong by a factor.
struct Forgetful : Primitive {
  const char* name() const override { return "forgetful"; }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [](real x) { return x * x; });
  }
};
Grads vjp(const Forgetful&, Inputs in, const Tensor&, const Tensor& g) { return {g * in[0]}; }

/// x * y, whose rule is wrong for y alone, and for one element alone.
struct Subtle : Primitive {
  const char* name() const override { return "subtle"; }
  Tensor forward(Inputs in) const override {
    return map_binary(in[0], in[1], "subtle", [](real x, real y) { return x * y; });
  }
};
Grads vjp(const Subtle&, Inputs in, const Tensor&, const Tensor& g) {
  const Tensor wrong = in[0].clone();
  wrong.data()[2] += 1;
  return {g * in[1], g * wrong};
}

/// Has a rule that returns NaN.
struct NotANumber : Primitive {
  const char* name() const override { return "not_a_number"; }
  Tensor forward(Inputs in) const override { return in[0].clone(); }
};
Grads vjp(const NotANumber&, Inputs, const Tensor&, const Tensor& g) { return {g / (g - g)}; }

const bool rules_defined = define_rules<Forgetful, Subtle, NotANumber>();

}  // namespace

TEST_CASE("numeric_gradient: is exact for a quadratic because it is central", "[03.22][core]") {
  const Tensor x = tensor({3, -1, 0});
  const auto f = [&] { return x.data()[0] * x.data()[0] + 5 * x.data()[1] + 7; };
  // By hand: (3.5^2 - 2.5^2) / 1 = 6. A difference to one side would say (3.5^2 - 3^2) / 0.5 = 6.5.
  CHECK_TENSOR(numeric_gradient(f, x, real(0.5)), values({6, 5, 0}, {3}));
  // For x^3 it is off by e^2: 3 * 9 + 0.25.
  const auto cube = [&] { return x.data()[0] * x.data()[0] * x.data()[0]; };
  CHECK_TENSOR(numeric_gradient(cube, x, real(0.5)), values({27.25, 0, 0}, {3}));
}

TEST_CASE("numeric_gradient: leaves x as it was to the last bit", "[03.22][edge]") {
  const std::vector<real> numbers = {real(0.1), real(-1e-30), real(12345.678), real(1) / 3, 0};
  const Tensor x = tensor(numbers);
  (void)numeric_gradient([&] { return x.data()[0] + x.data()[2]; }, x,
                         real(0.3));  // 0.1 + 0.3 - 0.3 is not 0.1
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    CAPTURE(i);
    CHECK(x.data()[i] == numbers[i]);
  }
}

TEST_CASE("numeric_gradient: moves one number at a time and calls twice for each",
          "[03.22][property]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  const std::vector<real> start(x.data(), x.data() + 6);
  int calls = 0;
  const auto f = [&] {
    ++calls;
    int moved = 0;
    real weighted = 0;
    for (std::size_t i = 0; i < 6; ++i) {
      moved += x.data()[i] != start[i];
      weighted += static_cast<real>(i + 1) * x.data()[i];
    }
    CHECK(moved == 1);
    return weighted;
  };
  CHECK_TENSOR(numeric_gradient(f, x, real(0.25)), values({1, 2, 3, 4, 5, 6}, {2, 3}));
  CHECK(calls == 12);
}

TEST_CASE("numeric_gradient: of tensors with an offset and of scalars and of nothing",
          "[03.22][edge]") {
  Tensor all = tensor({10, 20, 30, 40}, {2, 2});
  const Tensor row =
      all.select(0, 1);  // 30, 40: contiguous, and not at the beginning of its storage
  const auto product = [&] { return all.at({1, 0}) * all.at({1, 1}) + all.at({0, 0}); };
  CHECK_TENSOR(numeric_gradient(product, row, real(0.5)), values({40, 30}, {2}));
  const Tensor one = scalar(4);
  CHECK_TENSOR(numeric_gradient([&] { return one.item() * one.item(); }, one, real(0.25)),
               values({8}, {}));
  CHECK_SHAPE(numeric_gradient([] { return real(1); }, zeros({0, 3}), real(0.25)), {0, 3});
  CHECK_THROWS_AS(numeric_gradient([] { return real(1); }, all.transpose(0, 1), real(0.25)),
                  ValueError);
}

TEST_CASE("numeric_gradient: records nothing although x requires grad", "[03.22][systems]") {
  Tensor x = tensor({1, 2});
  x.set_requires_grad(true);
  const Index before = graph_node_count();
  Index most = 0;
  const auto f = [&] {
    const Tensor y = sum(x * x);
    most = std::max(most, graph_node_count());
    return y.item();
  };
  CHECK_TENSOR(numeric_gradient(f, x, real(0.5)), values({2, 4}, {2}));
  CHECK(most == before);
}

TEST_CASE("gradcheck: agrees with right rules", "[03.22][core]") {
  const Tensor x = tensor({0.5f, -1, 2}), w = tensor({1, 2, 3});
  const GradcheckResult result =
      gradcheck([](const Tensor& a, const Tensor& b) { return a * b + a; }, {x, w});
  CHECK(result.ok);
  CHECK(bool(result));
  CHECK(result.message == "");
  CHECK(result.max_error < 0.02);
  CHECK(gradcheck([](const std::vector<Tensor>& v) { return v[0] * v[1] + v[2]; }, {x, w, x}).ok);
  CHECK_FALSE(x.requires_grad());  // it worked on copies
  CHECK_FALSE(x.grad().defined());
}

TEST_CASE("gradcheck: finds a wrong factor and says where", "[03.22][errors]") {
  REQUIRE(rules_defined);
  const GradcheckResult result =
      gradcheck([](const Tensor& t) { return apply(Forgetful{}, {t}); }, {tensor({0, 3})});
  CHECK_FALSE(result.ok);
  CHECK(result.max_error > 0.4);  // half of what is right is missing
  CHECK(result.message.find("input 0 of shape [2], element 1") != std::string::npos);
}

TEST_CASE("gradcheck: finds one wrong element of one input and a NaN", "[03.22][errors]") {
  const Tensor x = tensor({1, 2, 3, 4}), y = tensor({5, 6, 7, 8});
  const auto f = [](const Tensor& a, const Tensor& b) { return apply(Subtle{}, {a, b}); };
  const GradcheckResult result = gradcheck(f, {x, y});
  CHECK_FALSE(result.ok);
  CHECK(result.message.find("input 1 of shape [4], element 2") != std::string::npos);
  CHECK_FALSE(gradcheck([](const Tensor& t) { return apply(NotANumber{}, {t}); }, {x}).ok);
}
