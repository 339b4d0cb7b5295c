// tests / index_text.hpp: whole numbers as text, so that a failed CHECK shows both sides.
//
//   CHECK(text(labels) == "[2, 2]: 1 2 3 4");      an IndexTensor: its shape, then its numbers
//   CHECK(text(order) == "3 1 2");                 a list
#pragma once
#include <string>
#include <vector>

#include <tinytorch/support/index_tensor.hpp>

namespace tt_test {

inline std::string text(const std::vector<tinytorch::Index>& list) {
  std::string out;
  for (const tinytorch::Index i : list) out += (out.empty() ? "" : " ") + std::to_string(i);
  return out;
}

inline std::string text(const tinytorch::IndexTensor& t) {
  return to_string(t.shape()) + ": " + text(t.to_vector());
}

}  // namespace tt_test
