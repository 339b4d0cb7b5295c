// milestones / 05c_stories / llama2c.hpp: the two files of llama2.c, as a Llama's weights and the words of its tokens.
//
//   stories260K.bin   7 whole numbers of 4 bytes, then float32 tables one behind the other, each for all layers at once
//   tok512.bin        a whole number, then for each token a score, a length, and the bytes of its text
// Nothing in them says what it is: the sizes follow from the 7 numbers, so they are checked before anything is read.
// Layout: karpathy/llama2.c, export.py (legacy_export) and tokenizer.py (export).
#pragma once
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <tinytorch/support/json.hpp>
#include <tinytorch/transformers.hpp>

namespace llama2c {

using tt::Index;
using tt::Tensor;

/// The bytes of a file, read from the front.
class Reader {
 public:
  explicit Reader(const std::filesystem::path& file)
      : name_(file.string()), bytes_(tt::read_file(file)) {}

  Index left() const { return static_cast<Index>(bytes_.size() - at_); }
  std::string text(Index count) {
    if (count < 0 || count > left()) {
      throw tt::FileError(name_ + ": expects " + std::to_string(count) + " more bytes, got " +
                          std::to_string(left()));
    }
    at_ += static_cast<std::size_t>(count);
    return bytes_.substr(at_ - static_cast<std::size_t>(count), static_cast<std::size_t>(count));
  }
  Index whole() {
    std::int32_t value = 0;
    std::memcpy(&value, text(sizeof value).data(), sizeof value);
    return value;
  }
  Tensor numbers(const tt::Shape& shape) {
    std::vector<float> values(static_cast<std::size_t>(tt::numel(shape)));
    const std::string bytes = text(tt::numel(shape) * Index{sizeof(float)});
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return tt::tensor(std::vector<tt::real>(values.begin(), values.end()), shape);
  }
  void expect(bool holds, const std::string& what) const {
    if (!holds) throw tt::FileError(name_ + ": expects " + what + ", got something else");
  }

 private:
  std::string name_, bytes_;
  std::size_t at_ = 0;
};

struct Checkpoint {
  tt::LlamaConfig config;
  std::map<std::string, Tensor> weights;  // by the names of tt::Llama
};

inline Checkpoint read_checkpoint(const std::filesystem::path& file) {
  Reader in(file);
  tt::LlamaConfig config;
  for (Index* field : {&config.n_embd, &config.n_hidden, &config.n_layer, &config.n_head,
                       &config.n_kv_head, &config.vocab_size, &config.block_size}) {
    *field = in.whole();
    in.expect(*field >= 1 && *field <= 1 << 16, "7 sizes between 1 and 65,536 in front");
  }
  in.expect(config.n_embd % config.n_head == 0 && config.n_head % config.n_kv_head == 0,
            "heads that divide the width, and heads of keys that divide the heads");
  const Index n = config.n_layer, C = config.n_embd, hidden = config.n_hidden;
  const Index head = C / config.n_head, keys = head * config.n_kv_head;
  const Index layer = 2 * C + 2 * C * C + 2 * keys * C + 3 * hidden * C;
  const Index rotations =
      config.block_size * head;  // cosines and sines, which tt::apply_rope computes
  in.expect(
      in.left() / 4 == config.vocab_size * C + n * layer + C + rotations && in.left() % 4 == 0,
      "as many numbers as its 7 sizes ask for");

  std::map<std::string, Tensor> weights;
  const auto each = [&](const std::string& name, const Tensor& all) {  // [layers, ...]
    for (Index i = 0; i < n; ++i) {
      weights["layers." + std::to_string(i) + "." + name + ".weight"] = all.select(0, i);
    }
  };
  weights["tok_embeddings.weight"] = in.numbers({config.vocab_size, C});
  each("attention_norm", in.numbers({n, C}));
  const Tensor q = in.numbers({n, C, C}), k = in.numbers({n, keys, C}),
               v = in.numbers({n, keys, C});
  each("attn.c_attn",
       tt::cat({q, k, v}, 1));  // the queries' rows, then the keys', then the values'
  each("attn.c_proj", in.numbers({n, C, C}));
  each("ffn_norm", in.numbers({n, C}));
  each("feed_forward.w1", in.numbers({n, hidden, C}));
  each("feed_forward.w2", in.numbers({n, C, hidden}));
  each("feed_forward.w3", in.numbers({n, hidden, C}));
  weights["norm.weight"] = in.numbers({C});
  return {config, weights};
}

/// The text of each token; "<0x0A>" stands for one byte.
inline std::vector<std::string> read_pieces(const std::filesystem::path& file, Index count) {
  Reader in(file);
  (void)in.whole();  // the length of the longest
  std::vector<std::string> pieces;
  while (in.left() > 0) {
    (void)in.text(sizeof(float));  // its score: only who encodes needs it
    std::string piece = in.text(in.whole());
    if (piece.size() == 6 && piece.starts_with("<0x") && piece.ends_with('>')) {
      piece = static_cast<char>(std::stoi(piece.substr(3, 2), nullptr, 16));
    }
    pieces.push_back(piece);
  }
  in.expect(static_cast<Index>(pieces.size()) == count, std::to_string(count) + " tokens");
  return pieces;
}

}  // namespace llama2c
