// What may be handed in: folders and archives, sound ones and hostile ones. After each, nothing but
// the folder of the copy has changed, and the copy holds nothing but headers that students own.
#include "archive.hpp"

#include <sys/stat.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <random>

#include "archive_maker.hpp"
#include "files.hpp"
#include "hash.hpp"
#include "intake.hpp"
#include "mini_course.hpp"
#include "tt_catch.hpp"

using namespace grader;
using namespace tt_test;

namespace {

const std::string box = "modules/01_box/box.hpp", lid = "modules/02_lid/lid.hpp";
const std::string good_box = "#pragma once\nint twice(int);\n";
const std::string good_lid = "#pragma once\n#include <tinytorch/box.hpp>\n";

/// Every file, folder and link below `folder` but those in `except`, each with all that a write
/// would change.
std::map<std::string, std::string> snapshot(const fs::path& folder, const fs::path& except) {
  std::map<std::string, std::string> found;
  for (auto at = fs::recursive_directory_iterator(folder); at != end(at); ++at) {
    if (at->path() == except) {
      at.disable_recursion_pending();
      continue;
    }
    struct stat info {};
    REQUIRE(lstat(at->path().c_str(), &info) == 0);
    std::string what = std::to_string(info.st_mode) + " " + std::to_string(info.st_nlink);
    if (S_ISREG(info.st_mode)) what += " " + content_hash(read_text(at->path()));
    if (S_ISLNK(info.st_mode)) what += " " + fs::read_symlink(at->path()).string();
    found[at->path().string()] = what;
  }
  return found;
}

/// A place with a course, submissions beside it, and a copy of what is taken.
class Desk {
 public:
  Desk() : root_(fs::path(TEST_FOLDER) / "desk"), course_(mini_.load()), here_(fs::current_path()) {
    fs::remove_all(root_);
    write(root_ / "canary", "sings");
    write(root_ / "work" / "canary", "sings too");
    fs::create_directories(root_ / "here");
    fs::current_path(root_ / "here");  // where a careless reader would write
  }
  ~Desk() { fs::current_path(here_); }

  fs::path place(const std::string& name) const { return root_ / name; }
  const Course& course() const { return course_; }
  OwnedNames owned() const { return OwnedNames::of(course_); }

  Submission take(const fs::path& source) const {
    const fs::path work = root_ / "work";
    fs::remove_all(work);
    write(work / "canary", "sings too");
    const auto before = snapshot(root_, work);
    Submission taken = take_submission(course_, source, work);
    CHECK(snapshot(root_, work) == before);
    check_work(work, taken.tree);
    for (const Rejected& entry : taken.rejected) {
      CHECK(entry.path == shown_path(entry.path));
      CHECK_FALSE(entry.reason.empty());
    }
    return taken;
  }

 private:
  /// The canary, and in the copy only folders and owned headers.
  void check_work(const fs::path& work, const fs::path& tree) const {
    CHECK(tree.parent_path() == work);
    CHECK(read_text(work / "canary") == "sings too");
    for (const auto& entry : fs::recursive_directory_iterator(work)) {
      const std::string name = fs::relative(entry.path(), tree).generic_string();
      INFO(name);
      if (entry.symlink_status().type() == fs::file_type::directory) continue;
      CHECK(entry.symlink_status().type() == fs::file_type::regular);
      CHECK((owned().owns(name) || entry.path() == work / "canary"));
    }
  }

  MiniCourse mini_;
  fs::path root_;
  Course course_;
  fs::path here_;
};

/// The reason beside this path, or "" if it is not listed.
std::string reason_of(const Submission& taken, const std::string& path) {
  for (const Rejected& entry : taken.rejected) {
    if (entry.path == path) return entry.reason;
  }
  return "";
}

std::string problem_of(const Submission& taken, const std::string& module) {
  const auto found = taken.problems.find(module);
  return found == taken.problems.end() ? "" : found->second;
}

bool has(const Submission& taken, const std::string& name, const std::string& text) {
  return fs::exists(taken.tree / name) && read_text(taken.tree / name) == text;
}

fs::path good_folder(const Desk& desk, const std::string& name) {
  write(desk.place(name) / box, good_box);
  write(desk.place(name) / lid, good_lid);
  return desk.place(name);
}

}  // namespace

TEST_CASE("intake: what is no header of the student is listed once, with the reason") {
  const Desk desk;
  const fs::path folder = good_folder(desk, "extra");
  write(folder / "modules/01_box/box.hpp.gch", "compiled already");
  write(folder / "modules/01_box/catch2/catch.hpp", "#define CHECK(x)");
  write(folder / "modules/course.json", "{}");
  write(folder / "modules/support/todo.hpp", "#error");
  write(folder / "tests/pedagogy/01_box/box.cpp", "// no tests");
  write(folder / "tests/pedagogy/02_lid/lid.cpp", "// no tests");
  write(folder / "catch2/catch.hpp", "#define CHECK(x)");
  write(folder / "CMakeLists.txt", "execute_process(COMMAND rm)");
  fs::create_symlink("/etc/passwd", folder / "secrets");
  const Submission taken = desk.take(folder);
  CHECK(taken.problems.empty());
  CHECK(has(taken, box, good_box));
  std::string listed;
  for (const Rejected& entry : taken.rejected) listed += entry.path + "\n";
  CHECK(listed == "CMakeLists.txt\ncatch2/\nmodules/01_box/box.hpp.gch\nmodules/01_box/catch2/\n"
                  "modules/course.json\nmodules/support/\nsecrets\ntests/\n");
  CHECK_THAT(reason_of(taken, "secrets"), contains("link"));
  CHECK_THAT(reason_of(taken, "tests/"), contains("no header that students write"));
}

TEST_CASE("intake: a folder may lie one level further down, if it is the only one") {
  const Desk desk;
  const std::string hash = desk.take(good_folder(desk, "plain")).hash;
  good_folder(desk, "handin/alice-main");
  write(desk.place("handin/notes/todo.txt"), "sleep");
  const Submission taken = desk.take(desk.place("handin"));
  CHECK(taken.hash == hash);
  CHECK(taken.problems.empty());
  CHECK_FALSE(reason_of(taken, "notes/").empty());

  good_folder(desk, "handin/bob-main");
  const Submission two = desk.take(desk.place("handin"));
  CHECK_THAT(problem_of(two, "01_box"), contains("got alice-main/ and bob-main/"));
  CHECK_FALSE(has(two, box, good_box));
}

TEST_CASE("intake: 100 rejected entries are listed, the others counted") {
  const Desk desk;
  const fs::path folder = good_folder(desk, "many");
  for (int i = 0; i < 150; ++i) write(folder / ("note" + std::to_string(i)), "");
  const Submission taken = desk.take(folder);
  CHECK(taken.rejected.size() == 100);
  CHECK(taken.rejected_more == 50);
  CHECK(taken.problems.empty());
}

TEST_CASE("intake: a huge foreign folder is not walked, a huge one among the headers is refused") {
  const Desk desk;
  const fs::path folder = good_folder(desk, "huge");
  for (int i = 0; i < 5100; ++i) write(folder / "build" / std::to_string(i), "");
  CHECK(desk.take(folder).problems.empty());
  fs::rename(folder / "build", folder / "modules/01_box/deep");
  CHECK(desk.take(folder).problems.empty());
  fs::rename(folder / "modules/01_box/deep", folder / "build");
  fs::remove_all(folder / "modules/01_box");
  fs::rename(folder / "build", folder / "modules/01_box");
  CHECK_THAT(problem_of(desk.take(folder), "02_lid"), contains("at most 5000 entries"));
}

TEST_CASE("intake: twins in upper and lower case: which one counts would be a guess") {
  const Desk desk;
  const fs::path folder = good_folder(desk, "twins");
  write(folder / "modules/01_box/BOX.hpp", "#error");
  const Submission taken = desk.take(folder);
  CHECK_THAT(problem_of(taken, "01_box"), contains("more than once"));
  CHECK_THAT(reason_of(taken, "modules/01_box/BOX.hpp"), contains("differs from " + box));
  CHECK(has(taken, lid, good_lid));
}

TEST_CASE("intake: more than 5 MB of headers are refused") {
  const Desk desk;
  const fs::path folder = good_folder(desk, "fat");
  const std::string megabyte(1 << 20, ' ');
  for (int i = 0; i < 6; ++i) {
    const std::string name = "/01_box/part" + std::to_string(i) + ".hpp";
    write(desk.course().root / ("solutions" + name), "");
    write(folder / ("modules" + name), megabyte);
  }
  const Submission taken = desk.take(folder);
  CHECK_THAT(problem_of(taken, "01_box"), contains("5 MB"));
  CHECK_FALSE(has(taken, box, good_box));
}

TEST_CASE("intake: on a build machine archives can be read") {
  // Without the library the tests below would be left out, and nobody would see it.
#ifdef TINYTORCH_HAVE_LIBARCHIVE
  const bool can_read_archives = true;
#else
  const bool can_read_archives = false;
  const Desk desk;
  write(desk.place("alice.zip"), "PK");
  CHECK_THROWS_WITH(desk.take(desk.place("alice.zip")), contains("apt-get install libarchive-dev"));
#endif
  CHECK((can_read_archives || std::getenv("CI") == nullptr));
}

#ifdef TINYTORCH_HAVE_LIBARCHIVE

namespace {

const std::vector<Format> formats = {Format::zip, Format::tar, Format::tar_gz};

/// An archive with both headers below `top`, and whatever `more` adds.
fs::path handin(const Desk& desk, Format format,
                const std::function<void(ArchiveMaker&)>& more = nullptr,
                const std::string& top = "") {
  const fs::path file = desk.place("handin." + extension(format));
  ArchiveMaker maker(file, format);
  maker.file(top + box, good_box).file(top + lid, good_lid);
  if (more) more(maker);
  maker.close();
  return file;
}

enum class Field { packed_size, size };

/// Changes a size of the first file of a zip in the directory at the end; if `everywhere`, also in
/// front of the file.
void patch_zip(const fs::path& file, Field field, std::uint32_t value, bool everywhere) {
  std::string zip = read_text(file);
  const std::size_t directory = zip.find("PK\x01\x02");
  REQUIRE(directory != zip.npos);
  for (std::size_t i = 0; i < 4; ++i) {
    const char byte = static_cast<char>(value >> (8 * i));
    zip[directory + (field == Field::size ? 24 : 20) + i] = byte;
    if (everywhere) zip[(field == Field::size ? 22 : 18) + i] = byte;
  }
  write(file, zip);
}

/// Both headers arrived, and exactly one entry was turned away with such a reason.
void check_only_rejected(const Submission& taken, const std::string& path, const std::string& why) {
  CHECK(taken.problems.empty());
  CHECK(has(taken, box, good_box));
  CHECK(has(taken, lid, good_lid));
  CHECK(taken.rejected.size() == 1);
  CHECK_THAT(reason_of(taken, path), contains(why));
}

/// Nothing arrived, and each module says why.
void check_refused(const Submission& taken, const std::string& why) {
  CHECK_FALSE(fs::exists(taken.tree / box));
  CHECK_FALSE(fs::exists(taken.tree / lid));
  CHECK_THAT(problem_of(taken, "01_box"), contains(why));
  CHECK_THAT(problem_of(taken, "02_lid"), contains(why));
  REQUIRE(taken.rejected.size() == 1);
  CHECK_THAT(taken.rejected[0].reason, contains(why));
}

}  // namespace

TEST_CASE("archives: the same headers have the same hash, however they are packed") {
  const Desk desk;
  const Submission folder = desk.take(good_folder(desk, "alice"));
  CHECK(folder.problems.empty());
  for (const Format format : formats) {
    for (const std::string top : {"", "./", "alice-main/", "Hausaufgabe \xc3\x9c/"}) {
      INFO(extension(format) << " with " << top);
      const auto folders = [&](ArchiveMaker& maker) {
        if (top == "alice-main/" || top == "./") maker.folder(top);
        maker.folder(top + "modules/").folder(top + "modules/01_box/");
      };
      const Submission taken = desk.take(handin(desk, format, folders, top));
      CHECK(taken.hash == folder.hash);
      CHECK(taken.problems.empty());
      CHECK(taken.rejected.empty());
      CHECK(has(taken, lid, good_lid));
    }
  }
}

TEST_CASE("archives: the content says what it is, not the name") {
  const Desk desk;
  fs::rename(handin(desk, Format::tar_gz), desk.place("alice.zip"));
  CHECK(desk.take(desk.place("alice.zip")).problems.empty());
}

TEST_CASE("archives: names that lead out are not followed") {
  const Desk desk;
  const std::string absolute = desk.place("evil.hpp").string();
  const std::vector<std::pair<std::string, std::string>> names = {
      {"../evil.hpp", "climbs out"},
      {"../../../../canary", "climbs out"},
      {"modules/01_box/../../../canary", "climbs out"},
      {"../" + box, "climbs out"},
      {absolute, "absolute"},
      {"/" + box, "absolute"},
      {"modules/./01_box/box.hpp", "a ."},
      {"modules//01_box/box.hpp", "empty part"},
      {"..\\..\\evil.hpp/x", "\\"}};
  for (const Format format : formats) {
    for (const auto& [name, why] : names) {
      INFO(extension(format) << " with " << name);
      const auto evil = [&, &evil_name = name](ArchiveMaker& maker) {
        maker.file(evil_name, "evil");
      };
      check_only_rejected(desk.take(handin(desk, format, evil)), shown_path(name), why);
    }
  }
}

TEST_CASE("archives: names that deceive are not taken") {
  const Desk desk;
  const std::string folder = "modules/01_box/";
  const std::vector<std::pair<std::string, std::string>> names = {
      {"-rf", "starts with -"},
      {folder + "--output=x", "starts with -"},
      {folder + "box.hpp\n", "cannot be seen"},
      {"a\nb", "cannot be seen"},
      {folder + "\xe2\x80\xaepph.xob", "cannot be seen"},
      {folder + "\x1b[2Jbox.hpp", "cannot be seen"},
      {folder + "b\xd0\xbex.hpp", "no header"},      // a Cyrillic o
      {folder + "\xef\xbd\x82ox.hpp", "no header"},  // a full-width b
      {folder + "box.hpp ", "no header"},
      {folder + "box.hpp.", "no header"},
      {folder + std::string(300, 'x'), "240 bytes"}};
  for (const Format format : formats) {
    for (const auto& [name, why] : names) {
      INFO(extension(format) << " with " << shown_path(name));
      const auto evil = [&, &evil_name = name](ArchiveMaker& maker) {
        maker.file(evil_name, "#error");
      };
      check_only_rejected(desk.take(handin(desk, format, evil)), shown_path(name), why);
    }
  }
}

TEST_CASE("archives: a name in composed and decomposed letters is twice no header") {
  const Desk desk;
  for (const Format format : formats) {
    const Submission taken = desk.take(handin(desk, format, [](ArchiveMaker& maker) {
      maker.file("modules/01_box/b\xc3\xb6x.hpp", "1").file("modules/01_box/bo\xcc\x88x.hpp", "2");
    }));
    CHECK(taken.rejected.size() == 2);
    CHECK(taken.problems.empty());
    CHECK(has(taken, box, good_box));
  }
}

TEST_CASE("archives: of two entries for one name neither is taken") {
  const Desk desk;
  for (const Format format : formats) {
    for (const std::string& twin : std::vector<std::string>{
             box, "./" + box, "modules/01_box/Box.hpp", "Modules/01_box/box.hpp"}) {
      INFO(extension(format) << " with " << twin);
      const Submission taken = desk.take(
          handin(desk, format, [&](ArchiveMaker& maker) { maker.file(twin, "#error\n"); }));
      CHECK_THAT(problem_of(taken, "01_box"), contains("more than once"));
      CHECK_FALSE(fs::exists(taken.tree / box));
      CHECK(problem_of(taken, "02_lid").empty());
      CHECK_THAT(reason_of(taken, box), contains("more than once"));
    }
  }
}

TEST_CASE("archives: a link is not followed, and nothing below one is taken") {
  const Desk desk;
  for (const Format format : formats) {
    INFO(extension(format));
    SECTION("a link in the place of a header") {
      const fs::path file = desk.place("link");
      ArchiveMaker maker(file, format);
      maker.link(box, desk.place("canary").string()).file(lid, good_lid).close();
      const Submission taken = desk.take(file);
      CHECK_THAT(problem_of(taken, "01_box"), contains(box + " is a link"));
      CHECK(has(taken, lid, good_lid));
    }
    SECTION("a link, and then a file through it") {
      const fs::path file = desk.place("through");
      ArchiveMaker maker(file, format);
      maker.link("modules/01_box", desk.place("here").string());
      maker.file(box, good_box).file(lid, good_lid).close();
      const Submission taken = desk.take(file);
      CHECK_THAT(problem_of(taken, "01_box"), contains("modules/01_box is a link"));
      CHECK_THAT(reason_of(taken, box), contains("lies below modules/01_box"));
      CHECK_FALSE(fs::exists(taken.tree / box));
      CHECK(has(taken, lid, good_lid));
    }
    SECTION("a link in the place of the top folder") {
      const Submission taken = desk.take(handin(
          desk, format, [&](ArchiveMaker& maker) { maker.link("alice", "/"); }, "alice/"));
      CHECK_THAT(problem_of(taken, "01_box"), contains("lies below alice"));
      CHECK_FALSE(fs::exists(taken.tree / box));
    }
    SECTION("a link of another name, and a file through it") {
      const Submission taken = desk.take(handin(desk, format, [&](ArchiveMaker& maker) {
        maker.link("out", desk.place("here").string()).file("out/evil.hpp", "evil");
      }));
      CHECK(taken.problems.empty());
      CHECK_THAT(reason_of(taken, "out"), contains("link"));
      CHECK_THAT(reason_of(taken, "out/"), contains("no header"));
    }
  }
}

TEST_CASE("archives: hard links, devices and pipes are not taken") {
  const Desk desk;
  for (const Format format : {Format::tar, Format::tar_gz}) {
    const auto problem_with = [&](const std::function<void(ArchiveMaker&)>& first) {
      const fs::path file = desk.place("special");
      ArchiveMaker maker(file, format);
      first(maker);
      maker.file(lid, good_lid).close();
      const Submission taken = desk.take(file);
      CHECK(has(taken, lid, good_lid));
      CHECK_FALSE(fs::exists(taken.tree / box));
      return problem_of(taken, "01_box");
    };
    const std::string canary = desk.place("canary").string();
    CHECK_THAT(problem_with([&](ArchiveMaker& maker) { maker.hard_link(box, canary); }),
               contains("is a link"));
    CHECK_THAT(problem_with([&](ArchiveMaker& maker) { maker.file("a", "x").hard_link(box, "a"); }),
               contains("is a link"));
    for (const unsigned type : {AE_IFCHR, AE_IFBLK, AE_IFIFO}) {
      CHECK_THAT(problem_with([&](ArchiveMaker& maker) { maker.special(box, type); }),
                 contains("no regular file"));
    }
  }
}

TEST_CASE("archives: a folder with the name of a header, a header with the name of a folder") {
  const Desk desk;
  for (const Format format : formats) {
    const fs::path file = desk.place("confused");
    ArchiveMaker maker(file, format);
    maker.folder(box + "/").file("modules/02_lid", "not a folder").file(lid, good_lid).close();
    const Submission taken = desk.take(file);
    CHECK_THAT(problem_of(taken, "01_box"), contains("is a folder, expects a file"));
    CHECK_THAT(problem_of(taken, "02_lid"), contains("is a file, expects a folder"));
  }
}

TEST_CASE("archives: bombs are stopped by what they declare") {
  const Desk desk;
  const fs::path file = desk.place("bomb");
  const auto bomb = [&](Format format, const std::string& name, std::size_t megabytes) {
    ArchiveMaker maker(file, format);
    maker.zeros(name, megabytes << 20).file(lid, good_lid).close();
    CHECK(fs::file_size(file) < (1 << 20));
    const std::clock_t begin = std::clock();
    const Submission taken = desk.take(file);
    CHECK(std::clock() - begin < CLOCKS_PER_SEC / 2);
    return taken;
  };
  check_refused(bomb(Format::zip, box, 200), "bytes when unpacked");
  check_refused(bomb(Format::tar_gz, "bomb.bin", 200), "bytes when unpacked");
  check_refused(bomb(Format::zip, "bomb.bin", 50), "100 times its size");
  check_refused(bomb(Format::tar_gz, box, 50), "100 times its size");
}

TEST_CASE("archives: bombs are stopped by what they are") {
  const Desk desk;
  const fs::path file = desk.place("lying.zip");
  ArchiveMaker maker(file, Format::zip);
  maker.zeros(box, 60 << 20).file(lid, good_lid).close();
  patch_zip(file, Field::size, 100, true);
  const Submission taken = desk.take(file);
  CHECK_FALSE(fs::exists(taken.tree / box));
  CHECK_THAT(problem_of(taken, "01_box"), contains("larger than 1 MB"));
  CHECK(has(taken, lid, good_lid));
}

TEST_CASE("archives: a header of just 1 MB is taken, one more byte is too much") {
  const Desk desk;
  for (const Format format : formats) {
    const auto problem_with = [&](std::size_t bytes) {
      const fs::path file = desk.place("large");
      ArchiveMaker maker(file, format);
      std::mt19937 random;  // white space alone would be a bomb
      std::string text(bytes, ' ');
      for (std::size_t i = 0; i < bytes; i += 16) text[i] = static_cast<char>('a' + random() % 26);
      maker.file(box, text).file(lid, good_lid).close();
      return problem_of(desk.take(file), "01_box");
    };
    CHECK(problem_with(1 << 20).empty());
    CHECK_THAT(problem_with((1 << 20) + 1), contains("larger than 1 MB"));
  }
}

TEST_CASE("archives: sizes that lie are damage, not text") {
  const Desk desk;
  for (const Field field : {Field::packed_size, Field::size}) {
    for (const std::uint32_t lie : {5u, 0xffffu}) {
      for (const bool everywhere : {true, false}) {
        INFO((field == Field::size ? "size " : "packed size ")
             << lie << " everywhere " << everywhere);
        const fs::path file = handin(desk, Format::zip);
        patch_zip(file, field, lie, everywhere);
        const Submission taken = desk.take(file);
        CHECK_FALSE(fs::exists(taken.tree / box));
        CHECK_FALSE(problem_of(taken, "01_box").empty());
      }
    }
  }
  const fs::path file = handin(desk, Format::zip);
  patch_zip(file, Field::size, 0xfffffff0u, true);
  check_refused(desk.take(file), "bytes when unpacked");
}

TEST_CASE("archives: cut off anywhere, a header arrives whole or not at all") {
  const Desk desk;
  for (const Format format : formats) {
    const std::string whole = read_text(handin(desk, format));
    const std::size_t step = format == Format::tar ? 131 : 5;
    for (std::size_t size = 0; size < whole.size(); size += step) {
      const fs::path file = desk.place("cut");
      write(file, whole.substr(0, size));
      const Submission taken = take_submission(desk.course(), file, desk.place("work"));
      const bool all = taken.problems.empty();
      if (fs::exists(taken.tree / box) != has(taken, box, good_box) ||
          fs::exists(taken.tree / lid) != has(taken, lid, good_lid) ||
          (all && format == Format::zip)) {
        FAIL_CHECK(extension(format) << " cut after " << size << " of " << whole.size());
      }
    }
    check_refused(
        [&] {
          write(desk.place("cut"), whole.substr(0, format == Format::tar ? 520 : whole.size() / 2));
          return desk.take(desk.place("cut"));
        }(),
        "none or is damaged");
  }
}

TEST_CASE("archives: something else is refused in words") {
  const Desk desk;
  const auto refused = [&](const std::string& text) {
    write(desk.place("alice.zip"), text);
    check_refused(desk.take(desk.place("alice.zip")), "expects a whole .zip, .tar or .tar.gz");
  };
  refused("<html>Please log in</html>");
  refused("");
  refused("Rar!\x1a\x07\x01");
  refused(std::string("7z\xbc\xaf\x27\x1c\0\4", 8));
  const Submission taken = desk.take(desk.place("alice.zip"));
  CHECK(taken.rejected[0].path == "alice.zip");
}

TEST_CASE("archives: an archive within an archive stays closed") {
  const Desk desk;
  const std::string inner = read_text(handin(desk, Format::zip));
  const fs::path file = desk.place("outer.zip");
  ArchiveMaker maker(file, Format::zip);
  maker.file("handin.zip", inner).file(lid, good_lid).close();
  const Submission taken = desk.take(file);
  CHECK_THAT(problem_of(taken, "01_box"), contains("modules/01_box is missing"));
  CHECK_THAT(reason_of(taken, "handin.zip"), contains("no header"));
}

TEST_CASE("archives: packed twice by gzip is refused") {
  const Desk desk;
  const std::string once = read_text(handin(desk, Format::tar_gz));
  const fs::path file = desk.place("twice.tar.gz");
  std::unique_ptr<archive, int (*)(archive*)> raw(archive_write_new(), archive_write_free);
  std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                 archive_entry_free);
  archive_write_set_format_raw(raw.get());
  archive_write_add_filter_gzip(raw.get());
  REQUIRE(archive_write_open_filename(raw.get(), file.c_str()) == ARCHIVE_OK);
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_write_header(raw.get(), entry.get());
  archive_write_data(raw.get(), once.data(), once.size());
  archive_write_close(raw.get());
  check_refused(desk.take(file), "packed twice");
}

TEST_CASE("archives: an encrypted entry is not taken, and said to be encrypted") {
  const Desk desk;
  const fs::path file = desk.place("secret.zip");
  ArchiveMaker maker(file, Format::zip, "open sesame");
  maker.file(box, good_box).file(lid, good_lid).close();
  const Submission taken = desk.take(file);
  CHECK_THAT(problem_of(taken, "01_box"), contains(box + " is encrypted"));
  CHECK_THAT(reason_of(taken, lid), contains("is encrypted"));
}

TEST_CASE("archives: a clone of the course is fine, 10,000 entries are not") {
  const Desk desk;
  for (const Format format : formats) {
    const auto with = [&](int count) {
      return desk.take(handin(desk, format, [&](ArchiveMaker& maker) {
        for (int i = 0; i < count; ++i) maker.file("tests/" + std::to_string(i), "x");
      }));
    };
    const Submission clone = with(1500);
    CHECK(clone.problems.empty());
    CHECK(clone.rejected.size() == 1);
    check_refused(with(10000), "at most 5000 entries");
  }
}

TEST_CASE("archives: two students in one archive: whom to mark would be a guess") {
  const Desk desk;
  for (const Format format : formats) {
    const auto bob = [](ArchiveMaker& maker) { maker.file("bob/" + box, "#error"); };
    check_refused(desk.take(handin(desk, format, bob, "alice/")), "got alice/ and bob/");
    const Submission top = desk.take(handin(desk, format, bob));  // one at the top: bob is a folder
    CHECK(top.problems.empty());
    CHECK(has(top, box, good_box));
    CHECK_FALSE(reason_of(top, "bob/").empty());
  }
}

TEST_CASE("archives: what the Finder adds does no harm") {
  const Desk desk;
  const Submission taken = desk.take(handin(
      desk, Format::zip,
      [](ArchiveMaker& maker) {
        maker.file("__MACOSX/alice/modules/01_box/._box.hpp", "x").file("alice/.DS_Store", "x");
      },
      "alice/"));
  CHECK(taken.problems.empty());
  CHECK(taken.rejected.size() == 2);
  CHECK_FALSE(reason_of(taken, "__MACOSX/").empty());
}

TEST_CASE("archives: a pipe or a device is no archive") {
  const Desk desk;
  REQUIRE(mkfifo(desk.place("pipe").c_str(), 0600) == 0);
  CHECK_THROWS_AS(take_submission(desk.course(), desk.place("pipe"), desk.place("work")),
                  UsageError);
  CHECK_THROWS_AS(take_submission(desk.course(), "/dev/zero", desk.place("work")), UsageError);
}

namespace {

/// Reads archives with some bytes changed, removed or doubled. A crash is the failure that is looked
/// for; build with -fsanitize=address.
int read_mutants(const Desk& desk, std::mt19937_64& random, const std::function<bool(int)>& go_on) {
  std::vector<std::string> seeds;
  for (const Format format : formats) {
    seeds.push_back(read_text(handin(desk, format, [](ArchiveMaker& maker) {
      maker.folder("modules/").link("out", "/tmp").file("tests/" + std::string(150, 'x'), "long");
    })));
  }
  int read = 0;
  for (; go_on(read); ++read) {
    std::string text = seeds[random() % seeds.size()];
    for (std::size_t change = 0; change < 1 + random() % 6; ++change) {
      const std::size_t at = random() % text.size();
      const std::size_t length = std::min<std::size_t>(random() % 9, text.size() - at);
      switch (random() % 4) {
        case 0: text[at] = static_cast<char>(random()); break;
        case 1: text.replace(at, length, std::string(length, random() % 2 ? '\xff' : '\0')); break;
        case 2: text.insert(at, text.substr(random() % text.size(), random() % 600)); break;
        default: text.erase(at, random() % 100 < 90 ? length : random() % text.size()); break;
      }
      if (text.empty()) text = "x";
    }
    write(desk.place("mutant"), text);
    try {
      for (const Entry& entry : read_archive(desk.place("mutant"), desk.owned())) {
        if (entry.text.size() > (1 << 20) + 1) FAIL_CHECK("a text of " << entry.text.size());
      }
    } catch (const RefusedSubmission& error) {
      if (std::string(error.what()).find("expects") == std::string::npos) FAIL_CHECK(error.what());
    }
    if (read % 16 == 0) desk.take(desk.place("mutant"));
  }
  return read;
}

}  // namespace

TEST_CASE("archives: damaged in 500 ways, none does harm") {
  const Desk desk;
  std::mt19937_64 random(5);
  CHECK(read_mutants(desk, random, [](int read) { return read < 500; }) == 500);
}

TEST_CASE("fuzz: a minute of damaged archives", "[.fuzz]") {
  const Desk desk;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  std::mt19937_64 random(std::random_device{}());
  const int read =
      read_mutants(desk, random, [&](int) { return std::chrono::steady_clock::now() < end; });
  WARN(read << " archives");
}

#endif
