// The three small parts of byte pair encoding: counting pairs, choosing one, merging it.
#include <tinytorch/tokenization/bpe_train.hpp>

#include "index_text.hpp"
#include "tt_catch.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

Index count_of(const PairCounts& counts, Index left, Index right) {
  const auto found = counts.find({left, right});
  return found == counts.end() ? 0 : found->second;
}

}  // namespace

TEST_CASE("count_pairs: a word counts as often as it stands in the text", "[10.5][core]") {
  const PairCounts counts =
      count_pairs({{{'l', 'o', 'w'}, 5}, {{'l', 'o'}, 2}, {{'o', 'w', 'l'}, 1}});
  CHECK(count_of(counts, 'l', 'o') == 7);
  CHECK(count_of(counts, 'o', 'w') == 6);
  CHECK(count_of(counts, 'w', 'l') == 1);
  CHECK(counts.size() == 3);  // (l, l) across two words is no pair
}

TEST_CASE("count_pairs: left and right are not the same", "[10.5][edge]") {
  const PairCounts counts = count_pairs({{{1, 2, 1, 2}, 10}});
  CHECK(count_of(counts, 1, 2) == 20);
  CHECK(count_of(counts, 2, 1) == 10);
}

TEST_CASE("count_pairs: repeated tokens and short words", "[10.5][edge]") {
  CHECK(count_of(count_pairs({{{7, 7, 7}, 4}}), 7, 7) == 8);
  CHECK(count_pairs({{{}, 3}, {{5}, 9}}).empty());
  CHECK(count_pairs({}).empty());
}

TEST_CASE("comes_first: the higher count", "[10.6][core]") {
  CHECK(comes_first({{5, 9}, 7}, {{1, 2}, 6}));
  CHECK_FALSE(comes_first({{1, 2}, 6}, {{5, 9}, 7}));
}

TEST_CASE("comes_first: of equal counts the smaller pair", "[10.6][core]") {
  CHECK(comes_first({{1, 2}, 7}, {{1, 3}, 7}));
  CHECK_FALSE(comes_first({{1, 3}, 7}, {{1, 2}, 7}));
  CHECK(comes_first({{1, 300}, 7}, {{2, 0}, 7}));  // left decides before right
  CHECK_FALSE(comes_first({{2, 0}, 7}, {{1, 300}, 7}));
}

TEST_CASE("comes_first: nothing comes before itself", "[10.6][edge]") {
  CHECK_FALSE(comes_first({{3, 4}, 7}, {{3, 4}, 7}));  // a heap relies on it
  CHECK(comes_first({{3, 4}, 1}, {{3, 4}, 0}));
}

TEST_CASE("merge_pair: everywhere in the word", "[10.7][core]") {
  CHECK(text(merge_pair({'a', 'b', 'c', 'a', 'b'}, {'a', 'b'}, 256)) == "256 99 256");
  CHECK(text(merge_pair({256, 99, 256}, {256, 99}, 257)) == "257 256");
  CHECK(text(merge_pair({99, 256}, {99, 256}, 300)) == "300");
}

TEST_CASE("merge_pair: from left to right and no token twice", "[10.7][core]") {
  CHECK(text(merge_pair({1, 1, 1, 1, 1}, {1, 1}, 9)) == "9 9 1");
  CHECK(text(merge_pair({1, 1, 1, 1}, {1, 1}, 9)) == "9 9");
  CHECK(text(merge_pair({1, 2, 1, 2, 1}, {1, 2}, 9)) == "9 9 1");
  CHECK(text(merge_pair({1, 2, 1, 2, 1}, {2, 1}, 9)) == "1 9 9");
}

TEST_CASE("merge_pair: what is not there changes nothing", "[10.7][edge]") {
  CHECK(text(merge_pair({1, 2, 3}, {2, 1}, 9)) == "1 2 3");
  CHECK(text(merge_pair({1, 3, 2}, {1, 2}, 9)) == "1 3 2");
  CHECK(text(merge_pair({1}, {1, 1}, 9)) == "1");
  CHECK(text(merge_pair({}, {1, 2}, 9)) == "");
  CHECK(text(merge_pair({5, 1}, {1, 5}, 9)) == "5 1");  // the last token has no neighbour
}
