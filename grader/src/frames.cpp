#include "frames.hpp"

#include <algorithm>
#include <cctype>

#include "files.hpp"
#include "process.hpp"
#include "text.hpp"

namespace grader {
namespace {

constexpr std::size_t frame_limit = 40;

/// "f(int) at modules/01_tensor/views.hpp:12", perhaps after " (inlined by) " and before "
/// (discriminator 2)".
bool parse_line(std::string_view line, Frame& frame) {
  line = trim(line);
  constexpr std::string_view inlined = "(inlined by) ";
  if (line.starts_with(inlined)) line.remove_prefix(inlined.size());
  if (const auto extra = line.find(" (discriminator"); extra != line.npos)
    line = line.substr(0, extra);
  const std::size_t at = line.rfind(" at ");
  const std::size_t colon = line.rfind(':');
  if (at == line.npos || colon == line.npos || colon < at) return false;
  frame.function = short_function(std::string(line.substr(0, at)));
  frame.file = tidy_path(line.substr(at + 4, colon - at - 4));
  frame.line = std::atoi(std::string(line.substr(colon + 1)).c_str());
  return frame.file != "??" && frame.line > 0;
}

}  // namespace

std::vector<Frame> resolve_frames(const std::filesystem::path& executable,
                                  const std::vector<std::string>& addresses) {
  if (addresses.empty() || find_program("addr2line").empty()) return {};
  ProcessSpec spec;
  spec.arguments = {"addr2line", "-Cfipe", executable.string()};
  spec.arguments.insert(spec.arguments.end(), addresses.begin(), addresses.end());
  spec.environment = minimal_environment();
  spec.wall_seconds = 20;
  const ProcessResult result = run_process(spec);
  std::vector<Frame> frames;
  for (const std::string& line : split_lines(result.out)) {
    Frame frame;
    if (!parse_line(clean_text(line, 2000), frame)) continue;
    if (frame.file.find("/catch2/") != std::string::npos) continue;
    const bool repeats =
        !frames.empty() && frames.back().file == frame.file && frames.back().line == frame.line;
    if (!repeats && frames.size() < frame_limit) frames.push_back(std::move(frame));
  }
  return frames;
}

std::string short_function(std::string name) {
  // Arguments first: from the first parenthesis that is not part of "operator()" or "(anonymous
  // namespace)".
  for (std::size_t at = name.find('('); at != name.npos; at = name.find('(', at + 1)) {
    if (name.compare(at, 21, "(anonymous namespace)") == 0 || name.compare(at, 3, "(.)") == 0)
      continue;
    if (at >= 8 && name.compare(at - 8, 10, "operator()") == 0) {
      ++at;
      continue;
    }
    name.resize(at);
    break;
  }
  for (const std::string_view noise :
       {"tinytorch::", "(anonymous namespace)::", "std::__cxx11::"}) {
    for (std::size_t at = name.find(noise); at != name.npos; at = name.find(noise))
      name.erase(at, noise.size());
  }
  // A return type, which only templates carry, ends with the last space outside <...>.
  int depth = 0;
  for (std::size_t at = name.size(); at-- > 0 && name.find("operator") == name.npos;) {
    depth += name[at] == '>' ? 1 : name[at] == '<' ? -1 : 0;
    if (name[at] != ' ' || depth != 0) continue;
    name.erase(0, at + 1);
    break;
  }
  if (name.starts_with("C_A_T_C_H_T_E_S_T") || name.find("CATCH2_INTERNAL_TEST") != name.npos)
    return "the test";
  return clean_text(name, 160);
}

std::string tidy_path(std::string_view path) {
  return std::filesystem::path(path).lexically_normal().generic_string();
}

const Frame* first_student_frame(const std::vector<Frame>& frames) {
  const auto is_students = [](const Frame& frame) {
    for (const std::string_view folder : {"modules/", "solutions/"}) {
      if (!frame.file.starts_with(folder) || frame.file.size() <= folder.size()) continue;
      if (std::isdigit(static_cast<unsigned char>(frame.file[folder.size()])) != 0) return true;
    }
    return false;
  };
  const auto found = std::find_if(frames.begin(), frames.end(), is_students);
  return found == frames.end() ? nullptr : &*found;
}

}  // namespace grader
