// pre_tokenize: GPT-2's cuts. The expected cuts are those of its pattern, worked out by hand with the pattern beside.
#include <tinytorch/support/rng.hpp>
#include <tinytorch/tokenization/pre_tokenize.hpp>

#include "tt_catch.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// The words, each in brackets: "[it]['s][ 2024][!]"
std::string cuts(std::string_view text) {
  std::string shown;
  for (const std::string_view word : pre_tokenize(text)) shown += "[" + std::string(word) + "]";
  return shown;
}

}  // namespace

TEST_CASE("pre_tokenize: letters and numbers and others are words", "[10.4][core]") {
  CHECK(cuts("it's 2024!") == "[it]['s][ 2024][!]");
  CHECK(cuts("abc123,;x") == "[abc][123][,;][x]");
  CHECK(cuts("foo_bar(baz)") == "[foo][_][bar][(][baz][)]");
  CHECK(cuts("3.14") == "[3][.][14]");
}

TEST_CASE("pre_tokenize: one space belongs to the word behind it", "[10.4][core]") {
  CHECK(cuts("the dog") == "[the][ dog]");
  CHECK(cuts("a 42nd !?") == "[a][ 42][nd][ !?]");
  CHECK(cuts("a  b") == "[a][ ][ b]");
  CHECK(cuts("a    b") == "[a][   ][ b]");
  CHECK(cuts(" b") == "[ b]");
}

TEST_CASE("pre_tokenize: white space at the end stays together", "[10.4][edge]") {
  CHECK(cuts("a ") == "[a][ ]");
  CHECK(cuts("a   ") == "[a][   ]");
  CHECK(cuts("   ") == "[   ]");
  CHECK(cuts("a\n\n") == "[a][\n\n]");
  CHECK(cuts("") == "");
}

TEST_CASE("pre_tokenize: only a space goes with a word", "[10.4][edge]") {
  CHECK(cuts("a\nb") == "[a][\n][b]");
  CHECK(cuts("a\n\nb") == "[a][\n][\n][b]");  // the last one stays alone
  CHECK(cuts("a\n b") == "[a][\n][ b]");
  CHECK(cuts("a \nb") == "[a][ ][\n][b]");
  CHECK(cuts("a\tb\r\nc") == "[a][\t][b][\r][\n][c]");
  CHECK(cuts("a\xC2\xA0"
             "b") == "[a][\xC2\xA0][b]");  // a no-break space is white space
  CHECK(cuts("a\xC2\xA0\xC2\xA0"
             "b") == "[a][\xC2\xA0][\xC2\xA0][b]");
}

TEST_CASE("pre_tokenize: English endings come first", "[10.4][core]") {
  CHECK(cuts("I'm we've they'll he'd don't she's you're") ==
        "[I]['m][ we]['ve][ they]['ll][ he]['d][ don]['t][ she]['s][ you]['re]");
  CHECK(cuts("'sand") == "['s][and]");    // an ending wherever a word may begin
  CHECK(cuts("WE'LL") == "[WE]['][LL]");  // lower case only
  CHECK(cuts("a 's") == "[a][ '][s]");    // the space comes first
  CHECK(cuts("!!'s") == "[!!'][s]");      // inside a run nothing begins
  CHECK(cuts("'x'") == "['][x][']");
}

TEST_CASE("pre_tokenize: letters and numbers of all scripts", "[10.4][edge]") {
  CHECK(cuts("na\xC3\xAFve caf\xC3\xA9") == "[na\xC3\xAFve][ caf\xC3\xA9]");
  CHECK(cuts("\xD0\xBC\xD0\xB8\xD1\x80 2") == "[\xD0\xBC\xD0\xB8\xD1\x80][ 2]");  // Cyrillic
  CHECK(cuts("\xE6\x97\xA5\xE6\x9C\xAC.") == "[\xE6\x97\xA5\xE6\x9C\xAC][.]");    // Japanese
  CHECK(cuts("x\xC2\xB2y") == "[x][\xC2\xB2][y]");                    // superscript two is a number
  CHECK(cuts("a\xF0\x9F\x98\x80!b") == "[a][\xF0\x9F\x98\x80!][b]");  // an emoji is neither
  CHECK(cuts("e\xCC\x81") == "[e][\xCC\x81]");                        // nor is a combining accent
}

TEST_CASE("pre_tokenize: bytes that are no character are kept", "[10.4][10.1][edge]") {
  CHECK(cuts("a\xFF\xC3 b\xE2\x89") == "[a][\xFF\xC3][ b][\xE2\x89]");
  CHECK(cuts(std::string_view("a\0b", 3)) == std::string("[a][\0][b]", 9));
}

TEST_CASE("pre_tokenize: no byte is lost in any text", "[10.4][property]") {
  const std::string_view pool[] = {" ", " ", "\n", "a",        "B",    "7",
                                   "'", "s", "!",  "\xC3\xA9", "\xFF", "\xE3\x80\x80"};
  Rng rng(7);
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (Index left = rng.below(12); left > 0; --left) text += pool[rng.below(12)];
    std::string together;
    for (const std::string_view word : pre_tokenize(text)) together += word;
    if (together != text) FAIL("lost bytes of " << detail::quoted(text));
  }
  CHECK(cuts("x") == "[x]");
}
