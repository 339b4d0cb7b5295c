// oracles / case.hpp: one operator, what went in and what must come out, as another project computed it.
//
// As text, one case a file (cases/*.txt):
//     # where it comes from
//     operator Softmax
//     attribute axis 1
//     input float [2, 3]
//     1 2 3 4 5 6
//     output float [2, 3]
//     ...
// Numbers are written with nine digits, enough to give back every float. Integers and truth values are kept as
// numbers too; `type` tells what they were.
#pragma once
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace oracle {

/// A broken case file: nobody's code is at fault.
struct BadCase : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Array {
  std::string type;  // float, double, int32, int64, bool; empty: an optional input that is left out
  std::vector<std::int64_t> shape;
  std::vector<double> numbers;

  std::int64_t count() const {
    std::int64_t n = 1;
    for (const std::int64_t size : shape) n *= size;
    return n;
  }
};

struct Case {
  std::string name, origin, op;
  std::map<std::string, std::vector<double>> attributes;  // a single number is a list of one
  std::map<std::string, std::string> words;               // attributes that are text
  std::vector<Array> inputs, outputs;

  bool has(const std::string& attribute) const {
    return attributes.count(attribute) != 0 || words.count(attribute) != 0;
  }
  double number(const std::string& attribute, double otherwise) const {
    const auto found = attributes.find(attribute);
    return found == attributes.end() ? otherwise : found->second.at(0);
  }
  std::vector<std::int64_t> list(const std::string& attribute) const {
    const auto found = attributes.find(attribute);
    if (found == attributes.end()) return {};
    return {found->second.begin(), found->second.end()};
  }
  std::string word(const std::string& attribute, const std::string& otherwise = "") const {
    const auto found = words.find(attribute);
    return found == words.end() ? otherwise : found->second;
  }
};

inline std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  }
  return text + "]";
}

inline std::string number_text(double x) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.9g", x);
  return buffer;
}

inline void write_array(std::ostream& out, const char* what, const Array& array) {
  out << what << ' ' << (array.type.empty() ? "none" : array.type) << ' ' << shape_text(array.shape)
      << '\n';
  for (std::size_t i = 0; i < array.numbers.size(); ++i) {
    const bool ends = i % 12 == 11 || i + 1 == array.numbers.size();
    out << number_text(array.numbers[i]) << (ends ? '\n' : ' ');
  }
}

inline std::string to_text(const Case& c) {
  std::ostringstream out;
  out << "# " << c.origin << "\noperator " << c.op << '\n';
  for (const auto& [name, numbers] : c.attributes) {
    out << "attribute " << name;
    for (const double x : numbers) out << ' ' << number_text(x);
    out << '\n';
  }
  for (const auto& [name, text] : c.words) out << "word " << name << ' ' << text << '\n';
  for (const Array& array : c.inputs) write_array(out, "input", array);
  for (const Array& array : c.outputs) write_array(out, "output", array);
  return out.str();
}

inline double read_number(std::istream& in, const std::string& where) {
  std::string word;
  in >> word;
  try {
    return std::stod(word);  // unlike >>, it knows nan and inf
  } catch (const std::exception&) {
    throw BadCase(where + ": expects a number, got '" + word + "'");
  }
}

inline Array read_array(const std::string& heading, std::istream& in, const std::string& where) {
  Array array;
  std::istringstream words(heading);
  words >> array.type;
  if (array.type == "none") array.type.clear();
  for (std::string size; words >> size;) {
    const std::size_t digits = size.find_first_of("0123456789");
    if (digits != size.npos) array.shape.push_back(std::stoll(size.substr(digits)));
  }
  if (array.type.empty()) return array;
  for (std::int64_t i = 0, n = array.count(); i < n; ++i) {
    array.numbers.push_back(read_number(in, where));
  }
  in >> std::ws;
  return array;
}

inline Case read_case(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw BadCase(file.string() + ": cannot be read");
  Case c;
  c.name = file.stem().string();
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string what, name;
    words >> what;
    if (what == "#") {
      c.origin = line.substr(2);
    } else if (what == "operator") {
      words >> c.op;
    } else if (what == "attribute") {
      words >> name;
      while (words >> std::ws && !words.eof()) {
        c.attributes[name].push_back(read_number(words, file.string()));
      }
    } else if (what == "word") {
      words >> name >> c.words[name];
    } else if (what == "input") {
      c.inputs.push_back(read_array(line.substr(6), in, file.string()));
    } else if (what == "output") {
      c.outputs.push_back(read_array(line.substr(7), in, file.string()));
    } else if (!what.empty()) {
      throw BadCase(file.string() + ": expects operator, attribute, word, input or output, got '" +
                    what + "'");
    }
  }
  if (c.op.empty() || c.outputs.empty()) {
    throw BadCase(file.string() + ": expects an operator and an output");
  }
  return c;
}

}  // namespace oracle
