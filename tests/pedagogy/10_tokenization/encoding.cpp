// BPETokenizer: text to ids by rank, and back to the same bytes.
#include <tinytorch/support/rng.hpp>
#include <tinytorch/tokenization/bpe_tokenizer.hpp>

#include "bpe_golden.hpp"
#include "index_text.hpp"
#include "tt_catch.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// Merges written as text: {"bc", "ab"} are (b, c) and (a, b).
BPETokenizer of_bytes(const std::vector<std::string>& pairs) {
  std::vector<TokenPair> merges;
  for (const std::string& pair : pairs) merges.push_back({pair[0], pair[1]});
  return BPETokenizer(merges);
}

}  // namespace

TEST_CASE("encode: what was learned first is merged first", "[10.9][core]") {
  CHECK(text(of_bytes({"bc", "ab"}).encode("abc")) == "97 256");  // a, bc
  CHECK(text(of_bytes({"ab", "bc"}).encode("abc")) == "256 99");  // ab, c
}

TEST_CASE("encode: merges of merges", "[10.9][core]") {
  const BPETokenizer tokenizer({{'l', 'o'}, {256, 'w'}, {'e', 'r'}, {257, 258}});
  CHECK(text(tokenizer.encode("low")) == "257");
  CHECK(text(tokenizer.encode("lower")) == "259");
  CHECK(text(tokenizer.encode("slower")) == "115 259");
  CHECK(text(tokenizer.encode("lo")) == "256");
  CHECK(text(tokenizer.encode("er low")) == "258 32 257");
}

TEST_CASE("encode: not the longest token but the earliest pair", "[10.9][edge]") {
  // Tokens ab (256), bcd = b + cd (258): greedy from the left would take ab, longest would take bcd.
  const BPETokenizer tokenizer({{'c', 'd'}, {'b', 256}, {'a', 'b'}});
  CHECK(text(tokenizer.encode("abcd")) == "97 257");
  const BPETokenizer other({{'a', 'b'}, {'c', 'd'}, {'b', 257}});
  CHECK(text(other.encode("abcd")) == "256 257");
}

TEST_CASE("encode: a merge happens everywhere in the word", "[10.9][10.7][edge]") {
  const BPETokenizer tokenizer({{'a', 'a'}, {256, 256}});
  CHECK(text(tokenizer.encode("aaaaaaa")) == "257 256 97");
  CHECK(text(tokenizer.encode("abaaba")) == "97 98 256 98 97");
}

TEST_CASE("encode: as another implementation does it", "[10.9][core]") {
  const auto tokenizer = BPETokenizer::train(bpe_text, 256 + 120);
  CHECK(text(tokenizer.encode(bpe_other_text)) == bpe_other_ids);
  CHECK(tokenizer.decode(tokenizer.encode(bpe_other_text)) == bpe_other_text);
}

TEST_CASE("encode: without merges the ids are the bytes", "[10.9][edge]") {
  const BPETokenizer bytes({});
  CHECK(text(bytes.encode("hi \xC3\xA9")) == "104 105 32 195 169");
  CHECK(text(bytes.encode("\xFF")) == "255");
  CHECK(bytes.encode("").empty());
  CHECK(text(bytes.encode_word("")) == "");
}

TEST_CASE("encode_word: cuts nothing", "[10.9][edge]") {
  const BPETokenizer tokenizer({{'o', ' '}, {256, 'w'}});
  CHECK(text(tokenizer.encode_word("o w")) == "257");
  CHECK(text(tokenizer.encode("o w")) == "111 32 119");  // cut between o and the space
}

TEST_CASE("decode: the bytes of the tokens", "[10.10][core]") {
  const BPETokenizer tokenizer({{'l', 'o'}, {256, 'w'}});
  CHECK(tokenizer.decode({257, 256, 'w', '!'}) == "lowlow!");
  CHECK(tokenizer.decode(index_tensor({104, 105}, {2})) == "hi");
  CHECK(tokenizer.decode(std::vector<Index>{}).empty());
  CHECK(tokenizer.token_bytes(257) == "low");
}

TEST_CASE("decode: half a character stays half a character", "[10.10][edge]") {
  const BPETokenizer bytes({});
  CHECK(bytes.decode({0xC3}) == "\xC3");
  CHECK(bytes.decode({0}) == std::string("\0", 1));
  CHECK(bytes.decode({255, 254, 128}) == "\xFF\xFE\x80");
}

TEST_CASE("decode: an id that nobody has", "[10.10][errors]") {
  const BPETokenizer tokenizer({{'l', 'o'}});
  CHECK_THROWS_AS(tokenizer.decode({257}), IndexError);
  CHECK_THROWS_WITH(tokenizer.decode({104, 9000}),
                    contains("BPETokenizer::decode: expects ids in 0 .. 256, got 9000"));
  CHECK_THROWS_WITH(tokenizer.decode({-1}), contains("got -1"));
  CHECK(tokenizer.decode({256}) == "lo");
}

TEST_CASE("BPETokenizer: any bytes come back", "[10.9][10.10][property]") {
  const auto tokenizer = BPETokenizer::train(bpe_text, 300);
  Rng rng(5);
  int different = 0;
  for (int round = 0; round < 100; ++round) {
    std::string bytes;
    for (Index left = rng.below(40); left > 0; --left) bytes += static_cast<char>(rng.below(256));
    different += tokenizer.decode(tokenizer.encode(bytes)) != bytes;
  }
  CHECK(different == 0);
  const std::string all = "a\xC3\xA9\xE6\x97\xA5\xF0\x9F\x98\x80 \xC3 \xED\xA0\x80\r\n\t  end ";
  CHECK(tokenizer.decode(tokenizer.encode(all)) == all);
}

TEST_CASE("BPETokenizer: more tokens for text that it has not seen", "[10.9][systems]") {
  const auto tokenizer = BPETokenizer::train(bpe_text, 376);
  const std::string known(bpe_text), unknown = "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82";
  CHECK(tokenizer.encode(unknown).size() == unknown.size());           // a token a byte
  CHECK(2 * tokenizer.encode(known).size() < known.size() * 11 / 10);  // two bytes a token, nearly
}

TEST_CASE("BPETokenizer: merges that cannot be", "[10.9][errors]") {
  CHECK(text(BPETokenizer({{'a', 'b'}}).encode("ab")) == "256");
  CHECK_THROWS_WITH(BPETokenizer({{'a', 256}}),
                    contains("BPETokenizer: expects merges of earlier tokens, each pair once, "
                             "got (97, 256) as token 256"));
  CHECK_THROWS_AS(BPETokenizer({{'a', 'b'}, {'a', 'b'}}), ValueError);
  CHECK_THROWS_AS(BPETokenizer({{-1, 'b'}}), ValueError);
  std::vector<TokenPair> doubling = {{'a', 'a'}};
  for (Index id = 256; id < 300; ++id) doubling.push_back({id, id});  // 2^45 bytes
  CHECK_THROWS_WITH(BPETokenizer(doubling), contains("16777216 bytes at most"));
}
