// 10_tokenization / special_tokens.hpp: tokens that are no text, such as the end of a text.
//
// "<|endoftext|>" is one token with a meaning for the model. In a text from a stranger the same 13
// characters are just characters: only a caller who made the text may ask for the token.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <tinytorch/support/error.hpp>
#include <tinytorch/support/todo.hpp>
#include <tinytorch/support/types.hpp>

namespace tinytorch {

/// A part of a text: ordinary characters, or a special token.
struct TextPart {
  std::string_view text;
  Index special = -1;  // the position in the list of special tokens; -1: ordinary text

  friend bool operator==(const TextPart&, const TextPart&) = default;
};

namespace detail {

inline void check_special_tokens(const std::vector<std::string>& special) {
  for (std::size_t i = 0; i < special.size(); ++i) {
    if (special[i].empty()) {
      throw ValueError("BPETokenizer: expects special tokens that are not empty, got '' at " +
                       std::to_string(i));
    }
    for (std::size_t k = 0; k < i; ++k) {
      if (special[k] == special[i]) {
        throw ValueError("BPETokenizer: expects each special token once, got '" + special[i] +
                         "' twice");
      }
    }
  }
}

/// The longest special token that `text` begins with at byte `at`; -1 if there is none.
inline Index special_at(std::string_view text, std::size_t at,
                        const std::vector<std::string>& special) {
  Index longest = -1;
  std::size_t length = 0;
  for (std::size_t i = 0; i < special.size(); ++i) {
    if (special[i].size() > length && text.substr(at, special[i].size()) == special[i]) {
      longest = static_cast<Index>(i);
      length = special[i].size();
    }
  }
  return longest;
}

}  // namespace detail

/// The text cut at its special tokens. Parts that would be empty are left out.
///
/// Goal        Whoever merges bytes never sees a special token, and no merge reaches across one.
/// Examples    "a<s>b" with {"<s>"} -> "a", <s>, "b";  "<s><s>" -> <s>, <s>;  "ab" -> "ab";
///             without special tokens the whole text is one part
/// Cost        bytes * special tokens comparisons
/// In PyTorch  tiktoken's core.py, Encoding.encode(allowed_special = ...)
inline std::vector<TextPart> split_special(std::string_view text,
                                           const std::vector<std::string>& special) {
  std::vector<TextPart> parts;
  // TODO(10.11): walk through the text; at each special token close the part before it, append the
  // token, and go on behind it. At the end close the last part.
  // HINT: detail::special_at(text, at, special) is the token at `at`, or -1.
  // HINT: keep `begin`, where the ordinary text that is not yet in `parts` begins.
  todo("10.11", "split_special");
}

}  // namespace tinytorch
