// Characters of one to four bytes, and the tokenizer that numbers them.
#include <tinytorch/tokenization/char_tokenizer.hpp>

#include <cstdio>

#include "index_text.hpp"
#include "tt_catch.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// "U+E9 in 2"
std::string decoded(std::string_view bytes, std::size_t at = 0) {
  const Character c = decode_character(bytes, at);
  char shown[32];
  std::snprintf(shown, sizeof shown, "U+%X in %zu", static_cast<unsigned>(c.code_point), c.length);
  return shown;
}

}  // namespace

// The characters and bytes are those of RFC 3629, section 7, and of the Unicode code charts.
TEST_CASE("decode_character: one to four bytes", "[10.1][core]") {
  CHECK(decoded("\xC3\xA9") == "U+E9 in 2");             // e with acute
  CHECK(decoded("\xE2\x89\xA2") == "U+2262 in 3");       // not identical to
  CHECK(decoded("\xED\x95\x9C") == "U+D55C in 3");       // hangul
  CHECK(decoded("\xF0\xA3\x8E\xB4") == "U+233B4 in 4");  // an ideograph
  CHECK(decoded("\xEF\xBB\xBF") == "U+FEFF in 3");       // byte order mark
  CHECK(decoded("x\xF0\x9F\x98\x80y", 1) == "U+1F600 in 4");
}

TEST_CASE("decode_character: the first and the last of each length", "[10.1][edge]") {
  CHECK(decoded("\xC2\x80") == "U+80 in 2");
  CHECK(decoded("\xDF\xBF") == "U+7FF in 2");
  CHECK(decoded("\xE0\xA0\x80") == "U+800 in 3");
  CHECK(decoded("\xEF\xBF\xBF") == "U+FFFF in 3");
  CHECK(decoded("\xF0\x90\x80\x80") == "U+10000 in 4");
  CHECK(decoded("\xF4\x8F\xBF\xBF") == "U+10FFFF in 4");
}

TEST_CASE("decode_character: what breaks a rule is a stray byte", "[10.1][edge]") {
  const std::string stray = "U+FFFD in 1";
  CHECK(decoded("\xA9") == stray);  // a later byte without a first one
  CHECK(decoded("\xA9\xA9") == stray);
  CHECK(decoded("\xF9\x90\x80\x80") == stray);  // five ones
  CHECK(decoded("\xC3") == stray);              // nothing follows
  CHECK(decoded("\xC3 ") == stray);             // the wrong thing follows
  CHECK(decoded("\xE2\x89") == stray);          // cut off
  CHECK(decoded("\xF0\x9F\x98") == stray);
  CHECK(decoded("\xE2\x89 \xA2") == stray);
  CHECK(decoded("\xC3\xC3\xA9") == stray);
  CHECK(decoded("\xC0\xAF") == stray);  // "/" in two bytes: overlong
  CHECK(decoded("\xE0\x80\xAF") == stray);
  CHECK(decoded("\xED\xA0\x80") == stray);      // U+D800, half of a pair of UTF-16
  CHECK(decoded("\xF4\x90\x80\x80") == stray);  // U+110000 is no more
  CHECK(decoded("\xF8\x88\x80\x80\x80") == stray);
  CHECK(decoded("\xFF") == stray);
}

TEST_CASE("characters: a text is its characters one after another", "[10.1][core]") {
  const std::vector<std::string_view> found = characters("na\xC3\xAFve \xF0\x9F\x98\x80\xFF!");
  const std::vector<std::string_view> expected = {
      "n", "a", "\xC3\xAF", "v", "e", " ", "\xF0\x9F\x98\x80", "\xFF", "!"};
  CHECK(found == expected);
}

TEST_CASE("CharTokenizer: the worked example", "[10.2][10.3][core]") {
  const CharTokenizer tokenizer("hello");
  CHECK(tokenizer.vocab_size() == 4);
  CHECK(tokenizer.vocabulary() == std::vector<std::string>{"e", "h", "l", "o"});
  CHECK(text(tokenizer.encode("hole")) == "1 3 2 0");
  CHECK(text(tokenizer.encode("hello")) == "1 0 2 2 3");
  CHECK(tokenizer.decode({1, 3, 2, 0}) == "hole");
}

TEST_CASE("CharTokenizer: characters of several bytes are one token", "[10.3][10.2][edge]") {
  const std::string greeting = "\xC3\xBC\xC3\xB6 \xE6\x97\xA5\xF0\x9F\x98\x80\xC3\xBC";
  const CharTokenizer tokenizer(greeting);
  CHECK(tokenizer.vocab_size() == 5);
  CHECK(text(tokenizer.encode(greeting)) == "2 1 0 3 4 2");  // sorted by code point
  CHECK(tokenizer.decode(tokenizer.encode(greeting)) == greeting);
  CHECK(tokenizer.decode({4}) == "\xF0\x9F\x98\x80");
}

TEST_CASE("CharTokenizer: nothing gives nothing", "[10.3][10.2][edge]") {
  const CharTokenizer tokenizer("ab");
  CHECK(tokenizer.encode("").empty());
  CHECK(tokenizer.decode(std::vector<Index>{}).empty());
  CHECK(text(tokenizer.encode("b")) == "1");
  CHECK(tokenizer.decode(std::vector<Index>{1}) == "b");
}

TEST_CASE("CharTokenizer: an unknown character is named with its place", "[10.2][errors]") {
  const CharTokenizer tokenizer("h\xC3\xA9llo");
  CHECK_THROWS_AS(tokenizer.encode("help"), ValueError);
  CHECK_THROWS_WITH(tokenizer.encode("h\xC3\xA9lp"),
                    contains("CharTokenizer: expects characters of its vocabulary of 4, "
                             "got 'p' at byte 4"));
  CHECK_THROWS_WITH(tokenizer.encode("\xC3\xB6"), contains("got '\\xC3\\xB6' at byte 0"));
}

TEST_CASE("CharTokenizer: an id that nobody has", "[10.3][errors]") {
  const CharTokenizer tokenizer("hello");
  CHECK_THROWS_AS(tokenizer.decode({4}), IndexError);
  CHECK_THROWS_WITH(tokenizer.decode({0, 1, 4}),
                    contains("CharTokenizer: expects ids in 0 .. 3, got 4 at position 2"));
  CHECK_THROWS_WITH(tokenizer.decode({-1}), contains("got -1 at position 0"));
}

TEST_CASE("CharTokenizer: ids become a tensor in one expression", "[10.2][core]") {
  const CharTokenizer tokenizer("hello");
  const IndexTensor ids = token_tensor(tokenizer.encode("hello"));
  CHECK(text(ids) == "[5]: 1 0 2 2 3");
  CHECK(tokenizer.decode(ids) == "hello");
}
