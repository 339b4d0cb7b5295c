// M5  Transformer 2017: attention is enough, on your modules 01 to 13.
//
//   tito milestone run M5                 on your code;  --solution: on the reference
//
// Three times the same class GPT: a small one learns to copy, to reverse and to sort, which nobody can who does
// not look back; one invents names; one reads Moby Dick. README.md beside this file: the history, and where the
// gates come from.
#include <tinytorch/losses.hpp>
#include <tinytorch/optimizers.hpp>
#include <tinytorch/tokenization.hpp>
#include <tinytorch/transformers.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <numbers>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "../support/program.hpp"
#include "../support/progress.hpp"
#include "../support/text.hpp"

namespace {

using tt::Index;
using tt::IndexTensor;
using tt::Tensor;
using Ids = std::vector<Index>;

// README.md, "Where the gates come from"
constexpr double task_gate = 0.95;   // of the answers to each task, all letters right
constexpr double names_gate = 2.42;  // loss a letter on names never seen

constexpr Index letters = 10, word_length = 6;
constexpr Index no_target = -100;  // a place that costs nothing
enum Task : Index { copying, reversing, sorting, task_count };
constexpr const char* task_names[] = {"copy", "reverse", "sort"};

struct Batch {
  IndexTensor ids, next;  // [B, T]
};

/// Trains on what `draw` gives, at most `steps` steps, and not much longer than until the loss is below `enough`:
/// then, or at the end, the learning rate falls to 0 within `landing` steps.
void train(const tt::GPT& model, int steps, double learning_rate, double enough,
           const std::function<Batch()>& draw) {
  constexpr int warm_up = 30, landing = 200;
  tt::AdamW optimizer(model.parameters(),
                      {.lr = learning_rate, .betas = {0.9, 0.99}, .weight_decay = 0.01});
  std::printf("    %lld weights\n", static_cast<long long>(model.parameter_count()));
  milestone::Progress progress("step", steps);
  double smooth = std::log(static_cast<double>(model.config.vocab_size));
  char words[64] = "";
  int last = steps;
  for (int step = 0; step < last; ++step) {
    if (smooth < enough) last = std::min(last, step + landing);
    optimizer.set_lr(learning_rate * std::min(1.0, (step + 1.0) / warm_up) *
                     std::min(1.0, double(last - step) / landing));
    const Batch batch = draw();
    optimizer.zero_grad();
    const Tensor scores = model(batch.ids);  // [B, T, V]
    const Tensor loss = tt::cross_entropy(scores.reshape({-1, scores.size(-1)}),
                                          batch.next.reshape({batch.next.numel()}));
    loss.backward();
    optimizer.step();
    smooth = 0.95 * smooth + 0.05 * double(loss.item());
    std::snprintf(words, sizeof words, "loss %.3f%s", smooth,
                  step + 1 == last && last < steps ? ", learned" : "");
    progress.update(step + 1, words);
  }
  progress.finish(std::to_string(last) + " steps, " + words);
}

Ids answer(Ids word, Task task) {
  if (task == reversing) std::reverse(word.begin(), word.end());
  if (task == sorting) std::sort(word.begin(), word.end());
  return word;
}

Ids random_word(tt::Rng& rng) {
  Ids word;
  for (Index i = 0; i < word_length; ++i) word.push_back(rng.below(letters));
  return word;
}

/// A word, the task as one more token, and the answer: s1 .. s6 TASK a1 .. a6. Only the answer is asked for.
Batch draw_tasks(Index size, tt::Rng& rng) {
  Ids ids, next;
  for (Index b = 0; b < size; ++b) {
    const Task task = static_cast<Task>(rng.below(task_count));
    const Ids word = random_word(rng), right = answer(word, task);
    ids.insert(ids.end(), word.begin(), word.end());
    ids.push_back(letters + task);
    ids.insert(ids.end(), right.begin(), right.end() - 1);
    next.insert(next.end(), word_length, no_target);
    next.insert(next.end(), right.begin(), right.end());
  }
  return {IndexTensor(std::move(ids), {size, 2 * word_length}),
          IndexTensor(std::move(next), {size, 2 * word_length})};
}

std::string text_of(const Ids& word) {
  std::string text;
  for (const Index i : word) text += i < letters ? static_cast<char>('a' + i) : '?';
  return text;
}

/// The share of answers with all letters right, on words drawn anew; prints one.
double score_task(const tt::GPT& model, Task task, tt::Rng& rng) {
  constexpr Index count = 300;
  Ids prompts;
  std::vector<Ids> words;
  for (Index b = 0; b < count; ++b) {
    words.push_back(random_word(rng));
    prompts.insert(prompts.end(), words.back().begin(), words.back().end());
    prompts.push_back(letters + task);
  }
  const IndexTensor said = model.generate(IndexTensor(prompts, {count, word_length + 1}),
                                          word_length, rng, {.temperature = 0});
  const Index length = 2 * word_length + 1;
  Index right = 0;
  Ids first;
  for (Index b = 0; b < count; ++b) {
    const Index* row = said.data() + b * length;
    const Ids given(row + word_length + 1, row + length);
    right += given == answer(words[static_cast<std::size_t>(b)], task) ? 1 : 0;
    if (b == 0) first = given;
  }
  const double share = static_cast<double>(right) / static_cast<double>(count);
  std::printf("      %-8s %s -> %s      %5.1f %% of %lld words never seen\n", task_names[task],
              text_of(words[0]).c_str(), text_of(first).c_str(), 100 * share,
              static_cast<long long>(count));
  return share;
}

double run_tasks(std::uint64_t seed) {
  std::printf(
      "1   Copy, reverse, sort: words of %lld letters, and one token that says what to do\n",
      static_cast<long long>(word_length));
  tt::Rng rng(seed);
  const tt::GPT model({.vocab_size = letters + task_count,
                       .block_size = 2 * word_length,
                       .n_layer = 2,
                       .n_head = 4,
                       .n_embd = 48},
                      rng);
  train(model, 2500, 2e-3, 0.03, [&] { return draw_tasks(64, rng); });
  double worst = 1;
  for (const Task task : {copying, reversing, sorting}) {
    worst = std::min(worst, score_task(model, task, rng));
  }
  return worst;
}

/// `size` windows of T tokens from anywhere in the text, and the same one place further.
Batch draw_windows(const Ids& text, Index size, Index length, tt::Rng& rng) {
  Ids ids, next;
  for (Index b = 0; b < size; ++b) {
    const auto from = text.begin() + rng.below(static_cast<Index>(text.size()) - length);
    ids.insert(ids.end(), from, from + length);
    next.insert(next.end(), from + 1, from + length + 1);
  }
  return {IndexTensor(std::move(ids), {size, length}),
          IndexTensor(std::move(next), {size, length})};
}

/// Mean loss a token over a text, window by window. The logarithm is taken here: a gate stands on it.
double loss_of(const tt::GPT& model, const Ids& text, Index windows) {
  const tt::NoGrad no_grad;
  const Index length = model.block_size();
  double total = 0;
  Index count = 0;
  for (Index w = 0; w < windows && (w + 1) * length < static_cast<Index>(text.size()); ++w) {
    const auto from = text.begin() + w * length;
    const Tensor scores = model(IndexTensor(Ids(from, from + length), {1, length})).contiguous();
    const Index vocabulary = scores.size(-1);
    for (Index t = 0; t < length; ++t, ++count) {
      const tt::real* row = scores.data() + t * vocabulary;
      const double top = double(*std::max_element(row, row + vocabulary));
      double sum = 0;
      for (Index v = 0; v < vocabulary; ++v) sum += std::exp(double(row[v]) - top);
      total += top + std::log(sum) - double(row[*(from + t + 1)]);
    }
  }
  return count > 0 ? total / static_cast<double>(count) : 1e9;
}

std::string load(const milestone::Options& options, const char* folder, const char* file) {
  return milestone::read_text(options.root / "datasets" / folder / file,
                              std::string("git checkout -- datasets/") + folder);
}

double run_names(const milestone::Options& options) {
  std::printf("\n2   Names: 8,403 of them, letter by letter\n");
  tt::Rng rng(options.seed);
  const std::string text = load(options, "names", "names.txt");
  const std::vector<std::string> sorted = milestone::lines_of(text);
  const tt::CharTokenizer tokenizer(text);  // a .. z and the end of a line
  std::set<std::string> known(sorted.begin(), sorted.end());
  std::string training = "\n", unseen = "\n";  // every tenth is kept back, in any order
  const std::vector<Index> order = rng.permutation(static_cast<Index>(sorted.size()));
  for (std::size_t i = 0; i < order.size(); ++i) {
    (i % 10 == 0 ? unseen : training) += sorted[static_cast<std::size_t>(order[i])] + "\n";
  }
  const Ids learned = tokenizer.encode(training), tested = tokenizer.encode(unseen);

  constexpr Index length = 16;
  const tt::GPT model({.vocab_size = tokenizer.vocab_size(),
                       .block_size = length,
                       .n_layer = 2,
                       .n_head = 4,
                       .n_embd = 48},
                      rng);
  train(model, 450, 4e-3, 0, [&] { return draw_windows(learned, 32, length, rng); });
  const double loss = loss_of(model, tested, 1000);

  std::printf("      loss %.3f a letter on names kept back; 27 letters at random: %.3f\n     ",
              loss, std::log(27.0));
  const Index end = tokenizer.encode("\n")[0];
  const IndexTensor said = model.generate(IndexTensor(Ids(12, end), {12, 1}), length - 1, rng,
                                          {.temperature = 0.8, .top_p = 0.95});
  for (Index b = 0; b < said.size(0); ++b) {
    const Index* row = said.data() + b * length + 1;
    const Index* stop = std::find(row, row + length - 1, end);
    const std::string name = tokenizer.decode(Ids(row, stop));
    std::printf(" %s%s%s", name.c_str(), known.count(name) > 0 ? "*" : "", b == 6 ? "\n     " : "");
  }
  std::printf("\n      (* a name of the list)\n");
  return loss;
}

void run_moby(const milestone::Options& options) {
  std::printf("\n3   Moby Dick, in 512 tokens that module 10 makes of it\n");
  tt::Rng rng(options.seed);
  const std::string book = load(options, "moby", "moby.txt");
  const tt::BPETokenizer tokenizer = tt::BPETokenizer::train(book, 512);
  const std::size_t cut = book.size() / 10 * 9;
  const Ids learned = tokenizer.encode(book.substr(0, cut));
  const std::string end_of_book = book.substr(cut);
  const Ids tested = tokenizer.encode(end_of_book);

  constexpr Index length = 32;
  const tt::GPT model(
      {.vocab_size = 512, .block_size = length, .n_layer = 2, .n_head = 4, .n_embd = 48}, rng);
  train(model, 500, 5e-3, 0, [&] { return draw_windows(learned, 16, length, rng); });
  const double loss = loss_of(model, tested, 100);
  const double tokens_a_byte =
      static_cast<double>(tested.size()) / static_cast<double>(end_of_book.size());
  std::printf(
      "      on the last tenth, never seen: perplexity %.1f a token (of 512), %.2f bits a byte\n",
      std::exp(loss), loss * tokens_a_byte / std::numbers::ln2);
  const Ids start = tokenizer.encode("The whale");
  const IndexTensor said = model.generate(IndexTensor(start, {static_cast<Index>(start.size())}),
                                          120, rng, {.temperature = 0.8, .top_k = 40});
  std::printf("%s\n", milestone::wrapped(tokenizer.decode(said.to_vector()), 72, "      ").c_str());
}

void run(const milestone::Options& options, milestone::Result& result) {
  std::printf(
      "M5  Transformer 2017: attention is enough\n"
      "    A. Vaswani et al., \"Attention is all you need\", NeurIPS 2017; in the form of GPT-2, 2019.\n\n");
  const double tasks = run_tasks(options.seed);
  result.accuracy = tasks;
  const double names = run_names(options);
  result.passed = tasks >= task_gate && names <= names_gate;
  char words[160];
  std::snprintf(
      words, sizeof words,
      "the worst of copy, reverse, sort: %.1f %% (gate %.0f %%); names: loss %.3f (gate %.2f)",
      100 * tasks, 100 * task_gate, names, names_gate);
  result.summary = words;
  run_moby(options);
  std::printf("\n    %s\n\n", words);
}

}  // namespace

int main(int argc, char** argv) {
  return milestone::main_program(argc, argv, {"M5", task_gate, "tito test 13"}, run);
}
