// BPETrainer and BPETokenizer::train: which merges are learned, and how much is looked at.
#include <tinytorch/support/rng.hpp>
#include <tinytorch/tokenization/bpe_tokenizer.hpp>

#include "bpe_golden.hpp"
#include "tt_catch.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// "97 97, 97 98"
std::string shown(const std::vector<TokenPair>& merges) {
  std::string text;
  for (const auto& [left, right] : merges) {
    text += (text.empty() ? "" : ", ") + std::to_string(left) + " " + std::to_string(right);
  }
  return text;
}

std::vector<TokenPair> learned(std::vector<CountedWord> words, int merges, Index min_count = 1) {
  BPETrainer trainer(std::move(words));
  for (int k = 0; k < merges && trainer.step(min_count);) ++k;
  return trainer.merges();
}

/// How often a pair stands in these words: counted here, from nothing.
Index recount(const std::vector<CountedWord>& words, TokenPair pair) {
  Index count = 0;
  for (const CountedWord& word : words) {
    for (std::size_t i = 0; i + 1 < word.tokens.size(); ++i) {
      if (word.tokens[i] == pair.left && word.tokens[i + 1] == pair.right) count += word.count;
    }
  }
  return count;
}

/// A text of short words over few letters: many ties, many repeats.
std::string babble(std::uint64_t seed, Index words) {
  Rng rng(seed);
  std::string text;
  for (Index w = 0; w < words; ++w) {
    text += ' ';
    for (Index left = 1 + rng.below(7); left > 0; --left)
      text += static_cast<char>('a' + rng.below(3));
  }
  return text;
}

}  // namespace

// https://en.wikipedia.org/wiki/Byte_pair_encoding: aaabdaaabac -> ZabdZabac -> ZYdZYac -> XdXac
TEST_CASE("training: the worked example", "[10.8][core]") {
  BPETrainer trainer(count_words("aaabdaaabac"));
  REQUIRE(trainer.step());
  CHECK(shown(trainer.merges()) == "97 97");  // aa: 4 pairs. Z = 256
  CHECK(trainer.words().at(0).tokens == std::vector<Index>{256, 97, 98, 100, 256, 97, 98, 97, 99});
  REQUIRE(trainer.step());
  CHECK(shown(trainer.merges()) == "97 97, 97 98");  // ab and Za twice each: ab is smaller. Y = 257
  REQUIRE(trainer.step());
  CHECK(shown(trainer.merges()) == "97 97, 97 98, 256 257");
  CHECK(trainer.words().at(0).tokens == std::vector<Index>{258, 100, 258, 97, 99});
  CHECK_FALSE(trainer.step());  // every pair that is left stands there once
  CHECK(trainer.next_id() == 259);
}

// The words of Sennrich, Haddow and Birch 2016, section 3.2, counted as in their example.
TEST_CASE("training: the words of the paper", "[10.8][core]") {
  const auto merges = learned({{{'l', 'o', 'w'}, 5},
                               {{'l', 'o', 'w', 'e', 'r'}, 2},
                               {{'n', 'e', 'w', 'e', 's', 't'}, 6},
                               {{'w', 'i', 'd', 'e', 's', 't'}, 3}},
                              4);
  // es 9, then est 9, then lo 7 (before ow 7), then low 7
  CHECK(shown(merges) == "101 115, 256 116, 108 111, 258 119");
}

TEST_CASE("training: as another implementation learns it", "[10.8][10.6][core]") {
  const auto tokenizer = BPETokenizer::train(bpe_text, 256 + 120);
  CHECK(shown(tokenizer.merges()) == bpe_merges);
}

TEST_CASE("training: a word that was merged holds new pairs", "[10.8][edge]") {
  // abc: ab first (4 times), then the pair (ab, c) must be known although no word held it before.
  const auto merges = learned({{{'a', 'b', 'c'}, 3}, {{'a', 'b'}, 1}, {{'b', 'c'}, 0}}, 2);
  CHECK(shown(merges) == "97 98, 256 99");
}

TEST_CASE("training: pairs that a merge destroyed no longer count", "[10.8][edge]") {
  // (a, b) 5 times; (b, c) 4 times, but 3 of its b are gone after the first merge: (x, y) 2 is next to
  // (256, c) 3.
  const auto merges =
      learned({{{'a', 'b', 'c'}, 3}, {{'a', 'b'}, 2}, {{'b', 'c'}, 1}, {{'x', 'y'}, 2}}, 3);
  CHECK(shown(merges) == "97 98, 256 99, 120 121");
}

TEST_CASE("training: the counts are always those of the words", "[10.8][property]") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    BPETrainer trainer(count_words(babble(seed, 60)));
    for (int k = 0; k < 25; ++k) {
      const std::vector<CountedWord> before = trainer.words();
      if (!trainer.step(2)) break;
      // What was merged was the most frequent pair, and of equal ones the smallest.
      const TokenPair chosen = trainer.merges().back();
      const Index most = recount(before, chosen);
      Index wrong = trainer.count(chosen) != recount(trainer.words(), chosen);
      for (const auto* words : {&before, &trainer.words()}) {
        for (const CountedWord& word : *words) {
          for (std::size_t i = 1; i < word.tokens.size(); ++i) {
            const TokenPair pair{word.tokens[i - 1], word.tokens[i]};
            const Index then = recount(before, pair);
            wrong += then > most || (then == most && pair < chosen);
            wrong += trainer.count(pair) != recount(trainer.words(), pair);
          }
        }
      }
      CAPTURE(seed, k);
      REQUIRE(wrong == 0);
    }
  }
}

TEST_CASE("training: pairs never reach across words", "[10.8][10.4][edge]") {
  const auto tokenizer = BPETokenizer::train("ab ab ab ab\n", 300);
  for (Index id = 256; id < tokenizer.vocab_size(); ++id) {
    CHECK(tokenizer.token_bytes(id).find("b ") == std::string::npos);
  }
  CHECK(tokenizer.token_bytes(256) == "ab");  // 4 times, " a" only 3 times
  CHECK(tokenizer.token_bytes(257) == " ab");
  CHECK(tokenizer.vocab_size() == 258);  // nothing else stands there twice
}

TEST_CASE("training: the size of the vocabulary counts everything", "[10.8][edge]") {
  const std::string text = babble(9, 100);
  CHECK(BPETokenizer::train(text, 256).vocab_size() == 256);
  CHECK(BPETokenizer::train(text, 260).merges().size() == 4);
  const auto with_special = BPETokenizer::train(text, 260, {.special_tokens = {"<a>", "<b>"}});
  CHECK(with_special.vocab_size() == 260);
  CHECK(with_special.merges().size() == 2);
  CHECK(BPETokenizer::train("", 300).vocab_size() == 256);
}

TEST_CASE("training: rare pairs are not merged", "[10.8][edge]") {
  CHECK(learned({{{'a', 'b'}, 2}, {{'c', 'd'}, 1}}, 9, 2).size() == 1);
  CHECK(learned({{{'a', 'b'}, 2}, {{'c', 'd'}, 1}}, 9, 1).size() == 2);
  CHECK(BPETokenizer::train("ab ab cd", 300, {.min_count = 1}).merges().size() == 4);
  CHECK(BPETokenizer::train("ab ab ab", 300, {.min_count = 3}).merges().size() == 1);
}

TEST_CASE("training: a merge visits only the words that hold it", "[10.8][systems]") {
  // 200 different words without the pair (y, z), and one with it.
  std::vector<CountedWord> words;
  for (Index i = 0; i < 200; ++i) words.push_back({{'a', 300 + i, 600 + i, 'b'}, 1});
  words.push_back({{'x', 'y', 'z'}, 50});
  BPETrainer trainer(std::move(words));
  const Index before = trainer.pair_visits();
  REQUIRE(trainer.step());
  CHECK(shown(trainer.merges()) == "120 121");
  CHECK(trainer.pair_visits() - before == 2 + 1);  // x y z before, 256 z after; not 600
}

TEST_CASE("training: no room and no sense", "[10.8][errors]") {
  CHECK(BPETokenizer::train("aaaa", 257).merges().size() == 1);
  CHECK_THROWS_WITH(
      BPETokenizer::train("aaaa", 255),
      contains("BPETokenizer::train: expects room for 256 bytes and 0 special tokens, "
               "got vocab_size 255"));
  CHECK_THROWS_AS(BPETokenizer::train("a", 256, {.special_tokens = {"<s>"}}), ValueError);
  CHECK_THROWS_AS(BPETokenizer::train("a", 300, {.special_tokens = {"<s>", "<s>"}}), ValueError);
  CHECK_THROWS_AS(BPETokenizer::train("a", 300, {.special_tokens = {""}}), ValueError);
  CHECK_THROWS_AS(BPETokenizer::train("a", 300, {.min_count = 0}), ValueError);
}
