// Messages that a student of 10 meets most, word for word (01_messages.cpp says why).
#include <tinytorch/tokenization.hpp>

#include "tt_catch.hpp"

using namespace tinytorch;

TEST_CASE("messages of 10: characters and ids that nobody knows", "[10][regression]") {
  const CharTokenizer tokenizer("hello");
  CHECK_THROWS_WITH(tokenizer.encode("help!"),
                    "CharTokenizer: expects characters of its vocabulary of 4, got 'p' at byte 3\n"
                    "  hint: make the tokenizer from all the text that it will see");
  CHECK_THROWS_WITH(tokenizer.decode({0, 4}),
                    "CharTokenizer: expects ids in 0 .. 3, got 4 at position 1");
  CHECK_THROWS_WITH(
      BPETokenizer::train("aa", 200),
      "BPETokenizer::train: expects room for 256 bytes and 0 special tokens, got vocab_size 200");
  CHECK_THROWS_WITH(BPETokenizer::train("aa", 300).decode({400}),
                    "BPETokenizer::decode: expects ids in 0 .. 255, got 400");
}
