// 05_layers / table.hpp: a module as text. Given code.
//
//   fc1.weight    [128, 784]  100352
//   fc1.bias      [128]          128
//   norm.mean     [128]               buffer
//   parameters                100480
// One line a tensor, in the order of named_parameters(), then the buffers.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include <tinytorch/layers/tree.hpp>

namespace tinytorch::detail {

inline std::string module_table(const ModuleState& module) {
  NamedTensors parameters, buffers;
  collect(module, "", &ModuleState::parameters, parameters);
  collect(module, "", &ModuleState::buffers, buffers);

  struct Row {
    std::string name, shape, count, note;
  };
  std::vector<Row> rows;
  Index total = 0;
  for (const auto& [name, tensor] : parameters) {
    rows.push_back({name, to_string(tensor.shape()), std::to_string(tensor.numel()), ""});
    total += tensor.numel();
  }
  for (const auto& [name, tensor] : buffers) {
    rows.push_back({name, to_string(tensor.shape()), "", "  buffer"});
  }
  rows.push_back({"parameters", "", std::to_string(total), ""});

  std::size_t name_width = 0, shape_width = 0, count_width = 0;
  for (const Row& row : rows) {
    name_width = std::max(name_width, row.name.size());
    shape_width = std::max(shape_width, row.shape.size());
    count_width = std::max(count_width, row.count.size());
  }
  const auto spaces = [](std::size_t width, const std::string& text) {
    return std::string(width - text.size(), ' ');
  };
  std::string table;
  for (const Row& row : rows) {
    table += row.name + spaces(name_width, row.name) + "  " + row.shape +
             spaces(shape_width, row.shape) + "  " + spaces(count_width, row.count) + row.count +
             row.note + "\n";
  }
  return table;
}

}  // namespace tinytorch::detail
