// M5c  Llama 2023: a language model that others trained, told by your code.
//
//   tito milestone run M5c                on your code;  --solution: on the reference
//
// Its two files are not part of this repository: README.md beside this file says where they come from and where they
// are looked for. Without them nothing is tested, and the program says so and ends with exit_skipped. The story it must
// tell, story.json, was computed by tests/oracles/13_stories260k.py.
#include <tinytorch/support/json.hpp>
#include <tinytorch/transformers.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "../support/program.hpp"
#include "../support/text.hpp"
#include "llama2c.hpp"

namespace {

namespace fs = std::filesystem;
using tt::Index;
using tt::IndexTensor;
using Ids = std::vector<Index>;

constexpr Index begin = 1;  // the token before a text; the model says it when its story has ended
constexpr const char *weights_file = "stories260K.bin", *tokens_file = "tok512.bin";

/// The first folder that holds both files.
fs::path find_files(const fs::path& root) {
  std::vector<fs::path> folders = {root / "datasets" / "stories260K",
                                   root / ".." / "shared" / "assets" / "test-only"};
  if (const char* named = std::getenv("TINYTORCH_TEST_ASSETS"))
    folders.insert(folders.begin(), named);
  for (const fs::path& folder : folders) {
    if (fs::exists(folder / weights_file) && fs::exists(folder / tokens_file)) return folder;
  }
  throw milestone::Skipped(std::string(weights_file) + " and " + tokens_file +
                           " are not here; datasets/stories260K/README.md says how to get them");
}

/// A file that cannot be used is nobody's homework.
template <class Read>
auto given(Read read) {
  try {
    return read();
  } catch (const tt::FileError& error) {
    throw milestone::InfrastructureError(std::string(error.what()) +
                                         "\n  hint: datasets/stories260K/README.md");
  }
}

Ids read_story(const fs::path& file) {
  const tt::Json json = tt::parse_json(tt::read_file(file), file.string());
  try {
    return json.at("ids").get<Ids>();
  } catch (const nlohmann::json::exception& error) {
    throw tt::FileError(file.string() + ": " + tt::json_reason(error));
  }
}

void print_text(const Ids& ids, const std::vector<std::string>& pieces) {
  std::string text;
  for (const Index id : ids) text += pieces.at(static_cast<std::size_t>(id));
  for (const std::string& line : milestone::lines_of(text)) {
    std::printf("%s\n", milestone::wrapped(line, 72, "      ").c_str());
  }
}

void run(const milestone::Options& options, milestone::Result& result) {
  std::printf(
      "M5c  Llama 2023\n"
      "    H. Touvron et al., \"LLaMA: open and efficient foundation language models\", 2023: the form.\n"
      "    R. Eldan and Y. Li, \"TinyStories\", 2023: all that it has ever read.\n\n");
  const fs::path folder = find_files(options.root);
  const auto checkpoint = given([&] { return llama2c::read_checkpoint(folder / weights_file); });
  const auto pieces = given(
      [&] { return llama2c::read_pieces(folder / tokens_file, checkpoint.config.vocab_size); });
  const Ids story = given([&] {
    return read_story(options.root / "tests" / "milestones" / "05c_stories" / "story.json");
  });

  tt::Rng rng(1);  // the first values do not matter: the file replaces them
  const tt::Llama model(checkpoint.config, rng);
  model.load_state_dict(checkpoint.weights);
  std::printf(
      "    %lld weights, a vocabulary of %lld tokens, %lld heads that share %lld of keys\n\n",
      static_cast<long long>(model.parameter_count()),
      static_cast<long long>(checkpoint.config.vocab_size),
      static_cast<long long>(checkpoint.config.n_head),
      static_cast<long long>(checkpoint.config.n_kv_head));

  const Index count = static_cast<Index>(story.size()) + 1;  // and the token that ends it
  const auto start = std::chrono::steady_clock::now();
  const Ids said =
      model.generate(IndexTensor({begin}, {1}), count, rng, {.temperature = 0}).to_vector();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;

  Ids expected = {begin};
  expected.insert(expected.end(), story.begin(), story.end());
  expected.push_back(begin);
  std::size_t same = 1;
  while (same < expected.size() && said[same] == expected[same]) ++same;
  const bool told = same == expected.size();
  print_text({said.begin() + 1, said.begin() + static_cast<std::ptrdiff_t>(told ? same - 1 : same)},
             pieces);
  std::printf("\n    %lld tokens, %.0f tokens/s\n", static_cast<long long>(count),
              static_cast<double>(count) / took.count());
  if (!told) {
    std::printf("    Here the story goes another way: token %zu should be %lld, got %lld.\n", same,
                static_cast<long long>(expected[same]), static_cast<long long>(said[same]));
  }
  result.accuracy = static_cast<double>(same - 1) / static_cast<double>(count);
  result.passed = told;
  result.summary = told ? "the story of " + std::to_string(count) + " tokens, word for word"
                        : "the first " + std::to_string(same - 1) + " of " + std::to_string(count) +
                              " tokens of the story";
}

}  // namespace

int main(int argc, char** argv) {
  return milestone::main_program(argc, argv, {"M5c", 1.0, "tito test 13"}, run);
}
