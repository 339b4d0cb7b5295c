// 14_training / safetensors_write.hpp and safetensors_read.hpp: out, back, and read by others.
#include <tinytorch/layers/linear.hpp>
#include <tinytorch/training/safetensors_read.hpp>

#include "../pedagogy/14_training/folder.hpp"
#include "../pedagogy/14_training/golden.hpp"
#include "tensor_close.hpp"

using namespace tinytorch;
using namespace tt_test;

namespace {

using Entry = detail::FileEntry;

std::string places(const std::vector<Entry>& entries) {
  std::string text;
  for (const Entry& e : entries) {
    text += e.name + " " + std::to_string(e.begin) + ".." + std::to_string(e.end) + "; ";
  }
  return text;
}

std::uint64_t header_length(const std::string& bytes) {
  std::uint64_t length = 0;
  for (std::size_t i = 8; i-- > 0;) length = length * 256 + static_cast<unsigned char>(bytes[i]);
  return length;
}

}  // namespace

TEST_CASE("lay_out: one behind the other and 8-byte numbers first", "[14.10][core]") {
  std::vector<Entry> entries = {{"c", "F32", {1}}, {"a", "I64", {2}}, {"b", "F32", {3}}};
  detail::lay_out(entries);
  CHECK(places(entries) == "a 0..16; b 16..28; c 28..32; ");
}

TEST_CASE("lay_out: scalars and empty tensors have a place too", "[14.10][edge]") {
  std::vector<Entry> entries = {
      {"z", "I64", {}}, {"y", "F32", {2, 0}}, {"x", "F32", {}}, {"w", "F64", {2, 2}}};
  detail::lay_out(entries);
  CHECK(places(entries) == "w 0..32; z 32..40; x 40..44; y 44..44; ");
  std::vector<Entry> none;
  detail::lay_out(none);
  CHECK(none.empty());
}

TEST_CASE("safetensors: a reader of a few lines finds every number", "[14.10][core]") {
  const TensorFile file{{{"w", tensor({1, -2, 0.5f, 4, 5, 6}, {2, 3}).transpose(0, 1)}},
                        {{"ids", index_tensor({-1, 7}, {2})}},
                        {{"a \"word\"", "line\nend"}}};
  const std::string bytes = encode_safetensors(file);
  const std::string size = std::to_string(sizeof(real)),
                    end = std::to_string(16 + 6 * sizeof(real));
  const std::string type = sizeof(real) == 4 ? "F32" : "F64";
  const std::string header = bytes.substr(8, header_length(bytes));
  CHECK(header.substr(0, header.find_last_not_of(' ') + 1) ==
        "{\"__metadata__\":{\"a \\\"word\\\"\":\"line\\u000aend\"},"
        "\"ids\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[0,16]},"
        "\"w\":{\"dtype\":\"" +
            type + "\",\"shape\":[3,2],\"data_offsets\":[16," + end + "]}}");
  const std::size_t data = 8 + header.size();
  CHECK(data % 8 == 0);
  REQUIRE(bytes.size() == data + 16 + 6 * sizeof(real));
  Index id[2];
  real w[6];
  std::memcpy(id, bytes.data() + data, sizeof id);
  std::memcpy(w, bytes.data() + data + 16, sizeof w);
  CHECK((id[0] == -1 && id[1] == 7));
  CHECK_TENSOR(values({w, w + 6}, {3, 2}), values({1, 4, -2, 5, 0.5, 6}, {3, 2}));  // as it is seen
}

TEST_CASE("safetensors: a file that Python wrote", "[14.11][core]") {
  const std::string bytes(reinterpret_cast<const char*>(golden::file), sizeof golden::file);
  if (sizeof(real) == 8) {  // float numbers are not read as double
    CHECK_THROWS_WITH(decode_safetensors(bytes, "f"),
                      contains("expects the type F64 or I64, got F32"));
    detail::check_layout({{"a", "F32", {1}, 0, 4}}, 4, "f");
    return;
  }
  const TensorFile file = decode_safetensors(bytes, "f");
  CHECK_TENSOR(file.tensors.at("a"), values({1.5, -2.25, 0, 1e-3}, {2, 2}));
  CHECK(file.indices.at("c").to_vector() == std::vector<Index>{7, -8, Index{1} << 40});
  CHECK(file.words.at("made by") == "json and struct, \xc3\xa4");
}

TEST_CASE("safetensors: what comes back is what was saved", "[14.10][14.11][14.9][core]") {
  Rng rng(2);
  const runs::Folder folder;
  const Linear net(3, 4, rng);
  save_safetensors(folder / "net", net.state_dict(), {{"license", "CC BY 4.0"}});
  const StateDict loaded = load_safetensors(folder / "net");
  REQUIRE(loaded.size() == 2);
  for (const auto& [name, t] : net.state_dict()) CHECK_TENSOR_NEAR(loaded.at(name), t, 0);
  CHECK(load_tensor_file(folder / "net").words == Words{{"license", "CC BY 4.0"}});
  const Linear other(3, 4, rng);
  other.load_state_dict(loaded);
  CHECK_TENSOR_NEAR(other.weight.detach(), net.weight.detach(), 0);
  CHECK_TENSOR_NEAR(other.bias.detach(), net.bias.detach(), 0);
}

TEST_CASE("safetensors: odd numbers and empty tensors survive", "[14.10][14.11][edge]") {
  const real inf = std::numeric_limits<real>::infinity();
  const real tiny = std::numeric_limits<real>::denorm_min();
  const StateDict odd = {
      {"odd", tensor({inf, -inf, std::numeric_limits<real>::quiet_NaN(), tiny}, {4})},
      {"none", zeros({0, 3})},
      {"one", scalar(-0.0f)}};
  const TensorFile back = decode_safetensors(encode_safetensors({odd, {}, {}}), "bytes");
  CHECK_TENSOR_NEAR(back.tensors.at("odd"), read(odd.at("odd")), 0);
  CHECK(back.tensors.at("odd").at({3}) == tiny);
  CHECK_SHAPE(back.tensors.at("none"), {0, 3});
  CHECK(std::signbit(back.tensors.at("one").item()));
  CHECK(decode_safetensors(encode_safetensors({}), "bytes").tensors.empty());
}

TEST_CASE("safetensors: equal tensors give equal files", "[14.10][property]") {
  const TensorFile file{{{"b", ones({3})}, {"a", zeros({2})}}, {{"n", index_tensor({1}, {1})}}, {}};
  CHECK(encode_safetensors(file) == encode_safetensors(file));
  CHECK(encode_safetensors(file).size() ==
        8 + header_length(encode_safetensors(file)) + 8 + 5 * sizeof(real));
}

TEST_CASE("safetensors: names that cannot be written", "[14.10][errors]") {
  CHECK_FALSE(encode_safetensors({{{"w", ones({1})}}, {}, {}}).empty());
  CHECK_THROWS_WITH(encode_safetensors({{{"__metadata__", ones({1})}}, {}, {}}),
                    contains("__metadata__"));
  CHECK_THROWS_WITH(encode_safetensors({{{"w", ones({1})}}, {{"w", index_tensor({1}, {1})}}, {}}),
                    contains("expects each name once"));
  CHECK_THROWS_WITH(encode_safetensors({{{"w", Tensor()}}, {}, {}}), contains("an undefined 'w'"));
}
