// 02_ops / elementwise.hpp: one number in, or two or three, one number out.
//
// You write two kernels, map_unary and map_binary. Every operation below them is a name and a
// formula.
#pragma once
#include <cmath>
#include <string>

#include <tinytorch/ops/broadcast.hpp>
#include <tinytorch/support/fast_math.hpp>
#include <tinytorch/support/wide.hpp>

namespace tinytorch {

/// f of each element, in fresh row-major memory.
///
/// Goal        One loop for exp, log, tanh and all the others.
/// Background  f is a template parameter, not a function pointer: the compiler sees through it, so
///             a loop over contiguous memory becomes vector instructions.
///             for_each_number (support/wide.hpp) does what a plain loop does, in wider registers.
/// Cost        numel calls of f; one read and one write an element, so for a cheap f memory is the
///             limit
/// In PyTorch  aten/src/ATen/native/cpu/Loops.h, cpu_kernel_vec
template <class F>
Tensor map_unary(const Tensor& x, F f) {
  Tensor out = empty(x.shape());
  real* to = out.data();
  // TODO(02.2): fill `to`; take the plain loop where x is contiguous, for_each_row where it is not.
  // HINT: look at Copy in 01_tensor/views.hpp: the same walk, with f around the number that is
  // HINT: read.
  // BEGIN SOLUTION 02.2
  if (x.is_contiguous()) {
    const real* from = x.data();
    for_each_number(x.numel(), [=](Index i) { to[i] = f(from[i]); });
    return out;
  }
  const Index length = x.size(-1);  // a scalar is always contiguous, so there is a last axis
  const Index step = x.strides().back();
  const real* memory = x.storage()->data();
  for_each_row<2>(x.shape(), {&x.strides(), &out.strides()}, {x.offset(), 0}, [&](auto at) {
    for (Index i = 0; i < length; ++i) to[at[1] + i] = f(memory[at[0] + i * step]);
  });
  return out;
  // END SOLUTION 02.2
}

namespace detail {

/// to[i] = f(x[i * step_x], y[i * step_y]), with loops of their own for the steps that matter: 1,
/// and 0 for a number that is repeated. Given code.
///
/// Background  A step that is only known when the program runs keeps a compiler from vector
///             instructions.
template <class F>
void map_pairs(const real* x, Index step_x, const real* y, Index step_y, real* to, Index count,
               F f) {
  if (step_x == 1 && step_y == 1) {
    for_each_number(count, [=](Index i) { to[i] = f(x[i], y[i]); });
  } else if (step_x == 1 && step_y == 0) {
    for_each_number(count, [=, other = *y](Index i) { to[i] = f(x[i], other); });
  } else if (step_x == 0 && step_y == 1) {
    for_each_number(count, [=, other = *x](Index i) { to[i] = f(other, y[i]); });
  } else {
    for (Index i = 0; i < count; ++i) to[i] = f(x[i * step_x], y[i * step_y]);
  }
}

}  // namespace detail

/// f of each pair of elements of a and b, which broadcast.
///
/// Goal        One loop for + - * / and the comparisons, for any two shapes that go together.
/// Background  Expand both to the common shape (a stride of 0 repeats), then walk three tensors at
///             once.
/// Examples    [2, 3] + [3]: the row is added to both rows, and is read twice but stored once
/// Cost        numel(result) calls of f; no copy of the smaller operand
/// In PyTorch  aten/src/ATen/TensorIterator.cpp, which also merges axes to make rows longer
template <class F>
Tensor map_binary(const Tensor& x, const Tensor& y, const char* who, F f) {
  const Shape shape = broadcast_shapes(x.shape(), y.shape(), who);
  Tensor out = empty(shape);
  real* to = out.data();
  if (out.numel() == 0) return out;
  // One long row: each operand has the result's shape and no gaps, or is a single number.
  const auto fills = [&](const Tensor& t) { return t.shape() == shape && t.is_contiguous(); };
  const bool all_x = fills(x), all_y = fills(y);
  if ((all_x || x.numel() == 1) && (all_y || y.numel() == 1)) {
    detail::map_pairs(x.data(), all_x ? 1 : 0, y.data(), all_y ? 1 : 0, to, out.numel(), f);
    return out;
  }
  // TODO(02.3): the general case: expand x and y to `shape`, then for_each_row<3>.
  // HINT: Expand(shape).forward(std::array{x}) makes the view without telling listeners.
  // HINT: a row has shape.back() elements; two scalars took the plain loop above, so there is an
  // HINT: axis. detail::map_pairs does a row.
  // BEGIN SOLUTION 02.3
  const Tensor a = Expand(shape).forward(std::array{x});
  const Tensor b = Expand(shape).forward(std::array{y});
  const Index length = shape.back();
  const Index step_a = a.strides().back(), step_b = b.strides().back();
  const real* from_a = a.storage()->data();
  const real* from_b = b.storage()->data();
  for_each_row<3>(shape, {&a.strides(), &b.strides(), &out.strides()}, {a.offset(), b.offset(), 0},
                  [&](auto at) {
                    detail::map_pairs(from_a + at[0], step_a, from_b + at[1], step_b, to + at[2],
                                      length, f);
                  });
  return out;
  // END SOLUTION 02.3
}

/// Elementwise operations count one floating-point operation an element of the result.
struct Elementwise : Primitive {
  Index flops(Inputs, const Tensor& output) const override { return output.numel(); }
};

/// A formula of two operands in one pass over memory, where ordinary operations would make one for
/// each step of it; `steps` says how many, so that what is counted stays the same. Given code.
template <class F>
struct Fused : Elementwise {
  const char* who;
  Index steps;
  F f;
  Fused(const char* named, Index operations, F formula)
      : who(named), steps(operations), f(formula) {}

  const char* name() const override { return who; }
  Index flops(Inputs, const Tensor& output) const override { return steps * output.numel(); }
  Tensor forward(Inputs in) const override { return map_binary(in[0], in[1], who, f); }
};

/// f of each pair of x and y. It has no derivative rule: for rules, while nobody records them.
template <class F>
Tensor fused(const char* who, Index steps, const Tensor& x, const Tensor& y, F f) {
  return apply(Fused<F>(who, steps, f), {x, y});
}

// Each operation: its name, its formula, and what its derivative (03_autograd) reads. One that has a
// layer of the same name (05_layers) ends in Op.

struct Add : Elementwise {
  const char* name() const override { return "add"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Tensor forward(Inputs in) const override {
    return map_binary(in[0], in[1], "add", [](real x, real y) { return x + y; });
  }
};

struct Sub : Elementwise {
  const char* name() const override { return "sub"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Tensor forward(Inputs in) const override {
    return map_binary(in[0], in[1], "sub", [](real x, real y) { return x - y; });
  }
};

struct Mul : Elementwise {
  const char* name() const override { return "mul"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Tensor forward(Inputs in) const override {
    return map_binary(in[0], in[1], "mul", [](real x, real y) { return x * y; });
  }
};

struct Div : Elementwise {
  const char* name() const override { return "div"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Tensor forward(Inputs in) const override {
    return map_binary(in[0], in[1], "div", [](real x, real y) { return x / y; });
  }
};

/// The larger of two numbers; NaN if either is NaN, as in PyTorch (std::max would drop it).
struct Maximum : Elementwise {
  const char* name() const override { return "maximum"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Tensor forward(Inputs in) const override {
    return map_binary(in[0], in[1], "maximum",
                      [](real x, real y) { return x > y || std::isnan(x) ? x : y; });
  }
};

struct Neg : Elementwise {
  const char* name() const override { return "neg"; }
  Saves saves() const override { return {.inputs = false, .output = false}; }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [](real x) { return -x; });
  }
};

struct Exp : Elementwise {
  const char* name() const override { return "exp"; }
  Saves saves() const override { return {.inputs = false, .output = true}; }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [](real x) { return fast::exp(x); });
  }
};

struct Log : Elementwise {
  const char* name() const override { return "log"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [](real x) { return std::log(x); });
  }
};

struct Sqrt : Elementwise {
  const char* name() const override { return "sqrt"; }
  Saves saves() const override { return {.inputs = false, .output = true}; }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [](real x) { return std::sqrt(x); });
  }
};

struct TanhOp : Elementwise {
  const char* name() const override { return "tanh"; }
  Saves saves() const override { return {.inputs = false, .output = true}; }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [](real x) { return fast::tanh(x); });
  }
};

struct Abs : Elementwise {
  const char* name() const override { return "abs"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [](real x) { return std::abs(x); });
  }
};

/// x to a fixed power.
struct Pow : Elementwise {
  real exponent;
  explicit Pow(real power) : exponent(power) {}

  const char* name() const override { return "pow"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [e = exponent](real x) { return std::pow(x, e); });
  }
};

/// -1, 0 or 1. Its derivative is 0 wherever it has one, so no gradient passes.
struct Sign : Elementwise {
  const char* name() const override { return "sign"; }
  bool differentiable() const override { return false; }
  Tensor forward(Inputs in) const override {
    return map_unary(in[0], [](real x) { return static_cast<real>((x > 0) - (x < 0)); });
  }
};

/// A comparison: 1 where it holds, 0 where it does not.
struct Compare : Elementwise {
  enum class Kind { gt, ge, lt, le, eq, ne } kind;
  explicit Compare(Kind k) : kind(k) {}

  const char* name() const override {
    static constexpr const char* names[] = {"gt", "ge", "lt", "le", "eq", "ne"};
    return names[static_cast<int>(kind)];
  }
  bool differentiable() const override { return false; }
  Tensor forward(Inputs in) const override {
    const auto with = [&](auto holds) {
      return map_binary(in[0], in[1], name(), [=](real x, real y) { return real(holds(x, y)); });
    };
    switch (kind) {
      case Kind::gt: return with([](real x, real y) { return x > y; });
      case Kind::ge: return with([](real x, real y) { return x >= y; });
      case Kind::lt: return with([](real x, real y) { return x < y; });
      case Kind::le: return with([](real x, real y) { return x <= y; });
      case Kind::eq: return with([](real x, real y) { return x == y; });
      case Kind::ne: break;
    }
    return with([](real x, real y) { return x != y; });
  }
};

/// Elements of `yes` where the condition is not 0, of `no` where it is; all three broadcast.
///
/// Goal        Choice without a branch in the graph; masks of every kind are built on it.
/// Examples    where([1, 0, 1], [1, 2, 3], [-1, -1, -1]) -> [1, -1, 3]
/// Background  It must not be computed as c * yes + (1 - c) * no: 0 * inf is nan.
/// In PyTorch  aten/src/ATen/native/cpu/TensorCompareKernel.cpp, where_kernel_impl
struct Where : Elementwise {
  const char* name() const override { return "where"; }
  Saves saves() const override { return {.inputs = true, .output = false}; }
  Tensor forward(Inputs in) const override {
    const Shape choices = broadcast_shapes(in[1].shape(), in[2].shape(), "where");
    const Shape shape = broadcast_shapes(in[0].shape(), choices, "where");
    const Tensor condition = Expand(shape).forward(in.only(0));
    const Tensor yes = Expand(shape).forward(in.only(1));
    const Tensor no = Expand(shape).forward(in.only(2));
    Tensor out = empty(shape);
    real* to = out.data();
    // TODO(02.4): choose element by element.
    // HINT: three tensors are read and one is written: for_each_row<4>.
    // BEGIN SOLUTION 02.4
    const Index length = shape.empty() ? 1 : shape.back();
    const auto step = [&](const Tensor& t) { return shape.empty() ? 0 : t.strides().back(); };
    const Index step_c = step(condition), step_y = step(yes), step_n = step(no);
    const real* c = condition.storage()->data();
    const real* y = yes.storage()->data();
    const real* n = no.storage()->data();
    for_each_row<4>(shape, {&condition.strides(), &yes.strides(), &no.strides(), &out.strides()},
                    {condition.offset(), yes.offset(), no.offset(), 0}, [&](auto at) {
                      for (Index i = 0; i < length; ++i) {
                        // Both are read: a processor cannot foresee which it will be.
                        const real if_true = y[at[1] + i * step_y],
                                   if_false = n[at[2] + i * step_n];
                        to[at[3] + i] = c[at[0] + i * step_c] != 0 ? if_true : if_false;
                      }
                    });
    return out;
    // END SOLUTION 02.4
  }
};

// The functions that people call.

inline Tensor operator+(const Tensor& x, const Tensor& y) { return apply(Add{}, {x, y}); }
inline Tensor operator-(const Tensor& x, const Tensor& y) { return apply(Sub{}, {x, y}); }
inline Tensor operator*(const Tensor& x, const Tensor& y) { return apply(Mul{}, {x, y}); }
inline Tensor operator/(const Tensor& x, const Tensor& y) { return apply(Div{}, {x, y}); }
inline Tensor operator-(const Tensor& x) { return apply(Neg{}, {x}); }

inline Tensor operator+(const Tensor& x, real y) { return x + scalar(y); }
inline Tensor operator-(const Tensor& x, real y) { return x - scalar(y); }
inline Tensor operator*(const Tensor& x, real y) { return x * scalar(y); }
inline Tensor operator/(const Tensor& x, real y) { return x / scalar(y); }
inline Tensor operator+(real x, const Tensor& y) { return scalar(x) + y; }
inline Tensor operator-(real x, const Tensor& y) { return scalar(x) - y; }
inline Tensor operator*(real x, const Tensor& y) { return scalar(x) * y; }
inline Tensor operator/(real x, const Tensor& y) { return scalar(x) / y; }

inline Tensor neg(const Tensor& x) { return -x; }
inline Tensor exp(const Tensor& x) { return apply(Exp{}, {x}); }
inline Tensor log(const Tensor& x) { return apply(Log{}, {x}); }
inline Tensor sqrt(const Tensor& x) { return apply(Sqrt{}, {x}); }
inline Tensor tanh(const Tensor& x) { return apply(TanhOp{}, {x}); }
inline Tensor abs(const Tensor& x) { return apply(Abs{}, {x}); }
inline Tensor sign(const Tensor& x) { return apply(Sign{}, {x}); }
inline Tensor pow(const Tensor& x, real exponent) { return apply(Pow(exponent), {x}); }
inline Tensor maximum(const Tensor& x, const Tensor& y) { return apply(Maximum{}, {x, y}); }
inline Tensor minimum(const Tensor& x, const Tensor& y) { return -maximum(-x, -y); }
inline Tensor where(const Tensor& condition, const Tensor& yes, const Tensor& no) {
  return apply(Where{}, {condition, yes, no});
}

inline Tensor gt(const Tensor& x, const Tensor& y) {
  return apply(Compare(Compare::Kind::gt), {x, y});
}
inline Tensor ge(const Tensor& x, const Tensor& y) {
  return apply(Compare(Compare::Kind::ge), {x, y});
}
inline Tensor lt(const Tensor& x, const Tensor& y) {
  return apply(Compare(Compare::Kind::lt), {x, y});
}
inline Tensor le(const Tensor& x, const Tensor& y) {
  return apply(Compare(Compare::Kind::le), {x, y});
}
inline Tensor eq(const Tensor& x, const Tensor& y) {
  return apply(Compare(Compare::Kind::eq), {x, y});
}
inline Tensor ne(const Tensor& x, const Tensor& y) {
  return apply(Compare(Compare::Kind::ne), {x, y});
}

// In place: the result lands in the storage of the left operand, and every view of it sees the
// change. It is computed first and written then, so that `other` may overlap with this tensor.

inline Tensor& Tensor::add_(const Tensor& other, real scale) {
  const Tensor result =
      map_binary(*this, other, "add_", [=](real x, real y) { return x + scale * y; });
  detail::overwrite(*this, result, "add_");
  return *this;
}
inline Tensor& Tensor::sub_(const Tensor& other) { return add_(other, -1); }
inline Tensor& Tensor::mul_(const Tensor& other) {
  const Tensor result = map_binary(*this, other, "mul_", [](real x, real y) { return x * y; });
  detail::overwrite(*this, result, "mul_");
  return *this;
}
inline Tensor& Tensor::mul_(real factor) { return mul_(scalar(factor)); }

/// Are all elements equal up to |x - y| <= atol + rtol * |y|? As in PyTorch: NaN equals nothing,
/// infinities equal themselves, and the shapes must broadcast.
inline bool allclose(const Tensor& x, const Tensor& y, double rtol = 1e-5, double atol = 1e-8) {
  const Tensor close = map_binary(x, y, "allclose", [=](real a, real b) -> real {
    // TODO(02.5): 1 if a and b are close, 0 if not.
    // HINT: infinity minus infinity is nan; ask a == b first.
    // BEGIN SOLUTION 02.5
    const double difference = std::abs(static_cast<double>(a) - static_cast<double>(b));
    const double allowed = atol + rtol * std::abs(static_cast<double>(b));
    return real(a == b || (std::isfinite(b) && difference <= allowed));
    // END SOLUTION 02.5
  });
  return std::all_of(close.data(), close.data() + close.numel(), [](real c) { return c != 0; });
}

}  // namespace tinytorch
