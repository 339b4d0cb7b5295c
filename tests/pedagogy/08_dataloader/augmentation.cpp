// 08_dataloader / transforms.hpp: random, and yet the same in every run.
#include <map>
#include <set>

#include <tinytorch/dataloader.hpp>

#include "index_text.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// 1, 2, 3, ... in the given shape.
Tensor counted(const Shape& shape) { return arange(1, double(numel(shape)) + 1).reshape(shape); }

/// Two pictures of 2 x 3 pixels, 1 .. 6 and 7 .. 12.
TensorDataset<Tensor, IndexTensor> two_pictures() {
  return {counted({2, 1, 2, 3}), index_tensor({0, 1}, {2})};
}

/// What pixel (r, c) of `x` is when zeros lie all around it.
real pixel(const Tensor& x, Index r, Index c) {
  const bool inside = r >= 0 && r < x.size(-2) && c >= 0 && c < x.size(-1);
  return inside ? x.at({0, r, c}) : real(0);
}

/// "top,left" of the only window of x that `crop` can be; "none" if it is none.
std::string window_of(const Tensor& x, const Tensor& crop, Index padding) {
  std::string found = "none";
  for (Index top = -padding; top + crop.size(-2) <= x.size(-2) + padding; ++top) {
    for (Index left = -padding; left + crop.size(-1) <= x.size(-1) + padding; ++left) {
      bool same = true;
      for (Index r = 0; r < crop.size(-2); ++r) {
        for (Index c = 0; c < crop.size(-1); ++c) {
          same = same && crop.at({0, r, c}) == pixel(x, top + r, left + c);
        }
      }
      if (same) found = std::to_string(top) + "," + std::to_string(left);
    }
  }
  return found;
}

/// How often each window came.
std::map<std::string, int> windows(const Tensor& x, const RandomCrop& crop, Index padding, int n) {
  Rng rng(7);
  std::map<std::string, int> seen;
  for (int i = 0; i < n; ++i) ++seen[window_of(x, crop(x, rng), padding)];
  return seen;
}

}  // namespace

TEST_CASE("RandomCrop: each window of the picture comes equally often", "[08.9][core]") {
  // 3 x 3 has four windows of 2 x 2. 800 draws: 200 each, standard deviation 12.2, five are 61.
  const auto seen = windows(counted({1, 3, 3}), RandomCrop(2), 0, 800);
  CHECK(seen.size() == 4);
  CHECK(seen.count("none") == 0);
  for (const auto& [window, count] : seen) {
    INFO("window at " << window << " came " << count << " times of 800");
    CHECK(std::abs(count - 200) < 61);
  }
}

TEST_CASE("RandomCrop: padding lays zeros on all four sides", "[08.9][core]") {
  const auto seen = windows(counted({1, 2, 2}), RandomCrop(2, 1), 1, 300);
  CHECK(seen.size() == 9);  // from (-1, -1) to (1, 1)
  CHECK(seen.count("none") == 0);
  CHECK(seen.count("-1,-1") == 1);
  CHECK(seen.count("1,1") == 1);
}

TEST_CASE("RandomCrop: height and width may differ", "[08.9][edge]") {
  const auto wide = windows(counted({1, 2, 5}), RandomCrop(2), 0, 100);
  CHECK(wide.size() == 4);
  CHECK(wide.count("0,3") == 1);
  const auto tall = windows(counted({1, 5, 2}), RandomCrop(2), 0, 100);
  CHECK(tall.size() == 4);
  CHECK(tall.count("3,0") == 1);
}

TEST_CASE("RandomCrop: channels move together and other axes do not matter", "[08.9][edge]") {
  Rng rng(3);
  const Tensor x = counted({2, 3, 4, 4});
  const Tensor crop = RandomCrop(4, 1)(x, rng);
  CHECK_SHAPE(crop, {2, 3, 4, 4});
  const std::string where = window_of(x.select(0, 0), crop.select(0, 0), 1);
  CHECK(where != "none");
  const Tensor channel = crop.select(0, 1).slice(0, 2, 3);
  CHECK(window_of(x.select(0, 1).slice(0, 2, 3), channel, 1) == where);
}

TEST_CASE("RandomCrop: a view where there is no padding and x stays as it was", "[08.9][systems]") {
  Rng rng(1);
  const Tensor x = counted({1, 4, 4});
  const auto before = memory::stats().allocations;
  CHECK(RandomCrop(3)(x, rng).shares_storage_with(x));
  CHECK(memory::stats().allocations == before);
  CHECK_FALSE(RandomCrop(4, 2)(x, rng).shares_storage_with(x));
  CHECK_TENSOR(x, values({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, {1, 4, 4}));
}

TEST_CASE("RandomCrop: the window must fit", "[08.9][errors]") {
  Rng rng(1);
  CHECK_SHAPE(RandomCrop(4, 1)(counted({1, 2, 2}), rng), {1, 4, 4});  // exactly
  CHECK_THROWS_WITH(
      RandomCrop(5, 1)(counted({1, 2, 3}), rng),
      contains("RandomCrop: expects at least 5 x 5 pixels, padding included, got 4 x 5"));
  CHECK_THROWS_AS(RandomCrop(0), ValueError);
  CHECK_THROWS_AS(RandomCrop(2, -1), ValueError);
}

TEST_CASE("TransformedDataset: the transform sees x and leaves y", "[08.10][core]") {
  const TransformedDataset data(two_pictures(), Normalize(1, 2));
  CHECK(data.size() == 2);
  CHECK_TENSOR(data.get(1).x, values({3, 3.5, 4, 4.5, 5, 5.5}, {1, 2, 3}));  // (7 - 1) / 2 = 3
  CHECK(data.get(1).y.item() == 1);
}

TEST_CASE("TransformedDataset: what is drawn does not depend on what was asked before",
          "[08.10][core]") {
  const Transform crop = RandomCrop(2, 4);
  const TransformedDataset data(two_pictures(), crop, 5), same(two_pictures(), crop, 5);
  const Tensor first = data.get(0, 3).x, second = data.get(1, 3).x;
  CHECK_TENSOR(data.get(0, 3).x, first);
  CHECK_TENSOR(same.get(1, 3).x, second);  // the first question to this one
  CHECK_TENSOR(same.get(-1, 3).x, second);
}

TEST_CASE("TransformedDataset: seed and epoch and example all matter", "[08.10][property]") {
  const Tensor pictures = ones({10, 1, 9, 9});
  const TensorDataset same_picture(pictures, IndexTensor(in_order(10), {10}));
  const Transform noise = [](const Tensor& x, Rng& rng) { return x * rng.uniform(); };
  std::set<real> drawn;
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const TransformedDataset data(same_picture, noise, seed);
    for (Index epoch = 0; epoch < 5; ++epoch) {
      for (Index i = 0; i < 5; ++i) drawn.insert(data.get(i, epoch).x.at({0, 0, 0}));
    }
  }
  CHECK(drawn.size() == 125);  // sums of the three have only 13 values
}

TEST_CASE("TransformedDataset: a loader shows other pictures each epoch", "[08.8][08.10][core]") {
  DataLoader loader(TransformedDataset(two_pictures(), RandomCrop(2, 9), 1), {.batch_size = 2});
  const Tensor first = (*loader.begin()).x, second = (*loader.begin()).x;
  CHECK_FALSE(difference(read(first), read(second), 1e-6).empty());
  loader.set_epoch(0);
  CHECK_TENSOR((*loader.begin()).x, first);
  const Subset last(loader.dataset(), {1});  // a subset passes the epoch on
  CHECK_TENSOR(last.get(0, 1).x, second.select(0, 1));
}

TEST_CASE("RandomHorizontalFlip: rows are reversed with probability p", "[08.10][core]") {
  const TransformedDataset flipped(two_pictures(), RandomHorizontalFlip(1));
  CHECK_TENSOR(flipped.get(0).x, values({3, 2, 1, 6, 5, 4}, {1, 2, 3}));
  const TransformedDataset never(two_pictures(), RandomHorizontalFlip(0));
  CHECK_TENSOR(never.get(0).x, values({1, 2, 3, 4, 5, 6}, {1, 2, 3}));
  const TransformedDataset half(two_pictures(), RandomHorizontalFlip());
  int flips = 0;  // of 400, with a standard deviation of 10
  for (Index epoch = 0; epoch < 400; ++epoch) flips += half.get(0, epoch).x.at({0, 0, 0}) == 3;
  CHECK(std::abs(flips - 200) < 50);
  CHECK_THROWS_WITH(RandomHorizontalFlip(1.5), contains("expects p in [0, 1], got 1.5"));
}

TEST_CASE("Compose: from left to right", "[08.9][08.10][core]") {
  const Compose pad_then_shift({RandomCrop(4, 1), Normalize(1, 1)});
  const Compose shift_then_pad({Normalize(1, 1), RandomCrop(4, 1)});
  const TensorDataset data(full({1, 1, 2, 2}, 5), index_tensor({0}, {1}));
  CHECK(double(TransformedDataset(data, pad_then_shift).get(0).x.at({0, 0, 0})) == -1);
  CHECK(double(TransformedDataset(data, shift_then_pad).get(0).x.at({0, 0, 0})) == 0);
  CHECK(double(TransformedDataset(data, shift_then_pad).get(0).x.at({0, 1, 1})) == 4);
}

TEST_CASE("Normalize: one mean a channel", "[08.10][errors]") {
  const TensorDataset colour(counted({1, 2, 1, 2}), index_tensor({0}, {1}));
  const TransformedDataset data(colour, Normalize({1, 3}, {1, 0.5}));
  CHECK_TENSOR(data.get(0).x, values({0, 1, 0, 2}, {2, 1, 2}));
  CHECK_THROWS_WITH(TransformedDataset(colour, Normalize({1, 1, 1}, {1, 1, 1})).get(0),
                    contains("Normalize: expects [3, h, w], got [2, 1, 2]"));
  CHECK_THROWS_AS(Normalize({1, 2}, {1}), ShapeError);
  CHECK_THROWS_WITH(Normalize(0, 0), contains("expects std > 0"));
}
