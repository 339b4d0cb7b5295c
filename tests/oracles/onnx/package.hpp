// oracles / package.hpp: cases as the ONNX project ships them: a folder with model.onnx (one operator) and
// test_data_set_0/input_0.pb, output_0.pb ...
//
// These are protocol buffers. Of the format (https://protobuf.dev/programming-guides/encoding) only what these files use
// is read: a message is a row of fields, each a number (what it means, and how it is written) and a value. The
// numbers stand in https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
#pragma once
#include <cstring>
#include <optional>
#include <string_view>

#include "case.hpp"

namespace oracle {

/// One field of a message.
struct Field {
  int number = 0;
  std::uint64_t value = 0;  // of a varint, or the bits of a fixed-size number
  std::string_view bytes;   // of a text, a nested message or a packed list
};

class Message {
 public:
  explicit Message(std::string_view bytes) : rest_(bytes) {}

  /// The next field; nothing at the end.
  std::optional<Field> next() {
    if (rest_.empty()) return std::nullopt;
    const std::uint64_t key = varint();
    Field field;
    field.number = static_cast<int>(key >> 3);
    switch (key & 7) {
      case 0: field.value = varint(); break;
      case 1: field.value = fixed(8); break;
      case 2: field.bytes = take(varint()); break;
      case 5: field.value = fixed(4); break;
      default: throw BadCase("protocol buffer: an unknown way to write a field");
    }
    return field;
  }

  bool empty() const { return rest_.empty(); }

  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(take(1)[0]);
      value |= std::uint64_t(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw BadCase("protocol buffer: a number without end");
  }

  std::uint64_t fixed(std::size_t size) {
    const std::string_view bytes = take(size);
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data(), size);  // little-endian, as the machine
    return value;
  }

 private:
  std::string_view take(std::uint64_t count) {
    if (count > rest_.size()) throw BadCase("protocol buffer: the file ends in the middle");
    const std::string_view bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return bytes;
  }

  std::string_view rest_;
};

template <class T>
T bits_to(std::uint64_t bits) {
  T value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

/// TensorProto: dims 1, data_type 2, float_data 4, int32_data 5, int64_data 7, raw_data 9, double_data 10.
inline Array parse_tensor(std::string_view bytes) {
  static const std::map<std::uint64_t, std::string> types = {
      {1, "float"}, {6, "int32"}, {7, "int64"}, {9, "bool"}, {11, "double"}};
  Array array;
  std::string_view raw;
  const auto whole = [&](const Field& field) {  // packed or one by one
    Message list(field.bytes);
    if (field.bytes.empty())
      array.numbers.push_back(static_cast<double>(std::int64_t(field.value)));
    while (!list.empty()) {
      array.numbers.push_back(static_cast<double>(std::int64_t(list.varint())));
    }
  };
  Message message(bytes);
  while (const auto field = message.next()) {
    Message list(field->bytes);
    switch (field->number) {
      case 1:
        if (field->bytes.empty()) array.shape.push_back(std::int64_t(field->value));
        while (!list.empty()) array.shape.push_back(std::int64_t(list.varint()));
        break;
      case 2: {
        const auto type = types.find(field->value);
        array.type = type == types.end() ? "other" : type->second;
        break;
      }
      case 4:
        if (field->bytes.empty()) array.numbers.push_back(bits_to<float>(field->value));
        while (!list.empty()) array.numbers.push_back(bits_to<float>(list.fixed(4)));
        break;
      case 5:
      case 7: whole(*field); break;
      case 9: raw = field->bytes; break;
      case 10:
        while (!list.empty()) array.numbers.push_back(bits_to<double>(list.fixed(8)));
        break;
      default: break;
    }
  }
  Message list(raw);
  while (!list.empty()) {
    if (array.type == "float") {
      array.numbers.push_back(bits_to<float>(list.fixed(4)));
    } else if (array.type == "double") {
      array.numbers.push_back(bits_to<double>(list.fixed(8)));
    } else if (array.type == "int64") {
      array.numbers.push_back(static_cast<double>(bits_to<std::int64_t>(list.fixed(8))));
    } else if (array.type == "int32") {
      array.numbers.push_back(bits_to<std::int32_t>(list.fixed(4)));
    } else if (array.type == "bool") {
      array.numbers.push_back(static_cast<double>(list.fixed(1)));
    } else {
      return array;  // a type that no operator here takes
    }
  }
  return array;
}

/// AttributeProto: name 1, f 2, i 3, s 4, floats 7, ints 8.
inline void parse_attribute(std::string_view bytes, Case& c) {
  std::string name;
  std::vector<double> numbers;
  std::string_view text;
  Message message(bytes);
  while (const auto field = message.next()) {
    Message list(field->bytes);
    switch (field->number) {
      case 1: name = field->bytes; break;
      case 2: numbers.push_back(bits_to<float>(field->value)); break;
      case 3: numbers.push_back(static_cast<double>(std::int64_t(field->value))); break;
      case 4: text = field->bytes; break;
      case 7:
        if (field->bytes.empty()) numbers.push_back(bits_to<float>(field->value));
        while (!list.empty()) numbers.push_back(bits_to<float>(list.fixed(4)));
        break;
      case 8:
        if (field->bytes.empty())
          numbers.push_back(static_cast<double>(std::int64_t(field->value)));
        while (!list.empty()) numbers.push_back(static_cast<double>(std::int64_t(list.varint())));
        break;
      default: break;
    }
  }
  if (!text.empty()) c.words[name] = text;
  if (!numbers.empty()) c.attributes[name] = numbers;
}

inline std::string read_bytes(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw BadCase(file.string() + ": cannot be read");
  return {std::istreambuf_iterator<char>(in), {}};
}

/// ModelProto: graph 7; GraphProto: node 1; NodeProto: input 1, op_type 4, attribute 5. Nothing if the model has more than
/// one operator.
inline std::optional<Case> read_packaged(const std::filesystem::path& folder) {
  Case c;
  c.name = folder.filename().string();
  const std::string model = read_bytes(folder / "model.onnx");
  int nodes = 0;
  std::vector<bool> given;  // an optional input that is left out has an empty name
  Message fields(model);
  while (const auto graph = fields.next()) {
    if (graph->number != 7) continue;
    Message inside(graph->bytes);
    while (const auto node = inside.next()) {
      if (node->number != 1) continue;
      ++nodes;
      Message parts(node->bytes);
      while (const auto part = parts.next()) {
        if (part->number == 1) given.push_back(!part->bytes.empty());
        if (part->number == 4) c.op = part->bytes;
        if (part->number == 5) parse_attribute(part->bytes, c);
      }
    }
  }
  if (nodes != 1) return std::nullopt;
  const std::filesystem::path data = folder / "test_data_set_0";
  int input = 0;
  for (const bool is_given : given) {
    if (!is_given) {
      c.inputs.emplace_back();
      continue;
    }
    const auto file = data / ("input_" + std::to_string(input++) + ".pb");
    if (!std::filesystem::exists(file)) return std::nullopt;
    c.inputs.push_back(parse_tensor(read_bytes(file)));
  }
  for (int i = 0; std::filesystem::exists(data / ("output_" + std::to_string(i) + ".pb")); ++i) {
    c.outputs.push_back(parse_tensor(read_bytes(data / ("output_" + std::to_string(i) + ".pb"))));
  }
  if (c.outputs.empty()) return std::nullopt;
  return c;
}

}  // namespace oracle
