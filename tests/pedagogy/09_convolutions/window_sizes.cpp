// How many places a window has along an axis, and at which of them a tap is inside the image.
#include "tensor_close.hpp"

#include <tinytorch/convolutions.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

/// Places counted one by one: a window that covers `covered` numbers moves over `in + 2 * padding`.
Index count_places(Index in, Index kernel, Index stride, Index padding, Index dilation) {
  Index places = 0;
  for (Index start = 0; start + dilation * (kernel - 1) < in + 2 * padding; start += stride) {
    ++places;
  }
  return places;
}

}  // namespace

TEST_CASE("output size: worked numbers", "[09.1][core]") {
  CHECK(output_size(28, 5) == 24);          // starts at 0 .. 23
  CHECK(output_size(28, 5, 1, 2) == 28);    // a padding of (5 - 1) / 2 keeps the size
  CHECK(output_size(28, 2, 2) == 14);       // a pool
  CHECK(output_size(13, 2, 2) == 6);        // the thirteenth number is never seen
  CHECK(output_size(224, 7, 2, 3) == 112);  // the first layer of a ResNet
  CHECK(output_size(7, 3, 1, 0, 2) == 3);   // three taps two apart cover five
  CHECK(output_size(32, 3, 1, 2, 2) == 32);
}

TEST_CASE("output size: a window as long as the axis has one place", "[09.1][edge]") {
  CHECK(output_size(5, 5) == 1);
  CHECK(output_size(5, 5, 7) == 1);
  CHECK(output_size(1, 1) == 1);
  CHECK(output_size(5, 3, 1, 0, 2) == 1);
  CHECK(output_size(0, 2, 1, 1) == 1);  // padding alone
}

TEST_CASE("output size: a window that is too long is refused at any stride", "[09.1][errors]") {
  CHECK(output_size(3, 3, 2) == 1);
  // (2 - 3) / 2 is 0 in C++, and 0 + 1 a place that is not there.
  CHECK_THROWS_AS((void)output_size(2, 3, 2), ShapeError);
  CHECK_THROWS_AS((void)output_size(2, 3), ShapeError);
  CHECK_THROWS_WITH((void)output_size(4, 3, 1, 0, 2, "conv2d"),
                    contains("conv2d: expects at least 5 numbers along each axis, got 4"));
  CHECK_THROWS_WITH((void)output_size(2, 7, 3, 1),
                    contains("expects at least 7 numbers along each axis, got 4 (2 and 2 * 1"));
}

TEST_CASE("output size: says what a window may be", "[09.1][errors]") {
  CHECK_THROWS_WITH((void)output_size(8, 0), contains("output_size: expects kernel >= 1, got 0"));
  CHECK_THROWS_WITH((void)output_size(8, 3, 0), contains("expects stride >= 1, got 0"));
  CHECK_THROWS_WITH((void)output_size(8, 3, 1, -1), contains("expects padding >= 0, got -1"));
  CHECK_THROWS_WITH((void)output_size(8, 3, 1, 0, 0), contains("expects dilation >= 1, got 0"));
  CHECK_THROWS_AS((void)output_size(8, 3, -2), ValueError);
}

TEST_CASE("output size: agrees with counting", "[09.1][property]") {
  for (Index in = 1; in < 9; ++in) {
    for (Index kernel = 1; kernel < 5; ++kernel) {
      for (Index stride = 1; stride < 4; ++stride) {
        for (Index padding = 0; padding < 3; ++padding) {
          for (Index dilation = 1; dilation < 4; ++dilation) {
            const Index places = count_places(in, kernel, stride, padding, dilation);
            if (places == 0) continue;
            const Index got = output_size(in, kernel, stride, padding, dilation);
            if (got == places) continue;
            INFO(in << " numbers, kernel " << kernel << ", stride " << stride << ", padding "
                    << padding << ", dilation " << dilation);
            CHECK(got == places);
          }
        }
      }
    }
  }
  CHECK(output_size(9, 2, 3, 1, 2) == count_places(9, 2, 3, 1, 2));
}

TEST_CASE("positions inside: worked numbers", "[09.2][core]") {
  // Five numbers, padding 1, kernel 3: five places. Tap 0 reads one to the left, tap 2 one to the right.
  CHECK(positions_inside(5, 5, 1, -1).begin == 1);
  CHECK(positions_inside(5, 5, 1, -1).end == 5);
  CHECK(positions_inside(5, 5, 1, 0).begin == 0);
  CHECK(positions_inside(5, 5, 1, 0).end == 5);
  CHECK(positions_inside(5, 5, 1, 1).begin == 0);
  CHECK(positions_inside(5, 5, 1, 1).end == 4);
  // Stride 2: places 0, 1, 2 read positions 1, 3, 5 of five numbers.
  CHECK(positions_inside(5, 3, 2, 1).begin == 0);
  CHECK(positions_inside(5, 3, 2, 1).end == 2);
  // Stride 2, shift -1: positions -1, 1, 3. Rounded up, not down.
  CHECK(positions_inside(5, 3, 2, -1).begin == 1);
  CHECK(positions_inside(5, 3, 2, -1).end == 3);
}

TEST_CASE("positions inside: a tap that never meets the image", "[09.2][edge]") {
  const Span left = positions_inside(2, 3, 1, -7), right = positions_inside(2, 3, 1, 9);
  CHECK(left.end - left.begin == 0);
  CHECK(right.end - right.begin == 0);
  const Span none = positions_inside(0, 3, 1, -1);
  CHECK(none.end - none.begin == 0);
}

TEST_CASE("positions inside: agrees with asking every place", "[09.2][property]") {
  Index asked = 0;
  for (Index in = 0; in < 6; ++in) {
    for (Index out = 1; out < 6; ++out) {
      for (Index stride = 1; stride < 4; ++stride) {
        for (Index shift = -6; shift < 7; ++shift) {
          const Span span = positions_inside(in, out, stride, shift);
          bool right = span.begin >= 0 && span.begin <= span.end && span.end <= out;
          for (Index o = 0; o < out; ++o) {
            const Index position = o * stride + shift;
            const bool inside = position >= 0 && position < in;
            right = right && inside == (span.begin <= o && o < span.end);
          }
          ++asked;
          if (right) continue;
          INFO("positions_inside(" << in << ", " << out << ", " << stride << ", " << shift
                                   << ") is " << span.begin << " .. " << span.end);
          CHECK(right);
        }
      }
    }
  }
  CHECK(asked == 6 * 5 * 3 * 13);
}
