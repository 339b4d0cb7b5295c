// milestones / support / picture.hpp: grey pictures from and to PNG files, and small ones as text.
//
//   Picture p = read_grey("digits8.png");      p.width, p.height, p.pixels (8 bits each, row by row)
//   write_grey("weights.png", t);              t: [height, width], 0 black .. 1 white
//   signed_picture(t)                          t: [height, width], lines of text: '#' where positive
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tinytorch/tensor.hpp>

#include "stb.hpp"
#include "stop.hpp"

namespace milestone {

struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;
};

/// The bytes of a file. `hint` says what to do when it cannot be read.
inline std::string read_bytes(const std::filesystem::path& file, const std::string& hint) {
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file)) {
    throw InfrastructureError(file.string() + ": cannot be read\n  hint: " + hint);
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

inline Picture read_grey(const std::filesystem::path& file, const std::string& hint) {
  const std::string bytes = read_bytes(file, hint);
  const auto* data = reinterpret_cast<const stbi_uc*>(bytes.data());
  Picture picture;
  int channels = 0;
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(
      stbi_load_from_memory(data, static_cast<int>(bytes.size()), &picture.width, &picture.height,
                            &channels, 0),
      stbi_image_free);
  if (!pixels) {
    const std::string reason = stbi_failure_reason();  // empty where a chunk's name is not text
    throw InfrastructureError(
        file.string() + ": expects a whole PNG picture, got " + std::to_string(bytes.size()) +
        " bytes that break off or are damaged" +
        (reason.empty() ? "" : " (stb_image: " + reason + ")") + "\n  hint: " + hint);
  }
  if (channels != 1) {
    throw InfrastructureError(file.string() + ": expects a grey picture, got one with " +
                              std::to_string(channels) + " channels\n  hint: " + hint);
  }
  const auto count =
      static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
  picture.pixels.assign(pixels.get(), pixels.get() + count);
  return picture;
}

/// Writes `grey`, [height, width] from 0 (black) to 1 (white), as an 8-bit PNG.
inline void write_grey(const std::filesystem::path& file, const tt::Tensor& grey) {
  const tt::Tensor rows = grey.contiguous();
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(rows.numel()));
  std::transform(rows.data(), rows.data() + rows.numel(), pixels.begin(), [](tt::real value) {
    const tt::real shown = value > 0 ? std::min(value, tt::real(1)) : tt::real(0);  // NaN is black
    return static_cast<std::uint8_t>(std::lround(shown * 255));
  });
  const int width = static_cast<int>(rows.size(1)), height = static_cast<int>(rows.size(0));
  if (stbi_write_png(file.string().c_str(), width, height, 1, pixels.data(), width) == 0) {
    throw InfrastructureError(file.string() + ": cannot be written\n  hint: is the disk full?");
  }
}

/// A picture of signed numbers in plain ASCII, `columns` wide: a line of text for each row of `values`.
/// Its scale is its own largest absolute value: '#' and '+' are positive, '=' and '-' negative.
inline std::vector<std::string> signed_picture(const tt::Tensor& values, int columns) {
  const tt::Tensor rows = values.contiguous();
  const auto width = static_cast<int>(rows.size(1));
  tt::real largest = 0;
  for (tt::Index i = 0; i < rows.numel(); ++i) {
    largest = std::max(largest, std::abs(rows.data()[i]));
  }
  std::vector<std::string> lines;
  for (tt::Index y = 0; y < rows.size(0); ++y) {
    const tt::real* row = rows.data() + y * width;
    std::string line;
    for (int x = 0; x < columns; ++x) {
      // Between two neighbours, so that 8 numbers fill 12 columns without steps.
      const double at = std::clamp((x + 0.5) * width / columns - 0.5, 0.0, width - 1.0);
      const int left = static_cast<int>(at);
      const int right = std::min(left + 1, width - 1);
      const double mixed = row[left] + (at - left) * static_cast<double>(row[right] - row[left]);
      const double v = largest > 0 ? mixed / static_cast<double>(largest) : 0;
      line += v > 0.55 ? '#' : v > 0.2 ? '+' : v < -0.55 ? '=' : v < -0.2 ? '-' : ' ';
    }
    lines.push_back(line);
  }
  return lines;
}

/// Blocks of text next to each other, `gap` spaces between them. All blocks have as many lines.
inline std::vector<std::string> side_by_side(const std::vector<std::vector<std::string>>& blocks,
                                             std::size_t gap) {
  std::vector<std::string> lines = blocks.at(0);
  for (std::size_t block = 1; block < blocks.size(); ++block) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      lines[i] += std::string(gap, ' ') + blocks[block].at(i);
    }
  }
  return lines;
}

}  // namespace milestone
