// grader / tests / archive_maker.hpp: archives as no honest tool writes them, for the tests.
#pragma once
#ifdef TINYTORCH_HAVE_LIBARCHIVE
#include <archive.h>
#include <archive_entry.h>

#include <filesystem>
#include <memory>
#include <string>

namespace tt_test {

enum class Format { zip, tar, tar_gz };

/// "zip", "tar", "tar.gz"
std::string extension(Format);

/// Writes entries exactly as told, in the order told; close() or the destructor ends the archive.
class ArchiveMaker {
 public:
  ArchiveMaker(const std::filesystem::path& file, Format format, const std::string& password = "");
  ~ArchiveMaker();
  ArchiveMaker(const ArchiveMaker&) = delete;
  ArchiveMaker& operator=(const ArchiveMaker&) = delete;

  ArchiveMaker& file(const std::string& name, const std::string& text);
  ArchiveMaker& folder(const std::string& name);
  ArchiveMaker& link(const std::string& name, const std::string& to);
  ArchiveMaker& hard_link(const std::string& name, const std::string& to);
  /// A device, a fifo, a socket: AE_IFCHR, AE_IFIFO, ...
  ArchiveMaker& special(const std::string& name, unsigned type);
  /// `bytes` zeros, without holding them.
  ArchiveMaker& zeros(const std::string& name, std::size_t bytes);
  void close();

 private:
  void begin(const std::string& name, unsigned type, std::size_t size);
  void must(la_ssize_t result) const;

  archive* out_;
  std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry_;
};

}  // namespace tt_test
#endif
