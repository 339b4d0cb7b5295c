// What must hold of any table and any ids, against plain loops: tests/support/slow.hpp.
#include <tinytorch/embeddings.hpp>

#include "seeds.hpp"
#include "slow.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

struct Asked {
  Tensor table;
  IndexTensor ids;
};

Asked asked(Random& random) {
  const Index rows = random.between(1, 5);
  const Shape shape = random.shape(1, 3);
  std::vector<Index> ids(all_indices(shape).size());
  for (Index& id : ids) id = random.below(rows);
  return {slow::random_tensor(random, {rows, random.between(1, 4)}), IndexTensor(ids, shape)};
}

}  // namespace

TEST_CASE("properties of 11: rows of the table, and each gets back what was given to its copies",
          "[11][property]") {
  for_each_seed(60, [](Random& random) {
    const auto [table, ids] = asked(random);
    const Tensor weight = table.clone().set_requires_grad(true);
    const Tensor y = embedding(weight, ids);
    const Tensor g = slow::random_tensor(random, y.shape());
    sum(y * g).backward();
    const Index channels = table.size(1);
    const Values given = read(g);
    Values copies{{}, y.shape()}, expected = slow::filled(table.shape(), 0);
    for (Index i = 0; i < ids.numel(); ++i) {
      for (Index c = 0; c < channels; ++c) {
        copies.numbers.push_back(double(table.at({ids[i], c})));
        slow::at(expected, {ids[i], c}) += given.numbers[std::size_t(i * channels + c)];
      }
    }
    CHECK_TENSOR_NEAR(y, copies, 0);
    CHECK_TENSOR(weight.grad(), expected);
  });
}

TEST_CASE("properties of 11: positions are added alike to every sequence", "[11][property]") {
  for_each_seed(30, [](Random& random) {
    const Index channels = 2 * random.between(1, 3), length = random.between(1, 4);
    const Index offset = random.between(0, 3);
    const PositionalEncoding places(channels, 8);
    const Values x = slow::random_values(random, {random.between(1, 3), length, channels});
    const Values rows = slow::slice(read(places.table), 0, offset, length, 1);
    CHECK_TENSOR(places(slow::somewhere(x, random), offset), slow::combine(x, rows, std::plus<>()));
  });
}
