// 08_dataloader / text_windows.hpp: a long row of tokens as examples of what comes next.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include <tinytorch/dataloader/dataset.hpp>

namespace tinytorch {

/// Windows of T tokens: x is T tokens in a row, y the same window one place further.
///
/// Goal        T questions in one example: after x[0..t], which token comes? y[t].
/// Background  Windows overlap; there is one for each place where x and the token after it fit.
/// Examples    tokens 5 6 7 8, T = 2: two windows, 5 6 -> 6 7 and 6 7 -> 7 8
/// Cost        2 T numbers an example; the tokens themselves are kept once
/// In PyTorch  nanoGPT's train.py, get_batch
class TextWindows {
 public:
  TextWindows(IndexTensor tokens, Index block_size)
      : tokens_(std::move(tokens)), block_size_(block_size) {
    if (tokens_.dim() != 1 || block_size < 1 || tokens_.numel() <= block_size) {
      throw ShapeError("TextWindows: expects block_size >= 1 and more than block_size tokens, got "
                       "block_size " +
                       std::to_string(block_size) + " and tokens of shape " +
                       to_string(tokens_.shape()));
    }
  }

  Index size() const { return tokens_.numel() - block_size_; }
  Index block_size() const { return block_size_; }

  IndexExample get(Index i) const {  // [T], [T]
    const Index at = wrap_index(i, size(), "TextWindows");
    // TODO(08.12): the window that begins at token `at`, and the one that begins a token later.
    // HINT: std::vector<Index>(first, first + count) copies what a pointer points to.
    todo("08.12", "TextWindows::get");
  }

 private:
  IndexTensor tokens_;
  Index block_size_;
};

}  // namespace tinytorch
