// Characters and their ids as Python's str has them: tests/oracles/10_characters.py.
#include <tinytorch/tokenization.hpp>

#include "10_oracle.hpp"
#include "tt_catch.hpp"

using namespace tinytorch;
namespace oracle = tt_test::oracle;

TEST_CASE("oracle of 10: a text of many alphabets by characters", "[10][regression]") {
  const CharTokenizer tokenizer(oracle::some_text);
  CHECK(tokenizer.vocabulary() == oracle::characters_in_order);
  CHECK(tokenizer.encode(oracle::some_text) == oracle::character_ids);
  CHECK(tokenizer.decode(oracle::character_ids) == oracle::some_text);
}
