// 14_training / disk.hpp: whatever goes wrong while a file is written, there is one.
#include <tinytorch/training/disk.hpp>

#include "../pedagogy/14_training/folder.hpp"
#include "tt_catch.hpp"

using namespace tinytorch;
using namespace tt_test;
using runs::contents;

namespace {

/// Writes down what it is asked to do, and fails when it is asked for the n-th time.
class Watched : public Disk {
 public:
  explicit Watched(int fails_at = -1) : fails_at_(fails_at) {}

  void write(const Path& file, const std::string& bytes) override {
    note("write " + file.filename().string());
    Disk::write(file, bytes);
  }
  void sync(const Path& path) override {
    note("sync " + (std::filesystem::is_directory(path) ? "folder" : path.filename().string()));
    Disk::sync(path);
  }
  void rename(const Path& from, const Path& to) override {
    note("rename " + from.filename().string() + " " + to.filename().string());
    Disk::rename(from, to);
  }
  void remove(const Path& file) override {
    story += "remove " + file.filename().string() + "; ";
    Disk::remove(file);
  }

  std::string story;

 private:
  void note(const std::string& what) {
    story += what + "; ";
    if (count_++ == fails_at_) throw FileError("the disk is full");
  }

  int fails_at_, count_ = 0;
};

}  // namespace

TEST_CASE("write_file_atomically: the bytes then the name then the folder", "[14.9][core]") {
  const runs::Folder folder;
  Watched disk;
  write_file_atomically(folder / "model", "new", disk);
  CHECK(disk.story == "write model.part; sync model.part; rename model.part model; sync folder; ");
  CHECK(contents(folder / "model") == "new");
  CHECK(folder.files() == 1);
}

TEST_CASE("write_file_atomically: the old file until the new one is whole", "[14.9][edge]") {
  for (int step = 0; step < 3; ++step) {  // write, sync, rename
    const runs::Folder folder;
    write_file_atomically(folder / "model", "old");
    Watched disk(step);
    CHECK_THROWS_WITH(write_file_atomically(folder / "model", "new", disk), contains("full"));
    CHECK(contents(folder / "model") == "old");
    CHECK(folder.files() == 1);  // the part is gone
  }
}

TEST_CASE("write_file_atomically: replaces a longer file", "[14.9][edge]") {
  const runs::Folder folder;
  write_file_atomically(folder / "model", "a long old text");
  write_file_atomically(folder / "model", std::string("n\0w", 3));
  CHECK(contents(folder / "model") == std::string("n\0w", 3));
  write_file_atomically(folder / "model", "");
  CHECK(contents(folder / "model").empty());
  CHECK(std::filesystem::exists(folder / "model"));
}

TEST_CASE("write_file_atomically: two waits for the disk however large", "[14.9][systems]") {
  const runs::Folder folder;
  Watched disk;
  write_file_atomically(folder / "model", std::string(3'000'000, 'x'), disk);
  std::size_t waits = 0;
  for (auto at = disk.story.find("sync"); at != std::string::npos;
       at = disk.story.find("sync", at + 1)) {
    ++waits;
  }
  CHECK(waits == 2);
  CHECK(std::filesystem::file_size(folder / "model") == 3'000'000);
}

TEST_CASE("write_file_atomically: says which file and why", "[14.9][errors]") {
  const runs::Folder folder;
  CHECK_THROWS_WITH(write_file_atomically(folder / "no_such_folder" / "model", "x"),
                    contains("model.part: expects a file that can be opened, got \"No such file"));
  CHECK_THROWS_AS(write_file_atomically(folder.path(), "x"), FileError);  // a folder has that name
}
