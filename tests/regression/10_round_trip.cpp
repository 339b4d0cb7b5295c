// The original's BPE, trained on "hello world" and "hello there", decoded its own encoding of "hello world" to
// "hell<UNK>world"; white space was lost, and the character tokenizer wrote <UNK> for what it did not know.
// harvard-edge/cs249r_book, tinytorch/src/10_tokenization.
#include <tinytorch/tokenization.hpp>

#include "tt_catch.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("round trip: the words of the bug", "[10.9][10.10][regression]") {
  const auto tokenizer = BPETokenizer::train("hello world\nhello there\n", 280);
  CHECK(tokenizer.decode(tokenizer.encode("hello world")) == "hello world");
  CHECK(tokenizer.decode(tokenizer.encode("hello there")) == "hello there");
  CHECK(tokenizer.decode(tokenizer.encode("held")) == "held");  // pieces that never met
}

TEST_CASE("round trip: white space of every kind", "[10.4][10.9][regression]") {
  const auto tokenizer = BPETokenizer::train("a  b\n\n c\t\td  a  b\n\n c\t\td", 270);
  const std::string text = "  a   b \n\n\tc \r\n  ";
  CHECK(tokenizer.decode(tokenizer.encode(text)) == text);
}

TEST_CASE("round trip: an unknown character is an error and not a substitute",
          "[10.2][regression]") {
  const CharTokenizer tokenizer("hello world");
  CHECK(tokenizer.decode(tokenizer.encode("hold")) == "hold");
  CHECK_THROWS_AS(tokenizer.encode("hold it"), ValueError);
}
