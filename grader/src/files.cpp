#include "files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "course.hpp"
#include "scratch.hpp"

namespace grader {
namespace fs = std::filesystem;

std::string read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file)) {
    throw UsageError("cannot read " + file.generic_string() +
                     "; does it exist, and may you read it?");
  }
  std::ostringstream text;
  if (in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();
  return text.str();
}

bool write_if_changed(const fs::path& file, const std::string& text) {
  std::error_code ignored;
  if (fs::is_regular_file(file, ignored) && read_text(file) == text) return false;
  if (!file.parent_path().empty()) fs::create_directories(file.parent_path());
  const fs::path temporary = unique_path(file.parent_path(), file.filename().string());
  std::ofstream out(temporary, std::ios::binary);
  out << text;
  out.close();
  if (!out) {
    fs::remove(temporary, ignored);
    throw InfrastructureError("cannot write " + file.generic_string() + "; is the disk full?");
  }
  fs::rename(temporary, file);
  return true;
}

void write_atomically(const fs::path& path, const std::string& text, unsigned mode) {
  const fs::path folder = fs::absolute(path).parent_path();
  const fs::path temporary = unique_path(folder, path.filename().string());
  const auto fail = [&](const char* what) {
    const std::string reason = std::strerror(errno);
    std::error_code ignored;
    fs::remove(temporary, ignored);
    throw InfrastructureError(std::string("cannot ") + what + " " + path.string() + ": " + reason);
  };
  std::error_code error;
  fs::create_directories(folder, error);
  const int fd = open(temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode);
  if (fd < 0) fail("write");
  bool ok = true;
  for (std::size_t done = 0; ok && done < text.size();) {
    const ssize_t n = write(fd, text.data() + done, text.size() - done);
    ok = n > 0 || errno == EINTR;
    if (n > 0) done += static_cast<std::size_t>(n);
  }
  ok = ok && fsync(fd) == 0;
  ok = close(fd) == 0 && ok;
  if (!ok) fail("write");
  if (rename(temporary.c_str(), fs::absolute(path).c_str()) != 0) fail("replace");
}

std::vector<fs::path> list_files(const fs::path& folder, std::string_view extension) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->is_regular_file() && it->path().extension() == extension) files.push_back(it->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == text.npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string join_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const std::size_t first = text.find_first_not_of(space);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

}  // namespace grader
