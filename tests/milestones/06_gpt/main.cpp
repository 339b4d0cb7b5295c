// M6  A GPT that is trained, killed and resumed: on your modules 01 to 14.
//
//   tito milestone run M6                 on your code;  --solution: on the reference
//
// A small GPT learns Moby Dick in a process of its own. In the middle of it that process is killed, as a machine
// that loses power would kill it. Another one resumes from the checkpoint, computes the lost steps again, bit for
// bit, and finishes. README.md beside this file: the story, and where the gates come from.
#include <sys/wait.h>
#include <unistd.h>

#include <tinytorch/tokenization.hpp>
#include <tinytorch/training.hpp>
#include <tinytorch/transformers.hpp>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "../support/program.hpp"

namespace {

using tt::Index;
using tt::IndexTensor;
using tt::real;
using tt::Tensor;

constexpr Index vocabulary = 512, context = 32, batch_size = 16;
constexpr Index steps = 700, warmup = 60, checkpoint_every = 20, kill_after = 293;
constexpr double learning_rate = 6e-3;

// README.md, "Where the gates come from"
constexpr double perplexity_gate = 90;  // on text never seen, at most
constexpr double accuracy_gate = 0.08;  // of the next token, at least

/// The first nine tenths of the book to learn from, the last for the test; both as tokens.
struct Book {
  tt::BPETokenizer tokenizer;
  IndexTensor learned, unseen;
};

Book read_book(const std::filesystem::path& root) {
  const std::filesystem::path file = root / "datasets" / "moby" / "moby.txt";
  std::string text;
  try {
    text = tt::read_file(file);
  } catch (const tt::FileError& error) {
    throw milestone::InfrastructureError(std::string(error.what()) +
                                         "\n  hint: git checkout -- datasets/moby");
  }
  const std::size_t cut = text.rfind("\n\n", text.size() * 9 / 10);
  const std::string first = text.substr(0, cut), last = text.substr(cut);
  tt::BPETokenizer tokenizer = tt::BPETokenizer::train(first, vocabulary);
  const auto tokens = [&](const std::string& part) {
    std::vector<Index> ids = tokenizer.encode(part);
    const Index count = static_cast<Index>(ids.size());
    return IndexTensor(std::move(ids), {count});
  };
  const IndexTensor learned = tokens(first), unseen = tokens(last);
  std::printf(
      "    %zu bytes of Moby Dick, a vocabulary of %lld: %lld tokens to learn from, %lld for the test\n",
      text.size(), static_cast<long long>(tokenizer.vocab_size()),
      static_cast<long long>(learned.numel()), static_cast<long long>(unseen.numel()));
  return {std::move(tokenizer), learned, unseen};
}

/// The loss of a batch of windows: every token but the first is asked for.
Tensor loss_of(const tt::GPT& model, const tt::IndexExample& batch) {  // [B, T], [B, T]
  const Tensor logits = model.forward(batch.x);                        // [B, T, V]
  const Index rows = batch.y.numel();
  return tt::cross_entropy(logits.reshape({rows, logits.size(-1)}), batch.y.reshape({rows}));
}

/// Windows one behind the other, so that a pass over them is a pass over the text.
tt::Subset<tt::TextWindows> side_by_side(const IndexTensor& tokens, Index count) {
  const tt::TextWindows windows(tokens, context);
  std::vector<Index> starts;
  for (Index at = 0; at < windows.size() && static_cast<Index>(starts.size()) < count;
       at += context) {
    starts.push_back(at);
  }
  return {windows, starts};
}

/// The program that trains, made anew by whoever starts or continues it.
struct Run {
  Run(const Book& book, std::uint64_t seed, const std::filesystem::path& folder)
      : rng(seed),
        model(tt::GPTConfig{.vocab_size = vocabulary,
                            .block_size = context,
                            .n_layer = 2,
                            .n_head = 4,
                            .n_embd = 48},
              rng),
        optimizer(model.parameters(),
                  {.lr = learning_rate, .betas = {0.9, 0.95}, .weight_decay = 0.05}),
        loader(tt::TextWindows(book.learned, context),
               {.batch_size = batch_size, .shuffle = true, .seed = seed}),
        trainer(model, optimizer,
                {.max_steps = steps,
                 .clip_norm = 1,
                 .schedule = tt::CosineSchedule(
                     learning_rate, steps, {.warmup_steps = warmup, .min_lr = learning_rate / 10}),
                 .evaluate_every = 100,
                 .evaluate =
                     [this, &book] {
                       const tt::DataLoader some(side_by_side(book.unseen, 128),
                                                 {.batch_size = 64});
                       return tt::evaluate(
                           model, some, [&](const auto& batch) { return loss_of(model, batch); });
                     },
                 .checkpoint_every = checkpoint_every,
                 .folder = folder}) {
    trainer.add(std::make_shared<tt::ProgressLine>(
        tt::ProgressLineOptions{.unit = " tokens", .every_seconds = 5}));
    trainer.add(std::make_shared<tt::MetricsLog>(folder / "metrics.jsonl"));
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  void fit() {
    trainer.fit(loader, [&](const auto& batch) { return loss_of(model, batch); });
  }

  tt::Rng rng;
  tt::GPT model;
  tt::AdamW optimizer;
  tt::DataLoader<tt::TextWindows> loader;
  tt::Trainer trainer;
};

/// What the weights are after a step: a number that changes if one bit of them does (FNV-1a).
struct Fingerprint {
  Index step = 0;
  std::uint64_t hash = 0;
};

Fingerprint fingerprint(const tt::GPT& model, Index step) {
  std::uint64_t hash = 14695981039346656037u;
  for (const Tensor& p : model.parameters()) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(p.data());
    for (Index i = 0; i < p.nbytes(); ++i) hash = (hash ^ bytes[i]) * 1099511628211u;
  }
  return {step, hash};
}

/// In the process that will be killed: tells every step to a pipe.
struct Messenger : tt::Callback {
  Messenger(const tt::GPT& gpt, int to) : model(gpt), pipe(to) {}
  void on_step(tt::Trainer&, const tt::StepReport& report) override {
    const Fingerprint print = fingerprint(model, report.step);
    if (::write(pipe, &print, sizeof print) != sizeof print) _exit(2);
  }
  const tt::GPT& model;
  int pipe;
};

/// In the process that resumes: are the weights what they were the first time?
struct Witness : tt::Callback {
  Witness(const tt::GPT& gpt, std::map<Index, std::uint64_t> known)
      : model(gpt), hashes(std::move(known)) {}
  void on_step(tt::Trainer&, const tt::StepReport& report) override {
    const auto found = hashes.find(report.step);
    if (found == hashes.end()) return;
    ++repeated;
    if (fingerprint(model, report.step).hash == found->second) ++identical;
  }
  const tt::GPT& model;
  std::map<Index, std::uint64_t> hashes;
  Index repeated = 0, identical = 0;
};

/// Trains in a process of its own and kills it; what it told of its steps before.
std::map<Index, std::uint64_t> train_and_kill(const Book& book, std::uint64_t seed,
                                              const std::filesystem::path& folder) {
  int ends[2];
  std::fflush(stdout);
  if (::pipe(ends) != 0) throw milestone::InfrastructureError("no pipe between two processes");
  const pid_t child = ::fork();
  if (child < 0) throw milestone::InfrastructureError("no second process");
  if (child == 0) {
    ::close(ends[0]);
    int code = 0;
    try {
      Run run(book, seed, folder);
      run.trainer.add(std::make_shared<Messenger>(run.model, ends[1]));
      run.fit();
    } catch (const std::exception& error) {
      std::printf("\n    %s\n", error.what());
      code = 1;
    }
    std::fflush(stdout);
    _exit(code);
  }
  ::close(ends[1]);
  std::map<Index, std::uint64_t> told;
  Fingerprint print;
  while (::read(ends[0], &print, sizeof print) == sizeof print) {
    told[print.step] = print.hash;
    if (print.step == kill_after) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return told;
  throw tt::Error("training: expects to be killed after step " + std::to_string(kill_after) +
                  ", got a process that ended after step " +
                  std::to_string(told.empty() ? 0 : told.rbegin()->first));
}

struct Score {
  double perplexity = 0, accuracy = 0;
};

/// On text never seen; counted here, from the logits, because the gates stand on it.
Score score(const tt::GPT& model, const IndexTensor& tokens) {
  const tt::NoGrad no_grad;
  double loss = 0, right = 0, asked = 0;
  for (const auto& batch : tt::DataLoader(side_by_side(tokens, 640), {.batch_size = 64})) {
    const Tensor logits = model.forward(batch.x).contiguous();  // [B, T, V]
    for (Index row = 0; row < batch.y.numel(); ++row) {
      const real* x = logits.data() + row * vocabulary;
      const real highest = *std::max_element(x, x + vocabulary);
      double total = 0;
      for (Index id = 0; id < vocabulary; ++id) total += std::exp(double(x[id]) - double(highest));
      loss += std::log(total) + double(highest) - double(x[batch.y[row]]);
      right += x[batch.y[row]] == highest ? 1 : 0;
      ++asked;
    }
  }
  return {std::exp(loss / asked), right / asked};
}

/// By how much scores change when the tokens behind them are taken away: not at all, unless a model looks ahead.
double peeking(const tt::GPT& model, const IndexTensor& tokens) {
  const tt::NoGrad no_grad;
  const std::vector<Index> ids(tokens.data(), tokens.data() + context);
  const Index half = context / 2;
  const Tensor whole = model.forward(IndexTensor(ids, {1, context})).contiguous();
  const Tensor part =
      model.forward(IndexTensor({ids.begin(), ids.begin() + half}, {1, half})).contiguous();
  double worst = 0;
  for (Index i = 0; i < part.numel(); ++i) {
    worst = std::max(worst, std::abs(double(whole.data()[i]) - double(part.data()[i])));
  }
  return worst;
}

/// Perplexity of who knows how often each token comes, and of who knows also which one it comes after.
std::pair<double, double> counting_baselines(const Book& book) {
  const auto v = static_cast<std::size_t>(vocabulary);
  std::vector<double> alone(v, 1), after(v * v, 0), pairs(v, 0);
  const auto at = [](const IndexTensor& t, Index i) { return static_cast<std::size_t>(t[i]); };
  double count = double(vocabulary);
  for (Index i = 0; i < book.learned.numel(); ++i) {
    ++alone[at(book.learned, i)];
    ++count;
    if (i == 0) continue;
    ++after[at(book.learned, i - 1) * v + at(book.learned, i)];
    ++pairs[at(book.learned, i - 1)];
  }
  double one = 0, two = 0;
  constexpr double trust = 20;  // so many sightings weigh as much as the plain frequencies
  for (Index i = 1; i < book.unseen.numel(); ++i) {
    const std::size_t before = at(book.unseen, i - 1), now = at(book.unseen, i);
    const double plain = alone[now] / count;
    one -= std::log(plain);
    two -= std::log((after[before * v + now] + trust * plain) / (pairs[before] + trust));
  }
  const double n = double(book.unseen.numel() - 1);
  return {std::exp(one / n), std::exp(two / n)};
}

/// The losses that the log tells of, both processes' in one.
tt::Points logged(const std::filesystem::path& log, const char* name) {
  tt::Points points;
  std::istringstream lines(tt::read_file(log));
  for (std::string line; std::getline(lines, line);) {
    const tt::Json json = tt::parse_json(line, log.string());
    if (json.contains(name) && json[name].is_number()) {
      points.emplace_back(json["step"].get<double>(), json[name].get<double>());
    }
  }
  return points;
}

/// A curve in characters, 10 lines high.
void print_curve(const tt::Points& points) {
  constexpr int width = 70, height = 10;
  if (points.empty()) return;
  double high = 0, low = 1e9;
  std::vector<double> sums(width, 0), counts(width, 0);
  for (const auto& [step, loss] : points) {
    const auto column = static_cast<std::size_t>((step - 1) * width / double(steps));
    sums.at(std::min<std::size_t>(column, width - 1)) += loss;
    ++counts.at(std::min<std::size_t>(column, width - 1));
  }
  for (int c = 0; c < width; ++c) {
    const auto at = static_cast<std::size_t>(c);
    if (counts[at] == 0) continue;
    sums[at] /= counts[at];
    high = std::max(high, sums[at]);
    low = std::min(low, sums[at]);
  }
  const double step = std::max(high - low, 1e-9) / (height - 1);
  for (int row = height - 1; row >= 0; --row) {
    std::string line(width, ' ');
    for (int c = 0; c < width; ++c) {
      const auto at = static_cast<std::size_t>(c);
      if (counts[at] > 0 && std::lround((sums[at] - low) / step) == row) line[at] = '*';
    }
    line.erase(line.find_last_not_of(' ') + 1);
    std::printf("    %5.2f |%s\n", low + step * row, line.c_str());
  }
}

/// Text in lines of at most 76 characters; what is no ASCII becomes '?', because tokens may cut characters.
void print_wrapped(const std::string& text) {
  std::string line;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", from), text.size());
    std::string word = text.substr(from, end - from);
    for (char& c : word) {
      if (static_cast<unsigned char>(c) >= 0x80 || static_cast<unsigned char>(c) < 0x20) c = '?';
    }
    if (line.size() + word.size() > 70 ||
        (end < text.size() && text[end] == '\n' && line.empty())) {
      std::printf("      %s\n", line.c_str());
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
    from = end + 1;
  }
  std::printf("      %s\n", line.c_str());
}

void run(const milestone::Options& options, milestone::Result& result) {
  std::printf(
      "M6  A GPT that is trained, killed and resumed\n"
      "    H. Melville, Moby-Dick; or, The Whale (1851), read by a transformer that is yours.\n\n");
  const Book book = read_book(options.root);
  const std::filesystem::path folder = options.out / "M6";
  std::filesystem::remove_all(folder);  // a new run, not the last one's end
  std::filesystem::create_directories(folder);

  std::printf("    First process. It will be killed when it tells of step %lld.\n",
              static_cast<long long>(kill_after));
  const std::map<Index, std::uint64_t> told = train_and_kill(book, options.seed, folder);

  Run second(book, options.seed, folder);
  if (!tt::resume(second.trainer)) throw tt::Error("resume: expects a checkpoint, got none");
  const Index from = second.trainer.position().step;
  std::printf("\n    Killed after step %lld. Second process, from the checkpoint of step %lld.\n",
              static_cast<long long>(told.rbegin()->first), static_cast<long long>(from));
  const auto witness = std::make_shared<Witness>(second.model, told);
  second.trainer.add(witness);
  second.fit();
  std::printf("    %lld lost steps computed again, %lld with the same weights bit for bit.\n\n",
              static_cast<long long>(witness->repeated),
              static_cast<long long>(witness->identical));

  const tt::Points training = logged(folder / "metrics.jsonl", "loss");
  const tt::Points validation = logged(folder / "metrics.jsonl", "validation_loss");
  print_curve(training);
  tt::write_file_atomically(
      options.out / "M6.svg",
      tt::loss_curve_svg({{"training", training}, {"text never seen", validation}}));

  second.model.eval();
  const Score ours = score(second.model, book.unseen);
  const double ahead = peeking(second.model, book.unseen);
  const auto [one, two] = counting_baselines(book);
  std::printf("\n    On text never seen             perplexity   next token right\n"
              "      every token alike               %6.1f          %.3f\n"
              "      how often each comes            %6.1f\n"
              "      and what it comes after         %6.1f\n"
              "      your GPT                        %6.1f          %.3f\n"
              "      gates                           %6.1f          %.3f\n",
              double(vocabulary), 1 / double(vocabulary), one, two, ours.perplexity, ours.accuracy,
              perplexity_gate, accuracy_gate);

  tt::Rng dice(options.seed);
  const std::vector<Index> prompt = book.tokenizer.encode("The whale");
  const IndexTensor more =
      second.model.generate(IndexTensor(prompt, {static_cast<Index>(prompt.size())}), 160, dice,
                            {.temperature = 0.8, .top_k = 40});
  std::printf("\n    It goes on by itself:\n");
  print_wrapped(book.tokenizer.decode(more.to_vector()));
  std::printf("\n    the curve and every number:\n    %s\n    %s\n\n",
              (options.out / "M6.svg").c_str(), (folder / "metrics.jsonl").c_str());

  const bool exact = witness->repeated > 0 && witness->identical == witness->repeated;
  const bool blind = ahead < 1e-3;
  if (!blind)
    std::printf("    It looks ahead: scores change by %.3g with tokens behind them.\n\n", ahead);
  result.accuracy = ours.accuracy;
  result.passed =
      exact && blind && ours.perplexity <= perplexity_gate && ours.accuracy >= accuracy_gate;
  char words[160];
  std::snprintf(words, sizeof words,
                "perplexity %.1f, next token %.3f; %lld of %lld lost steps the same after a kill",
                ours.perplexity, ours.accuracy, static_cast<long long>(witness->identical),
                static_cast<long long>(witness->repeated));
  result.summary = words;
}

}  // namespace

int main(int argc, char** argv) {
  return milestone::main_program(argc, argv, {"M6", accuracy_gate, "tito test 14"}, run);
}
