// Byte pair encoding on datasets/moby, repeated to 1 MB: seconds to train 1,000 tokens, megabytes a second to encode.
// Called from the repository's folder.
#include <tinytorch/tokenization.hpp>

#include "../harness.hpp"

using namespace tinytorch;

int main(int argc, char** argv) {
  bench::Report report(argc, argv);
  if (report.threads() > 1) return 0;
  const std::string book = read_file("datasets/moby/moby.txt");
  std::string text;
  while (text.size() < 1'000'000) text += book;
  text.resize(1'000'000);
  for (const std::size_t size : {125'000u, 250'000u, 500'000u, 1'000'000u}) {
    const std::string part = text.substr(0, size);
    const std::string name = size == text.size() ? "bpe_train" : "bpe_train_" + std::to_string(size);
    report.time(name, "s", 1, [&] { bench::keep(BPETokenizer::train(part, 1000)); });
  }
  if (!report.wants("bpe_encode")) return 0;
  const auto tokenizer = BPETokenizer::train(text, 1000);
  report.rate("bpe_encode", "MB/s", 1e-6 * static_cast<double>(text.size()),
              [&] { bench::keep(tokenizer.encode(text)); });
}
