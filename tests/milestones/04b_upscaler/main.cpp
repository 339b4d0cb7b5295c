// M4b  An upscaler: a network that others trained, run by your convolution.
//
//   tito milestone run M4b                 on your code;  --solution: on the reference
//
// 222,075 weights from a file, twelve convolutions, one picture of 128 x 128 made 256 x 256. The program that these
// weights were trained for has left its answer; yours must be the same to one grey level, at every pixel.
// README.md beside this file: the network, and what a bug scores.
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include "../support/stb.hpp"

#include <tinytorch/activations.hpp>
#include <tinytorch/convolutions.hpp>
#include <tinytorch/support/safetensors.hpp>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string>

#include "../support/color_picture.hpp"
#include "../support/program.hpp"

namespace {

using tt::Index;
using tt::real;
using tt::Tensor;

// README.md, "Where the gates come from"
constexpr int allowed_levels = 1;      // of 255, at any value
constexpr double allowed_other = 0.1;  // percent of values that may differ at all

/// Each pixel becomes a square of four: [1, C, H, W] -> [1, C, 2 H, 2 W]. A view, until reshape copies.
Tensor enlarge(const Tensor& x) {
  const Index c = x.size(1), h = x.size(2), w = x.size(3);
  return x.reshape({1, c, h, 1, w, 1}).expand({1, c, h, 2, w, 2}).reshape({1, c, 2 * h, 2 * w});
}

/// A residual dense network, cut down until a browser could run it. The names are those of the file.
class Upscaler : public tt::Module {
 public:
  Tensor forward(const Tensor& x) const override {  // [1, 3, H, W], 0 .. 255
    const Tensor a = F_m1(x);                       // [1, 64, H, W]
    const Tensor b = F_0(a);
    const Tensor r1 = LFF_1(tt::cat({b, tt::relu(F_1_1(b))}, 1)) + b;     // a block: look, mix, add
    const Tensor r2 = LFF_2(tt::cat({r1, tt::relu(F_2_1(r1))}, 1)) + r1;  // and another
    const Tensor g = GFF_2(GFF_1(tt::cat({r1, r2}, 1))) + a;   // both blocks, and the start
    const Tensor u = UPN3(tt::relu(UPN2(tt::relu(UPN1(g)))));  // [1, 12, H, W]
    return SR(enlarge(u));                                     // [1, 3, 2 H, 2 W]
  }

 private:
  tt::Rng rng_{0};  // the first values do not matter: a file replaces them

  /// A convolution that keeps the picture's size.
  tt::Conv2d same(const char* name, Index in, Index out, Index kernel) {
    return child(name, tt::Conv2d(in, out, kernel, rng_, {.padding = kernel / 2}));
  }

 public:
  const tt::Conv2d F_m1 = same("F_m1", 3, 64, 3), F_0 = same("F_0", 64, 64, 3);
  const tt::Conv2d F_1_1 = same("F_1_1", 64, 4, 3), LFF_1 = same("LFF_1", 68, 64, 1);
  const tt::Conv2d F_2_1 = same("F_2_1", 64, 4, 3), LFF_2 = same("LFF_2", 68, 64, 1);
  const tt::Conv2d GFF_1 = same("GFF_1", 128, 64, 1), GFF_2 = same("GFF_2", 64, 64, 3);
  const tt::Conv2d UPN1 = same("UPN1", 64, 64, 5), UPN2 = same("UPN2", 64, 32, 3);
  const tt::Conv2d UPN3 = same("UPN3", 32, 12, 3), SR = same("SR", 12, 3, 3);
};

/// Prints a line for each convolution as it ends: what it made, and how fast.
class Report : tt::Listener {
 public:
  Report() : scope_(*this) {
    std::printf("    layer     weight           result             GFLOP   seconds\n");
  }

  double gigaflops() const { return total_; }

 private:
  using Clock = std::chrono::steady_clock;

  void before(const tt::Primitive&, tt::Inputs) override { start_ = Clock::now(); }
  void after(const tt::Call& call) override {
    if (std::string(call.op.name()) != "conv2d") return;
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    const double work = static_cast<double>(call.op.flops(call.inputs, call.output)) / 1e9;
    total_ += work;
    std::printf("    conv %2d   %-16s %-18s %6.3f    %5.2f\n", ++layer_,
                tt::to_string(call.inputs[1].shape()).c_str(),
                tt::to_string(call.output.shape()).c_str(), work, seconds);
    std::fflush(stdout);
  }

  Clock::time_point start_;
  int layer_ = 0;
  double total_ = 0;
  tt::ListenerScope scope_;
};

/// How far two pictures are apart in grey levels as a screen shows them: counted without the framework.
struct Distance {
  int largest = 0;
  Index values = 0, equal = 0, allowed = 0;
  double mean = 0;

  double other() const {  // percent of values that are not the same
    return 100 * static_cast<double>(values - equal) / static_cast<double>(values);
  }
};

Distance distance(const Tensor& ours, const Tensor& theirs) {
  if (ours.shape() != theirs.shape()) {
    throw std::runtime_error("the network: expects a picture of " + tt::to_string(theirs.shape()) +
                             ", got " + tt::to_string(ours.shape()));
  }
  const Tensor a = ours.contiguous(), b = theirs.contiguous();
  Distance d;
  d.values = a.numel();
  for (Index i = 0; i < d.values; ++i) {
    const real value = a.data()[i];
    const int apart =
        std::isnan(value)
            ? 255
            : std::abs(milestone::shown_level(value) - milestone::shown_level(b.data()[i]));
    d.largest = std::max(d.largest, apart);
    d.equal += apart == 0 ? 1 : 0;
    d.allowed += apart <= allowed_levels ? 1 : 0;
    d.mean += apart;
  }
  d.mean /= static_cast<double>(d.values);
  return d;
}

/// Reads the weights; a damaged file is not the student's fault, a network that refuses them is.
tt::StateDict read_weights(const std::filesystem::path& file) {
  try {
    return tt::read_safetensors(file);
  } catch (const tt::FileError& error) {
    throw milestone::InfrastructureError(error.what());
  }
}

void run(const milestone::Options& options, milestone::Result& result) {
  std::printf(
      "M4b  An upscaler: a network that others trained, run by your convolution\n"
      "    A residual dense network for twice the size, MIT licence, Kevin Scott 2022.\n\n");
  const auto folder = options.root / "datasets" / "esrgan";
  const std::string hint = "git checkout -- datasets/esrgan   brings the data back";
  const Tensor photo = milestone::read_color(folder / "esrgan_fixture.png", hint);
  const Tensor theirs = milestone::read_color(folder / "esrgan_result_2x.png", hint);

  const Upscaler model;
  model.load_state_dict(read_weights(folder / "esrgan_slim_x2.safetensors"));
  std::printf("    %lld weights read; a picture of %lld x %lld goes in\n\n",
              static_cast<long long>(model.parameter_count()),
              static_cast<long long>(photo.size(3)), static_cast<long long>(photo.size(2)));

  const tt::NoGrad no_grad;  // nothing is learned here, so nothing is remembered
  Tensor ours;
  {
    const Report report;
    ours = model(photo);
    std::printf("    together %51.3f\n\n", report.gigaflops());
  }
  const Tensor squares = enlarge(photo);  // what one gets without a network
  milestone::write_color(options.out / "M4b.png", tt::cat({squares, ours}, 3));

  const Distance network = distance(ours, theirs), plain = distance(squares, theirs);
  std::printf("    from the answer of the original program, in grey levels of 255\n"
              "      each pixel a square    mean %6.3f   largest %3d   other %6.2f %%\n"
              "      your network           mean %6.3f   largest %3d   other %6.2f %%\n"
              "      gates                                largest %3d   other %6.2f %%\n",
              plain.mean, plain.largest, plain.other(), network.mean, network.largest,
              network.other(), allowed_levels, allowed_other);
  std::printf("    squares, and beside them your network's picture:\n    %s\n\n",
              (options.out / "M4b.png").c_str());

  result.accuracy = static_cast<double>(network.allowed) / static_cast<double>(network.values);
  result.passed = network.largest <= allowed_levels && network.other() <= allowed_other;
  char words[96];
  std::snprintf(words, sizeof words, "at most %d of 255 grey levels from the original, mean %.3f",
                network.largest, network.mean);
  result.summary = words;
}

}  // namespace

int main(int argc, char** argv) {
  return milestone::main_program(argc, argv, {"M4b", 1.0, "tito test 09"}, run);
}
