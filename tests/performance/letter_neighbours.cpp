// Letters become vectors, and vectors of letters that are used alike become neighbours. A model guesses the next
// character of Moby Dick from the four before it; nobody tells it what a vowel is. The lesson of 11_embeddings shows
// what it prints:
//
//   ./tito/tito run tests/performance/letter_neighbours.cpp --solution --profile release     from the repository's folder
#include <tinytorch/embeddings.hpp>
#include <tinytorch/losses.hpp>
#include <tinytorch/optimizers.hpp>
#include <tinytorch/support/json.hpp>
#include <tinytorch/tokenization.hpp>

#include <algorithm>
#include <cstdio>

using namespace tinytorch;

namespace {

constexpr Index context = 4, channels = 16, batch = 128, steps = 3000;

class NextLetter : public Module {
 public:
  NextLetter(Index letters, Rng& rng)
      : table(child("table", Embedding(letters, channels, rng))),
        hidden(child("hidden", Linear(context * channels, 64, rng))),
        out(child("out", Linear(64, letters, rng))) {}

  Tensor forward(const IndexTensor& ids) const {  // [B, context] -> [B, letters]
    return out(tanh(hidden(table(ids).flatten(1))));
  }

  const Embedding table;
  const Linear hidden, out;
};

double cosine(const Tensor& table, Index a, Index b) {
  double ab = 0, aa = 0, bb = 0;
  for (Index c = 0; c < table.size(1); ++c) {
    const double x = table.at({a, c}), y = table.at({b, c});
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / std::sqrt(aa * bb);
}

void print_neighbours(const CharTokenizer& letters, const Tensor& table, const char* of) {
  const Index id = letters.encode(of)[0];
  std::vector<std::pair<double, Index>> others;
  for (Index other = 0; other < letters.vocab_size(); ++other) {
    if (other != id) others.emplace_back(-cosine(table, id, other), other);
  }
  std::sort(others.begin(), others.end());
  std::printf("  %s:", of);
  for (std::size_t i = 0; i < 5; ++i) {
    std::printf("   %s %.2f", letters.decode(std::vector<Index>{others[i].second}).c_str(),
                -others[i].first);
  }
  std::printf("\n");
}

}  // namespace

int main() {
  const std::string text = read_file("datasets/moby/moby.txt");
  const CharTokenizer letters(text);
  const std::vector<Index> ids = letters.encode(text);
  Rng rng(1);
  const NextLetter model(letters.vocab_size(), rng);
  std::printf("%lld characters, %lld parameters, %lld of them in the table\n",
              static_cast<long long>(letters.vocab_size()),
              static_cast<long long>(model.parameter_count()),
              static_cast<long long>(model.table.parameter_count()));
  const auto neighbours = [&](const char* when) {
    std::printf("nearest neighbours %s, by the cosine of the angle\n", when);
    for (const char* letter : {"a", "e", "t", "n", "A", "T", "1", "."}) {
      print_neighbours(letters, model.table.weight, letter);
    }
  };
  neighbours("before training");

  {
    const NoGrad off;  // start small: what is learned must not drown in what was drawn
    Tensor table = model.table.weight;
    table.mul_(real(0.1));
  }
  AdamW optimizer(model.parameters(), {.lr = 3e-3});
  double running = 0;
  for (Index step = 1; step <= steps; ++step) {
    std::vector<Index> before, after;
    for (Index i = 0; i < batch; ++i) {
      const Index at = rng.below(static_cast<Index>(ids.size()) - context);
      before.insert(before.end(), ids.begin() + at, ids.begin() + at + context);
      after.push_back(ids[static_cast<std::size_t>(at + context)]);
    }
    optimizer.zero_grad();
    const Tensor loss = cross_entropy(model.forward(IndexTensor(before, {batch, context})),
                                      IndexTensor(after, {batch}));
    loss.backward();
    optimizer.step();
    running += static_cast<double>(loss.item());
    if (step % 1000 == 0) {
      std::printf("step %4lld   loss %.3f\n", static_cast<long long>(step), running / 1000);
      running = 0;
    }
  }
  neighbours("after it");
}
