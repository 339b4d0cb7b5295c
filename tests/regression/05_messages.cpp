// Messages that a student of 05 meets most, word for word (01_messages.cpp says why).
#include <tinytorch/layers.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;

TEST_CASE("messages of 05: an input that does not fit", "[05][regression]") {
  Rng rng(1);
  CHECK_THROWS_WITH(Linear(4, 2, rng)(zeros({2, 3})), "Linear: expects [*, 4], got [2, 3]");
  CHECK_THROWS_WITH(Dropout(1.5, rng), "Dropout: expects a probability in [0, 1], got 1.500000");
  CHECK_THROWS_WITH(Linear(-1, 2, rng), "Linear: expects sizes >= 0, got in -1, out 2");
  CHECK_THROWS_WITH(init::calculate_fans({3}),
                    "calculate_fans: expects a weight [out, in, ...], got [3]");
  CHECK_THROWS_WITH(Sequential(ReLU())[1], "Sequential: expects a position below 1, got 1");
}

TEST_CASE("messages of 05: a state that is another model's", "[05][regression]") {
  Rng rng(1);
  const Sequential model(Linear(2, 2, rng));
  CHECK_THROWS_WITH(model.load_state_dict({{"0.weight", zeros({2, 3})}, {"1.bias", zeros({2})}}),
                    "load_state_dict: expects the names and shapes of this module, got\n"
                    "  shape: 0.weight is [2, 2], got [2, 3]\n"
                    "  missing: 0.bias\n"
                    "  unexpected: 1.bias");
}
