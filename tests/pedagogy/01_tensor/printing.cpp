// 01_tensor / print.hpp: a tensor as text.
//
// Rows under each other, matrices a blank line apart, long axes shortened; a view prints what it shows, and
// printing a large tensor costs only what is printed.
#include "tensor_close.hpp"

#include <sstream>

#include <tinytorch/tensor.hpp>

using namespace tinytorch;
using namespace tt_test;

namespace {

/// Counts the operations that pass through apply.
struct Counter : Listener {
  int operations = 0;
  void after(const Call&) override { ++operations; }
};

}  // namespace

TEST_CASE("to_string: scalars and vectors and matrices", "[01.15][core]") {
  CHECK(scalar(5).to_string() == "5");
  CHECK(tensor({1, 2, 3}).to_string() == "[1, 2, 3]");
  CHECK(tensor({1, 2, 3, 4, 5, 6}, {2, 3}).to_string() == "[[1, 2, 3],\n [4, 5, 6]]");
  CHECK(tensor({9}, {1, 1}).to_string() == "[[9]]");
}

TEST_CASE("to_string: three axes with a blank line between matrices", "[01.15][core]") {
  const std::string expected = "[[[1, 2],\n"
                               "  [3, 4]],\n"
                               "\n"
                               " [[5, 6],\n"
                               "  [7, 8]]]";
  CHECK(tensor({1, 2, 3, 4, 5, 6, 7, 8}, {2, 2, 2}).to_string() == expected);
}

TEST_CASE("to_string: a view prints what it shows", "[01.15][edge]") {
  const Tensor x = tensor({1, 2, 3, 4, 5, 6}, {2, 3});
  CHECK(x.transpose(0, 1).to_string() == "[[1, 4],\n [2, 5],\n [3, 6]]");
  CHECK(x.slice(1, 1, 3).to_string() == "[[2, 3],\n [5, 6]]");
  CHECK(x.select(0, 1).to_string() == "[4, 5, 6]");
  CHECK(scalar(0.5f).expand({3}).to_string() == "[0.5, 0.5, 0.5]");
}

TEST_CASE("to_string: empty tensors and numbers that are none", "[01.15][edge]") {
  CHECK(zeros({0}).to_string() == "[]");
  CHECK(zeros({2, 0}).to_string() == "[[],\n []]");
  CHECK(zeros({0, 2}).to_string() == "[]");
  const real inf = std::numeric_limits<real>::infinity();
  const real nan = std::numeric_limits<real>::quiet_NaN();
  CHECK(tensor({-3.1415927f, 1e-8f, nan, -inf}).to_string() == "[-3.14159, 1e-08, nan, -inf]");
  std::ostringstream out;
  out << tensor({1, 2}) << ' ' << Tensor();
  CHECK(out.str() == "[1, 2] undefined tensor");
}

TEST_CASE("to_string: an axis longer than 12 shows its first and last four", "[01.15][edge]") {
  CHECK(arange(12).to_string() == "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]");
  CHECK(arange(13).to_string() == "[0, 1, 2, 3, ..., 9, 10, 11, 12]");
  const Tensor tall = arange(26).reshape({13, 2});
  const std::string tall_text = "[[0, 1],\n [2, 3],\n [4, 5],\n [6, 7],\n"
                                " ...,\n"
                                " [18, 19],\n [20, 21],\n [22, 23],\n [24, 25]]";
  CHECK(tall.to_string() == tall_text);
  const std::string wide_text = "[[0, 1, 2, 3, ..., 10, 11, 12, 13],\n"
                                " [14, 15, 16, 17, ..., 24, 25, 26, 27]]";
  CHECK(arange(28).reshape({2, 14}).to_string() == wide_text);
}

TEST_CASE("to_string: costs what it shows and not what there is", "[01.15][systems]") {
  const Tensor x = zeros({1000, 1000});
  const auto before = memory::stats();
  Counter counter;
  {
    const ListenerScope scope(counter);
    (void)x.to_string();
  }
  CHECK(counter.operations == 72);  // 8 rows selected, and 8 numbers of each: 8 + 64
  CHECK(memory::stats().allocations == before.allocations);
}
