// 14_training / loss_curve.hpp: losses as a picture. Given code.
//
//   auto curve = std::make_shared<LossCurve>();
//   trainer.add(curve);
//   write_file_atomically("loss.svg", loss_curve_svg({{"training", curve->training},
//                                                     {"validation", curve->validation}}));
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/training/trainer.hpp>

namespace tinytorch {

using Points = std::vector<std::pair<double, double>>;  // step and loss

struct Curve {
  std::string name;
  Points points;
};

/// Collects what there is to draw.
class LossCurve : public Callback {
 public:
  void on_step(Trainer&, const StepReport& report) override {
    training.emplace_back(static_cast<double>(report.step), report.loss);
  }
  void on_evaluate(Trainer& trainer, double loss) override {
    validation.emplace_back(static_cast<double>(trainer.position().step), loss);
  }

  Points training, validation;
};

/// Curves in one picture, as SVG: text, which every browser draws. NaN and infinity are left out.
inline std::string loss_curve_svg(const std::vector<Curve>& curves) {
  constexpr double width = 720, height = 400, left = 60, right = 20, top = 20, bottom = 40;
  double last = 1, low = INFINITY, high = -INFINITY;
  for (const Curve& curve : curves) {
    for (const auto& [step, loss] : curve.points) {
      if (!std::isfinite(loss)) continue;
      last = std::max(last, step);
      low = std::min(low, loss);
      high = std::max(high, loss);
    }
  }
  if (!(low < high)) {  // a single number, or none
    low = std::isfinite(low) ? low - 0.5 : 0;
    high = low + 1;
  }
  const auto x = [&](double step) { return left + (width - left - right) * step / last; };
  const auto y = [&](double loss) {
    return top + (height - top - bottom) * (high - loss) / (high - low);
  };
  const auto text = [](const char* format, auto... values) {
    char buffer[300];
    std::snprintf(buffer, sizeof buffer, format, values...);
    return std::string(buffer);
  };
  std::string svg = text(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %g %g\" font-family=\"sans-serif\" "
      "font-size=\"12\">\n<rect width=\"%g\" height=\"%g\" fill=\"white\"/>\n",
      width, height, width, height);
  for (int i = 0; i <= 4; ++i) {
    const double loss = low + (high - low) * i / 4, step = last * i / 4;
    svg += text("<path d=\"M%.1f %.1fH%.1f\" stroke=\"#ddd\"/>"
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%.2f</text>",
                left, y(loss), width - right, left - 6, y(loss) + 4, loss);
    svg += text("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.0f</text>\n", x(step),
                height - bottom + 18, step);
  }
  const char* colors[] = {"#8fb3d9", "#c0392b", "#27ae60", "#8e44ad"};
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const char* color = colors[i % 4];
    svg += text("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"%s\" points=\"", color);
    for (const auto& [step, loss] : curves[i].points) {
      if (std::isfinite(loss)) svg += text("%.1f,%.1f ", x(step), y(loss));
    }
    svg += text("\"/>\n<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\" fill=\"%s\">%s</text>\n",
                width - right, top + 16 + 16 * static_cast<double>(i), color,
                curves[i].name.substr(0, 60).c_str());
  }
  return svg + "</svg>\n";
}

}  // namespace tinytorch
