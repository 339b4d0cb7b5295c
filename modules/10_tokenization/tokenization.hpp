// 10_tokenization / tokenization.hpp: text to numbers, and back without losing a byte.
//
// You build:    characters out of bytes, a tokenizer of characters, GPT-2's cutting of text into
//               words, training and use of byte pair encoding, special tokens, GPT-2's own ids
// You need:     std::vector, std::string_view; of 01_tensor only IndexTensor
// Used by:      every program that reads or writes text: milestones M5 and M6
// Not here:     what the numbers mean (11_embeddings); windows of tokens (08_dataloader,
//               TextWindows)
// Legend:       id = a token's number; vocabulary = all tokens; merge = two tokens that become one
//
// The module in reading order:
//   utf8.hpp             characters of one to four bytes
//   char_tokenizer.hpp   one character, one token
//   pre_tokenize.hpp     text into words, as GPT-2 cuts it
//   bpe_train.hpp        which pairs to merge: byte pair encoding, learned
//   special_tokens.hpp   tokens that are no text, such as the end of a text
//   bpe_tokenizer.hpp    class BPETokenizer
//   gpt2.hpp             the bytes and merges of GPT-2
//   tokenizer_files.hpp  save, load, load_gpt2_merges
//
//   const auto tokenizer = BPETokenizer::train(text, 512);
//   const TextWindows windows(token_tensor(tokenizer.encode(text)), 64);    ready for a DataLoader
#pragma once
#include <tinytorch/tokenization/bpe_tokenizer.hpp>
#include <tinytorch/tokenization/bpe_train.hpp>
#include <tinytorch/tokenization/char_tokenizer.hpp>
#include <tinytorch/tokenization/gpt2.hpp>
#include <tinytorch/tokenization/pre_tokenize.hpp>
#include <tinytorch/tokenization/special_tokens.hpp>
#include <tinytorch/tokenization/tokenizer_files.hpp>
#include <tinytorch/tokenization/utf8.hpp>
