// 10_tokenization / pre_tokenize.hpp: text into words, as GPT-2 cuts it.
//
//   pre_tokenize("it's 2024!  Go")        "it", "'s", " 2024", "!", " ", " Go"
// Pairs are merged inside a word and never across two: without that, "dog." "dog!" and "dog?" would
// each become a token of its own. GPT-2's rule is a regular expression of five parts. It is written
// by hand here: std::regex has no \p{L}, and a scanner is faster.
//   's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
#pragma once
#include <array>
#include <string_view>
#include <vector>

#include <tinytorch/support/unicode.hpp>
#include <tinytorch/tokenization/utf8.hpp>

namespace tinytorch {

namespace detail {

inline CharacterKind kind_at(std::string_view text, std::size_t at) {
  return character_kind(decode_character(text, at).code_point);
}

/// The length of an English ending that begins at `at` ("'s", "'ll", ...), or 0. Lower case only,
/// as GPT-2 has it.
inline std::size_t ending_at(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 7> endings = {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"};
  for (const std::string_view ending : endings) {
    if (text.substr(at, ending.size()) == ending) return ending.size();
  }
  return 0;
}

/// A run of characters of one kind: where it ends, and where its last character begins.
struct Run {
  CharacterKind kind;
  std::size_t end, last;
};

inline Run run_at(std::string_view text, std::size_t at) {
  Run run{kind_at(text, at), at, at};
  while (run.end < text.size()) {
    const Character c = decode_character(text, run.end);
    if (character_kind(c.code_point) != run.kind) break;
    run.last = run.end;
    run.end += c.length;
  }
  return run;
}

}  // namespace detail

/// Where the word that begins at byte `at` ends.
///
/// Goal        One cut. A text is its words, one after another: no byte is lost.
/// Background  In this order, the first that fits: an English ending; a run of letters, of numbers
///             or of other characters, with ONE space (' ' and no other) before it if there is one;
///             white space. White space leaves its last character to what follows, unless nothing
///             follows or there is only one: so the space before a word belongs to the word, and
///             " dog" is one token however many spaces come before it.
/// Examples    "it's": it | 's    " 42nd": _42 | nd    "a  b": a | _ | _b    (_ is a space)
///             "a\n\nb": a | \n | \n | b    "a  " at the end: a | __
/// Cost        every character is looked at once or twice
/// In PyTorch  openai/gpt-2, src/encoder.py, Encoder.pat; tiktoken's tiktoken_ext/openai_public.py
inline std::size_t word_end(std::string_view text, std::size_t at) {
  // TODO(10.4): the three cases, in this order.
  // HINT: detail::ending_at(text, at) is 0 if there is none. detail::run_at(text, i) is the run
  // from i.
  // HINT: a ' ' before anything but white space: the word is that run, from at + 1 on.
  // HINT: `last` of a run of white space is where its last character begins.
  todo("10.4", "word_end");
}

/// Calls visit(word) for each word of a text, without a list of all of them: for a long text that
/// would be more memory than the text.
template <class Visit>
void for_each_word(std::string_view text, Visit visit) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = word_end(text, at);
    if (end <= at || end > text.size()) {  // never loop for ever
      throw Error("word_end: expects an end behind " + std::to_string(at) + " and inside " +
                  std::to_string(text.size()) + " bytes, got " + std::to_string(end));
    }
    visit(text.substr(at, end - at));
    at = end;
  }
}

/// The words of a text, which point into it.
inline std::vector<std::string_view> pre_tokenize(std::string_view text) {
  std::vector<std::string_view> words;
  for_each_word(text, [&](std::string_view word) { words.push_back(word); });
  return words;
}

}  // namespace tinytorch
