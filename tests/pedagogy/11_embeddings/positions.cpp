// Where a token stands: waves that are computed, vectors that are learned.
#include <tinytorch/embeddings/positions.hpp>

#include "golden.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("sinusoidal_positions: the worked example", "[11.7][core]") {
  // C = 4: w is 1 for the first pair and 10000^(-2/4) = 0.01 for the second.
  CHECK_TENSOR(sinusoidal_positions(3, 4),
               values({0, 1, 0, 1,                                            //
                       0.841470985, 0.540302306, 0.00999983333, 0.999950000,  //
                       0.909297427, -0.416146837, 0.0199986667, 0.999800007},
                      {3, 4}));
}

TEST_CASE("sinusoidal_positions: as PyTorch's tutorial computes them", "[11.7][core]") {
  CHECK_TENSOR(
      sinusoidal_positions(4, 6),
      values({std::begin(golden::positions_4_6), std::end(golden::positions_4_6)}, {4, 6}));
}

TEST_CASE("sinusoidal_positions: far away they are as exact", "[11.7][edge]") {
  CHECK_TENSOR_NEAR(
      sinusoidal_positions(5000, 8).select(0, 4999),
      values({std::begin(golden::position_4999_of_8), std::end(golden::position_4999_of_8)}, {8}),
      1e-6);
}

TEST_CASE("sinusoidal_positions: an odd number of columns", "[11.7][edge]") {
  // C = 3: w is 1 and 10000^(-2/3) = 0.00215443469
  CHECK_TENSOR(sinusoidal_positions(2, 3),
               values({0, 1, 0, 0.841470985, 0.540302306, 0.00215443302}, {2, 3}));
  CHECK_TENSOR(sinusoidal_positions(2, 1), values({0, 0.841470985}, {2, 1}));
  CHECK_SHAPE(sinusoidal_positions(0, 4), {0, 4});
}

TEST_CASE("sinusoidal_positions: a shift is the same turn everywhere", "[11.7][property]") {
  const Tensor table = sinusoidal_positions(40, 6);
  for (Index pair = 0; pair < 3; ++pair) {
    const double w = std::pow(10000.0, -2.0 * double(pair) / 6), s = std::sin(5 * w),
                 c = std::cos(5 * w);
    double worst = 0;
    for (Index t = 0; t + 5 < 40; ++t) {
      const double sine = table.at({t, 2 * pair}), cosine = table.at({t, 2 * pair + 1});
      worst = std::max(worst, std::abs(table.at({t + 5, 2 * pair}) - (sine * c + cosine * s)));
      worst = std::max(worst, std::abs(table.at({t + 5, 2 * pair + 1}) - (cosine * c - sine * s)));
    }
    CHECK(worst < 1e-6);
  }
}

TEST_CASE("sinusoidal_positions: sizes that cannot be", "[11.7][errors]") {
  CHECK_SHAPE(sinusoidal_positions(1, 1), {1, 1});
  CHECK_THROWS_AS(sinusoidal_positions(-1, 4), ValueError);
  CHECK_THROWS_WITH(sinusoidal_positions(3, 0), contains("channels >= 1, got 3 and 0"));
}

TEST_CASE("LearnedPositions: each token gets the vector of its place", "[11.8][core]") {
  Rng rng(1);
  const LearnedPositions places(4, 2, rng);
  places.load_state_dict({{"weight", tensor({1, 2, 3, 4, 5, 6, 7, 8}, {4, 2})}});
  const Tensor x = tensor({10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120}, {2, 3, 2});
  CHECK_TENSOR(places(x), values({11, 22, 33, 44, 55, 66, 71, 82, 93, 104, 115, 126}, {2, 3, 2}));
}

TEST_CASE("LearnedPositions: a piece of a text begins at its offset", "[11.8][core]") {
  Rng rng(1);
  const LearnedPositions places(4, 2, rng);
  places.load_state_dict({{"weight", tensor({1, 2, 3, 4, 5, 6, 7, 8}, {4, 2})}});
  CHECK_TENSOR(places(zeros({1, 2, 2}), 1), values({3, 4, 5, 6}, {1, 2, 2}));
  CHECK_TENSOR(places(zeros({1, 1, 2}), 3), values({7, 8}, {1, 1, 2}));
}

TEST_CASE("LearnedPositions: any leading axes or none", "[11.8][edge]") {
  Rng rng(2);
  const LearnedPositions places(5, 3, rng);
  CHECK_TENSOR(places(zeros({5, 3})), places.weight);
  CHECK_SHAPE(places(zeros({2, 1, 4, 3})), {2, 1, 4, 3});
  CHECK_SHAPE(places(zeros({2, 0, 3})), {2, 0, 3});
  CHECK_SHAPE(places(zeros({1, 0, 3}), 5), {1, 0, 3});
}

TEST_CASE("LearnedPositions: gradients of places that were used", "[11.8][core]") {
  Rng rng(3);
  const LearnedPositions places(4, 1, rng);
  sum(places(zeros({3, 2, 1}), 1)).backward();
  CHECK_TENSOR(places.weight.grad(), values({0, 3, 3, 0}, {4, 1}));  // three examples, two places
  CHECK(places.parameter_count() == 4);
}

TEST_CASE("positions: too long says both lengths", "[11.8][errors]") {
  Rng rng(4);
  const LearnedPositions places(5, 3, rng);
  CHECK_SHAPE(places(zeros({1, 5, 3})), {1, 5, 3});
  CHECK_THROWS_AS(places(zeros({1, 6, 3})), ShapeError);
  CHECK_THROWS_WITH(
      places(zeros({1, 6, 3})),
      contains("LearnedPositions: expects at most 5 positions, got 6 from position 0"));
  CHECK_THROWS_WITH(places(zeros({1, 2, 3}), 4), contains("got 2 from position 4"));
  CHECK_THROWS_AS(places(zeros({1, 2, 3}), -1), ValueError);
  CHECK_THROWS_WITH(places(zeros({1, 2, 4})), contains("expects [*, T, 3], got [1, 2, 4]"));
  CHECK_THROWS_AS(places(zeros({3})), ShapeError);
}

TEST_CASE("PositionalEncoding: adds the waves and learns nothing", "[11.7][11.8][core]") {
  const PositionalEncoding waves(4, 10);
  CHECK(waves.parameter_count() == 0);
  CHECK(waves.named_buffers().at(0).first == "table");
  CHECK_TENSOR(waves(ones({1, 2, 4})),
               values({1, 2, 1, 2, 1.841470985, 1.540302306, 1.00999983, 1.99995}, {1, 2, 4}));
  CHECK_TENSOR(waves(zeros({1, 1, 4}), 2),
               values({0.909297427, -0.416146837, 0.0199986667, 0.999800007}, {1, 1, 4}));
  CHECK_THROWS_WITH(waves(ones({1, 11, 4})),
                    contains("PositionalEncoding: expects at most 10 positions, got 11"));
}

TEST_CASE("PositionalEncoding: dropout of the sum while training", "[11.8][edge]") {
  Rng rng(5);
  const PositionalEncoding waves(4, 50, rng, {.dropout = 0.5});
  const Tensor x = ones({8, 50, 4}) * 3;  // no sum is 0
  Index zeros_seen = 0;
  const Tensor y = waves(x);
  for (Index i = 0; i < y.numel(); ++i) zeros_seen += y.data()[i] == 0;
  CHECK(zeros_seen > 700);  // 800 of 1,600 on average, with a standard deviation of 20
  CHECK(zeros_seen < 900);
  waves.eval();
  CHECK_TENSOR(waves(x), x + sinusoidal_positions(50, 4));
}
