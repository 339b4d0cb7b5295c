// 10_tokenization / char_tokenizer.hpp: one character, one token.
//
//   const CharTokenizer tokenizer("hello");       the vocabulary: e h l o
//   tokenizer.encode("hole")                      {1, 3, 2, 0}
// The simplest tokenizer that there is. It knows the characters that it was made from and no other,
// and its rows of tokens are as long as the text. It is enough for names (M5).
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tinytorch/support/index_tensor.hpp>
#include <tinytorch/tokenization/utf8.hpp>

namespace tinytorch {

/// Ids as what TextWindows (08) and Embedding (11) take: [N].
inline IndexTensor token_tensor(std::vector<Index> ids) {
  const Index count = static_cast<Index>(ids.size());
  return IndexTensor(std::move(ids), {count});
}

/// A tokenizer whose tokens are the characters of a text, sorted.
///
/// In PyTorch  nanoGPT's data/shakespeare_char/prepare.py
class CharTokenizer {
 public:
  explicit CharTokenizer(std::string_view text) {
    const std::vector<std::string_view> all = characters(text);
    for (const std::string_view c : std::set<std::string_view>(all.begin(), all.end())) {
      ids_.emplace(c, vocab_size());
      vocabulary_.emplace_back(c);
    }
  }

  Index vocab_size() const { return static_cast<Index>(vocabulary_.size()); }

  /// The characters in the order of their ids.
  const std::vector<std::string>& vocabulary() const { return vocabulary_; }

  /// The id of each character.
  ///
  /// Goal        Numbers that an embedding can look up, and no character lost on the way.
  /// Background  A character that the tokenizer does not know has no number. To drop it, or to
  ///             write one number for all of them, would lose text without a word; so it is an
  ///             error.
  /// Examples    made from "hello": "hole" -> {1, 3, 2, 0};  "help!" -> ValueError("CharTokenizer:
  ///             expects characters of its vocabulary of 4, got 'p' at byte 3")
  /// Cost        one look-up a character
  std::vector<Index> encode(std::string_view text) const {
    std::vector<Index> ids;
    std::size_t at = 0;  // the byte where the character begins
    for (const std::string_view c : characters(text)) {
      // TODO(10.2): append the id of `c`; unknown(c, at) is the error to throw if it has none.
      // HINT: ids_ maps the character's bytes to its id; find() says whether it is there.
      todo("10.2", "CharTokenizer::encode");
      at += c.size();
    }
    return ids;
  }

  /// The text that these ids stand for: decode(encode(text)) is `text`.
  ///
  /// Examples    made from "hello": {1, 3, 2, 0} -> "hole"; {4} -> IndexError("CharTokenizer:
  ///             expects ids in 0 .. 3, got 4 at position 0")
  std::string decode(const std::vector<Index>& ids) const {
    std::string text;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      // TODO(10.3): append the character of ids[i]; no_such_id(ids[i], i) is the error to throw.
      // HINT: ids may be negative.
      todo("10.3", "CharTokenizer::decode");
    }
    return text;
  }
  std::string decode(const IndexTensor& ids) const { return decode(ids.to_vector()); }

 private:
  ValueError unknown(std::string_view c, std::size_t at) const {
    return ValueError("CharTokenizer: expects characters of its vocabulary of " +
                      std::to_string(vocab_size()) + ", got " + detail::quoted(c) + " at byte " +
                      std::to_string(at) +
                      "\n  hint: make the tokenizer from all the text that it will see");
  }
  IndexError no_such_id(Index id, std::size_t position) const {
    return IndexError("CharTokenizer: expects ids in 0 .. " + std::to_string(vocab_size() - 1) +
                      ", got " + std::to_string(id) + " at position " + std::to_string(position));
  }

  std::vector<std::string> vocabulary_;         // id -> character
  std::unordered_map<std::string, Index> ids_;  // character -> id
};

}  // namespace tinytorch
