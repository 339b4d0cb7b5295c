#include "regions.hpp"

#include <optional>

#include "files.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kBegin = "// BEGIN SOLUTION ";
constexpr std::string_view kEnd = "// END SOLUTION ";

[[noreturn]] void fail(const fs::path& file, int line, const std::string& what,
                       const std::string& advice) {
  throw RegionError(file.generic_string() + ":" + std::to_string(line) + ": " + what + "; " +
                    advice);
}

/// "01.12": two digits, a dot, a number from 1 on.
bool is_blank_id(std::string_view id) {
  if (id.size() < 4 || id[2] != '.' || id[3] == '0') return false;
  for (std::size_t i = 0; i < id.size(); ++i) {
    if (i != 2 && (id[i] < '0' || id[i] > '9')) return false;
  }
  return true;
}

struct Marker {
  bool begin;
  std::string id;
};

/// The marker on this line, if there is one. Whatever only resembles a marker is an error:
/// overlooking it would hand the solution to a student.
std::optional<Marker> marker_on(const std::string& line, const fs::path& file, int number) {
  const bool begin = line.find("BEGIN SOLUTION") != line.npos;
  if (!begin && line.find("END SOLUTION") == line.npos) return std::nullopt;
  const std::string_view text = trim(line), word = begin ? kBegin : kEnd;
  const std::string id(text.starts_with(word) ? text.substr(word.size()) : std::string_view{});
  if (!is_blank_id(id)) {
    fail(file, number, "malformed marker '" + std::string(text) + "'",
         "write '" + std::string(word) + "01.2' alone on its line");
  }
  return Marker{begin, id};
}

bool has_code(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    const std::string_view text = trim(line);
    if (!text.empty() && !text.starts_with("//")) return true;
  }
  return false;
}

/// The line of the last "// TODO(id)" between the previous region and this one.
int find_todo(const std::vector<std::string>& lines, int after, int before, const std::string& id) {
  for (int number = before - 1; number > after; --number) {
    if (trim(lines[number - 1]).starts_with("// TODO(" + id + ")")) return number;
  }
  return 0;
}

const Blank& blank_of(const Module& module, const Region& region, const fs::path& file) {
  if (const Blank* blank = module.find_blank(region.id)) return *blank;
  if (region.id.substr(0, 2) != module.id.substr(0, 2)) {
    fail(file, region.begin_line,
         "blank " + region.id + " belongs to another module than " + module.id,
         "move it, or give it an id that starts with " + module.id.substr(0, 2) + ".");
  }
  fail(file, region.begin_line, "blank " + region.id + " is not in modules/course.json",
       "add it to the blanks of " + module.id);
}

std::string todo_call(const Blank& blank) {
  return "todo(\"" + blank.id + "\", \"" + blank.function + "\");";
}

/// Copies the text; at each region calls emit(region, begin marker line, end marker line) for its
/// replacement.
template <class Emit>
std::string rewrite(const std::string& solution, const fs::path& file, Emit emit) {
  const std::vector<std::string> lines = split_lines(solution);
  std::vector<std::string> out;
  std::size_t next = 0;
  for (const Region& region : parse_regions(solution, file)) {
    const auto begin = static_cast<std::size_t>(region.begin_line - 1);
    out.insert(out.end(), lines.begin() + next, lines.begin() + begin);
    emit(region, lines[begin], lines[region.end_line - 1], out);
    next = static_cast<std::size_t>(region.end_line);
  }
  out.insert(out.end(), lines.begin() + next, lines.end());
  return join_lines(out);
}

}  // namespace

std::vector<Region> parse_regions(const std::string& text, const fs::path& file) {
  const std::vector<std::string> lines = split_lines(text);
  std::vector<Region> regions;
  std::optional<Region> open;
  for (int number = 1; number <= static_cast<int>(lines.size()); ++number) {
    const std::string& line = lines[number - 1];
    const std::optional<Marker> marker = marker_on(line, file, number);
    if (!marker) {
      if (open) open->lines.push_back(line);
    } else if (marker->begin) {
      if (open) {
        fail(file, number, "BEGIN SOLUTION " + marker->id + " inside region " + open->id,
             "end region " + open->id + " first: regions do not nest");
      }
      for (const Region& other : regions) {
        if (other.id != marker->id) continue;
        fail(file, number,
             "a second region " + marker->id + " (the first is at line " +
                 std::to_string(other.begin_line) + ")",
             "give each region its own id");
      }
      const int previous_end = regions.empty() ? 0 : regions.back().end_line;
      open = Region{marker->id, line.substr(0, line.find_first_not_of(" \t")),      number,
                    0,          find_todo(lines, previous_end, number, marker->id), {}};
    } else {
      if (!open) {
        fail(file, number, "END SOLUTION " + marker->id + " without a BEGIN",
             "put '" + std::string(kBegin) + marker->id + "' before the code, or delete this line");
      }
      if (open->id != marker->id) {
        fail(file, number, "END SOLUTION " + marker->id + " closes region " + open->id,
             "the two markers of a region carry the same id");
      }
      if (!has_code(open->lines)) {
        fail(file, open->begin_line, "region " + open->id + " is empty",
             "move the code that the student writes between its markers");
      }
      open->end_line = number;
      regions.push_back(std::move(*open));
      open.reset();
    }
  }
  if (open) {
    fail(file, open->begin_line, "region " + open->id + " is not ended",
         "put '" + std::string(kEnd) + open->id + "' after its last line");
  }
  return regions;
}

std::string skeleton_text(const std::string& solution, const Module& module, const fs::path& file) {
  return rewrite(solution, file,
                 [&](const Region& region, const std::string&, const std::string&, auto& out) {
                   out.push_back(region.indent + todo_call(blank_of(module, region, file)));
                 });
}

std::string probe_text(const std::string& solution, const Module& module, const fs::path& file) {
  return rewrite(
      solution, file,
      [&](const Region& region, const std::string&, const std::string& end, auto& out) {
        const std::string call = todo_call(blank_of(module, region, file));
        out.push_back(region.indent + "if (switched_off(\"" + region.id + "\")) " + call);
        out.insert(out.end(), region.lines.begin(), region.lines.end());
        out.push_back(end);
      });
}

std::string replace_region(const std::string& solution, const std::string& id,
                           const std::string& body, const fs::path& file) {
  bool found = false;
  std::string text = rewrite(
      solution, file,
      [&](const Region& region, const std::string& begin, const std::string& end, auto& out) {
        const bool wanted = region.id == id;
        const std::vector<std::string> lines = wanted ? split_lines(body) : region.lines;
        out.push_back(begin);
        out.insert(out.end(), lines.begin(), lines.end());
        out.push_back(end);
        found = found || wanted;
      });
  if (!found) {
    throw RegionError(file.generic_string() + ": has no region " + id +
                      "; look for its BEGIN SOLUTION marker");
  }
  return text;
}

}  // namespace grader
