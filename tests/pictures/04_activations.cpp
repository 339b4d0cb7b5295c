// The curves of 04_activations and their slopes, as your code computes them: as text and as a PNG.
//
//   tito explain 04 --plot                 on your code;  --solution: on the reference
//
// It is called with --out FOLDER, writes FOLDER/04_activations.png, and exits with 0 if every curve
// and every slope could be drawn, 1 if a blank is missing or wrong, 2 if it was called wrongly.
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include "../milestones/support/stb.hpp"

#include <tinytorch/activations.hpp>

#include <algorithm>
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
using tt::Tensor;

constexpr double left = -4, right = 4;
constexpr Index samples = 321;

struct Panel {
  const char* title;
  Tensor (*f)(const Tensor& x);  // [samples] -> [samples]
  double low, high;              // what part of the vertical axis is shown
};

/// Scores [x, 0, 1]: what happens to the first place while its score grows.
Tensor three_scores(const Tensor& x) {
  const Tensor others = tt::zeros(x.shape());
  return tt::stack({x, others, others + 1}, 1);  // [samples, 3]
}

const std::vector<Panel> panels = {
    {"relu", [](const Tensor& x) { return tt::relu(x); }, -1, 3},
    {"leaky_relu, slope 0.1",
     [](const Tensor& x) { return tt::leaky_relu(x, {.negative_slope = 0.1}); }, -1, 3},
    {"silu", [](const Tensor& x) { return tt::silu(x); }, -1, 3},
    {"gelu", [](const Tensor& x) { return tt::gelu(x); }, -1, 3},
    {"1000 (tanh - exact)",
     [](const Tensor& x) {
       return (tt::gelu(x, {.tanh_approximation = true}) - tt::gelu(x)) * 1000;
     },
     -1, 1},
    {"tanh (02_ops)", [](const Tensor& x) { return tt::tanh(x); }, -1, 1},
    {"sigmoid", [](const Tensor& x) { return tt::sigmoid(x); }, 0, 1},
    {"softmax [x, 0, 1]",
     [](const Tensor& x) { return tt::softmax(three_scores(x), 1).select(1, 0); }, 0, 1},
    {"log_softmax [x, 0, 1]",
     [](const Tensor& x) { return tt::log_softmax(three_scores(x), 1).select(1, 0); }, -4, 1},
};

/// What could be drawn of a panel, and what stood in the way of the rest.
struct Curves {
  std::vector<double> value, slope;  // empty if there is none
  std::string trouble;
};

/// The numbers of a curve, or an error if they are not one for each x.
std::vector<double> numbers(const Tensor& t, const char* what) {
  if (!t.defined() || t.shape() != tt::Shape{samples}) {
    throw tt::ShapeError(std::string(what) + ": expects " + tt::to_string(tt::Shape{samples}) +
                         ", got " + (t.defined() ? tt::to_string(t.shape()) : "nothing"));
  }
  std::vector<double> list;
  for (Index i = 0; i < samples; ++i) list.push_back(static_cast<double>(t.at({i})));
  return list;
}

Curves compute(const Panel& panel) {
  Curves curves;
  try {
    Tensor x = tt::arange(0, samples) * static_cast<tt::real>((right - left) / (samples - 1)) +
               static_cast<tt::real>(left);
    x.set_requires_grad(true);
    const Tensor y = panel.f(x);
    curves.value = numbers(y, "the curve");
    tt::sum(y).backward();
    curves.slope = numbers(x.grad(), "the slope");
  } catch (const std::exception& error) {
    curves.trouble = error.what();
  }
  return curves;
}

/// A panel as lines of text: '*' the curve, '.' its slope.
std::vector<std::string> as_text(const Panel& panel, const Curves& curves) {
  constexpr int width = 20, height = 10;
  const auto row_of = [&](double y) {
    return static_cast<int>(
        std::lround((panel.high - y) / (panel.high - panel.low) * (height - 1)));
  };
  std::vector<std::string> plot(height, std::string(width, ' '));
  if (panel.low <= 0) plot[static_cast<std::size_t>(row_of(0))].assign(width, '-');
  for (std::string& line : plot) line[width / 2] = '|';
  const auto draw = [&](const std::vector<double>& curve, char mark) {
    if (curve.empty()) return;
    for (int column = 0; column < width; ++column) {
      const double y = curve[static_cast<std::size_t>((column + 0.5) / width * samples)];
      if (!(std::abs(y) < 100)) continue;  // inf, or nan
      const int row = row_of(y);
      if (row < 0 || row >= height) continue;
      plot[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] = mark;
    }
  };
  draw(curves.slope, '.');
  draw(curves.value, '*');

  const auto label = [](double y) {
    char text[8];
    std::snprintf(text, sizeof text, "%3.0f ", y);
    return std::string(text);
  };
  std::vector<std::string> lines = {"    " + std::string(panel.title)};
  for (int row = 0; row < height; ++row) {
    const bool labelled = row == 0 || row == height - 1;
    lines.push_back((labelled ? label(row == 0 ? panel.high : panel.low) : "    ") +
                    plot[static_cast<std::size_t>(row)]);
  }
  for (std::string& line : lines) line.resize(26, ' ');
  return lines;
}

/// The same panel as a part of the picture whose upper left corner is (x0, y0).
void draw_panel(picture::Canvas& canvas, int x0, int y0, const Panel& panel, const Curves& curves) {
  constexpr int width = 280, height = 190;
  const auto column_of = [&](double x) {
    return x0 + static_cast<int>(std::lround((x - left) / (right - left) * (width - 1)));
  };
  const auto row_of = [&](double y) {
    return y0 + static_cast<int>(
                    std::lround((panel.high - y) / (panel.high - panel.low) * (height - 1)));
  };
  canvas.text(x0, y0 - 24, panel.title, picture::black);
  canvas.frame(x0 - 1, y0 - 1, width + 2, height + 2, picture::light_grey);
  canvas.box(column_of(0), y0, 1, height, picture::light_grey);
  canvas.box(x0, row_of(0), width, 1, picture::light_grey);
  const auto draw = [&](const std::vector<double>& curve, picture::Color color) {
    for (std::size_t i = 0; i + 1 < curve.size(); ++i) {
      const double step = (right - left) / (samples - 1);
      if (!(std::abs(curve[i]) < 100) || !(std::abs(curve[i + 1]) < 100)) continue;
      canvas.line(column_of(left + static_cast<double>(i) * step), row_of(curve[i]),
                  column_of(left + static_cast<double>(i + 1) * step), row_of(curve[i + 1]), color,
                  {x0, y0, width, height});
    }
  };
  draw(curves.slope, picture::orange);
  draw(curves.value, picture::blue);
  char range[64];
  std::snprintf(range, sizeof range, "x %g to %g, y %g to %g", left, right, panel.low, panel.high);
  canvas.text(x0, y0 + height + 6, range, picture::grey);
}

/// The first line of an error; of a missing blank without the place, which `tito next` shows.
std::string in_short(const std::string& text) {
  return text.substr(0, std::min(text.find('\n'), text.find(": open ")));
}

int run(const std::filesystem::path& out) {
  std::vector<Curves> all;
  for (const Panel& panel : panels) all.push_back(compute(panel));

  std::printf("x from %g to %g:  * the curve   . its slope, as backward finds it\n\n", left, right);
  for (std::size_t first = 0; first < panels.size(); first += 3) {
    std::vector<std::string> lines;
    for (std::size_t i = first; i < std::min(first + 3, panels.size()); ++i) {
      const std::vector<std::string> text = as_text(panels[i], all[i]);
      lines.resize(text.size());
      for (std::size_t row = 0; row < text.size(); ++row) lines[row] += text[row];
    }
    for (std::string& line : lines) {
      line.erase(line.find_last_not_of(' ') + 1);
      std::printf("%s\n", line.c_str());
    }
    std::printf("\n");
  }

  bool complete = true;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    if (all[i].trouble.empty()) continue;
    complete = false;
    std::printf("%s: %s%s\n", panels[i].title,
                all[i].value.empty() ? "" : "no slope: ", in_short(all[i].trouble).c_str());
  }

  picture::Canvas canvas(960, 820);
  canvas.text(30, 14, "blue: the curve    orange: its slope, as backward finds it", picture::black);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    draw_panel(canvas, 30 + static_cast<int>(i % 3) * 310, 70 + static_cast<int>(i / 3) * 255,
               panels[i], all[i]);
  }
  const std::filesystem::path file = out / "04_activations.png";
  if (!canvas.write(file.string())) {
    std::printf("%s cannot be written\n", file.string().c_str());
    return 1;
  }
  std::printf("The same as a picture: %s\n", file.string().c_str());
  return complete ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || std::string_view(argv[1]) != "--out") {
    std::fprintf(stderr, "04_activations: expects --out FOLDER\n");
    return 2;
  }
  try {
    return run(argv[2]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "04_activations: %s\n", error.what());
    return 1;
  }
}
