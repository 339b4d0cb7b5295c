// pictures / canvas.hpp: a picture in colour to draw boxes, lines and words on, written as a PNG.
//
//   picture::Canvas canvas(640, 480);
//   canvas.line(..);  canvas.text(..);  canvas.write("curve.png")
// For programs that include tests/milestones/support/stb.hpp first.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#pragma GCC diagnostic push  // clang reads it, too
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wshadow"
#include <stb/stb_easy_font.h>
#pragma GCC diagnostic pop

namespace picture {

using Color = std::array<std::uint8_t, 3>;
inline constexpr Color white{255, 255, 255}, black{20, 20, 20}, grey{120, 120, 120},
    light_grey{200, 200, 200}, blue{20, 80, 200}, orange{235, 130, 20};

struct Rectangle {
  int x, y, width, height;
  bool contains(int at_x, int at_y) const {
    return at_x >= x && at_x < x + width && at_y >= y && at_y < y + height;
  }
};

class Canvas {
 public:
  Canvas(int width, int height)
      : all_{0, 0, width, height},
        pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), white) {}

  void dot(int x, int y, Color color) {
    if (!all_.contains(x, y)) return;
    pixels_[static_cast<std::size_t>(y) * static_cast<std::size_t>(all_.width) +
            static_cast<std::size_t>(x)] = color;
  }

  void box(int x, int y, int width, int height, Color color) {
    for (int row = y; row < y + height; ++row) {
      for (int column = x; column < x + width; ++column) dot(column, row, color);
    }
  }

  void frame(int x, int y, int width, int height, Color color) {
    box(x, y, width, 1, color);
    box(x, y + height - 1, width, 1, color);
    box(x, y, 1, height, color);
    box(x + width - 1, y, 1, height, color);
  }

  /// Two pixels thick; what lies outside `inside` is cut off.
  void line(int x1, int y1, int x2, int y2, Color color, Rectangle inside) {
    const int steps = std::max({std::abs(x2 - x1), std::abs(y2 - y1), 1});
    for (int i = 0; i <= steps; ++i) {
      const int x = x1 + (x2 - x1) * i / steps, y = y1 + (y2 - y1) * i / steps;
      for (const int down : {0, 1}) {
        for (const int along : {0, 1}) {
          if (inside.contains(x + along, y + down)) dot(x + along, y + down, color);
        }
      }
    }
  }

  /// Plain ASCII, about 18 pixels high; (x, y) is the upper left corner.
  void text(int x, int y, const std::string& words, Color color) {
    constexpr float scale = 2;  // whole pixels: the letters stay even
    struct Vertex {
      float x, y, z;
      unsigned char color[4];
    };
    std::vector<Vertex> corners(words.size() * 4 * 40 + 4);
    std::string copy = words;  // stb asks for memory that it could write to
    const int boxes = stb_easy_font_print(0, 0, copy.data(), nullptr, corners.data(),
                                          static_cast<int>(corners.size() * sizeof(Vertex)));
    for (int i = 0; i < boxes; ++i) {  // each box is four corners, clockwise from the upper left
      const Vertex& from = corners[static_cast<std::size_t>(i) * 4];
      const Vertex& to = corners[static_cast<std::size_t>(i) * 4 + 2];
      const auto at = [&](float value) { return static_cast<int>(value * scale + 0.5f); };
      box(x + at(from.x), y + at(from.y), std::max(1, at(to.x) - at(from.x)),
          std::max(1, at(to.y) - at(from.y)), color);
    }
  }

  /// False if the file could not be written.
  bool write(const std::string& file) const {
    return stbi_write_png(file.c_str(), all_.width, all_.height, 3, pixels_.data(),
                          all_.width * 3) != 0;
  }

 private:
  Rectangle all_;
  std::vector<Color> pixels_;
};

}  // namespace picture
