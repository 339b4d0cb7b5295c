// Where three heads look: maps of attention, as your code computes them, as text and as a PNG.
//
//   tito explain 12 --plot                 on your code;  --solution: on the reference
//
// The queries and keys of the three heads are set by hand, so that each has a question one can say in words. It is
// called with --out FOLDER, writes FOLDER/12_attention.png, and exits with 0 if the maps could be drawn, 1 if a blank is
// missing or wrong, 2 if it was called wrongly.
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include "../milestones/support/stb.hpp"

#include <tinytorch/attention.hpp>

#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "canvas.hpp"

namespace {

using tt::Index;
using tt::real;
using tt::Tensor;

const std::string text = "the cat and the cats";
const Index T = static_cast<Index>(text.size());
constexpr Index letters = 27, d = 32;  // a to z and the space; numbers a head
const char* const questions[] = {"who stands before me?", "where does my letter stand?",
                                 "what followed me last time?"};

Index letter(Index t) {
  const char c = text[static_cast<std::size_t>(t)];
  return c == ' ' ? 26 : c - 'a';
}

/// Queries, keys [3, T, d] and values [T, letters] of the heads that ask the questions.
struct Heads {
  Tensor q = tt::zeros({3, T, d}), k = tt::zeros({3, T, d}), v = tt::zeros({T, letters});

  Heads() {
    const real loud = 40;  // a score of 40 / sqrt(32) = 7 where question and answer agree
    for (Index t = 0; t < T; ++t) {
      if (t > 0) q.set({0, t, t - 1}, loud);  // my place less one
      k.set({0, t, t}, 1);                    // my place
      q.set({1, t, letter(t)}, loud);         // my letter
      k.set({1, t, letter(t)}, 1);
      q.set({2, t, letter(t)}, loud);              // my letter
      if (t > 0) k.set({2, t, letter(t - 1)}, 1);  // the letter before me: an induction head
      v.set({t, letter(t)}, 1);
    }
  }
};

/// The maps [3, T, T], and for each head the letter that has the largest share of what it found.
struct Maps {
  Tensor weights;
  std::vector<std::string> found;
};

Maps compute() {
  const Heads heads;
  Maps maps;
  const Tensor out = tt::scaled_dot_product_attention(heads.q, heads.k, heads.v,
                                                      {.causal = true, .weights = &maps.weights});
  if (!maps.weights.defined() || maps.weights.shape() != tt::Shape{3, T, T} ||
      out.shape() != tt::Shape{3, T, letters}) {
    throw tt::ShapeError("the maps: expects weights " + tt::to_string(tt::Shape{3, T, T}));
  }
  for (Index head = 0; head < 3; ++head) {
    std::string line;
    for (Index t = 0; t < T; ++t) {
      Index best = 0;
      for (Index c = 1; c < letters; ++c) {
        if (out.at({head, t, c}) > out.at({head, t, best})) best = c;
      }
      line += best == 26 ? ' ' : static_cast<char>('a' + best);
    }
    maps.found.push_back(line);
  }
  return maps;
}

double weight(const Maps& maps, Index head, Index t, Index s) {
  const double w = static_cast<double>(maps.weights.at({head, t, s}));
  return std::isfinite(w) ? std::min(std::max(w, 0.0), 1.0) : 0;
}

void print(const Maps& maps) {
  constexpr std::string_view shades = " .:-=+*#%@";
  std::printf("Each row is a letter that looks, each column one that is looked at; @ is all of its "
              "weight.\n");
  for (Index head = 0; head < 3; ++head) {
    std::printf("\n%s\n    %s\n", questions[head], text.c_str());
    for (Index t = 0; t < T; ++t) {
      std::string row;
      for (Index s = 0; s <= t; ++s) {
        row += shades[static_cast<std::size_t>(std::lround(9 * weight(maps, head, t, s)))];
      }
      std::printf("  %c %s\n", text[static_cast<std::size_t>(t)], row.c_str());
    }
    std::printf("asks \"%s\"\nfinds \"%s\"\n", text.c_str(),
                maps.found[static_cast<std::size_t>(head)].c_str());
  }
}

bool draw(const Maps& maps, const std::filesystem::path& file) {
  constexpr int cell = 14, left = 40, top = 70, gap = 40;
  const int side = static_cast<int>(T) * cell;
  picture::Canvas canvas(left + 3 * (side + gap), top + side + 40);
  canvas.text(left, 12, "row: a letter that looks    column: a letter that is looked at",
              picture::black);
  for (Index head = 0; head < 3; ++head) {
    const int x0 = left + static_cast<int>(head) * (side + gap);
    canvas.text(x0, 32, questions[head], picture::black);
    for (Index t = 0; t < T; ++t) {
      const std::string name(1, text[static_cast<std::size_t>(t)]);
      const int at = static_cast<int>(t) * cell;
      canvas.text(x0 + at + 4, top - 14, name, picture::grey);
      canvas.text(x0 - 12, top + at + 3, name, picture::grey);
      for (Index s = 0; s < T; ++s) {
        const double w = weight(maps, head, t, s);
        const auto mix = [&](std::uint8_t full) {
          return static_cast<std::uint8_t>(std::lround(255 + w * (full - 255)));
        };
        const picture::Color shade = {mix(picture::blue[0]), mix(picture::blue[1]),
                                      mix(picture::blue[2])};
        canvas.box(x0 + static_cast<int>(s) * cell, top + at, cell - 1, cell - 1,
                   s > t ? picture::Color{235, 235, 235} : shade);  // grey: the future
      }
    }
    canvas.text(x0, top + side + 10, "finds: " + maps.found[static_cast<std::size_t>(head)],
                picture::black);
  }
  return canvas.write(file.string());
}

int run(const std::filesystem::path& out) {
  const Maps maps = compute();
  print(maps);
  const std::filesystem::path file = out / "12_attention.png";
  if (!draw(maps, file)) {
    std::printf("%s cannot be written\n", file.string().c_str());
    return 1;
  }
  std::printf("\nThe same as a picture: %s\n", file.string().c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || std::string_view(argv[1]) != "--out") {
    std::fprintf(stderr, "12_attention: expects --out FOLDER\n");
    return 2;
  }
  try {
    return run(argv[2]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "12_attention: %s\n", error.what());
    return 1;
  }
}
