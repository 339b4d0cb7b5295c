// Observations of module 11: rows of a table, and where a token stands.
#include <tinytorch/embeddings.hpp>

#include "models.hpp"
#include "observe.hpp"
#include "tensors.hpp"

using namespace tinytorch;
using observe::any_tensor;
using observe::learned;
using observe::random_tensor;
using observe::see;
using observe::see_complaint;
using observe::see_error;
using observe::see_second_gradients;
using observe::see_with_gradients;

namespace {

/// A table, ids that name its rows, many of them more than once, and perhaps a padding row.
struct Lookup {
  Tensor table;
  IndexTensor ids;
  Index padding = -1;

  EmbeddingOptions options() const {
    return {.padding_idx = padding < 0 ? std::nullopt : std::optional(padding)};
  }
};

Lookup lookup(observe::Case& c) {
  const Index rows = c.whole(2, 6), channels = c.whole(1, 4);
  const Shape shape = c.repetition() == 0 ? Shape{} : c.shape(1, 3);
  return {learned(any_tensor(c, {rows, channels})), c.labels(shape, 0, rows - 1),
          c.coin() ? c.whole(0, rows - 1) : -1};
}

/// Tokens [*, T, C] and a table that has rows for them from `offset` on.
struct Placed {
  Tensor x, table;
  Index offset;
};

Placed placed(observe::Case& c) {
  Shape shape = c.shape(0, 2, 1, 3);
  const Index length = c.whole(1, 4), channels = c.whole(1, 5), offset = c.whole(0, 3);
  shape.push_back(length);
  shape.push_back(channels);
  return {learned(any_tensor(c, shape)),
          learned(any_tensor(c, {offset + length + c.whole(0, 2), channels})), offset};
}

RopeOptions any_turn(observe::Case& c) {
  return {.base = c.number(10, 10000), .offset = c.whole(0, 5)};
}

Tensor any_pairs(observe::Case& c) {
  Shape shape = c.shape(0, 2, 1, 3);
  shape.push_back(c.whole(1, 4));
  shape.push_back(2 * c.whole(1, 3));
  return any_tensor(c, shape);
}

}  // namespace

OBSERVE("11.1", "checked_ids: a copy, or what is wrong with which id") {
  const Index rows = c.whole(1, 6);
  IndexTensor ids = c.labels(c.repetition() == 0 ? Shape{} : c.shape(1, 3), 0, rows - 1);
  const IndexTensor own = detail::checked_ids(ids, rows, "observe");
  see(c, own);
  ids.data()[0] = rows;
  see(c, own);
  see_complaint(c, "got ", [&] { (void)detail::checked_ids(ids, rows, "observe"); });
  const Index last = ids.numel() - 1;
  ids.data()[0] = 0;
  ids.data()[c.whole(0, last)] = c.coin() ? rows + c.whole(0, 3) : -c.whole(1, rows + 1);
  ids.data()[c.whole(0, last)] = -c.whole(1, rows + 1);
  see_complaint(c, "got ", [&] { (void)detail::checked_ids(ids, rows, "observe"); });
}

OBSERVE("11.2", "one_hot of any ids") {
  const Index classes = c.whole(1, 6);
  Shape shape = c.shape(0, 3);
  if (c.repetition() == 0) shape = {0};
  see(c, one_hot(c.labels(shape, 0, classes - 1), classes));
}

OBSERVE("11.3", "embedding: rows of any table") {
  const Lookup l = lookup(c);
  see(c, embedding(l.table, l.ids, l.options()));
}

OBSERVE("11.4", "rows added up by their ids, but for the padding") {
  const Lookup l = lookup(c);
  Shape shape = l.ids.shape();
  shape.push_back(c.whole(1, 4));
  see(c, apply(EmbeddingGrad(l.ids, l.table.size(0), l.padding), {any_tensor(c, shape)}));
}

OBSERVE("11.5", "the gradient of embedding, and its gradient") {
  const Lookup l = lookup(c);
  see_with_gradients(c, embedding(l.table, l.ids, l.options()), {l.table});
  see_second_gradients(c, embedding(l.table, l.ids, l.options()), {l.table});
}

OBSERVE("11.6", "the gradient of adding up") {
  const Lookup l = lookup(c);
  Shape shape = l.ids.shape();
  shape.push_back(c.whole(1, 4));
  const Tensor g = learned(any_tensor(c, shape));
  see_with_gradients(c, apply(EmbeddingGrad(l.ids, l.table.size(0), l.padding), {g}), {g});
}

OBSERVE("11.7", "sinusoidal_positions") {
  const Index length = c.repetition() == 0 ? 0 : c.whole(1, 12);
  see(c, sinusoidal_positions(length, c.whole(1, 9)));
}

OBSERVE_TIMES(3, "11.7", "sinusoidal_positions, far from the start") {
  const Index length = c.whole(20000, 22000);
  const Tensor table = sinusoidal_positions(length, 16);
  for (Index t = length - 8; t < length; ++t)
    see(c, std::vector<float>(table.data() + t * 16, table.data() + (t + 1) * 16));
}

OBSERVE("11.8", "positions from any offset, and their gradients") {
  const Placed p = placed(c);
  see_with_gradients(c, detail::add_positions(p.x, p.table, p.offset, "observe"), {p.x, p.table});
  const NoGrad no_grad;
  see(c,
      observe::bytes_made([&] { (void)detail::add_positions(p.x, p.table, p.offset, "observe"); }));
}

OBSERVE("11.9", "apply_rope") {
  see(c, apply_rope(any_pairs(c), any_turn(c)));
  see(c, apply_rope(any_pairs(c)));
}

OBSERVE("11.10", "the gradient of apply_rope, and its gradient") {
  const Tensor x = learned(any_pairs(c));
  const RopeOptions turn = any_turn(c);
  see_with_gradients(c, apply_rope(x, turn), {x});
  see_second_gradients(c, apply_rope(x, turn), {x});
}

OBSERVE("11", "a table, positions of both kinds and their gradients") {
  Rng rng(c.bits());
  const Index rows = c.whole(3, 6), channels = c.whole(1, 4), length = c.whole(1, 4);
  const Embedding tokens(rows, channels, rng, {.padding_idx = -c.whole(1, rows)});
  const LearnedPositions places(length + 2, channels, rng);
  const PositionalEncoding waves(channels, length + 2, rng, {.dropout = 0.25});
  observe::see_parameters(c, tokens);
  const IndexTensor ids = c.labels({2, length}, 0, rows - 1);
  const Index offset = c.whole(0, 2);
  see_with_gradients(c, waves(places(tokens(ids), offset), offset), {tokens.weight, places.weight});
  waves.eval();
  see(c, waves(places(tokens(ids))));
}

OBSERVE("11", "what does not fit together") {
  const Lookup l = lookup(c);
  const Placed p = placed(c);
  const Index rows = l.table.size(0), longest = p.table.size(0);
  see(c, embedding(l.table, l.ids));
  see_error(c, [&] { (void)embedding(l.table, index_tensor({rows}, {1})); });
  see_error(c, [&] { (void)embedding(l.table, l.ids, {.padding_idx = rows}); });
  see_error(c, [&] { (void)embedding(l.table.select(0, 0), l.ids); });
  see_error(c, [&] { (void)one_hot(l.ids, 0); });
  see_error(c, [&] { (void)detail::add_positions(p.x, p.table, longest, "observe"); });
  see_error(c, [&] { (void)detail::add_positions(p.x, p.table, -1, "observe"); });
  see_error(c, [&] { (void)apply_rope(random_tensor(c, {2, 3})); });
}
