// Observations of module 01: shapes, strides, offsets, views.
#include <tinytorch/tensor.hpp>

#include "observe.hpp"
#include "tensors.hpp"

using namespace tinytorch;
using observe::any_tensor;
using observe::random_tensor;
using observe::see;
using observe::see_error;
using observe::see_layout;

namespace {

/// A view: what it shows, how it looks at memory, and whether that is the memory of `of`.
void see_view(observe::Case& c, const Tensor& view, const Tensor& of) {
  see(c, view);
  see_layout(c, view);
  see(c, view.shares_storage_with(of));
}

/// Any valid index of a shape, each entry perhaps counted from the back.
Shape any_index(observe::Case& c, const Shape& shape) {
  Shape index;
  for (const Index n : shape) index.push_back(c.whole(-n, n - 1));
  return index;
}

}  // namespace

OBSERVE("01.1", "numel of any shape") {
  see(c, numel(c.repetition() == 0 ? Shape{} : c.shape(1, 6, 0, 9)));
}

OBSERVE("01.2", "row_major_strides of any shape") {
  see(c, row_major_strides(c.repetition() == 0 ? Shape{} : c.shape(1, 6, 1, 9)));
}

OBSERVE("01.3", "flat_offset of an index") {
  const Index rank = c.whole(0, 5);
  Shape index, strides;
  for (Index i = 0; i < rank; ++i) {
    index.push_back(c.whole(0, 9));
    strides.push_back(c.whole(0, 30));
  }
  see(c, flat_offset(index, strides, c.whole(0, 50)));
}

OBSERVE("01.4", "next_index, from any index to the end") {
  const Shape shape = c.repetition() == 0 ? Shape{} : c.shape(1, 4, 1, 3);
  std::vector<Index> index;
  for (const Index n : shape) index.push_back(c.whole(0, n - 1));
  bool more = true;
  for (int step = 0; more && step < 100; ++step) {
    more = next_index(index.data(), shape);
    see(c, more);
    see(c, index);
  }
}

OBSERVE("01.5", "is_contiguous of any view") {
  const Shape shape = c.shape(0, 4, c.repetition() < 4 ? 0 : 1, 3);
  see(c, random_tensor(c, shape).is_contiguous());
  see(c, observe::hidden_in_view(c, random_tensor(c, shape)).is_contiguous());
  const Tensor line = random_tensor(c, {3});  // along an axis of size 1 nobody steps
  see(c, Tensor(line.storage(), {1, 3, 1}, {c.whole(0, 9), 1, c.whole(0, 9)}, 0).is_contiguous());
}

OBSERVE("01.6", "item of one element, and of another number of them") {
  const Tensor one = any_tensor(c, Shape(static_cast<std::size_t>(c.whole(0, 4)), 1));
  see(c, one.item());
  see_error(c, [&] { (void)random_tensor(c, {c.whole(2, 5)}).item(); });
  see_error(c, [&] { (void)random_tensor(c, {c.whole(1, 5), 0}).item(); });
}

OBSERVE("01.7", "at: elements by their index") {
  const Tensor t = any_tensor(c, c.shape(0, 4));
  for (int i = 0; i < 8; ++i) see(c, t.at(any_index(c, t.shape())));
}

OBSERVE("01.7", "at: indices that are none") {
  const Tensor t = any_tensor(c, c.shape(1, 4));
  const std::size_t axis = static_cast<std::size_t>(c.whole(0, t.dim() - 1));
  Shape index = any_index(c, t.shape());
  index[axis] = c.coin() ? t.shape()[axis] + c.whole(0, 3) : -t.shape()[axis] - c.whole(1, 3);
  see_error(c, [&] { (void)t.at(index); });
  see_error(c, [&] { (void)t.at(Shape(static_cast<std::size_t>(t.dim() + 1))); });
}

OBSERVE("01.8", "permute and transpose") {
  const Tensor t = any_tensor(c, c.shape(1, 5));
  const std::vector<Index> order = c.permutation(t.dim());
  see_view(c, t.permute(Shape(order.begin(), order.end())), t);
  see_view(c, t.transpose(c.whole(-t.dim(), t.dim() - 1), c.whole(0, t.dim() - 1)), t);
}

OBSERVE("01.9", "slice with any bounds and steps") {
  const Tensor t = any_tensor(c, c.shape(1, 4, 1, 7));
  const Index axis = c.whole(0, t.dim() - 1), n = t.shape()[static_cast<std::size_t>(axis)];
  see_view(c, t.slice(axis, c.whole(-n - 1, n + 1), c.whole(-n - 1, n + 1), c.whole(1, 4)), t);
  see_view(c, t.slice(axis, 0, n, c.whole(1, 4)), t);
}

OBSERVE("01.10", "select") {
  const Tensor t = any_tensor(c, c.shape(1, 4, 1, 5));
  const Index axis = c.whole(0, t.dim() - 1), n = t.shape()[static_cast<std::size_t>(axis)];
  see_view(c, t.select(axis, c.whole(-n, n - 1)), t);
}

OBSERVE("01.11", "expand, and shapes that do not fit") {
  Shape from = c.shape(0, 3), to = from;
  for (std::size_t axis = 0; axis < from.size(); ++axis) {
    if (c.coin()) from[axis] = 1;
  }
  for (Index added = c.whole(0, 2); added > 0; --added) to.insert(0, c.whole(1, 3));
  const Tensor t = any_tensor(c, from);
  see_view(c, t.expand(to), t);
  see_error(c, [&] { (void)random_tensor(c, {2, 3}).expand({2, c.whole(4, 6)}); });
  see_error(c, [&] { (void)random_tensor(c, {2, 3}).expand({3}); });
}

OBSERVE("01.12", "clone: the same numbers in memory of their own") {
  const Tensor t = any_tensor(c, c.repetition() == 0 ? Shape{} : c.shape(1, 4, 0, 4));
  see_view(c, t.clone(), t);
}

OBSERVE("01.13", "view_strides: where a view will do, and where it will not") {
  const Tensor t = any_tensor(c, {c.whole(1, 2) * 2, c.whole(1, 3), c.whole(1, 2) * 3});
  const Index a = t.shape()[0], b = t.shape()[1], d = t.shape()[2];
  for (const Shape& to : {Shape{a * b, d}, Shape{a, b * d}, Shape{a / 2, 2, b, d}, Shape{a * b * d},
                          Shape{a, b, d / 3, 1, 3}, Shape{b, a, d}}) {
    const std::optional<Shape> strides = view_strides(t.shape(), t.strides(), to);
    see(c, strides.has_value());
    if (strides) see(c, *strides);
  }
}

OBSERVE("01.14", "reshape: a view or a copy") {
  const Tensor t = any_tensor(c, {c.whole(1, 3) * 2, c.whole(1, 3), c.whole(1, 2) * 3});
  const Index a = t.shape()[0], b = t.shape()[1];
  see_view(c, t.reshape({a * b, -1}), t);
  see_view(c, t.reshape({-1}), t);
  see_view(c, t.reshape({2, a / 2, -1}), t);
  see_view(c, t.reshape({a, 1, b, -1, 1}), t);  // a view, whatever the strides are
  see_error(c, [&] { (void)t.reshape({a, -1, 7}); });
}

OBSERVE("01.15", "to_string") {
  const Shape shape = c.repetition() == 0   ? Shape{}
                      : c.repetition() < 6  ? Shape{c.whole(0, 20)}
                      : c.repetition() == 6 ? Shape{c.whole(13, 20), 2}
                                            : c.shape(1, 3, 1, 3);
  Tensor t = any_tensor(c, shape, -20, 20);
  if (c.coin()) {  // whole numbers have a form of their own
    std::vector<double> values(observe::count_of(shape));
    for (double& value : values) value = static_cast<double>(c.whole(-5, 5));
    t = observe::tensor_of(values, shape);
  }
  see(c, t.to_string());
}

OBSERVE("01", "views of views, and writing through them") {
  Tensor t = random_tensor(c, {c.whole(2, 4), c.whole(2, 4), c.whole(2, 4)});
  const Tensor view = t.permute({2, 0, 1}).slice(1, 1, 4).select(0, 1).unsqueeze(1);
  see_view(c, view, t);
  view.select(0, 0).slice(1, 0, 3, 2).fill_(7);
  see(c, t);
  t.copy_(t.select(0, 0).expand(t.shape()));
  see(c, t);
  see(c, view.contiguous().flatten());
}
