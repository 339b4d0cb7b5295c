// 10_tokenization / bpe_train.hpp: byte pair encoding, learned: which pairs are worth a token?
//
//   BPETrainer trainer(count_words("low low lower"));
//   trainer.step();                  learns one merge: the most frequent pair becomes token 256
//   trainer.merges()                 {{'l', 'o'}}
// Tokens 0 .. 255 are the bytes; merge k makes token 256 + k. Gage (1994) compressed data like
// this; Sennrich, Haddow and Birch (2016) cut words for translation with it; GPT-2 (2019) began
// with bytes.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tinytorch/support/types.hpp>
#include <tinytorch/tokenization/pre_tokenize.hpp>

namespace tinytorch {

/// Two tokens side by side.
struct TokenPair {
  Index left = 0, right = 0;

  friend auto operator<=>(const TokenPair&, const TokenPair&) = default;  // by left, then by right
};

struct TokenPairHash {
  std::size_t operator()(const TokenPair& pair) const {
    const auto left = static_cast<std::uint64_t>(pair.left);
    const auto mixed =
        (left * 0x9E3779B97F4A7C15 + static_cast<std::uint64_t>(pair.right)) * 0xBF58476D1CE4E5B9;
    return static_cast<std::size_t>(mixed ^ mixed >> 32);
  }
};

using PairCounts = std::unordered_map<TokenPair, Index, TokenPairHash>;

struct PairCount {
  TokenPair pair;
  Index count = 0;
};

/// A word as a row of tokens, and how often it stands in the text.
struct CountedWord {
  std::vector<Index> tokens;
  Index count = 0;
};

/// How often each pair of neighbours stands in the text.
///
/// Goal        What training decides by.
/// Background  A word that stands in the text 500 times is looked at once and counts 500 times.
///             Text repeats itself: moby.txt has 120,130 words, 14,625 different ones.
/// Examples    words {l o w} 5 times and {l o} 2 times -> (l, o) 7, (o, w) 5
///             {a a a} once -> (a, a) 2
/// Cost        one visit for each pair of each different word
inline PairCounts count_pairs(const std::vector<CountedWord>& words) {
  PairCounts counts;
  // TODO(10.5): add the word's count for each pair of neighbours in it.
  // HINT: a word of n tokens has n - 1 pairs; of none, none.
  todo("10.5", "count_pairs");
  return counts;
}

/// Is `a` to be merged before `b`?
///
/// Goal        The most frequent pair. And of equally frequent ones always the same one.
/// Background  Ties are common. Whoever takes the first that an unordered_map shows gets another
///             vocabulary with another compiler, and then a model's weights fit no longer.
/// Examples    (5, 9) 7 times before (1, 2) 6 times
///             (1, 2) before (1, 3) before (2, 0), if all of them stand there 7 times
inline bool comes_first(const PairCount& a, const PairCount& b) {
  // TODO(10.6): the higher count; if they are equal, the smaller pair.
  // HINT: pairs can be compared with <.
  todo("10.6", "comes_first");
}

/// The word with every `pair` replaced by the token `id`, from left to right.
///
/// Goal        What a merge does to a word; training and encoding share it.
/// Background  From left to right, and a token is used up once it is merged: a a a has two pairs
///             (a, a) that overlap, but only the first of them can be merged.
/// Examples    {a b c a b}, (a, b) -> X:  {X c X};   {a a a a a}, (a, a) -> X:  {X X a}
/// Cost        the length of the word
inline std::vector<Index> merge_pair(const std::vector<Index>& word, TokenPair pair, Index id) {
  std::vector<Index> merged;
  merged.reserve(word.size());
  // TODO(10.7): append to `merged` what the word becomes.
  // HINT: take two tokens at a time where the pair stands, one elsewhere.
  todo("10.7", "merge_pair");
  return merged;
}

/// The different words of a text as bytes, in the order in which they first appear.
inline std::vector<CountedWord> count_words(std::string_view text) {
  std::vector<CountedWord> words;
  std::unordered_map<std::string_view, std::size_t> known;
  for (const std::string_view word : pre_tokenize(text)) {
    const auto [entry, is_new] = known.emplace(word, words.size());
    if (is_new) {
      CountedWord counted;
      for (const char c : word) counted.tokens.push_back(static_cast<unsigned char>(c));
      words.push_back(std::move(counted));
    }
    ++words[entry->second].count;
  }
  return words;
}

/// Learns merges one by one.
///
/// Goal        A megabyte in a second, not in minutes.
/// Background  The obvious way counts all pairs anew for each merge: words * length * merges
///             visits. But a merge changes few words. So the counts are kept, together with a list
///             of the words that hold each pair, and only those words are visited. The most
///             frequent pair is on top of a heap. A count that changed is pushed again and the old
///             entry stays; it is recognised when it comes to the top, because the count is another
///             one by then.
/// Cost        each merge: the pairs of the words that hold it, each times log(heap). pair_visits()
///             counts them.
/// In PyTorch  Hugging Face tokenizers, tokenizers/src/models/bpe/trainer.rs, BpeTrainer::do_train
class BPETrainer {
 public:
  explicit BPETrainer(std::vector<CountedWord> words)
      : words_(std::move(words)), counts_(count_pairs(words_)) {
    for (std::size_t w = 0; w < words_.size(); ++w) {
      list_word(w, 0);
      pair_visits_ += static_cast<Index>(words_[w].tokens.size());
    }
    for (const auto& [pair, count] : counts_) queue_.push({pair, count});
  }

  /// Learns the next merge. False if no pair stands in the text at least `min_count` times.
  bool step(Index min_count = 2) {
    const std::optional<PairCount> best = most_frequent();
    if (!best || best->count < min_count) return false;
    changed_.clear();
    merge_everywhere(best->pair, next_id());
    merges_.push_back(best->pair);
    for (const TokenPair& pair : changed_) {
      if (counts_[pair] > 0) queue_.push({pair, counts_[pair]});
    }
    return true;
  }

  const std::vector<TokenPair>& merges() const { return merges_; }
  Index next_id() const { return 256 + static_cast<Index>(merges_.size()); }

  /// The words as they are now, and how often each pair stands in them (0: no longer).
  const std::vector<CountedWord>& words() const { return words_; }
  Index count(TokenPair pair) const {
    const auto found = counts_.find(pair);
    return found == counts_.end() ? 0 : found->second;
  }

  /// How many pairs of neighbours were looked at so far.
  Index pair_visits() const { return pair_visits_; }

 private:
  /// What lies on top of the heap, without entries whose count has changed since.
  std::optional<PairCount> most_frequent() {
    while (!queue_.empty() && queue_.top().count != count(queue_.top().pair)) queue_.pop();
    if (queue_.empty()) return std::nullopt;
    return queue_.top();
  }

  /// Adds the pairs of word w to the counts (times = 1) or takes them out (times = -1).
  void add_pairs(std::size_t w, Index times) {
    const CountedWord& word = words_[w];
    for (std::size_t i = 1; i < word.tokens.size(); ++i, ++pair_visits_) {
      const TokenPair neighbours{word.tokens[i - 1], word.tokens[i]};
      counts_[neighbours] += times * word.count;
      changed_.insert(neighbours);
    }
  }

  /// Lists word w under each of its pairs that holds a token from `first_new` on.
  void list_word(std::size_t w, Index first_new) {
    const std::vector<Index>& tokens = words_[w].tokens;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
      if (tokens[i - 1] < first_new && tokens[i] < first_new) continue;
      std::vector<std::size_t>& holders = holders_[{tokens[i - 1], tokens[i]}];
      if (holders.empty() || holders.back() != w) holders.push_back(w);
    }
  }

  /// Replaces `pair` by `id` in every word that holds it, and keeps counts and lists true.
  void merge_everywhere(TokenPair pair, Index id) {
    const std::vector<std::size_t> listed = std::move(holders_[pair]);
    holders_.erase(pair);
    for (const std::size_t w : listed) {
      const std::vector<Index> merged = merge_pair(words_[w].tokens, pair, id);
      if (merged.size() == words_[w].tokens.size()) continue;  // listed, but merged otherwise since
      // TODO(10.8): take the pairs of the word out of the counts, give the word its new tokens, add
      // its new pairs to the counts, and list the word under those.
      // HINT: add_pairs and list_word read the word as it is at that moment: the order matters.
      // HINT: pairs without the new token are listed already: list_word(w, id) adds the others.
      todo("10.8", "BPETrainer::merge_everywhere");
    }
  }

  struct Later {  // the heap has on top what comes later than nothing else
    bool operator()(const PairCount& a, const PairCount& b) const { return comes_first(b, a); }
  };

  std::vector<CountedWord> words_;
  PairCounts counts_;
  std::unordered_map<TokenPair, std::vector<std::size_t>, TokenPairHash> holders_;
  std::priority_queue<PairCount, std::vector<PairCount>, Later> queue_;
  std::set<TokenPair> changed_;  // pairs whose count this step has changed
  std::vector<TokenPair> merges_;
  Index pair_visits_ = 0;
};

}  // namespace tinytorch
