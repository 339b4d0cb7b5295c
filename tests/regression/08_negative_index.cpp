// A bug of the Python original: its datasets took negative indices without looking at them (fixed in its
// release 0.1.14). Here -1 is the last example, and a part of a dataset counts its own examples, not those of
// the whole.
#include <tinytorch/dataloader.hpp>

#include "index_text.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

TensorDataset<Tensor, IndexTensor> four() { return {arange(4), index_tensor({0, 1, 2, 3}, {4})}; }

}  // namespace

TEST_CASE("negative index: the last of a part is not the last of the whole", "[08.1][regression]") {
  const Subset part(four(), {2, 1});
  CHECK(part.get(-1).y.item() == 1);
  CHECK(part.get(-2).y.item() == 2);
  CHECK_THROWS_AS((void)part.get(-3), IndexError);
}

TEST_CASE("negative index: a subset may be named by negative indices", "[08.1][regression]") {
  const Subset part(four(), {-1, 0});
  CHECK(text(part.indices()) == "3 0");
  CHECK(part.get(0).y.item() == 3);
  CHECK_THROWS_AS(Subset(four(), {-5}), IndexError);
}

TEST_CASE("negative index: the same example draws the same numbers", "[08.10][regression]") {
  const Transform noise = [](const Tensor& x, Rng& rng) { return x * 0 + rng.uniform(); };
  const TransformedDataset data(four(), noise, 1);
  CHECK_TENSOR(data.get(-1, 2).x, data.get(3, 2).x);
}
