#include "catch_library.hpp"

#include <nlohmann/json.hpp>

#include "course.hpp"
#include "files.hpp"
#include "hash.hpp"

namespace grader {
namespace fs = std::filesystem;
namespace {

fs::path first_existing(const std::vector<fs::path>& candidates) {
  for (const fs::path& candidate : candidates) {
    if (fs::exists(candidate)) return candidate;
  }
  return {};
}

fs::path find_archive(const fs::path& prefix, const std::string& name) {
  std::vector<fs::path> folders{prefix / "lib", prefix / "lib64"};
  std::error_code error;
  for (fs::directory_iterator it(prefix / "lib", error), end; !error && it != end;
       it.increment(error)) {
    if (it->path().filename().string().find("-linux-") != std::string::npos)
      folders.push_back(it->path());
  }
  for (fs::path& folder : folders) folder /= name;
  return first_existing(folders);
}

CatchLibrary version3(const fs::path& prefix, const fs::path& header) {
  CatchLibrary found;
  const fs::path main = find_archive(prefix, "libCatch2Main.a");
  const fs::path code = find_archive(prefix, "libCatch2.a");
  if (main.empty() || code.empty()) {
    throw InfrastructureError("found " + header.string() +
                              " but not libCatch2Main.a and libCatch2.a below " + prefix.string() +
                              "\n  hint: install Catch2's static libraries");
  }
  found.link_inputs = {main.string(), code.string()};
  found.identity = content_hash(read_text(header.parent_path() / "catch_version_macros.hpp"));
  return found;
}

CatchLibrary version2(const fs::path& prefix, const fs::path& header) {
  CatchLibrary found;
  const fs::path library = find_archive(prefix, "libCatch2WithMain.a");
  if (!library.empty()) found.link_inputs = {library.string()};
  found.needs_implementation = library.empty();
  found.identity = content_hash(read_text(header));
  return found;
}

}  // namespace

CatchLibrary find_catch(const fs::path& root) {
  if (const fs::path told = root / "build" / "catch2.json"; fs::exists(told)) {
    try {
      const auto file = nlohmann::json::parse(read_text(told));
      CatchLibrary found;
      for (const auto& folder : file.at("include")) {
        found.compile_flags.insert(found.compile_flags.end(),
                                   {"-isystem", folder.get<std::string>()});
      }
      file.at("link").get_to(found.link_inputs);
      found.needs_implementation = found.link_inputs.empty();
      found.identity = content_hash(file.dump());
      return found;
    } catch (const nlohmann::json::exception& error) {
      throw UsageError("build/catch2.json: " + std::string(error.what()));
    }
  }
  for (const fs::path prefix : {"/usr/local", "/usr", "/opt/homebrew"}) {
    CatchLibrary found;
    const fs::path folder = prefix / "include" / "catch2";
    if (fs::exists(folder / "catch_all.hpp")) {
      found = version3(prefix, folder / "catch_all.hpp");
    } else if (fs::exists(folder / "catch.hpp")) {
      found = version2(prefix, folder / "catch.hpp");
    } else {
      continue;
    }
    if (prefix == "/opt/homebrew")
      found.compile_flags = {"-isystem", (prefix / "include").string()};
    return found;
  }
  throw InfrastructureError(
      "cannot find Catch2\n  hint: sudo apt install catch2, or run ./tito/tito start");
}

}  // namespace grader
