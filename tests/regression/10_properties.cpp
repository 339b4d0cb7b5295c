// What must hold of any text: tokens come and go, and no byte with them.
#include <tinytorch/tokenization.hpp>

#include "index_text.hpp"
#include "seeds.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// Words of a few syllables, so that pairs come again; characters of one to four bytes among them.
std::string some_text(Random& random, int words) {
  const char* syllables[] = {"ba", "bo", "a", "x\u00e9", "\u4e16", "7", "!", "\U0001f600"};
  std::string all;
  for (int i = 0; i < words; ++i) {
    all += all.empty() ? "" : " ";
    for (Index k = random.between(1, 3); k > 0; --k) all += syllables[random.below(8)];
  }
  return all;
}

}  // namespace

TEST_CASE("properties of 10: any text comes back, of characters and of pairs", "[10][property]") {
  for_each_seed(40, [](Random& random) {
    const std::string learned = some_text(random, 40), other = some_text(random, 20);
    const CharTokenizer characters(learned + other);
    CHECK(characters.decode(characters.encode(other)) == other);
    const BPETokenizer pairs = BPETokenizer::train(learned, 256 + random.between(0, 30));
    CHECK(pairs.decode(pairs.encode(other)) == other);
    for (const Index id : pairs.encode(other)) {
      if (id < 0 || id >= pairs.vocab_size()) CHECK(id < pairs.vocab_size());
    }
  });
}

TEST_CASE("properties of 10: words are encoded each by itself", "[10][property]") {
  for_each_seed(40, [](Random& random) {
    const BPETokenizer tokenizer = BPETokenizer::train(some_text(random, 40), 280);
    const std::string first = some_text(random, 5), second = " " + some_text(random, 5);
    std::vector<Index> apart = tokenizer.encode(first);
    for (const Index id : tokenizer.encode(second)) apart.push_back(id);
    CHECK(text(tokenizer.encode(first + second)) == text(apart));
  });
}

TEST_CASE("properties of 10: more merges never give more tokens", "[10][property]") {
  for_each_seed(20, [](Random& random) {
    const std::string learned = some_text(random, 60);
    std::size_t before = learned.size() + 1;
    for (const Index size : {256, 260, 270, 290}) {
      const std::size_t now = BPETokenizer::train(learned, size).encode(learned).size();
      CHECK(now <= before);
      before = now;
    }
  });
}

TEST_CASE("properties of 10: training twice gives the same tokens", "[10][property]") {
  for_each_seed(10, [](Random& random) {
    const std::string learned = some_text(random, 50);
    const BPETokenizer once = BPETokenizer::train(learned, 290);
    const BPETokenizer again = BPETokenizer::train(learned, 290);
    CHECK(text(once.encode(learned)) == text(again.encode(learned)));
  });
}
