# The libraries we stand on: installed ones first. With TINYTORCH_FETCH, what is missing is downloaded at the
# commit written here, so that nobody's build changes because somebody's branch did.
include(FetchContent)

# find_or_fetch(NAME target git-url commit): the imported target of a library, or a clear error.
function(find_or_fetch name target url commit)
  find_package(${name} QUIET)
  if(NOT TARGET ${target} AND TINYTORCH_FETCH)
    message(STATUS "Downloading ${name} at ${commit}")
    FetchContent_Declare(${name} GIT_REPOSITORY ${url} GIT_TAG ${commit} SYSTEM)
    FetchContent_MakeAvailable(${name})
  endif()
  if(NOT TARGET ${target})
    message(FATAL_ERROR "${name} is not installed. ./tito/tito start installs it; "
                        "or configure with -DTINYTORCH_FETCH=ON to download it.")
  endif()
endfunction()

find_or_fetch(Catch2 Catch2::Catch2 https://github.com/catchorg/Catch2
              182c910b4b63ff587a3440e08f84f70497e49a81) # v2.13.10
find_or_fetch(nlohmann_json nlohmann_json::nlohmann_json https://github.com/nlohmann/json
              9cca280a4d0ccf0c08f47a99aa71d1b0e52f8d03) # v3.11.3
if(TINYTORCH_TOOLS)
  find_package(OpenSSL QUIET) # part of every system: nothing to download instead
  if(NOT TARGET OpenSSL::Crypto)
    message(FATAL_ERROR "OpenSSL is not installed. ./tito/tito start installs it (Debian: libssl-dev).")
  endif()
  # What only instructors need: the sandbox's filter of system calls.
  find_path(SECCOMP_INCLUDE_DIR seccomp.h)
  find_library(SECCOMP_LIBRARY seccomp)
  find_or_fetch(CLI11 CLI11::CLI11 https://github.com/CLIUtils/CLI11
                6c7b07a878ad834957b98d0f9ce1dbe0cb204fc9) # v2.4.2
  # Only who marks needs it; without it the grader takes folders and no archives (docs/adr/0008).
  find_package(LibArchive QUIET)
endif()

# stb_image has no CMake package: a folder with stb/stb_image.h in it.
find_path(STB_INCLUDE_DIR stb/stb_image.h)
if(NOT STB_INCLUDE_DIR AND TINYTORCH_FETCH)
  FetchContent_Declare(stb GIT_REPOSITORY https://github.com/nothings/stb
                       GIT_TAG 31c1ad37456438565541f4919958214b6e762fb4
                       SOURCE_DIR ${CMAKE_BINARY_DIR}/_deps/include/stb)
  FetchContent_MakeAvailable(stb)
  set(STB_INCLUDE_DIR ${CMAKE_BINARY_DIR}/_deps/include CACHE PATH "" FORCE)
endif()
