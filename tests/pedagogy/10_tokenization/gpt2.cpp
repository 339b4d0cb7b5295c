// GPT-2's bytes, merges and ids. What is expected was computed by another encoder: gpt2_golden.hpp.
#include <tinytorch/tokenization/bpe_tokenizer.hpp>

#include "gpt2_golden.hpp"
#include "index_text.hpp"
#include "tt_catch.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// The excerpt as a file: its lines in GPT-2's order, but without those between them.
std::string excerpt() {
  std::string text = "#version: 0.2\n";
  for (const Gpt2Merge& merge : gpt2_merges) text += std::string(merge.line) + "\n";
  return text;
}

/// The ids that the whole file would have given: line k of the excerpt is line `rank` there.
std::vector<Index> in_the_whole_file(std::vector<Index> ids) {
  for (Index& id : ids) {
    if (id >= 256) id = 256 + gpt2_merges[id - 256].rank;
  }
  return ids;
}

}  // namespace

TEST_CASE("gpt2_byte_order: the bytes with ink first", "[10.12][core]") {
  const ByteOrder order = gpt2_byte_order();
  CHECK(int(order[0]) == '!');
  CHECK(int(order[39]) == 'H');
  CHECK(int(order[93]) == '~');
  CHECK(int(order[94]) == 0xA1);
  CHECK(int(order[187]) == 0xFF);
  CHECK(int(order[188]) == 0);
  CHECK(int(order[198]) == '\n');  // 198 is GPT-2's token for a new line
  CHECK(int(order[220]) == ' ');   // and 220 for a space
  CHECK(int(order[255]) == 0xAD);
}

TEST_CASE("gpt2_byte_order: every byte once", "[10.12][property]") {
  std::vector<int> seen(256, 0);
  for (const std::uint8_t byte : gpt2_byte_order()) ++seen[byte];
  CHECK(seen == std::vector<int>(256, 1));
}

TEST_CASE("gpt2 names: bytes as characters that can be printed", "[10.12][edge]") {
  const std::vector<std::string> names = detail::gpt2_byte_names();
  CHECK(names.at(39) == "H");
  CHECK(names.at(220) == "\xC4\xA0");  // U+0120 for the space
  CHECK(names.at(198) == "\xC4\x8A");  // U+010A for the new line
  CHECK(names.at(94) == "\xC2\xA1");   // A1 as itself
}

TEST_CASE("parse_gpt2_merges: names become ids", "[10.13][core]") {
  const auto merges = parse_gpt2_merges("#version: 0.2\nh e\nhe l\n\xC4\xA0 hel\n", "a test");
  const std::vector<TokenPair> expected = {{71, 68}, {256, 75}, {220, 257}};
  CHECK(merges == expected);
}

TEST_CASE("parse_gpt2_merges: with and without a first line or a last newline", "[10.13][edge]") {
  const std::vector<TokenPair> expected = {{71, 68}, {256, 75}};
  CHECK(parse_gpt2_merges("h e\nhe l", "a test") == expected);
  CHECK(parse_gpt2_merges("#version: 0.2\r\nh e\r\nhe l\r\n", "a test") == expected);
  CHECK(parse_gpt2_merges("# #\n", "a test") == std::vector<TokenPair>{{2, 2}});
  CHECK(parse_gpt2_merges("", "a test").empty());
}

TEST_CASE("parse_gpt2_merges: lines that are no merge", "[10.13][errors]") {
  CHECK(parse_gpt2_merges("a b\n", "a test").size() == 1);
  CHECK_THROWS_WITH(parse_gpt2_merges("a b\nabc\n", "a test"),
                    contains("a test: expects two tokens on line 2, got 'abc'"));
  CHECK_THROWS_AS(parse_gpt2_merges("a b c\n", "a test"), FileError);
  CHECK_THROWS_AS(parse_gpt2_merges(" b\n", "a test"), FileError);
  CHECK_THROWS_WITH(parse_gpt2_merges("a b\nabc d\n", "a test"),
                    contains("expects tokens that an earlier line made, got 'abc'"));
}

TEST_CASE("GPT-2: its ids for 31 texts", "[10.13][10.12][10.9][core]") {
  const BPETokenizer tokenizer(parse_gpt2_merges(excerpt(), "gpt2_golden.hpp"), {},
                               gpt2_byte_order());
  for (const Gpt2Text& known : gpt2_texts) {
    INFO("the text " << detail::quoted(known.text));
    CHECK(text(in_the_whole_file(tokenizer.encode(known.text))) == known.ids);
    CHECK(tokenizer.decode(tokenizer.encode(known.text)) == known.text);
  }
}
