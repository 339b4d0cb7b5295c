// What byte pair encoding costs and saves on datasets/moby: pair visits, tokens, bytes of tables, megabytes a
// second. Numbers of the lesson of 10_tokenization:
//
//   ./tito/tito run tests/performance/bpe.cpp --solution --profile release        from the repository's folder
#include <tinytorch/support/rng.hpp>
#include <tinytorch/tokenization.hpp>

#include <chrono>
#include <cstdio>

using namespace tinytorch;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Trains by counting everything anew for each merge, and returns how many pairs it looked at.
Index visits_of_recounting(std::vector<CountedWord> words, Index merges) {
  Index visits = 0;
  for (Index k = 0; k < merges; ++k) {
    for (const CountedWord& word : words) visits += static_cast<Index>(word.tokens.size()) - 1;
    PairCount best;
    for (const auto& [pair, count] : count_pairs(words)) {
      if (comes_first({pair, count}, best)) best = {pair, count};
    }
    for (CountedWord& word : words) word.tokens = merge_pair(word.tokens, best.pair, 256 + k);
  }
  return visits;
}

/// Bytes of what a tokenizer keeps of its vocabulary, without the overhead of the containers.
std::size_t table_bytes(const BPETokenizer& tokenizer) {
  std::size_t bytes = tokenizer.merges().size() * (2 * sizeof(Index) + 3 * sizeof(Index));
  for (Index id = 0; id < tokenizer.vocab_size(); ++id) bytes += tokenizer.token_bytes(id).size();
  return bytes;
}

void vocabulary(const std::string& text, Index size) {
  const std::vector<CountedWord> words = count_words(text);
  const auto start = Clock::now();
  const auto tokenizer = BPETokenizer::train(text, size);
  const double train = seconds_since(start);
  BPETrainer trainer(words);
  while (trainer.next_id() < size && trainer.step()) {
  }
  const auto then = Clock::now();
  const std::size_t tokens = tokenizer.encode(text).size();
  const double encode = seconds_since(then), megabytes = static_cast<double>(text.size()) / 1e6;
  const long long visits = trainer.pair_visits();
  const long long naive =
      size <= 1000 ? static_cast<long long>(visits_of_recounting(words, size - 256)) : -1;
  std::printf("%10lld %9zu %12.3f %12lld %14lld %10.2f %12.1f %10zu\n",
              static_cast<long long>(size), tokens,
              static_cast<double>(text.size()) / static_cast<double>(tokens), visits, naive, train,
              megabytes / encode, table_bytes(tokenizer));
}

}  // namespace

int main() {
  const std::string text = read_file("datasets/moby/moby.txt");
  const std::vector<CountedWord> words = count_words(text);
  std::printf("moby.txt: %zu bytes, %zu words, %zu different ones\n", text.size(),
              pre_tokenize(text).size(), words.size());
  std::printf("%10s %9s %12s %12s %14s %10s %12s %10s\n", "vocabulary", "tokens", "bytes/token",
              "pair visits", "by recounting", "train [s]", "encode MB/s", "tables");
  for (const Index size : {256, 300, 512, 1000, 2000, 4000, 8000}) vocabulary(text, size);

  const auto tokenizer = BPETokenizer::train(text, 512);
  std::printf("the first merges:");
  for (Index id = 256; id < 272; ++id) std::printf(" '%s'", tokenizer.token_bytes(id).c_str());
  std::printf("\nthe last ones:");
  for (Index id = 500; id < 512; ++id) std::printf(" '%s'", tokenizer.token_bytes(id).c_str());

  const auto start = Clock::now();
  const auto gpt2 = BPETokenizer::load_gpt2_merges("datasets/gpt2/vocab.bpe");
  const double load = seconds_since(start);
  const auto then = Clock::now();
  const std::size_t tokens = gpt2.encode(text).size();
  std::printf(
      "\nGPT-2's vocabulary of %lld: %zu tokens, %.3f bytes a token; loaded in %.3f s, %.1f MB/s\n",
      static_cast<long long>(gpt2.vocab_size()), tokens,
      static_cast<double>(text.size()) / static_cast<double>(tokens), load,
      static_cast<double>(text.size()) / 1e6 / seconds_since(then));
  for (const char* example : {"Hello world", "it's 2024!", " na\xC3\xAFve caf\xC3\xA9"}) {
    std::printf("  %s:", example);
    for (const Index id : gpt2.encode(example)) std::printf(" %lld", static_cast<long long>(id));
    std::printf("\n");
  }

  const std::string russian =
      "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82, \xD0\xBC\xD0\xB8\xD1\x80!";
  std::printf(
      "9 letters of Russian and 3 other characters, %zu bytes: %zu tokens of moby's 4000, %zu of GPT-2's\n",
      russian.size(), BPETokenizer::train(text, 4000).encode(russian).size(),
      gpt2.encode(russian).size());

  Rng rng(1);
  for (const std::size_t length : {10'000u, 20'000u, 40'000u}) {
    std::string endless;
    for (std::size_t i = 0; i < length; ++i) endless += static_cast<char>('a' + rng.below(26));
    const auto begin = Clock::now();
    const std::size_t count = gpt2.encode(endless).size();
    std::printf("one word of %zu letters: %zu tokens in %.3f s\n", length, count,
                seconds_since(begin));
  }
}
