// save and load: the same ids afterwards, or an error; never something in between.
#include <tinytorch/tokenization.hpp>

#include <filesystem>
#include <fstream>

#include "bpe_golden.hpp"
#include "index_text.hpp"
#include "tt_catch.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

BPETokenizer trained() {
  return BPETokenizer::train(bpe_text, 300, {.special_tokens = {"<|endoftext|>", "\xFF\"\n"}});
}

std::string bytes_of(const char* file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const char* file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

/// The saved file with `what` replaced.
std::string with(std::string bytes, const std::string& what, const std::string& by) {
  const auto at = bytes.find(what);
  if (at == bytes.npos) FAIL("the saved file has no " << what);
  return bytes.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("save and load: the same tokenizer", "[10.9][10.8][core]") {
  const BPETokenizer before = trained();
  before.save("tokenizer.json");
  const BPETokenizer after = BPETokenizer::load("tokenizer.json");
  CHECK(after.merges() == before.merges());
  CHECK(after.special_tokens() == before.special_tokens());
  CHECK(after.vocab_size() == 300);
  CHECK(text(after.encode(bpe_other_text)) == text(before.encode(bpe_other_text)));
  CHECK(after.decode({299}) == "\xFF\"\n");  // a special token may be any bytes
}

TEST_CASE("save and load: GPT-2's order of bytes is kept", "[10.9][10.12][edge]") {
  const BPETokenizer before({{71, 68}}, {}, gpt2_byte_order());
  before.save("gpt2.json");
  CHECK(text(BPETokenizer::load("gpt2.json").encode("he!")) == "256 0");
}

TEST_CASE("save: replaces a file and leaves nothing beside it", "[10.9][edge]") {
  write("again.json", "what was there");
  trained().save("again.json");
  CHECK(BPETokenizer::load("again.json").decode({104}) == "h");
  CHECK_FALSE(std::filesystem::exists("again.json.part"));
  CHECK_THROWS_AS(trained().save("no such folder/tokenizer.json"), FileError);
}

TEST_CASE("load: a file cut off anywhere is refused", "[10.8][errors]") {
  trained().save("whole.json");
  const std::string whole = bytes_of("whole.json");
  REQUIRE(whole.size() > 1000);
  for (std::size_t length = 0; length + 2 < whole.size(); length += 1 + whole.size() / 40) {
    write("cut.json", whole.substr(0, length));
    CHECK_THROWS_AS(BPETokenizer::load("cut.json"), FileError);
  }
}

TEST_CASE("load: a file that lies is refused", "[10.8][errors]") {
  BPETokenizer::train("ababab", 300, {.special_tokens = {"s"}}).save("true.json");
  const std::string good = bytes_of("true.json");  // merges [[97,98],[256,256]]
  const std::pair<const char*, const char*> lies[] = {
      {"[97,98]", "[97,256]"},  // a token that is not there yet
      {"[97,98]", "[97,-1]"},
      {"[97,98]", "[97,98.5]"},
      {"[97,98]", "[97]"},
      {"[97,98]", "[97,98,99]"},
      {"[97,98]", "97"},
      {"[97,98]", "[97,\"98\"]"},
      {"[97,98]", "[97,98],[97,98]"},  // twice
      {"[97,98]", "[97,18446744073709551615]"},
      {"[[115]]", "[[256]]"},  // no byte
      {"[[115]]", "[[]]"},
      {"[[115]]", "[[115],[115]]"},
      {"[[115]]", "null"},
      {"[0,1,2", "[0,0,2"},  // a byte twice
      {"[0,1,2", "[1,2"},
      {"tinytorch-bpe-1", "tinytorch-bpe-2"},
      {"\"merges\"", "\"merge\""},
  };
  for (const auto& [what, by] : lies) {
    INFO(what << " replaced by " << by);
    write("lie.json", with(good, what, by));
    if (std::string(by) == "null") {  // an empty list in other words
      CHECK(BPETokenizer::load("lie.json").special_tokens().empty());
    } else {
      CHECK_THROWS_AS(BPETokenizer::load("lie.json"), FileError);
    }
  }
  CHECK_THROWS_AS(BPETokenizer::load("no such file"), FileError);
}

TEST_CASE("load: a small file cannot ask for a terabyte", "[10.9][errors]") {
  BPETokenizer({}).save("empty.json");
  std::string doubling = "[97,97]";
  for (int id = 256; id < 296; ++id) {
    doubling += ",[" + std::to_string(id) + "," + std::to_string(id) + "]";
  }
  write("bomb.json",
        with(bytes_of("empty.json"), "\"merges\":[]", "\"merges\":[" + doubling + "]"));
  CHECK_THROWS_WITH(BPETokenizer::load("bomb.json"), contains("bytes at most"));
  CHECK(text(BPETokenizer::load("empty.json").encode("a")) == "97");
}

TEST_CASE("load_gpt2_merges: a file and its end of text", "[10.13][edge]") {
  write("some.bpe", "#version: 0.2\nh e\nhe l\n");
  const auto tokenizer = BPETokenizer::load_gpt2_merges("some.bpe");
  CHECK(text(tokenizer.encode("hel he")) == "257 220 256");
  CHECK(tokenizer.vocab_size() == 259);  // 50257 with all 50,000 merges
  CHECK(text(tokenizer.encode("<|endoftext|>", {.allow_special = true})) == "258");
  CHECK_THROWS_AS(BPETokenizer::load_gpt2_merges("no such file"), FileError);
  write("twice.bpe", "h e\nh e\n");
  CHECK_THROWS_WITH(BPETokenizer::load_gpt2_merges("twice.bpe"),
                    contains("twice.bpe: expects merges"));
}
