// Special tokens: one id with a meaning, and only for who asks for it.
#include <tinytorch/tokenization/bpe_tokenizer.hpp>

#include "index_text.hpp"
#include "tt_catch.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// "a|<0>|b": ordinary parts as they are, special ones by their position in the list.
std::string parts(std::string_view text, const std::vector<std::string>& special) {
  std::string shown;
  for (const TextPart& part : split_special(text, special)) {
    shown += shown.empty() ? "" : "|";
    shown += part.special < 0 ? std::string(part.text) : "<" + std::to_string(part.special) + ">";
  }
  return shown;
}

}  // namespace

TEST_CASE("split_special: text and tokens in turn", "[10.11][core]") {
  CHECK(parts("a[s]b", {"[s]"}) == "a|<0>|b");
  CHECK(parts("one[e]two[s]three[e]", {"[s]", "[e]"}) == "one|<1>|two|<0>|three|<1>");
}

TEST_CASE("split_special: no empty parts", "[10.11][edge]") {
  CHECK(parts("[s]", {"[s]"}) == "<0>");
  CHECK(parts("[s][s]a", {"[s]"}) == "<0>|<0>|a");
  CHECK(parts("", {"[s]"}) == "");
  CHECK(parts("ab", {"[s]"}) == "ab");
  CHECK(parts("a[s", {"[s]"}) == "a[s");
  CHECK(parts("[s]", {}) == "[s]");
}

TEST_CASE("split_special: where two could begin the longer one wins", "[10.11][edge]") {
  CHECK(parts("x[s][s2]y", {"[s]", "[s][s2]"}) == "x|<1>|y");
  CHECK(parts("x[s][s2]y", {"[s][s2]", "[s]"}) == "x|<0>|y");
  CHECK(parts("aaa", {"aa"}) == "<0>|a");  // from left to right
}

TEST_CASE("split_special: the token's own characters come along", "[10.11][core]") {
  const std::vector<TextPart> expected = {{"ab", -1}, {"[s]", 0}, {"c", -1}};
  CHECK(split_special("ab[s]c", {"[s]"}) == expected);
}

TEST_CASE("special tokens: a stranger's text is only text", "[10.11][10.9][core]") {
  const auto tokenizer = BPETokenizer::train("to be or not to be", 300,
                                             {.special_tokens = {"<|endoftext|>", "<|user|>"}});
  const Index end = tokenizer.special_id("<|endoftext|>");
  CHECK(end == tokenizer.vocab_size() - 2);
  CHECK(tokenizer.special_id("<|user|>") == end + 1);

  for (const Index id : tokenizer.encode("a<|endoftext|>b")) CHECK(id < end);
  CHECK(tokenizer.encode("a<|endoftext|>b").size() == 15);
  CHECK(tokenizer.encode("a<|endoftext|>b", {.allow_special = true}) ==
        std::vector<Index>{97, end, 98});
}

TEST_CASE("special tokens: both ways back to the same text", "[10.11][10.10][core]") {
  const auto tokenizer = BPETokenizer::train("abab", 260, {.special_tokens = {"<|endoftext|>"}});
  const std::string text = "ab<|endoftext|>ab <|endoftext|>";
  CHECK(tokenizer.decode(tokenizer.encode(text)) == text);
  CHECK(tokenizer.decode(tokenizer.encode(text, {.allow_special = true})) == text);
  CHECK(tokenizer.token_bytes(tokenizer.vocab_size() - 1) == "<|endoftext|>");
}

TEST_CASE("special tokens: training does not look at them", "[10.11][10.8][edge]") {
  const std::string marked = "ab<|end|>ab<|end|>ab<|end|>ab<|end|>";
  const auto tokenizer = BPETokenizer::train(marked, 300, {.special_tokens = {"<|end|>"}});
  for (Index id = 256; id + 1 < tokenizer.vocab_size(); ++id) {
    CHECK(tokenizer.token_bytes(id).find_first_of("<|>") == std::string::npos);
  }
  CHECK(tokenizer.token_bytes(256) == "ab");
  CHECK(BPETokenizer::train(marked, 300).token_bytes(256) != "ab");  // without the option: text
}

TEST_CASE("special tokens: one that the tokenizer has not", "[10.11][errors]") {
  const auto tokenizer = BPETokenizer::train("ab", 257, {.special_tokens = {"[s]"}});
  CHECK(text(tokenizer.encode("[s]", {.allow_special = true})) == "256");
  CHECK_THROWS_WITH(tokenizer.special_id("[e]"),
                    contains("expects a special token that it has, got '[e]'"));
}
