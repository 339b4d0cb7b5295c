// oracles / onnx: do our operators agree with the numbers that the ONNX project ships?
//
//   ./tito/tito run tests/oracles/onnx/main.cpp --solution     the cases kept here, at the repository's root
// and with arguments of its own, when it is compiled with `tito dev flags --solution`:
//   main --package /usr/share/libonnx-testdata/data/node       all that apply, from Debian's package
//   main --package FOLDER --keep NAME [NAME ...]               writes cases/NAME.txt
// Ends with 0 if all agree, 1 if not, 3 if the cases cannot be read.
#include <algorithm>
#include <cstdio>

#include "operators.hpp"
#include "package.hpp"

namespace {

namespace fs = std::filesystem;
namespace tt = tinytorch;

constexpr double tolerance = 1e-5;  // of max(1, |expected|)

/// Empty if they agree.
std::string difference(const tt::Tensor& ours, const oracle::Array& expected) {
  if (ours.shape() != oracle::shape_of(expected)) {
    return "expects shape " + oracle::shape_text(expected.shape) + ", got " +
           to_string(ours.shape());
  }
  const tt::Tensor flat = ours.contiguous();
  for (tt::Index i = 0; i < flat.numel(); ++i) {
    const double got = flat.data()[i], want = expected.numbers[static_cast<std::size_t>(i)];
    const bool close = got == want || (std::isnan(got) && std::isnan(want)) ||
                       std::abs(got - want) <= tolerance * std::max(1.0, std::abs(want));
    if (!close) {
      return "element " + std::to_string(i) + ": expects " + oracle::number_text(want) + ", got " +
             oracle::number_text(got);
    }
  }
  return "";
}

struct Count {
  int agree = 0, differ = 0, left_out = 0;
};

bool numbers_we_have(const oracle::Case& c) {
  const auto known = [](const oracle::Array& a) {
    return a.type.empty() || (a.count() == static_cast<std::int64_t>(a.numbers.size()) &&
                              (a.type == "float" || a.type == "int64" || a.type == "bool"));
  };
  return std::all_of(c.inputs.begin(), c.inputs.end(), known) && known(c.outputs.at(0));
}

void check(const oracle::Case& c, const std::map<std::string, oracle::Operator>& table,
           Count& count) {
  const auto found = table.find(c.op);
  if (found == table.end() || !numbers_we_have(c)) {
    ++count.left_out;
    return;
  }
  std::string problem;
  try {
    const oracle::Outputs ours = found->second(c);
    if (!ours) {
      ++count.left_out;
      return;
    }
    for (std::size_t i = 0; i < ours->size() && problem.empty(); ++i) {
      problem = difference((*ours)[i], c.outputs.at(i));
    }
  } catch (const std::exception& error) {
    problem = error.what();
  }
  ++(problem.empty() ? count.agree : count.differ);
  if (!problem.empty())
    std::printf("  %s (%s): %s\n", c.name.c_str(), c.op.c_str(), problem.c_str());
}

std::vector<fs::path> sorted(const fs::path& folder) {
  std::vector<fs::path> entries;
  if (!fs::is_directory(folder)) throw oracle::BadCase(folder.string() + ": is no folder of cases");
  for (const auto& entry : fs::directory_iterator(folder)) entries.push_back(entry.path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

int report(const Count& count, const std::string& what) {
  std::printf(
      "%s: %d cases agree, %d differ, %d are left out (operators and options that are not here)\n",
      what.c_str(), count.agree, count.differ, count.left_out);
  return count.differ == 0 && count.agree > 0 ? 0 : 1;
}

int run(const std::vector<std::string>& words) {
  const auto table = oracle::operators();
  fs::path package, folder = "tests/oracles/onnx/cases";  // seen from the repository's root
  std::vector<std::string> keep;
  bool keeping = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--package" && i + 1 < words.size()) {
      package = words[++i];
    } else if (words[i] == "--cases" && i + 1 < words.size()) {
      folder = words[++i];
    } else if (words[i] == "--keep") {
      keeping = true;
    } else if (keeping) {
      keep.push_back(words[i]);
    } else {
      std::fprintf(stderr, "usage: main [--cases FOLDER] [--package FOLDER [--keep NAME ...]]\n");
      return 2;
    }
  }
  Count count;
  if (package.empty()) {
    for (const fs::path& file : sorted(folder)) {
      if (file.extension() == ".txt") check(oracle::read_case(file), table, count);
    }
    return report(count, "cases kept here");
  }
  for (const std::string& name : keep) {
    auto c = oracle::read_packaged(package / ("test_" + name));
    if (!c) throw oracle::BadCase(name + ": is not a single operator");
    c->origin =
        "ONNX test case node/test_" + name + " (Apache-2.0), from Debian's libonnx-testdata";
    std::ofstream(folder / (name + ".txt")) << oracle::to_text(*c);
  }
  if (keeping) return 0;
  for (const fs::path& one : sorted(package)) {
    if (const auto c = oracle::read_packaged(one)) check(*c, table, count);
  }
  return report(count, "cases of the package");
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run({argv + 1, argv + argc});
  } catch (const oracle::BadCase& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
}
