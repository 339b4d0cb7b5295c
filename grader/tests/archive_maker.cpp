#include "archive_maker.hpp"

#ifdef TINYTORCH_HAVE_LIBARCHIVE
#include <algorithm>
#include <stdexcept>
#include <vector>

namespace tt_test {

std::string extension(Format format) {
  return format == Format::zip ? "zip" : format == Format::tar ? "tar" : "tar.gz";
}

ArchiveMaker::ArchiveMaker(const std::filesystem::path& file, Format format,
                           const std::string& password)
    : out_(archive_write_new()), entry_(archive_entry_new(), archive_entry_free) {
  if (format == Format::zip) must(archive_write_set_format_zip(out_));
  else must(archive_write_set_format_pax_restricted(out_));
  if (format == Format::tar_gz) must(archive_write_add_filter_gzip(out_));
  if (!password.empty()) {
    must(archive_write_set_options(out_, "zip:encryption=zipcrypt"));
    must(archive_write_set_passphrase(out_, password.c_str()));
  }
  std::filesystem::create_directories(file.parent_path());
  must(archive_write_open_filename(out_, file.c_str()));
}

ArchiveMaker::~ArchiveMaker() {
  if (out_) archive_write_free(out_);
}

void ArchiveMaker::must(la_ssize_t result) const {
  // A warning says that a name is no text of this locale: that is what it is for.
  if (result < ARCHIVE_WARN) {
    const char* words = archive_error_string(out_);
    throw std::runtime_error(std::string("cannot write the archive: ") + (words ? words : "?"));
  }
}

void ArchiveMaker::begin(const std::string& name, unsigned type, std::size_t size) {
  archive_entry_clear(entry_.get());
  archive_entry_set_pathname(entry_.get(), name.c_str());
  archive_entry_set_filetype(entry_.get(), type);
  archive_entry_set_perm(entry_.get(), type == AE_IFDIR ? 0755 : 0644);
  archive_entry_set_size(entry_.get(), static_cast<la_int64_t>(size));
}

ArchiveMaker& ArchiveMaker::file(const std::string& name, const std::string& text) {
  begin(name, AE_IFREG, text.size());
  must(archive_write_header(out_, entry_.get()));
  must(archive_write_data(out_, text.data(), text.size()));
  return *this;
}

ArchiveMaker& ArchiveMaker::folder(const std::string& name) {
  begin(name, AE_IFDIR, 0);
  must(archive_write_header(out_, entry_.get()));
  return *this;
}

ArchiveMaker& ArchiveMaker::link(const std::string& name, const std::string& to) {
  begin(name, AE_IFLNK, 0);
  archive_entry_set_symlink(entry_.get(), to.c_str());
  must(archive_write_header(out_, entry_.get()));
  return *this;
}

ArchiveMaker& ArchiveMaker::hard_link(const std::string& name, const std::string& to) {
  begin(name, AE_IFREG, 0);
  archive_entry_set_hardlink(entry_.get(), to.c_str());
  must(archive_write_header(out_, entry_.get()));
  return *this;
}

ArchiveMaker& ArchiveMaker::special(const std::string& name, unsigned type) {
  begin(name, type, 0);
  archive_entry_set_rdev(entry_.get(), 0x103);  // /dev/null
  must(archive_write_header(out_, entry_.get()));
  return *this;
}

ArchiveMaker& ArchiveMaker::zeros(const std::string& name, std::size_t bytes) {
  begin(name, AE_IFREG, bytes);
  must(archive_write_header(out_, entry_.get()));
  const std::vector<char> block(1 << 20, '\0');
  for (std::size_t left = bytes; left > 0; left -= std::min(left, block.size()))
    must(archive_write_data(out_, block.data(), std::min(left, block.size())));
  return *this;
}

void ArchiveMaker::close() {
  must(archive_write_close(out_));
  archive_write_free(out_);
  out_ = nullptr;
}

}  // namespace tt_test
#endif
