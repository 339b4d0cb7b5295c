// M5b  A pretrained GPT: a million numbers that the reference trained, read and run by your code.
//
//   tito milestone run M5b                on your code;  --solution: on the reference
//
// Its tokenizer and weights come from datasets/moby_gpt, and so does what PyTorch computes with them: your scores must
// agree, and your model must write the same forty tokens. Then it may write what it likes. README.md beside this file.
#include <tinytorch/support/json.hpp>
#include <tinytorch/support/safetensors.hpp>
#include <tinytorch/tokenization.hpp>
#include <tinytorch/transformers.hpp>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "../support/program.hpp"
#include "../support/text.hpp"

namespace {

using tt::Index;
using tt::IndexTensor;
using tt::Tensor;
using Ids = std::vector<Index>;

constexpr double allowed = 1e-4;  // of a score; README.md, "Where the gate comes from"

/// A file of datasets/moby_gpt that cannot be used is nobody's homework.
template <class Read>
auto given(Read read) {
  try {
    return read();
  } catch (const tt::FileError& error) {
    throw milestone::InfrastructureError(std::string(error.what()) +
                                         "\n  hint: git checkout -- datasets/moby_gpt");
  }
}

struct Answer {
  std::string prompt;
  Ids ids, positions, greedy;
  std::vector<std::vector<double>> logits;  // of some positions
};

Answer read_answer(const std::filesystem::path& file) {
  const tt::Json json = tt::parse_json(tt::read_file(file), file.string());
  try {
    return {json.at("prompt"), json.at("ids"), json.at("positions"), json.at("greedy"),
            json.at("logits")};
  } catch (const nlohmann::json::exception& error) {
    throw tt::FileError(file.string() + ": " + tt::json_reason(error));
  }
}

IndexTensor row(const Ids& ids) { return IndexTensor(ids, {static_cast<Index>(ids.size())}); }

/// The largest difference between what the model says and what the file says.
double largest_difference(const tt::GPT& model, const Answer& answer) {
  const tt::NoGrad no_grad;
  const Index length = static_cast<Index>(answer.ids.size());
  const Tensor scores = model(row(answer.ids).reshape({1, length}));  // [1, T, V]
  double worst = 0;
  for (std::size_t p = 0; p < answer.positions.size(); ++p) {
    for (Index v = 0; v < scores.size(2); ++v) {
      const double expected = answer.logits[p].at(static_cast<std::size_t>(v));
      const double got = double(scores.at({0, answer.positions[p], v}));
      worst = std::isnan(got) ? INFINITY : std::max(worst, std::abs(got - expected));
    }
  }
  return worst;
}

/// The forty likeliest tokens, one after another: are they those of the file?
bool writes_the_same(const tt::GPT& model, const Answer& answer) {
  tt::Rng rng(1);
  const IndexTensor said = model.generate(row(answer.ids), static_cast<Index>(answer.greedy.size()),
                                          rng, {.temperature = 0});
  const Ids all = said.to_vector();
  return Ids(all.begin() + static_cast<std::ptrdiff_t>(answer.ids.size()), all.end()) ==
         answer.greedy;
}

void talk(const tt::GPT& model, const tt::BPETokenizer& tokenizer, const char* start,
          std::uint64_t seed) {
  constexpr Index count = 100;
  tt::Rng rng(seed);
  const Ids prompt = tokenizer.encode(start);
  const auto begin = std::chrono::steady_clock::now();
  const IndexTensor said =
      model.generate(row(prompt), count, rng, {.temperature = 0.8, .top_k = 40, .top_p = 0.95});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  std::printf("%s\n      (%lld tokens, %.0f tokens/s)\n\n",
              milestone::wrapped(tokenizer.decode(said.to_vector()), 72, "      ").c_str(),
              static_cast<long long>(count), count / took.count());
}

void run(const milestone::Options& options, milestone::Result& result) {
  std::printf(
      "M5b  A pretrained GPT\n"
      "    A. Radford et al., \"Language models are unsupervised multitask learners\", 2019: the form.\n"
      "    H. Melville, \"Moby-Dick; or, The Whale\", 1851: all that it has ever read.\n\n");
  const std::filesystem::path folder = options.root / "datasets" / "moby_gpt";
  const auto tokenizer =
      given([&] { return tt::BPETokenizer::load(folder / "tokenizer.json"); });
  const auto weights =
      given([&] { return tt::read_safetensors(folder / "moby_gpt.safetensors"); });
  const Answer answer = given([&] { return read_answer(folder / "golden.json"); });

  tt::Rng rng(1);  // the first values do not matter: the file replaces them
  const tt::GPT model({.vocab_size = tokenizer.vocab_size(),
                       .block_size = 128,
                       .n_layer = 4,
                       .n_head = 4,
                       .n_embd = 128},
                      rng);
  model.load_state_dict(weights);
  model.eval();
  std::printf("    %lld weights in %zu tensors, a vocabulary of %lld tokens\n\n",
              static_cast<long long>(model.parameter_count()), weights.size(),
              static_cast<long long>(tokenizer.vocab_size()));

  const bool same_ids = tokenizer.encode(answer.prompt) == answer.ids;
  std::printf("1   \"%s\" in %zu tokens: %s\n", answer.prompt.c_str(), answer.ids.size(),
              same_ids ? "the same as in the file" : "not those of the file");
  const double difference = largest_difference(model, answer);
  std::printf("2   scores of the next token: at most %.1e from PyTorch's (gate %.0e)\n", difference,
              allowed);
  const bool same_text = writes_the_same(model, answer);
  std::printf("3   the likeliest %zu tokens, with a cache: %s\n\n", answer.greedy.size(),
              same_text ? "the same as PyTorch's" : "not PyTorch's");

  result.accuracy = (int(same_ids) + int(difference <= allowed) + int(same_text)) / 3.0;
  result.passed = same_ids && difference <= allowed && same_text;
  char words[120];
  std::snprintf(words, sizeof words, "ids %s, scores within %.1e of PyTorch's, text %s",
                same_ids ? "equal" : "differ", difference, same_text ? "equal" : "differs");
  result.summary = words;
  if (!result.passed) return;
  for (const char* start : {"Call me Ishmael.", "The whale", "\"Captain Ahab,\" said"}) {
    talk(model, tokenizer, start, options.seed);
  }
}

}  // namespace

int main(int argc, char** argv) {
  return milestone::main_program(argc, argv, {"M5b", 1.0, "tito test 13"}, run);
}
