// 08_dataloader / text_windows.hpp: after these tokens, which one comes?
#include <tinytorch/dataloader.hpp>

#include "index_text.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

TEST_CASE("TextWindows: the target is the window one place further", "[08.12][core]") {
  const TextWindows windows(index_tensor({5, 6, 7, 8}, {4}), 2);
  CHECK(windows.size() == 2);
  CHECK(text(windows.get(0).x) == "[2]: 5 6");
  CHECK(text(windows.get(0).y) == "[2]: 6 7");
  CHECK(text(windows.get(1).x) == "[2]: 6 7");
  CHECK(text(windows.get(1).y) == "[2]: 7 8");  // the last token is a target
}

TEST_CASE("TextWindows: every token of every window", "[08.12][property]") {
  std::vector<Index> tokens;
  for (Index i = 0; i < 30; ++i) tokens.push_back(i * i % 17);
  const TextWindows windows(IndexTensor(tokens, {30}), 7);
  REQUIRE(windows.size() == 23);
  Index wrong = 0;
  for (Index i = 0; i < 23; ++i) {
    const auto [x, y] = windows.get(i);
    REQUIRE(x.numel() == 7);
    REQUIRE(y.numel() == 7);
    for (Index t = 0; t < 7; ++t) {
      wrong += x[t] != tokens.at(std::size_t(i + t));
      wrong += y[t] != tokens.at(std::size_t(i + t + 1));
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("TextWindows: one window and windows of one token", "[08.12][edge]") {
  const IndexTensor tokens = index_tensor({5, 6, 7}, {3});
  const TextWindows whole(tokens, 2), single(tokens, 1);
  CHECK(whole.size() == 1);
  CHECK(text(whole.get(0).y) == "[2]: 6 7");
  CHECK(single.size() == 2);
  CHECK(text(single.get(1).x) == "[1]: 6");
  CHECK(text(single.get(1).y) == "[1]: 7");
}

TEST_CASE("TextWindows: a window may be written into", "[08.12][edge]") {
  const IndexTensor tokens = index_tensor({5, 6, 7}, {3});
  IndexExample example = TextWindows(tokens, 2).get(0);
  example.x.set({1}, 100);  // for instance masked
  CHECK(text(tokens) == "[3]: 5 6 7");
  CHECK(text(example.y) == "[2]: 6 7");
}

TEST_CASE("TextWindows: indices and sizes out of range", "[08.12][errors]") {
  const IndexTensor tokens = index_tensor({5, 6, 7, 8}, {4});
  const TextWindows windows(tokens, 2);
  CHECK(text(windows.get(-1).x) == "[2]: 6 7");
  CHECK_THROWS_WITH((void)windows.get(2),
                    contains("TextWindows: expects an example in [-2, 1], got 2"));
  CHECK_THROWS_AS(TextWindows(tokens, 4), ShapeError);  // the fourth token has no successor
  CHECK_THROWS_AS(TextWindows(tokens, 0), ShapeError);
  CHECK_THROWS_WITH(TextWindows(tokens.reshape({2, 2}), 1), contains("tokens of shape [2, 2]"));
}

TEST_CASE("TextWindows: a loader makes batches of them", "[08.8][08.12][core]") {
  DataLoader loader(TextWindows(index_tensor({1, 2, 3, 4, 5, 6}, {6}), 3), {.batch_size = 2});
  std::string seen;
  for (const auto& [x, y] : loader) seen += text(x) + " -> " + text(y) + "\n";
  CHECK(seen == "[2, 3]: 1 2 3 2 3 4 -> [2, 3]: 2 3 4 3 4 5\n"
                "[1, 3]: 3 4 5 -> [1, 3]: 4 5 6\n");
}
