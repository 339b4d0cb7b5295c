// 14_training / safetensors_read.hpp: files that lie. None may crash, and each is told what is wrong with it.
#include <tinytorch/training/safetensors_read.hpp>

#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

/// A file with this header and as many bytes of data.
std::string file(const std::string& header, std::size_t data) {
  std::string bytes(8, '\0');
  for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<char>(header.size() >> (8 * i));
  return bytes + header + std::string(data, '\0');
}

/// An entry of whole numbers, 8 bytes each.
std::string entry(const std::string& name, const std::string& shape, const std::string& offsets) {
  return "\"" + name + "\":{\"dtype\":\"I64\",\"shape\":[" + shape + "],\"data_offsets\":[" +
         offsets + "]}";
}

/// What is said of the file, "" if it is taken.
std::string refusal(const std::string& bytes) {
  try {
    (void)decode_safetensors(bytes, "f");
  } catch (const FileError& error) {
    return error.what();
  }
  return "";
}

std::string refusal(const std::string& entries, std::size_t data) {
  return refusal(file("{" + entries + "}", data));
}

void check_says(const std::string& refused, const std::string& part) {
  INFO(refused);
  CHECK(refused.find(part) != std::string::npos);
}

}  // namespace

TEST_CASE("check_layout: each byte belongs to one tensor", "[14.11][core]") {
  CHECK(refusal(entry("a", "1", "0,8") + "," + entry("b", "2", "8,24"), 24).empty());
  CHECK(refusal(entry("a", "2", "8,24") + "," + entry("b", "1", "0,8"), 24).empty());  // any order
  check_says(refusal(entry("a", "2", "0,16") + "," + entry("b", "2", "8,24"), 24),
             "f: expects 'b' to begin at byte 16, got 8");  // overlap
  check_says(refusal(entry("a", "1", "0,8") + "," + entry("b", "1", "16,24"), 24),
             "f: expects 'b' to begin at byte 8, got 16");  // a hole
  check_says(refusal(entry("a", "1", "8,16"), 16), "'a' to begin at byte 0, got 8");
}

TEST_CASE("check_layout: the data ends with the last tensor", "[14.11][core]") {
  check_says(refusal(entry("a", "1", "0,8"), 16), "the last tensor to end at byte 16, got 8");
  check_says(refusal(entry("a", "2", "0,16"), 8), "the last tensor to end at byte 8, got 16");
  check_says(refusal("", 1), "the last tensor to end at byte 1, got 0");
  CHECK(refusal("", 0).empty());
}

TEST_CASE("check_layout: two names for the same bytes are an overlap", "[14.11][edge]") {
  check_says(refusal(entry("a", "1", "0,8") + "," + entry("b", "1", "0,8"), 8),
             "to begin at byte 8, got 0");
  const std::string empties =
      entry("y", "0", "8,8") + "," + entry("z", "0", "0,0") + "," + entry("x", "1", "0,8");
  CHECK(refusal(empties, 8).empty());  // empty tensors share a place with others
  check_says(refusal(entry("y", "0", "4,4") + "," + entry("x", "1", "0,8"), 8),
             "'y' to begin at byte 8");
}

TEST_CASE("header: its length is believed only inside the file", "[14.11][errors]") {
  const std::string whole = file("{" + entry("a", "1", "0,8") + "}", 8);
  CHECK(refusal(whole).empty());
  check_says(refusal(std::string()), "a file of 0");
  check_says(refusal(whole.substr(0, 7)), "a file of 7");
  check_says(refusal(whole.substr(0, 20)), "copied to its end");
  check_says(refusal(std::string(8, '\xff') + whole.substr(8)), "18446744073709551615 bytes");
  std::size_t taken = 0;
  for (std::size_t n = 0; n < whole.size(); ++n) taken += refusal(whole.substr(0, n)).empty();
  CHECK(taken == 0);  // cut anywhere
}

TEST_CASE("header: must be JSON that says everything once", "[14.11][errors]") {
  CHECK(refusal("\"__metadata__\":{\"a\":\"b\"}", 0).empty());
  check_says(refusal(file("[]", 0)), "names with tensors");
  check_says(refusal(file("{\"a\":", 0)), "expects JSON in the header");
  check_says(refusal(entry("a", "1", "0,8") + "," + entry("a", "1", "0,8"), 8),
             "each name once, got 'a' twice");
  check_says(
      refusal("\"a\":{\"dtype\":\"I64\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}",
              8),
      "got 'dtype' twice");
  check_says(refusal(file(std::string(100000, '['), 0)), "few levels");
  check_says(refusal("\"__metadata__\":{\"a\":1}", 0), "texts in __metadata__, got 1");
  check_says(refusal("\"__metadata__\":[\"a\"]", 0), "texts in __metadata__");
}

TEST_CASE("entries: type and shape and place must be there and agree", "[14.11][errors]") {
  CHECK(refusal(entry("a", "", "0,8"), 8).empty());  // a scalar
  check_says(refusal("\"a\":{\"dtype\":\"I64\",\"shape\":[1]}", 8),
             "'a': expects dtype, shape and two data_offsets");
  check_says(refusal("\"a\":5", 0), "'a': expects dtype");
  check_says(refusal(entry("a", "1", "0,8,16"), 8), "two data_offsets");
  check_says(refusal("\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}", 8),
             "or I64, got F16");
  check_says(refusal(entry("a", "3", "0,16"), 16),
             "expects 24 bytes for [3], got data_offsets [0,16]");
  check_says(refusal(entry("a", "1", "8,0"), 8), "got data_offsets [8,0]");
}

TEST_CASE("entries: sizes that are negative or broken or too large", "[14.11][errors]") {
  CHECK(refusal(entry("a", "2,1", "0,16"), 16).empty());
  check_says(refusal(entry("a", "-1", "0,8"), 8),
             "whole numbers >= 0 for shape and data_offsets, got -1");
  check_says(refusal(entry("a", "1.0", "0,8"), 8), "got 1.0");
  check_says(refusal(entry("a", "18446744073709551617", "0,8"), 8), "got 1.8");
  check_says(refusal(entry("a", "9223372036854775808", "0,8"), 8), "got 9223372036854775808");
  check_says(refusal(entry("a", "4294967296,4294967296", "0,0"), 0),
             "a shape that can be");  // 2^64 is 0
  check_says(refusal(entry("a", "4611686018427387904,8,0", "0,0"), 0), "a shape that can be");
  check_says(refusal(entry("a", "1", "0,true"), 8), "got true");
}

TEST_CASE("hostile files: a changed byte is an error or another number", "[14.11][property]") {
  const std::string whole =
      file("{" + entry("a", "2", "0,16") + "," + entry("b", "1", "16,24") + "}", 24);
  Rng rng(11);
  std::size_t refused = 0;
  for (int k = 0; k < 300; ++k) {
    std::string bytes = whole;
    const auto at = static_cast<std::size_t>(rng.below(static_cast<Index>(whole.size() - 24)));
    bytes[at] = static_cast<char>(rng.below(256));
    refused += refusal(bytes).empty() ? 0 : 1;  // anything but FileError ends the test
  }
  CHECK(refused > 200);
}

TEST_CASE("files: what is not there is said by name", "[14.11][errors]") {
  check_says(refusal(entry("a", "1", "0,8"), 9), "end at byte 9");
  CHECK_THROWS_WITH(load_safetensors("/no/such/model"), contains("/no/such/model: expects a file"));
}
