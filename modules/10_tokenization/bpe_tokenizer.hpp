// 10_tokenization / bpe_tokenizer.hpp: class BPETokenizer, text to ids and back.
//
//   const auto tokenizer = BPETokenizer::train(text, 1000);
//   tokenizer.decode(tokenizer.encode("any bytes"))      "any bytes"
// Every byte is a token, so there is nothing that it cannot write: no "unknown" token, and a text
// of another language, or a file that is no text at all, only takes more tokens.
#pragma once
#include <algorithm>
#include <array>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tinytorch/tokenization/bpe_train.hpp>
#include <tinytorch/tokenization/char_tokenizer.hpp>
#include <tinytorch/tokenization/gpt2.hpp>
#include <tinytorch/tokenization/special_tokens.hpp>

namespace tinytorch {

struct BPEOptions {
  std::vector<std::string> special_tokens = {};  // the last ids of the vocabulary
  Index min_count = 2;                           // a pair that is rarer is not merged
};

struct EncodeOptions {
  bool allow_special = false;  // only for text that you made yourself
};

/// Byte-level byte pair encoding, as GPT-2 has it.
///
/// Background  Ids: 256 bytes, then the merges in the order in which they were learned, then the
///             special tokens. The order is a ranking: the lower, the earlier a pair is merged.
/// Cost        the bytes of all tokens are kept once, and 40 bytes or so a merge
/// In PyTorch  tiktoken's src/lib.rs, CoreBPE; Hugging Face tokenizers' models/bpe/model.rs
class BPETokenizer {
 public:
  using Options = BPEOptions;

  /// Learns a vocabulary of `vocab_size` tokens from a text: 256 bytes, the special tokens, and as
  /// many merges as there is room for. Fewer if the text is too short: see vocab_size().
  static BPETokenizer train(std::string_view text, Index vocab_size, BPEOptions options = {}) {
    detail::check_special_tokens(options.special_tokens);
    const Index room = vocab_size - 256 - static_cast<Index>(options.special_tokens.size());
    if (room < 0) {
      throw ValueError("BPETokenizer::train: expects room for 256 bytes and " +
                       std::to_string(options.special_tokens.size()) +
                       " special tokens, got vocab_size " + std::to_string(vocab_size));
    }
    if (options.min_count < 1) {
      throw ValueError("BPETokenizer::train: expects min_count >= 1, got " +
                       std::to_string(options.min_count));
    }
    std::string ordinary;  // special tokens are not there to be learned from
    for (const TextPart& part : split_special(text, options.special_tokens)) {
      if (part.special < 0) ordinary += part.text;
    }
    BPETrainer trainer(count_words(ordinary));
    for (Index k = 0; k < room && trainer.step(options.min_count);) ++k;
    return BPETokenizer(trainer.merges(), std::move(options.special_tokens));
  }

  /// From merges that are known. Each may only refer to tokens before its own.
  explicit BPETokenizer(std::vector<TokenPair> merges, std::vector<std::string> special_tokens = {},
                        const ByteOrder& bytes = bytes_by_value())
      : merges_(std::move(merges)), special_(std::move(special_tokens)), bytes_(bytes) {
    detail::check_special_tokens(special_);
    fill_byte_tokens();
    fill_merged_tokens();
    token_bytes_.insert(token_bytes_.end(), special_.begin(), special_.end());
  }

  Index vocab_size() const { return static_cast<Index>(token_bytes_.size()); }
  const std::vector<TokenPair>& merges() const { return merges_; }
  const std::vector<std::string>& special_tokens() const { return special_; }
  const ByteOrder& byte_order() const { return bytes_; }

  /// What a token stands for. Not always text: a token may be half of a character.
  const std::string& token_bytes(Index id) const {
    if (id < 0 || id >= vocab_size()) throw no_such_id(id, "token_bytes");
    return token_bytes_[static_cast<std::size_t>(id)];
  }

  /// The id of a special token.
  Index special_id(std::string_view token) const {
    for (std::size_t i = 0; i < special_.size(); ++i) {
      if (special_[i] == token) return first_special() + static_cast<Index>(i);
    }
    throw ValueError("BPETokenizer: expects a special token that it has, got " +
                     detail::quoted(token));
  }

  /// The ids of a text.
  ///
  /// Background  A word that comes again is not merged again: the ids of each different word are
  ///             kept until the call returns.
  /// Examples    without merges: "hi" -> {104, 105};  with {.allow_special = true} "<|endoftext|>"
  ///             is one id, without it 13 bytes like any others
  /// Cost        one look-up a word, and encode_word for each different one
  std::vector<Index> encode(std::string_view text, EncodeOptions options = {}) const {
    std::vector<Index> ids;
    std::unordered_map<std::string_view, std::vector<Index>> known;
    const std::vector<std::string> none;
    for (const TextPart& part : split_special(text, options.allow_special ? special_ : none)) {
      if (part.special >= 0) {
        ids.push_back(first_special() + part.special);
        continue;
      }
      for_each_word(part.text, [&](std::string_view word) {
        const auto [entry, is_new] = known.try_emplace(word);
        if (is_new) entry->second = encode_word(word);
        ids.insert(ids.end(), entry->second.begin(), entry->second.end());
      });
    }
    return ids;
  }

  /// The ids of one word, without cutting it.
  ///
  /// Goal        The merges that training would have made, in the order in which it made them.
  /// Background  Not the longest token first, and not from left to right: of all pairs in the word,
  ///             the one that was learned earliest is merged, everywhere in the word; then again.
  ///             Another order gives other ids, and a model that never saw them.
  /// Examples    merges 0: (b, c), 1: (a, b): "abc" -> a, bc and not ab, c
  /// Cost        tokens * (different pairs merged + 1) look-ups: quadratic for one endless word
  /// In PyTorch  openai/gpt-2, src/encoder.py, Encoder.bpe
  std::vector<Index> encode_word(std::string_view word) const {
    std::vector<Index> tokens;
    for (const char c : word) tokens.push_back(id_of_byte_[static_cast<unsigned char>(c)]);
    // TODO(10.9): merge the pair of the lowest rank everywhere, until no neighbours have a rank.
    // HINT: rank_of(pair) is no_rank, larger than every rank, for a pair that is no merge.
    // HINT: merge_pair; the pair of rank r is merges_[r] and becomes token 256 + r.
    todo("10.9", "BPETokenizer::encode_word");
  }

  /// The bytes that these ids stand for: decode(encode(text)) is `text`, whatever its bytes are.
  ///
  /// Background  The ids that a model makes up may cut a character in two: then the bytes are no
  ///             UTF-8. That is for whoever prints them; here nothing is replaced.
  /// Examples    {104, 105} -> "hi";  {104, 9000} -> IndexError("BPETokenizer::decode: expects ids
  ///             in 0 .. 255, got 9000")
  std::string decode(const std::vector<Index>& ids) const {
    std::string text;
    // TODO(10.10): the bytes of all tokens, one after another; no_such_id(id, "decode") is the
    // error.
    // HINT: token_bytes_[id], once you know that there is one.
    todo("10.10", "BPETokenizer::decode");
  }
  std::string decode(const IndexTensor& ids) const { return decode(ids.to_vector()); }

  // tokenizer_files.hpp
  void save(const std::filesystem::path& file) const;
  static BPETokenizer load(const std::filesystem::path& file);
  static BPETokenizer load_gpt2_merges(const std::filesystem::path& file);

 private:
  static constexpr Index no_rank = std::numeric_limits<Index>::max();
  static constexpr std::size_t most_bytes = std::size_t{1} << 24;  // of all tokens; GPT-2 has 0.3 MB

  Index first_special() const { return 256 + static_cast<Index>(merges_.size()); }

  Index rank_of(TokenPair pair) const {
    const auto found = ranks_.find(pair);
    return found == ranks_.end() ? no_rank : found->second;
  }

  IndexError no_such_id(Index id, const char* who) const {
    return IndexError("BPETokenizer::" + std::string(who) + ": expects ids in 0 .. " +
                      std::to_string(vocab_size() - 1) + ", got " + std::to_string(id));
  }

  void fill_byte_tokens() {
    std::array<bool, 256> seen{};
    for (std::size_t id = 0; id < bytes_.size(); ++id) {
      if (std::exchange(seen[bytes_[id]], true)) {
        throw ValueError("BPETokenizer: expects each byte once, got " + std::to_string(bytes_[id]) +
                         " twice");
      }
      id_of_byte_[bytes_[id]] = static_cast<Index>(id);
      token_bytes_.emplace_back(1, static_cast<char>(bytes_[id]));
    }
  }

  void fill_merged_tokens() {
    std::size_t total = 0;  // 40 merges of a token with itself would be a terabyte
    for (const TokenPair& pair : merges_) {
      const Index id = static_cast<Index>(token_bytes_.size());
      if (std::min(pair.left, pair.right) < 0 || std::max(pair.left, pair.right) >= id ||
          !ranks_.emplace(pair, id - 256).second) {
        throw ValueError("BPETokenizer: expects merges of earlier tokens, each pair once, got (" +
                         std::to_string(pair.left) + ", " + std::to_string(pair.right) +
                         ") as token " + std::to_string(id));
      }
      const std::string& left = token_bytes_[static_cast<std::size_t>(pair.left)];
      const std::string& right = token_bytes_[static_cast<std::size_t>(pair.right)];
      total += left.size() + right.size();
      if (total > most_bytes) {
        throw ValueError("BPETokenizer: expects tokens of " + std::to_string(most_bytes) +
                         " bytes at most, all together, got more at token " + std::to_string(id));
      }
      token_bytes_.push_back(left + right);
    }
  }

  std::vector<TokenPair> merges_;                              // rank -> pair
  std::vector<std::string> special_;                           // the tokens after the merges
  ByteOrder bytes_;                                            // id -> byte
  std::array<Index, 256> id_of_byte_{};                        // byte -> id
  std::unordered_map<TokenPair, Index, TokenPairHash> ranks_;  // pair -> rank
  std::vector<std::string> token_bytes_;                       // id -> bytes
};

}  // namespace tinytorch
