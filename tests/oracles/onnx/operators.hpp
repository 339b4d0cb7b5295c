// oracles / operators.hpp: ONNX's operators in the names of this framework.
//
// Each takes a case and computes its outputs; nothing means that the case asks for something that the framework does
// not have (a rank, an option). What an operator means: https://github.com/onnx/onnx/blob/main/docs/Operators.md
// Operators of a module that is not there yet are left out.
#pragma once
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <tinytorch/ops.hpp>
#if __has_include(<tinytorch/activations.hpp>)
#include <tinytorch/activations.hpp>
#define TT_HAS_ACTIVATIONS
#endif
#if __has_include(<tinytorch/losses.hpp>)
#include <tinytorch/losses.hpp>
#define TT_HAS_LOSSES
#endif
#if __has_include(<tinytorch/convolutions.hpp>)
#include <tinytorch/convolutions.hpp>
#define TT_HAS_CONVOLUTIONS
#endif

#include "case.hpp"

namespace oracle {

namespace tt = tinytorch;
using Outputs = std::optional<std::vector<tt::Tensor>>;
using Operator = std::function<Outputs(const Case&)>;

inline tt::Shape shape_of(const Array& array) {
  return tt::Shape(array.shape.begin(), array.shape.end());
}

inline tt::Tensor to_tensor(const Array& array) {
  std::vector<tt::real> numbers(array.numbers.begin(), array.numbers.end());
  return tt::tensor(numbers, shape_of(array));
}

inline tt::IndexTensor to_index(const Array& array) {
  std::vector<tt::Index> numbers(array.numbers.begin(), array.numbers.end());
  return tt::index_tensor(std::move(numbers), shape_of(array));
}

inline tt::Tensor to_tensor(const tt::IndexTensor& t) {
  std::vector<tt::real> numbers;
  for (const tt::Index i : t.to_vector()) numbers.push_back(static_cast<tt::real>(i));
  return tt::tensor(numbers, t.shape());
}

inline Operator unary(tt::Tensor (*f)(const tt::Tensor&)) {
  return [f](const Case& c) -> Outputs { return {{f(to_tensor(c.inputs.at(0)))}}; };
}

/// Of any number of operands, one after another.
inline Operator folded(tt::Tensor (*f)(const tt::Tensor&, const tt::Tensor&)) {
  return [f](const Case& c) -> Outputs {
    tt::Tensor result = to_tensor(c.inputs.at(0));
    for (std::size_t i = 1; i < c.inputs.size(); ++i) result = f(result, to_tensor(c.inputs[i]));
    return {{result}};
  };
}

inline tt::Shape axes_of(const Case& c, tt::Index rank) {
  std::vector<std::int64_t> axes = c.list("axes");  // an attribute once, an input since version 13
  if (c.inputs.size() > 1) {
    for (const double axis : c.inputs[1].numbers) axes.push_back(static_cast<std::int64_t>(axis));
  }
  if (axes.empty()) {
    for (tt::Index axis = 0; axis < rank; ++axis) axes.push_back(axis);
  }
  return tt::Shape(axes.begin(), axes.end());
}

inline Operator reduction(std::function<tt::Tensor(const tt::Tensor&, const tt::Shape&, bool)> f) {
  return [f](const Case& c) -> Outputs {
    const tt::Tensor x = to_tensor(c.inputs.at(0));
    const bool none =
        c.list("axes").empty() && (c.inputs.size() < 2 || c.inputs[1].numbers.empty());
    if (none && c.number("noop_with_empty_axes", 0) != 0) return {{x}};
    return {{f(x, axes_of(c, x.dim()), c.number("keepdims", 1) != 0)}};
  };
}

/// Left and right, top and bottom alike, and the same for both axes: one number, as our options have it.
inline std::optional<tt::Index> same(const std::vector<std::int64_t>& list, tt::Index otherwise) {
  if (list.empty()) return otherwise;
  if (std::set<std::int64_t>(list.begin(), list.end()).size() != 1) return std::nullopt;
  return list[0];
}

inline void add_elementwise(std::map<std::string, Operator>& table) {
  table["Neg"] = unary(tt::neg);
  table["Exp"] = unary(tt::exp);
  table["Log"] = unary(tt::log);
  table["Sqrt"] = unary(tt::sqrt);
  table["Tanh"] = unary(tt::tanh);
  table["Abs"] = unary(tt::abs);
  table["Sign"] = unary(tt::sign);
  table["Identity"] = unary([](const tt::Tensor& x) { return x.clone(); });
  table["Add"] = table["Sum"] =
      folded([](const tt::Tensor& x, const tt::Tensor& y) { return x + y; });
  table["Sub"] = folded([](const tt::Tensor& x, const tt::Tensor& y) { return x - y; });
  table["Mul"] = folded([](const tt::Tensor& x, const tt::Tensor& y) { return x * y; });
  table["Div"] = folded([](const tt::Tensor& x, const tt::Tensor& y) { return x / y; });
  table["Max"] = folded(tt::maximum);
  table["Min"] = folded(tt::minimum);
  table["Greater"] = folded(tt::gt);
  table["GreaterOrEqual"] = folded(tt::ge);
  table["Less"] = folded(tt::lt);
  table["LessOrEqual"] = folded(tt::le);
  table["Equal"] = folded(tt::eq);
  table["Pow"] = [](const Case& c) -> Outputs {
    if (c.inputs.at(1).numbers.size() != 1) return std::nullopt;  // ours has one exponent
    return {{pow(to_tensor(c.inputs[0]), static_cast<tt::real>(c.inputs[1].numbers[0]))}};
  };
  table["Where"] = [](const Case& c) -> Outputs {
    return {
        {where(to_tensor(c.inputs.at(0)), to_tensor(c.inputs.at(1)), to_tensor(c.inputs.at(2)))}};
  };
}

inline void add_reductions(std::map<std::string, Operator>& table) {
  using tt::Shape;
  using tt::Tensor;
  table["ReduceSum"] =
      reduction([](const Tensor& x, const Shape& a, bool k) { return sum(x, a, k); });
  table["ReduceMean"] =
      reduction([](const Tensor& x, const Shape& a, bool k) { return mean(x, a, k); });
  table["ReduceSumSquare"] =
      reduction([](const Tensor& x, const Shape& a, bool k) { return sum(x * x, a, k); });
  table["ReduceL1"] =
      reduction([](const Tensor& x, const Shape& a, bool k) { return sum(abs(x), a, k); });
  table["ReduceL2"] =
      reduction([](const Tensor& x, const Shape& a, bool k) { return sqrt(sum(x * x, a, k)); });
  table["ReduceMax"] =
      reduction([](const Tensor& x, const Shape& a, bool k) { return max(x, a, k); });
  table["ReduceMin"] =
      reduction([](const Tensor& x, const Shape& a, bool k) { return min(x, a, k); });
  table["ArgMax"] = [](const Case& c) -> Outputs {
    if (c.number("select_last_index", 0) != 0) return std::nullopt;  // ours names the first
    const auto axis = static_cast<tt::Index>(c.number("axis", 0));
    return {{to_tensor(argmax(to_tensor(c.inputs.at(0)), axis, c.number("keepdims", 1) != 0))}};
  };
}

inline void add_shapes(std::map<std::string, Operator>& table) {
  table["Concat"] = [](const Case& c) -> Outputs {
    std::vector<tt::Tensor> pieces;
    for (const Array& input : c.inputs) pieces.push_back(to_tensor(input));
    return {{cat(pieces, static_cast<tt::Index>(c.number("axis", 0)))}};
  };
  table["Transpose"] = [](const Case& c) -> Outputs {
    const tt::Tensor x = to_tensor(c.inputs.at(0));
    tt::Shape order;
    for (const std::int64_t axis : c.list("perm")) order.push_back(axis);
    for (tt::Index axis = x.dim(); order.empty() || order.size() < x.shape().size(); --axis) {
      order.push_back(axis - 1);  // without perm: all axes the other way round
    }
    return {{x.permute(order)}};
  };
  table["Slice"] = [](const Case& c) -> Outputs {
    if (c.inputs.size() < 3) return std::nullopt;  // before version 10
    tt::Tensor x = to_tensor(c.inputs[0]);
    const auto& starts = c.inputs.at(1).numbers;
    const auto& stops = c.inputs.at(2).numbers;
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const double axis = c.inputs.size() > 3 && !c.inputs[3].type.empty() ? c.inputs[3].numbers[i]
                                                                           : static_cast<double>(i);
      const double step = c.inputs.size() > 4 ? c.inputs[4].numbers[i] : 1;
      if (step < 1) return std::nullopt;  // backwards
      const auto limit = static_cast<double>(tt::Index(1) << 40);
      x = x.slice(static_cast<tt::Index>(axis), static_cast<tt::Index>(starts[i]),
                  static_cast<tt::Index>(std::min(stops[i], limit)), static_cast<tt::Index>(step));
    }
    return {{x}};
  };
  table["Flatten"] = [](const Case& c) -> Outputs {
    const tt::Tensor x = to_tensor(c.inputs.at(0));
    auto axis = static_cast<tt::Index>(c.number("axis", 1));
    if (axis < 0) axis += x.dim();
    tt::Index rows = 1;
    for (tt::Index i = 0; i < axis; ++i) rows *= x.size(i);
    return {{x.reshape({rows, x.numel() / rows})}};
  };
  table["Unsqueeze"] = [](const Case& c) -> Outputs {
    tt::Tensor x = to_tensor(c.inputs.at(0));
    std::set<tt::Index> axes;
    const tt::Shape given = axes_of(c, 0);
    const auto rank = x.dim() + static_cast<tt::Index>(given.size());
    for (const tt::Index axis : given) axes.insert(axis + (axis < 0 ? rank : 0));
    for (const tt::Index axis : axes) x = x.unsqueeze(axis);
    return {{x}};
  };
  table["Expand"] = [](const Case& c) -> Outputs {
    const tt::Tensor x = to_tensor(c.inputs.at(0));
    tt::Shape shape;
    for (const double size : c.inputs.at(1).numbers) shape.push_back(static_cast<tt::Index>(size));
    return {{x.expand(broadcast_shapes(x.shape(), shape, "expand"))}};  // either may be the smaller
  };
}

inline void add_products(std::map<std::string, Operator>& table) {
  table["MatMul"] = folded(tt::matmul);
  table["Gemm"] = [](const Case& c) -> Outputs {
    tt::Tensor a = to_tensor(c.inputs.at(0)), b = to_tensor(c.inputs.at(1));
    if (c.number("transA", 0) != 0) a = a.transpose(0, 1);
    if (c.number("transB", 0) != 0) b = b.transpose(0, 1);
    tt::Tensor y = matmul(a, b) * static_cast<tt::real>(c.number("alpha", 1));
    if (c.inputs.size() > 2)
      y = y + to_tensor(c.inputs[2]) * static_cast<tt::real>(c.number("beta", 1));
    return {{y}};
  };
}

inline void add_activations([[maybe_unused]] std::map<std::string, Operator>& table) {
#ifdef TT_HAS_ACTIVATIONS
  table["Relu"] = unary(tt::relu);
  table["Sigmoid"] = unary(tt::sigmoid);
  table["LeakyRelu"] = [](const Case& c) -> Outputs {
    const auto slope = static_cast<tt::real>(c.number("alpha", 0.01));
    return {{leaky_relu(to_tensor(c.inputs.at(0)), {.negative_slope = slope})}};
  };
  table["Softmax"] = [](const Case& c) -> Outputs {
    return {{softmax(to_tensor(c.inputs.at(0)), static_cast<tt::Index>(c.number("axis", -1)))}};
  };
  table["LogSoftmax"] = [](const Case& c) -> Outputs {
    return {{log_softmax(to_tensor(c.inputs.at(0)), static_cast<tt::Index>(c.number("axis", -1)))}};
  };
#endif
}

#ifdef TT_HAS_LOSSES
inline tt::Reduction reduction_of(const Case& c) {
  const std::string word = c.word("reduction", "mean");
  return word == "none"  ? tt::Reduction::none
         : word == "sum" ? tt::Reduction::sum
                         : tt::Reduction::mean;
}

inline constexpr tt::Index no_label = -1'000'000;  // without the attribute, no label is ignored
#endif

inline void add_losses([[maybe_unused]] std::map<std::string, Operator>& table) {
#ifdef TT_HAS_LOSSES
  table["SoftmaxCrossEntropyLoss"] = [](const Case& c) -> Outputs {
    if (c.inputs.size() > 2) return std::nullopt;  // weights of classes
    const auto ignored = static_cast<tt::Index>(c.number("ignore_index", no_label));
    return {{cross_entropy(to_tensor(c.inputs.at(0)), to_index(c.inputs.at(1)),
                           {.ignore_index = ignored, .reduction = reduction_of(c)})}};
  };
  table["NegativeLogLikelihoodLoss"] = [](const Case& c) -> Outputs {
    if (c.inputs.size() > 2) return std::nullopt;
    const auto ignored = static_cast<tt::Index>(c.number("ignore_index", no_label));
    return {{nll_loss(to_tensor(c.inputs.at(0)), to_index(c.inputs.at(1)),
                      {.ignore_index = ignored, .reduction = reduction_of(c)})}};
  };
  table["ReduceLogSumExp"] = [](const Case& c) -> Outputs {
    const tt::Tensor x = to_tensor(c.inputs.at(0));
    const tt::Shape axes = axes_of(c, x.dim());
    if (axes.size() != 1) return std::nullopt;
    return {{logsumexp(x, axes[0], c.number("keepdims", 1) != 0)}};
  };
#endif
}

inline void add_convolutions([[maybe_unused]] std::map<std::string, Operator>& table) {
#ifdef TT_HAS_CONVOLUTIONS
  const auto automatic = [](const Case& c) { return c.word("auto_pad", "NOTSET") != "NOTSET"; };
  table["Conv"] = [=](const Case& c) -> Outputs {
    const auto stride = same(c.list("strides"), 1), padding = same(c.list("pads"), 0),
               dilation = same(c.list("dilations"), 1);
    if (c.inputs.at(0).shape.size() != 4 || automatic(c) || !stride || !padding || !dilation) {
      return std::nullopt;
    }
    const tt::Tensor bias = c.inputs.size() > 2 ? to_tensor(c.inputs[2]) : tt::Tensor();
    return {{conv2d(to_tensor(c.inputs[0]), to_tensor(c.inputs.at(1)), bias,
                    {.stride = *stride,
                     .padding = *padding,
                     .dilation = *dilation,
                     .groups = static_cast<tt::Index>(c.number("group", 1))})}};
  };
  const auto pooled = [=](const Case& c) {
    return c.inputs.at(0).shape.size() == 4 && c.inputs[0].type == "float" && !automatic(c) &&
           c.number("ceil_mode", 0) == 0 && same(c.list("kernel_shape"), 0) &&
           same(c.list("strides"), 1) && same(c.list("pads"), 0) &&
           same(c.list("dilations"), 1) == 1 &&
           2 * *same(c.list("pads"), 0) <= *same(c.list("kernel_shape"), 0);  // as in PyTorch
  };
  table["MaxPool"] = [=](const Case& c) -> Outputs {
    if (!pooled(c) || c.outputs.size() > 1) return std::nullopt;
    return {
        {max_pool2d(to_tensor(c.inputs[0]), *same(c.list("kernel_shape"), 0),
                    {.stride = *same(c.list("strides"), 1), .padding = *same(c.list("pads"), 0)})}};
  };
  table["AveragePool"] = [=](const Case& c) -> Outputs {
    const bool counts_padding = c.number("count_include_pad", 0) != 0;
    if (!pooled(c) || (*same(c.list("pads"), 0) != 0 && !counts_padding)) return std::nullopt;
    return {
        {avg_pool2d(to_tensor(c.inputs[0]), *same(c.list("kernel_shape"), 0),
                    {.stride = *same(c.list("strides"), 1), .padding = *same(c.list("pads"), 0)})}};
  };
  table["BatchNormalization"] = [](const Case& c) -> Outputs {
    if (c.inputs.at(0).shape.size() != 4) return std::nullopt;
    tt::BatchNorm2d norm(c.inputs[0].shape[1],
                         {.eps = static_cast<tt::real>(c.number("epsilon", 1e-5))});
    tt::StateDict numbers = norm.state_dict();
    const char* names[] = {"weight", "bias", "running_mean", "running_var"};
    for (std::size_t i = 0; i < 4; ++i) numbers.at(names[i]).copy_(to_tensor(c.inputs.at(i + 1)));
    norm.train(c.number("training_mode", 0) != 0);
    return {{norm(to_tensor(c.inputs[0]))}};  // the new running statistics follow another formula
  };
#endif
}

/// ONNX's name -> what it is here.
inline std::map<std::string, Operator> operators() {
  std::map<std::string, Operator> table;
  add_elementwise(table);
  add_reductions(table);
  add_shapes(table);
  add_products(table);
  add_activations(table);
  add_losses(table);
  add_convolutions(table);
  return table;
}

}  // namespace oracle
