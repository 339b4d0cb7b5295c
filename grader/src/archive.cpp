#include "archive.hpp"

#ifdef TINYTORCH_HAVE_LIBARCHIVE
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>

#include "text.hpp"
#endif

namespace grader {
namespace fs = std::filesystem;
#ifdef TINYTORCH_HAVE_LIBARCHIVE
namespace {

class ArchiveReader {
 public:
  ArchiveReader(const fs::path& file, const OwnedNames& owned, const IntakeLimits& limits)
      : fd_(open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)),
        reader_(archive_read_new(), archive_read_free),
        owned_(owned),
        limits_(limits) {
    struct stat info {};
    if (fd_ < 0 || fstat(fd_, &info) != 0 || !S_ISREG(info.st_mode)) {
      close_file();
      throw UsageError("the submission " + file.string() +
                       " expects a folder or a regular file that can be read");
    }
    packed_ = static_cast<std::size_t>(info.st_size);
  }
  ~ArchiveReader() { close_file(); }
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;

  std::vector<Entry> read() {
    at_most(packed_, limits_.archive_bytes, "bytes");
    open_archive();
    std::vector<Entry> entries;
    archive_entry* header = nullptr;
    while (next(&header)) {
      if (entries.empty()) check_filters();
      at_most(entries.size() + 1, limits_.entries, "entries");
      entries.push_back(read_entry(header));
    }
    return entries;
  }

 private:
  void close_file() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

  void open_archive() {
    archive* a = reader_.get();
    // Of zip only the reader that goes by the directory at the end: the other one also believes
    // what stands before each file, and the two need not agree.
    const bool ready = a && archive_read_support_format_zip_seekable(a) == ARCHIVE_OK &&
                       archive_read_support_format_tar(a) == ARCHIVE_OK &&
                       archive_read_support_filter_gzip(a) == ARCHIVE_OK;
    if (!ready) throw InfrastructureError("libarchive reads no zip, tar or gzip on this machine");
    if (archive_read_open_fd(a, fd_, 1 << 16) != ARCHIVE_OK) broken();
  }

  bool next(archive_entry** header) {
    const int result = archive_read_next_header(reader_.get(), header);
    if (result == ARCHIVE_EOF) return false;
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN) broken();
    doubtful_ = result == ARCHIVE_WARN;
    return true;
  }

  /// A gzip within a gzip may grow a thousandfold twice.
  void check_filters() const {
    if (archive_filter_count(reader_.get()) > 2)
      throw RefusedSubmission("expects an archive that is packed once, got one packed twice");
  }

  Entry read_entry(archive_entry* header) {
    Entry entry;
    const char* name = archive_entry_pathname(header);
    entry.path = name ? name : "";
    const auto declared = archive_entry_size_is_set(header) ? archive_entry_size(header) : 0;
    count_unpacked(declared < 0 ? limits_.unpacked_bytes + 1 : static_cast<std::size_t>(declared));
    entry.folder = archive_entry_filetype(header) == AE_IFDIR;
    entry.problem = kind_problem(header);
    // Two places of the archive contradict each other, such as on a size: which one counts differs
    // from program to program.
    if (entry.problem.empty() && doubtful_) entry.problem = "is damaged: " + words();
    if (!entry.problem.empty() || entry.folder || !owned_.owns_below_top(plain_name(entry.path)))
      return entry;
    read_text(entry);
    taken_ += entry.text.size();
    at_most(taken_, limits_.taken_bytes, "bytes of headers");
    return entry;
  }

  static std::string kind_problem(archive_entry* header) {
    if (archive_entry_hardlink(header)) return "is a link: links are not followed";
    if (archive_entry_is_encrypted(header)) return "is encrypted";
    switch (archive_entry_filetype(header)) {
      case AE_IFREG:
      case AE_IFDIR: return "";
      case AE_IFLNK: return "is a link: links are not followed";
      default: return "is no regular file";
    }
  }

  void read_text(Entry& entry) {
    std::string text(limits_.file_bytes + 1, '\0');
    std::size_t size = 0;
    // To the end, where libarchive compares lengths and checksums, or until it is too much.
    for (la_ssize_t n = 1; n > 0 && size < text.size(); size += static_cast<std::size_t>(n)) {
      n = archive_read_data(reader_.get(), text.data() + size, text.size() - size);
      if (n == ARCHIVE_FATAL) broken();
      if (n < 0) {
        entry.problem = "cannot be read: " + words();
        return;
      }
    }
    text.resize(size);
    entry.text = std::move(text);
  }

  void count_unpacked(std::size_t bytes) {
    unpacked_ = bytes > limits_.unpacked_bytes ? bytes : unpacked_ + bytes;
    at_most(unpacked_, limits_.unpacked_bytes, "bytes when unpacked");
    if (unpacked_ > limits_.file_bytes && unpacked_ / limits_.ratio > packed_) {
      throw RefusedSubmission("expects an archive that unpacks to at most " +
                              std::to_string(limits_.ratio) + " times its size, got more");
    }
  }

  static void at_most(std::size_t got, std::size_t limit, const std::string& what) {
    if (got > limit) {
      throw RefusedSubmission("expects at most " + std::to_string(limit) + " " + what +
                              ", got more");
    }
  }

  [[noreturn]] void broken() const {
    throw RefusedSubmission("expects a whole .zip, .tar or .tar.gz, got a file that is none or is "
                            "damaged (" +
                            words() + ")");
  }

  std::string words() const {
    const char* text = archive_error_string(reader_.get());
    return shown_path(text ? text : "no reason given");
  }

  int fd_;
  std::unique_ptr<archive, int (*)(archive*)> reader_;
  const OwnedNames& owned_;
  const IntakeLimits& limits_;
  std::size_t packed_ = 0;
  std::size_t unpacked_ = 0;
  std::size_t taken_ = 0;
  bool doubtful_ = false;  // libarchive warns about the present entry
};

/// Lets libarchive read names as UTF-8 for a while, in this thread: in the "C" locale it would warn
/// about each name that is not ASCII.
class Utf8Names {
 public:
  Utf8Names() : utf8_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (utf8_) before_ = uselocale(utf8_);
  }
  ~Utf8Names() {
    if (!utf8_) return;
    uselocale(before_);
    freelocale(utf8_);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  locale_t utf8_;
  locale_t before_{};
};

}  // namespace

std::vector<Entry> read_archive(const fs::path& file, const OwnedNames& owned,
                                const IntakeLimits& limits) {
  const Utf8Names in_this_function;
  return ArchiveReader(file, owned, limits).read();
}

#else

std::vector<Entry> read_archive(const fs::path& file, const OwnedNames&, const IntakeLimits&) {
  throw UsageError(
      "the submission " + file.string() +
      " expects a folder, got a file, and this grader was built without libarchive\n"
      "  hint: apt-get install libarchive-dev, then rm build/tools/built: the next tito "
      "builds again");
}

#endif

}  // namespace grader
