// Observations of module 10: characters, words, pairs, token ids.
#include <tinytorch/tokenization.hpp>

#include "observe.hpp"

using namespace tinytorch;
using observe::see;
using observe::see_error;

namespace {

/// One of these.
template <class T>
const T& any_of(observe::Case& c, const std::vector<T>& list) {
  return list[static_cast<std::size_t>(c.whole(0, static_cast<Index>(list.size()) - 1))];
}

char byte(Index value) { return static_cast<char>(value); }

/// A character of one to four bytes, or something that only looks like one.
std::string any_character(observe::Case& c, bool sound) {
  const auto code_point = [&](Index first, Index last) {
    return detail::encode_character(static_cast<char32_t>(c.whole(first, last)));
  };
  switch (c.whole(0, sound ? 3 : 9)) {
    case 0: return code_point(0x20, 0x7E);
    case 1: return code_point(0x80, 0x7FF);
    case 2: return code_point(0x800, 0xD7FF);
    case 3: return code_point(0x10000, 0x10FFFF);
    case 4: return code_point(0xD800, 0xDFFF);                              // a surrogate
    case 5: return code_point(0x110000, 0x13FFFF);                          // too large
    case 6: return {byte(c.whole(0xC0, 0xC1)), byte(c.whole(0x80, 0xBF))};  // overlong
    case 7: return {byte(0xE0), byte(c.whole(0x80, 0x9F)), byte(c.whole(0x80, 0xBF))};
    case 8: return {byte(c.whole(0xC2, 0xF7)), byte(c.whole(0x80, 0xBF))};  // perhaps cut off
    default: return {byte(c.whole(0x80, 0xFF))};
  }
}

std::string any_characters(observe::Case& c, Index count, bool sound) {
  std::string text;
  for (Index i = 0; i < count; ++i) text += any_character(c, sound);
  return text;
}

/// Letters, numbers and signs of several alphabets, English endings, and much white space.
std::string any_words(observe::Case& c, Index count) {
  static const std::vector<std::string> pieces = {
      "a",      "dog",    "Zoe", "na\u00efve", "\u4e2d\u6587", "7",    "42",  "\u0664", "!",
      "?!",     "\u2019", "'",   "'s",         "'ll",          "'VE",  "'re", "'d",     "\u20ac",
      " ",      " ",      " ",   "  ",         "\n",           "\n\n", "\t",  "\u00a0", "\u2003",
      "\u3000", "\xff",   "-"};
  std::string text;
  for (Index i = 0; i < count; ++i) text += any_of(c, pieces);
  return text;
}

std::vector<Index> any_tokens(observe::Case& c, Index count, Index first, Index last) {
  std::vector<Index> tokens;
  for (Index i = 0; i < count; ++i) tokens.push_back(c.whole(first, last));
  return tokens;
}

/// Words of few different tokens, some of them of one token or of none.
std::vector<CountedWord> any_counted_words(observe::Case& c) {
  std::vector<CountedWord> words;
  for (Index i = c.whole(1, 8); i > 0; --i)
    words.push_back({any_tokens(c, c.whole(0, 7), 97, 100), c.whole(1, 5)});
  return words;
}

void see_words(observe::Case& c, const std::vector<CountedWord>& words) {
  for (const CountedWord& word : words) {
    see(c, word.tokens);
    see(c, word.count);
  }
}

/// Merges of the letters a to d and of what earlier merges made.
std::vector<TokenPair> any_merges(observe::Case& c, Index count) {
  std::vector<TokenPair> merges;
  const auto token = [&] {
    const Index which = c.whole(0, 3 + static_cast<Index>(merges.size()));
    return which < 4 ? 97 + which : 252 + which;
  };
  while (static_cast<Index>(merges.size()) < count) {
    const Index left = token(), right = token();
    const TokenPair pair{left, right};
    if (std::find(merges.begin(), merges.end(), pair) == merges.end()) merges.push_back(pair);
  }
  return merges;
}

void see_merges(observe::Case& c, const std::vector<TokenPair>& merges) {
  std::vector<Index> ids;
  for (const TokenPair& pair : merges) ids.insert(ids.end(), {pair.left, pair.right});
  see(c, ids);
}

std::string letters(observe::Case& c, Index count) {
  std::string text;
  for (Index i = 0; i < count; ++i) text += byte(c.whole('a', 'd'));
  return text;
}

}  // namespace

OBSERVE("10.1", "decode_character at every byte of any bytes") {
  std::string text = any_characters(c, 12, false);
  if (c.coin()) text += any_character(c, true).substr(0, 1);  // cut off in the middle
  for (std::size_t at = 0; at < text.size(); ++at) {
    const Character character = decode_character(text, at);
    see(c, Shape{static_cast<Index>(character.code_point), static_cast<Index>(character.length)});
  }
  see(c, characters("\u00e9").size());
}

OBSERVE("10.2", "CharTokenizer: ids of its characters") {
  const std::string text = any_characters(c, c.whole(1, 12), true);
  const CharTokenizer tokenizer(text);
  see(c, tokenizer.encode(text));
  std::string other;
  for (int i = 0; i < 8; ++i) other += any_of(c, tokenizer.vocabulary());
  see(c, tokenizer.encode(other));
}

OBSERVE("10.2", "CharTokenizer: a character that it does not know, and its place") {
  const std::string text = "\u00e9\u4e2d" + c.text(9);
  const CharTokenizer tokenizer(text);
  std::string asked;
  for (Index i = c.whole(0, 6); i > 0; --i) asked += any_of(c, tokenizer.vocabulary());
  asked += any_of<std::string>(c, {"Q", "\u00ea", "\u00ff", "\xc3"});  // some begin as a known one
  try {
    (void)tokenizer.encode(asked + text);
    see(c, "no error");
  } catch (const ValueError& error) {
    const std::string words = error.what(), mark = "at byte ";
    const std::size_t at = words.find(mark);
    see(c, at == words.npos ? -1 : std::atoi(words.c_str() + at + mark.size()));
  }
}

OBSERVE("10.3", "CharTokenizer: text of ids, and ids that are none") {
  const CharTokenizer tokenizer(any_characters(c, c.whole(1, 9), true));
  const Index size = tokenizer.vocab_size();
  const std::vector<Index> ids = any_tokens(c, c.whole(1, 9), 0, size - 1);
  see(c, tokenizer.decode(ids));
  see_error(c, [&] { (void)tokenizer.decode({ids[0], size}); });
  see_error(c, [&] { (void)tokenizer.decode({size + c.whole(1, 99)}); });
  see_error(c, [&] { (void)tokenizer.decode({ids[0], -c.whole(1, 9)}); });
}

OBSERVE("10.4", "pre_tokenize: where words end") {
  const std::string text = any_words(c, c.whole(1, 30));
  for (const std::string_view word : pre_tokenize(text)) see(c, word);
}

OBSERVE("10.4", "word_end from any character") {
  const std::string text = any_words(c, 10);
  std::size_t at = 0;
  for (const std::string_view character : characters(text)) {
    see(c, word_end(text, at));
    at += character.size();
  }
}

OBSERVE("10.5", "count_pairs of words that repeat themselves") {
  std::vector<CountedWord> words = any_counted_words(c);
  if (c.repetition() == 0) words.push_back({{}, 3});
  const PairCounts found = count_pairs(words);
  const std::map<TokenPair, Index> counts(found.begin(), found.end());
  for (const auto& [pair, count] : counts) {
    if (count != 0) see(c, Shape{pair.left, pair.right, count});
  }
}

OBSERVE("10.6", "comes_first, ties included") {
  const auto any_count = [&] {
    const Index left = c.whole(0, 2), right = c.whole(0, 2);
    return PairCount{{left, right}, c.whole(1, 2)};
  };
  for (int i = 0; i < 10; ++i) {
    const PairCount a = any_count(), b = any_count();
    see(c, comes_first(a, b));
    see(c, comes_first(b, a));
    see(c, comes_first(a, a));
  }
}

OBSERVE("10.7", "merge_pair, where pairs overlap and where there are none") {
  const Index left = c.whole(0, 2), right = c.coin() ? left : c.whole(0, 2);
  see(c,
      merge_pair(any_tokens(c, c.repetition() == 0 ? 0 : c.whole(1, 12), 0, 2), {left, right}, 9));
  see(c, merge_pair({left, right, left, right, left}, {left, right}, 9));
  see(c, merge_pair({right, left, left}, {left, right}, 9));
}

OBSERVE("10.8", "BPETrainer: merges, words and counts after every step") {
  BPETrainer trainer(any_counted_words(c));
  const Index least = c.whole(1, 3);
  for (int step = 0; step < 8; ++step) {
    const bool more = trainer.step(least);
    see(c, more);
    if (!more) break;
    see_merges(c, trainer.merges());
    see_words(c, trainer.words());
    std::vector<Index> counts;  // of pairs that are there, and of some that no longer are
    for (Index left = 97; left < trainer.next_id(); left = left == 100 ? 256 : left + 1) {
      for (Index right = 97; right < trainer.next_id(); right = right == 100 ? 256 : right + 1)
        counts.push_back(trainer.count({left, right}));
    }
    see(c, counts);
  }
  see(c, trainer.pair_visits());
}

OBSERVE("10.9", "encode_word: merges in the order in which they were learned") {
  const BPETokenizer tokenizer(any_merges(c, c.whole(3, 14)));
  see(c, tokenizer.encode_word(c.repetition() == 0 ? "" : letters(c, 1)));
  for (int i = 0; i < 6; ++i) see(c, tokenizer.encode_word(letters(c, c.whole(2, 12))));
  see(c, tokenizer.encode_word("a" + c.text(5, true) + "b"));
}

OBSERVE("10.10", "decode: bytes of ids, and ids that are none") {
  const BPETokenizer tokenizer(any_merges(c, 6), {"<|end|>"});
  const Index size = tokenizer.vocab_size();
  std::vector<Index> ids = any_tokens(c, c.whole(1, 9), 0, size - 1);
  ids.insert(ids.begin() + c.whole(0, static_cast<Index>(ids.size())), 0);  // the byte 0
  see(c, tokenizer.decode(ids));
  see_error(c, [&] { (void)tokenizer.decode({ids[0], size}); });
  see_error(c, [&] { (void)tokenizer.decode({-c.whole(1, 9)}); });
}

OBSERVE("10.11", "split_special: tokens at the edges, side by side, and inside one another") {
  const std::vector<std::string> special = {"<s>", "<|end|>", "<s><s>!"};
  std::string text;
  for (Index i = c.repetition() == 0 ? 0 : c.whole(1, 8); i > 0; --i)
    text += any_of<std::string>(c, {"<s>", "<s>", "<|end|>", "<s><s>!", "a", "bc ", "<", "<s"});
  for (const TextPart& part : split_special(text, special)) {
    see(c, part.text);
    see(c, part.special);
  }
  see(c, split_special(text, {}).size());
}

OBSERVE("10.12", "gpt2_byte_order, always the same") {
  const ByteOrder order = gpt2_byte_order();
  see(c, std::vector<Index>(order.begin(), order.end()));
}

OBSERVE("10.13", "parse_gpt2_merges: names become ids") {
  std::vector<std::string> names = detail::gpt2_byte_names();
  std::string text = c.coin() ? "#version: 0.2\n" : "";
  for (Index line = c.whole(1, 10); line > 0; --line) {
    const bool again = names.size() > 256 && c.coin();  // a name that a line above has made
    const Index last = static_cast<Index>(names.size()) - 1;
    const std::string left = names[static_cast<std::size_t>(c.whole(again ? 256 : 0, last))];
    const std::string right = any_of(c, names);
    text += left + " " + right + (c.coin() ? "\n" : "\r\n");
    if (std::find(names.begin(), names.end(), left + right) == names.end())
      names.push_back(left + right);
  }
  see_merges(c, parse_gpt2_merges(text, "observe"));
  see_error(c, [&] { (void)parse_gpt2_merges(text + "a unknown\n", "observe"); });
  see_error(c, [&] { (void)parse_gpt2_merges(text + "alone\n", "observe"); });
}

OBSERVE("10", "a tokenizer trained on a text, and used on another") {
  const std::string text = c.text(300) + "<|end|>" + c.text(100);
  const Index most = 257 + c.whole(0, 30);
  const BPETokenizer tokenizer =
      BPETokenizer::train(text, most, {.special_tokens = {"<|end|>"}, .min_count = c.whole(2, 4)});
  see(c, tokenizer.vocab_size());
  see_merges(c, tokenizer.merges());
  const std::string other = c.text(40) + "<|end|>" + c.text(10, true);
  const std::vector<Index> as_text = tokenizer.encode(other);
  see(c, as_text);
  see(c, tokenizer.encode(other, {.allow_special = true}));
  see(c, tokenizer.decode(as_text));
}

OBSERVE("10", "a tokenizer with GPT-2's bytes, and wishes that are refused") {
  const BPETokenizer tokenizer({}, {"<|endoftext|>"}, gpt2_byte_order());
  see(c, tokenizer.encode(any_words(c, 12)));
  see(c, tokenizer.encode("<|endoftext|>", {.allow_special = true}));
  see_error(c, [&] { (void)BPETokenizer::train("aaaa", c.whole(0, 255)); });
  see_error(c, [&] { (void)BPETokenizer({{97, 97}, {97, 97}}); });
  see_error(c, [&] { (void)BPETokenizer({{97, 256 + c.whole(0, 9)}}); });
  see_error(c, [&] { (void)tokenizer.special_id("<s>"); });
}
